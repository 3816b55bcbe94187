// The key light's shadow: percentage-closer filtering over a Vogel disc, as wide as what throws it is far (Fernando,
// "Percentage-Closer Soft Shadows", 2005).

#import common/frame.wgsl
#import common/color.wgsl

// The edge is the softer the farther away what throws the shadow is; otherwise it is as soft everywhere.
override has_contact_shadow: bool = false;

@group(0) @binding(1) var shadow_map: texture_depth_2d;
@group(0) @binding(2) var shadow_sampler: sampler_comparison;
// The map again, to be read: OpenGL only compares what is declared as depth.
@group(0) @binding(6) var shadow_depths: texture_2d<f32>;

// The depth in the map changes so much for a step aside on a surface with this normal (receiver plane depth bias, Isidoro 2006):
// without it a wide disc lies half inside of what it shades, and darkens it. In z how much a step may miss the surface, whose
// triangles lie a little otherwise than its normals say.
fn shadow_slope(normal: vec3f) -> vec3f {
    let m = frame.shadow_from_world;
    let x = vec3f(m[0].x, m[1].x, m[2].x);
    let y = vec3f(m[0].y, m[1].y, m[2].y);
    let z = vec3f(m[0].z, m[1].z, m[2].z);
    let depth = length(z);
    let facing = dot(normal, z) / depth;
    let aside = vec2f(dot(normal, x) / dot(x, x), dot(normal, y) / dot(y, y));
    let steep = select(max(facing, SHADOW_FLATTEST), min(facing, -SHADOW_FLATTEST), facing < 0.0);
    return vec3f(-aside * depth / steep, SHADOW_UNEVEN * depth * inverseSqrt(dot(x, x)) / abs(steep));
}

// Surfaces that light grazes flatter than this (sine) are taken to be no flatter.
const SHADOW_FLATTEST: f32 = 0.45;
// The angle between normals and triangles, radians.
const SHADOW_UNEVEN: f32 = 0.2;

fn shadow_tap(at: vec3f, offset: vec2f, slope: vec3f) -> f32 {
    // All that throws a shadow lies within the map; the floor may lie beyond it, and is shaded nevertheless.
    let depth = min(at.z + dot(slope.xy, offset) - slope.z * length(offset), 0.9999);
    return textureSampleCompareLevel(shadow_map, shadow_sampler, at.xy + offset, depth);
}

// Place `i` of `count` on a disc of radius 1, turned.
fn shadow_place(i: u32, count: u32, turn: f32) -> vec2f {
    let angle = f32(i) * 2.3999632 + turn;
    return vec2f(cos(angle), sin(angle)) * sqrt((f32(i) + 0.5) / f32(count));
}

// The radius of the soft edge, from how far off in the mean lies what may hide part of the light.
fn shadow_penumbra(at: vec3f, slope: vec3f, count: u32) -> f32 {
    let cone = frame.shadow_cone.x;
    let texels = f32(textureDimensions(shadow_map).x);
    // Triangles are flat, so that a sharper edge would show them where light grazes.
    let least = max(1.2 / texels, frame.ground.w * 0.4);
    let reach = max(cone * at.z, least);
    var away = 0.0;
    var found = 0.0;
    for (var i = 0u; i < count; i++) {
        // Closest where it is asked most closely; the same places for every pixel, for others would be another answer.
        let place = shadow_place(i, count, 0.0);
        let offset = place * length(place) * reach;
        let aside = length(offset);
        let own = at.z + dot(slope.xy, offset) - slope.z * aside;
        let texel = clamp((at.xy + offset) * texels, vec2f(0.0), vec2f(texels - 1.0));
        let gap = own - textureLoad(shadow_depths, vec2u(texel), 0).x;
        // Farther aside than the light is wide it hides none of it.
        let hidden = clamp(2.0 - aside / max(cone * gap, 1e-6), 0.0, 1.0);
        if gap > 0.0 {
            away += gap * hidden;
            found += hidden;
        }
    }
    return clamp(cone * away / max(found, 1.0), least, reach);
}

// How much of the light arrives at a point, 0..1. `spread` widens the disc; one tap is one bilinear comparison.
fn shadow_light(world: vec3f, normal: vec3f, pixel: vec2f, taps: u32, spread: f32) -> f32 {
    let lifted = world + normal * (frame.ground.z * 1.5);
    let at = (frame.shadow_from_world * vec4f(lifted, 1.0)).xyz;
    // Beyond the map nothing throws a shadow.
    if any(abs(at.xy - 0.5) > vec2f(0.5)) {
        return 1.0;
    }
    if taps <= 1u {
        return shadow_tap(at, vec2f(0.0), vec3f(0.0));
    }
    let slope = shadow_slope(normal);
    let turn = color_noise(pixel) * 6.2831853;
    var radius = frame.ground.w * spread;
    if has_contact_shadow {
        radius = shadow_penumbra(at, slope, max(taps, 24u));
    }
    var sum = 0.0;
    for (var i = 0u; i < taps; i++) {
        sum += shadow_tap(at, shadow_place(i, taps, turn) * radius, slope);
    }
    return sum / f32(taps);
}

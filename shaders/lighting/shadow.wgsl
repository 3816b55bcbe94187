// The key light's shadow: percentage-closer filtering over a Vogel disc.

#import common/frame.wgsl
#import common/color.wgsl

@group(0) @binding(1) var shadow_map: texture_depth_2d;
@group(0) @binding(2) var shadow_sampler: sampler_comparison;

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

// How much of the light arrives at a point, 0..1. `spread` widens the disc; one tap is one bilinear comparison.
fn shadow_light(world: vec3f, normal: vec3f, pixel: vec2f, taps: u32, spread: f32) -> f32 {
    let lifted = world + normal * (frame.ground.z * 1.5);
    let at = (frame.shadow_from_world * vec4f(lifted, 1.0)).xyz;
    let radius = frame.ground.w * spread;
    // Beyond the map nothing throws a shadow.
    if any(abs(at.xy - 0.5) > vec2f(0.5)) {
        return 1.0;
    }
    if taps <= 1u {
        return shadow_tap(at, vec2f(0.0), vec3f(0.0));
    }
    let slope = shadow_slope(normal);
    let turn = color_noise(pixel) * 6.2831853;
    var sum = 0.0;
    for (var i = 0u; i < taps; i++) {
        let r = sqrt((f32(i) + 0.5) / f32(taps)) * radius;
        let angle = f32(i) * 2.3999632 + turn;
        let offset = vec2f(cos(angle), sin(angle)) * r;
        sum += shadow_tap(at, offset, slope);
    }
    return sum / f32(taps);
}

// The key light's shadow: percentage-closer filtering over a Vogel disc.

#import common/frame.wgsl
#import common/color.wgsl

@group(0) @binding(1) var shadow_map: texture_depth_2d;
@group(0) @binding(2) var shadow_sampler: sampler_comparison;

fn shadow_tap(at: vec3f, offset: vec2f) -> f32 {
    return textureSampleCompareLevel(shadow_map, shadow_sampler, at.xy + offset, at.z);
}

// How depth in the map grows along texture coordinates on the plane through a point: what a wide disc compares with, or
// the plane would shade itself (receiver plane depth bias; Isidoro, "Shadow Mapping", GDC 2006).
fn shadow_slope(normal: vec3f) -> vec2f {
    let m = frame.shadow_from_world;
    let x = vec3f(m[0].x, m[1].x, m[2].x);
    let y = vec3f(m[0].y, m[1].y, m[2].y);
    let z = vec3f(m[0].z, m[1].z, m[2].z);
    let across = vec2f(dot(x, normal) / max(dot(x, x), 1e-12), dot(y, normal) / max(dot(y, y), 1e-12));
    // Depth grows away from the light, to which lit normals point; grazing ones would take the disc too far.
    let along = min(dot(z, normal) / max(dot(z, z), 1e-12), -0.25 / max(length(z), 1e-6));
    return -across / along;
}

// How much of the light arrives at a point, 0..1. `spread` widens the disc, which `slope` tilts; one tap is one bilinear
// comparison.
fn shadow_light(world: vec3f, normal: vec3f, pixel: vec2f, taps: u32, spread: f32, slope: vec2f) -> f32 {
    let lifted = world + normal * (frame.ground.z * 1.5);
    let at = (frame.shadow_from_world * vec4f(lifted, 1.0)).xyz;
    let radius = frame.ground.w * spread;
    // Beyond the map nothing throws a shadow.
    if any(abs(at.xy - 0.5) > vec2f(0.5)) || at.z >= 1.0 {
        return 1.0;
    }
    if taps <= 1u {
        return shadow_tap(at, vec2f(0.0));
    }
    let turn = color_noise(pixel) * 6.2831853;
    var sum = 0.0;
    for (var i = 0u; i < taps; i++) {
        let r = sqrt((f32(i) + 0.5) / f32(taps)) * radius;
        let angle = f32(i) * 2.3999632 + turn;
        let offset = vec2f(cos(angle), sin(angle)) * r;
        sum += shadow_tap(vec3f(at.xy, at.z + dot(slope, offset)), offset);
    }
    return sum / f32(taps);
}

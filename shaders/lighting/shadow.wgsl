// The key light's shadow: percentage-closer filtering over a Vogel disc.

#import common/frame.wgsl
#import common/color.wgsl

@group(0) @binding(1) var shadow_map: texture_depth_2d;
@group(0) @binding(2) var shadow_sampler: sampler_comparison;

fn shadow_tap(at: vec3f, offset: vec2f) -> f32 {
    return textureSampleCompareLevel(shadow_map, shadow_sampler, at.xy + offset, at.z);
}

// How much of the light arrives at a point, 0..1. `spread` widens the disc; one tap is one bilinear comparison.
fn shadow_light(world: vec3f, normal: vec3f, pixel: vec2f, taps: u32, spread: f32) -> f32 {
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
        sum += shadow_tap(at, offset);
    }
    return sum / f32(taps);
}

// Direct lights as they reach a point: from infinitely far, or from a place (KHR_lights_punctual).

#import common/frame.wgsl

// Bit n: light n has a place.
override punctual_lights: u32 = 0;

struct PunctualLight {
    // Unit vector towards the light; angular radius in w.
    towards: vec4f,
    // Linear RGB; 1 in w where the light throws the shadow.
    radiance: vec4f,
}

fn punctual_light(n: i32, world: vec3f) -> PunctualLight {
    let light = frame.lights[n];
    if punctual_lights == 0u || (punctual_lights >> u32(n) & 1u) == 0u {
        return PunctualLight(light.towards, light.radiance);
    }
    let away = light.place.xyz - world;
    let square = max(dot(away, away), 1e-4);
    let towards = away * inverseSqrt(square);
    // "Range Property" and "Inner and Outer Cone Angles".
    let share = square * light.place.w;
    let near = clamp(1.0 - share * share, 0.0, 1.0) / square;
    let inside = clamp(-dot(towards, light.along.xyz) * light.along.w + light.cone.x, 0.0, 1.0);
    let radiance = light.radiance.rgb * (near * inside * inside);
    return PunctualLight(vec4f(towards, light.towards.w), vec4f(radiance, light.radiance.w));
}

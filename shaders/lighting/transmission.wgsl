// Light from behind a surface: refracted on its way through what is below (KHR_materials_transmission,
// KHR_materials_volume, KHR_materials_dispersion).

#import common/frame.wgsl
#import common/layers.wgsl

// Where on the picture a point of the world is, pixels.
fn transmission_pixel(world: vec3f) -> vec2f {
    let clip = frame.clip_from_world * vec4f(world, 1.0);
    return (clip.xy / max(clip.w, 1e-4) * vec2f(0.5, -0.5) + 0.5) * frame.size;
}

// The way through `thickness` metres below the surface.
fn transmission_ray(view: vec3f, normal: vec3f, thickness: f32, ior: f32) -> vec3f {
    return refract(-view, normal, 1.0 / max(ior, 1e-3)) * thickness;
}

// What was drawn where the ray leaves the body. `pixel` is where it enters, in the attachments. Rough surfaces scatter it the
// more, the more they refract (KHR_materials_volume, "Refraction").
fn transmission_behind(pixel: vec2f, world: vec3f, ray: vec3f, ior: f32, roughness: f32) -> vec4f {
    let moved = transmission_pixel(world + ray) - transmission_pixel(world);
    let blurred = log2(max(frame.size.x, frame.size.y)) * roughness * clamp(ior * 2.0 - 2.0, 0.0, 1.0);
    return textureSampleLevel(layers_behind, layers_behind_sampler, (pixel + moved) / frame.part_size, blurred);
}

// What is left of white light after a way through a body (Beer-Lambert).
fn transmission_kept(absorption: vec3f, path: f32) -> vec3f {
    return exp(-absorption * path);
}

// Indices of refraction of red, green and blue (KHR_materials_dispersion, "Implementation").
fn transmission_iors(ior: f32, dispersion: f32) -> vec3f {
    let half_spread = (ior - 1.0) * 0.025 * dispersion;
    return vec3f(ior - half_spread, ior, ior + half_spread);
}

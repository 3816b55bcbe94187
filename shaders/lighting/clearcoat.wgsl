// A clear layer of varnish above the rest (KHR_materials_clearcoat).

#import lighting/brdf.wgsl

// How much the layer sends back, seen at an angle: its index of refraction is 1.5. The rest goes through to what is below, in
// and out at once (extension, "Layering").
fn clearcoat_fresnel(n_dot_v: f32) -> f32 {
    return brdf_fresnel(vec3f(0.04), 1.0, n_dot_v).x;
}

// The lobe of one light that is seen under `half_way`; `alpha2` holds the light's own width.
fn clearcoat_lobe(n: vec3f, view: vec3f, light: vec3f, half_way: vec3f, alpha2: f32) -> f32 {
    let n_dot_l = clamp(dot(n, light), 0.0, 1.0);
    let n_dot_v = clamp(abs(dot(n, view)), 1e-3, 1.0);
    let n_dot_h = clamp(dot(n, half_way), 0.0, 1.0);
    return brdf_distribution(n_dot_h, alpha2) * brdf_visibility(n_dot_l, n_dot_v, alpha2) * n_dot_l;
}

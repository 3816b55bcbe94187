// A highlight drawn out along a direction of the surface (KHR_materials_anisotropy; Burley, "Physically Based Shading at
// Disney", 2012, with the parameters of Kulla and Conty, "Revisiting Physically Based Shading at Imageworks", 2017).

// How wide the lobe is along the direction and across it; `alpha` is the material's, `widening` is added to both variances.
fn anisotropy_widths(alpha: f32, strength: f32, widening: f32) -> vec2f {
    let along = mix(alpha, 1.0, strength * strength);
    return sqrt(vec2f(along * along, alpha * alpha) + widening);
}

// How rough the lobe is on the whole: light is lost between facets by the mean of both variances, nearly.
fn anisotropy_roughness(alpha: f32, strength: f32) -> f32 {
    let widths = anisotropy_widths(alpha, strength, 0.0);
    return sqrt(sqrt(dot(widths, widths) * 0.5));
}

// GGX distribution times pi and height-correlated Smith visibility (extension, "Implementation").
fn anisotropy_lobe(n: vec3f, along: vec3f, view: vec3f, light: vec3f, half_way: vec3f, widths: vec2f) -> f32 {
    let across = cross(n, along);
    let spread = widths.x * widths.y;
    let h = vec3f(widths.y * dot(along, half_way), widths.x * dot(across, half_way), spread * dot(n, half_way));
    let w = spread / max(dot(h, h), 1e-7);
    let n_dot_l = clamp(dot(n, light), 0.0, 1.0);
    let n_dot_v = clamp(abs(dot(n, view)), 1e-3, 1.0);
    let v = n_dot_l * length(vec3f(widths * vec2f(dot(along, view), dot(across, view)), n_dot_v));
    let l = n_dot_v * length(vec3f(widths * vec2f(dot(along, light), dot(across, light)), n_dot_l));
    return spread * w * w * (0.5 / max(v + l, 1e-5));
}

// Where light from all around comes from: the mirror is bent towards the direction (extension, "Image-based lighting").
fn anisotropy_reflection(n: vec3f, along: vec3f, view: vec3f, strength: f32, roughness: f32) -> vec3f {
    let across = cross(n, along);
    let facing = cross(cross(across, view), across);
    let flat = facing * inverseSqrt(max(dot(facing, facing), 1e-6));
    let straight = 1.0 - strength * (1.0 - roughness);
    let keeps = straight * straight;
    let bent = mix(flat, n, keeps * keeps);
    return reflect(-view, bent * inverseSqrt(max(dot(bent, bent), 1e-6)));
}

// Metallic-roughness reflection (glTF 2.0 specification, appendix B). Lights are given as what a white matt surface
// that faces them sends back, so pi is already divided out.

// GGX distribution times pi (Walter et al. 2007), with the highlight widened by the light's angular radius: the
// variances of lobe and light add.
fn brdf_distribution(n_dot_h: f32, alpha2: f32) -> f32 {
    let f = (n_dot_h * alpha2 - n_dot_h) * n_dot_h + 1.0;
    return alpha2 / max(f * f, 1e-7);
}

// Height-correlated Smith visibility (Heitz 2014).
fn brdf_visibility(n_dot_l: f32, n_dot_v: f32, alpha2: f32) -> f32 {
    let v = n_dot_l * sqrt(n_dot_v * n_dot_v * (1.0 - alpha2) + alpha2);
    let l = n_dot_v * sqrt(n_dot_l * n_dot_l * (1.0 - alpha2) + alpha2);
    return 0.5 / max(v + l, 1e-5);
}

// Schlick 1994, with what is left of it at the outline.
fn brdf_fresnel(f0: vec3f, f90: f32, v_dot_h: f32) -> vec3f {
    let x = 1.0 - v_dot_h;
    let x2 = x * x;
    let x5 = x2 * x2 * x;
    return f0 + (f90 - f0) * x5;
}

// Scale and bias of F0 for light from all around (analytic fit by Karis, "Physically Based Shading on Mobile", 2014).
fn brdf_environment(roughness: f32, n_dot_v: f32) -> vec2f {
    let r = roughness * vec4f(-1.0, -0.0275, -0.572, 0.022) + vec4f(1.0, 0.0425, 1.04, -0.04);
    let a004 = min(r.x * r.x, exp2(-9.28 * n_dot_v)) * r.x + r.y;
    return vec2f(-1.04, 1.04) * a004 + r.zw;
}

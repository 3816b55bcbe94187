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

// Scale and bias of F0 for light from all around: what GGX, height-correlated Smith and Schlick's Fresnel keep of it. Fitted for the
// smallest largest error to the integral over visible normals (Heitz 2018, 300 x 300 of them, 40 x 40 places of roughness
// and cosine). With q, the lobe's width as seen from the side, and t, both steps of the same hyperbola, few terms are enough: off by 0.02
// at most from a cosine of 0.05 up, where fits in roughness and cosine alone are off by 0.05.
fn brdf_environment(roughness: f32, n_dot_v: f32) -> vec2f {
    let alpha = roughness * roughness;
    let v = n_dot_v;
    let narrow = inverseSqrt((1.0 - v * v) * (alpha * alpha) + v * v);
    let q = alpha * narrow;
    let t = v * narrow;
    let facing = roughness * (2.2783 - 1.3376 * t) - 0.633 * q * q + t * (0.711 * t - 0.9026);
    let lost = q * (0.4928 * t * t * q + 0.0828 * roughness + v * facing);
    let x = 1.0 - v;
    let x2 = x * x;
    let bias = x2 * x2 * x * (roughness * (q * (1.9153 * q - 4.0783) + 1.2437 * roughness) + 0.9845);
    return vec2f(1.0 - lost - bias, bias);
}

// Back-scattering of cloth (KHR_materials_sheen; Estevez and Kulla, "Production Friendly Microfacet Sheen BRDF", SIGGRAPH 2017).

// The "Charlie" distribution times pi; `alpha` is the roughness squared.
fn sheen_distribution(n_dot_h: f32, alpha: f32) -> f32 {
    let sharp = 1.0 / alpha;
    return (2.0 + sharp) * 0.5 * pow(max(1.0 - n_dot_h * n_dot_h, 1e-6), 0.5 * sharp);
}

// The exponent of the Smith term (table 1 of the paper).
fn sheen_exponent(x: f32, smooth_share: f32) -> f32 {
    let rough = vec4f(21.5473, 3.82987, 0.19823, -1.97760);
    let even = vec4f(25.3245, 3.32435, 0.16801, -1.27393);
    let p = mix(rough, even, smooth_share);
    return p.x / (1.0 + p.y * pow(x, p.z)) + p.w * x + mix(-4.32054, -4.85967, smooth_share);
}

fn sheen_lambda(cosine: f32, alpha: f32) -> f32 {
    let smooth_share = (1.0 - alpha) * (1.0 - alpha);
    if cosine < 0.5 {
        return exp(sheen_exponent(max(cosine, 1e-3), smooth_share));
    }
    return exp(2.0 * sheen_exponent(0.5, smooth_share) - sheen_exponent(max(1.0 - cosine, 1e-3), smooth_share));
}

// Visibility of a light; `view_lambda` is that of the eye's direction.
fn sheen_visibility(n_dot_l: f32, n_dot_v: f32, view_lambda: f32, alpha: f32) -> f32 {
    // Softer where the light sets (equation 4 of the paper).
    let low = 1.0 - n_dot_l;
    let low4 = low * low * low * low;
    let shadowing = 1.0 + view_lambda + pow(sheen_lambda(n_dot_l, alpha), 1.0 + 2.0 * low4 * low4);
    return min(1.0 / max(shadowing * 4.0 * n_dot_l * n_dot_v, 1e-5), 1.0);
}

// How much light white cloth sends back in all directions: a fit of the integral of the lobe, within 0.06 and 0.016 on
// average. What is left of it reaches what is below (extension, "Albedo-scaling technique").
fn sheen_albedo(n_dot_v: f32, roughness: f32) -> f32 {
    let r = vec4f(1.0, roughness, roughness * roughness, 1.0 / roughness);
    let a = dot(vec4f(0.0190, -1.3043, 1.0795, 0.0193), r);
    let b = dot(vec4f(-2.7005, 8.6164, -6.3291, -1.5882), r);
    let c = dot(vec4f(-4.0022, 1.8104, 1.0392, 1.5143), r);
    return min(exp(a + (b + c * n_dot_v) * n_dot_v), 1.0);
}

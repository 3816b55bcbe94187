// Colours of a thin film (KHR_materials_iridescence, appendix B; Belcour and Barla, "A Practical Extension to Microfacet Theory
// for the Modeling of Varying Iridescence", SIGGRAPH 2017).

const IRIDESCENCE_PI: f32 = 3.14159265;

fn iridescence_schlick(f0: vec3f, cosine: f32) -> vec3f {
    let x = clamp(1.0 - cosine, 0.0, 1.0);
    let x2 = x * x;
    return f0 + (1.0 - f0) * (x2 * x2 * x);
}

// What the eye's three cones gather of a wave that runs `path` nanometres farther, as linear RGB: Gaussian fits of the CIE XYZ
// curves in the frequency domain (section 4 of the paper), then IEC 61966-2-1 primaries.
fn iridescence_gathered(path: f32, shift: vec3f) -> vec3f {
    let phase = 2.0 * IRIDESCENCE_PI * path * 1e-9;
    let height = vec3f(5.4856e-13, 4.4201e-13, 5.2481e-13);
    let place = vec3f(1.6810e6, 1.7953e6, 2.2084e6);
    let width = vec3f(4.3278e9, 9.3046e9, 6.6121e9);
    var xyz = height * sqrt(2.0 * IRIDESCENCE_PI * width) * cos(place * phase + shift) * exp(-phase * phase * width);
    // Red has a second hump.
    xyz.x += 9.7470e-14 * sqrt(2.0 * IRIDESCENCE_PI * 4.5282e9) * cos(2.2399e6 * phase + shift.x)
        * exp(-4.5282e9 * phase * phase);
    xyz /= 1.0685e-7;
    let r = dot(xyz, vec3f(3.2404542, -1.5371385, -0.4985314));
    let g = dot(xyz, vec3f(-0.9692660, 1.8760108, 0.0415560));
    let b = dot(xyz, vec3f(0.0556434, -0.2040259, 1.0572252));
    return vec3f(r, g, b);
}

// What a film of `thickness` nanometres over a base that reflects `base_f0` sends back under an angle.
fn iridescence_fresnel(cosine: f32, film_ior: f32, base_f0: vec3f, thickness: f32) -> vec3f {
    // No film where it has no thickness.
    let ior = mix(1.0, film_ior, smoothstep(0.0, 0.03, thickness));
    let sin2 = (1.0 - cosine * cosine) / (ior * ior);
    if sin2 > 1.0 {
        return vec3f(1.0);
    }
    let inner_cosine = sqrt(1.0 - sin2);
    let above = (ior - 1.0) / (ior + 1.0);
    let r12 = iridescence_schlick(vec3f(above * above), cosine).x;
    let passes = (1.0 - r12) * (1.0 - r12);
    let root = sqrt(clamp(base_f0, vec3f(0.0), vec3f(0.9999)));
    let base_ior = (1.0 + root) / (1.0 - root);
    let below = (base_ior - ior) / (base_ior + ior);
    let r23 = iridescence_schlick(below * below, inner_cosine);
    // Waves turn over where they are sent back by what is denser.
    let shift = select(vec3f(0.0), vec3f(IRIDESCENCE_PI), base_ior < vec3f(ior))
        + select(IRIDESCENCE_PI, 0.0, ior < 1.0);
    let path = 2.0 * ior * thickness * inner_cosine;
    let r123 = clamp(r12 * r23, vec3f(1e-5), vec3f(0.9999));
    let once = sqrt(r123);
    let inside = passes * r23 / (1.0 - r123);
    var out = r12 + inside;
    var echo = inside - (1.0 - r12);
    echo *= once;
    out += echo * 2.0 * iridescence_gathered(path, shift);
    echo *= once;
    out += echo * 2.0 * iridescence_gathered(2.0 * path, 2.0 * shift);
    return clamp(out, vec3f(0.0), vec3f(1.0));
}

// The same as a reflection seen head on, which the other formulas take (Schlick 1994, solved for F0).
fn iridescence_f0(cosine: f32, film_ior: f32, base_f0: vec3f, thickness: f32) -> vec3f {
    let x = clamp(1.0 - cosine, 0.0, 1.0);
    let x5 = clamp(x * x * x * x * x, 0.0, 0.9999);
    let seen = iridescence_fresnel(cosine, film_ior, base_f0, thickness);
    return clamp((seen - x5) / (1.0 - x5), vec3f(0.0), vec3f(1.0));
}

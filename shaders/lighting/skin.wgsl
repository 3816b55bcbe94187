// Skin: light goes in and comes out again nearby, red the farthest, so that shadow's edges are soft and warm.

// How far past the terminator each colour of light still comes out: wrapped diffuse light (Green, "Real-Time Approximations to
// Subsurface Scattering", GPU Gems 2004), with the mean free paths of skin (Jimenez et al. 2015: red some four times blue's).
const SKIN_WRAP: vec3f = vec3f(0.36, 0.13, 0.08);

// What a surface that faces the light by `cosine` sends back, without gain or loss over a sphere.
fn skin_diffuse(cosine: f32) -> vec3f {
    let wrapped = max(vec3f(cosine) + SKIN_WRAP, vec3f(0.0)) / (1.0 + SKIN_WRAP);
    return wrapped / (1.0 + SKIN_WRAP);
}

// The edge of a shadow on skin: red comes in first.
fn skin_shadow(shadow: f32) -> vec3f {
    return pow(vec3f(max(shadow, 1e-4)), vec3f(0.62, 0.9, 1.0));
}

// Folds of skin: light that went in beside them comes out in them, red the most.
fn skin_open(open: vec3f) -> vec3f {
    return pow(max(open, vec3f(1e-4)), vec3f(0.86, 0.97, 1.0));
}

// The oily layer has a narrow lobe over the wide one: how much of it, and how much narrower (Weyrich et al. 2006).
const SKIN_OIL: f32 = 0.22;
const SKIN_OIL_ROUGHNESS: f32 = 0.5;

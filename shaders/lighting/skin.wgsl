// Skin: light goes in and comes out again nearby, red the farthest, so that shadow's edges are soft and warm, the more where the skin
// is bent: beside a nose's edge there is lit skin within reach (pre-integrated by curvature, Penner, SIGGRAPH 2011).

#import common/material.wgsl

// How much of the material's scattering there is on flat skin and at the edge of an ear.
const SKIN_FLAT: f32 = 0.6;
const SKIN_BENT: f32 = 1.5;
// What of a light behind comes through the edge of an ear; blood takes the rest of it.
const SKIN_THROUGH: vec3f = vec3f(0.22, 0.05, 0.03);

// Wrapped diffuse light (Green, "Real-Time Approximations to Subsurface Scattering", GPU Gems 2004): what a surface as bent as
// `bend` that faces the light by `cosine` sends back, without gain or loss over a sphere.
fn skin_diffuse(cosine: f32, bend: f32) -> vec3f {
    let wrap = min(material.scatter.rgb * mix(SKIN_FLAT, SKIN_BENT, bend), vec3f(1.0));
    let wrapped = max(vec3f(cosine) + wrap, vec3f(0.0)) / (1.0 + wrap);
    return wrapped / (1.0 + wrap);
}

// What comes through thin skin from a light on its other side.
fn skin_through(cosine: f32, bend: f32) -> vec3f {
    let wide = material.scatter.rgb / max(material.scatter.r, 1e-3);
    return SKIN_THROUGH * min(material.scatter.r * 3.0, 1.0) * wide * (bend * bend * clamp(-cosine, 0.0, 1.0));
}

// The edge of a shadow on skin: red comes in first.
fn skin_shadow(shadow: f32) -> vec3f {
    return pow(vec3f(max(shadow, 1e-4)), vec3f(0.8, 0.96, 1.0));
}

// Folds of skin: light that went in beside them comes out in them, red the most.
fn skin_open(open: vec3f) -> vec3f {
    return pow(max(open, vec3f(1e-4)), vec3f(0.93, 0.985, 1.0));
}

// The oily layer has a narrow lobe over the wide one: how much of it, and how much narrower (Weyrich et al. 2006).
const SKIN_OIL: f32 = 0.22;
const SKIN_OIL_ROUGHNESS: f32 = 0.5;

// Skin under tears.
const SKIN_WET_ROUGHNESS: f32 = 0.16;

// Eyes: a wet ball, behind whose clear front the iris lies deeper than the surface; lids keep light from it.

#import common/frame.wgsl
#import common/material.wgsl

// What the wet layer reflects, seen head on: ((1.376 − 1) / (1.376 + 1))².
const EYE_WET: f32 = 0.025;
// Of cornea and the fluid behind it (Gullstrand's schematic eye).
const EYE_IOR: f32 = 1.336;
// The edge of an iris, in radii of the ball: 5.9 of 12 mm (same).
const EYE_IRIS: f32 = 0.49;
// How far the iris lies behind the top of the cornea, in radii of the iris: 3 of 6 mm (same).
const EYE_CHAMBER: f32 = 0.5;
// How much steeper the cornea is than the ball: 12 mm over 7.8 mm of radius, at the edge of the iris (same).
const EYE_BULGE: f32 = 0.24;
// The most that the lids keep from the ball, and within how far of them, in radii of the iris.
const EYE_LID_DARK: f32 = 0.55;
const EYE_LID_REACH: f32 = 0.6;
// What the edge of the iris keeps.
const EYE_LIMBUS: f32 = 0.55;

// Where a point lies on the disc of the iris, and how the eye stands in the world.
struct EyePlace {
    // To the eye's left and up, the iris's edge at 1.
    disc: vec2f,
    // How far out, and how much of the clear front lies there.
    out: f32,
    clear: f32,
    // Unit vectors.
    left: vec3f,
    up: vec3f,
    forward: vec3f,
    // Texture coordinates by a step on the disc.
    uv_steps: vec4f,
}

// `left` is the eye's own, with 1 in w where it is the left eye and -1 where it is the right; `normal` is the ball's.
fn eye_place(disc: vec2f, left: vec4f, normal: vec3f) -> EyePlace {
    var place: EyePlace;
    place.disc = disc;
    place.out = length(disc);
    place.clear = 1.0 - smoothstep(0.85, 1.0, place.out);
    place.uv_steps = select(material.eye_steps[0], material.eye_steps[1], left.w < 0.0);
    place.left = normalize(left.xyz);
    // What of the normal is not to the left lies between up and forward, at an angle that the place tells.
    let rest = normalize(normal - place.left * dot(normal, place.left));
    let sine = clamp(disc.y * EYE_IRIS * inverseSqrt(max(1.0 - disc.x * disc.x * EYE_IRIS * EYE_IRIS, 0.1)), -0.95, 0.95);
    let cosine = sqrt(1.0 - sine * sine);
    let across = cross(place.left, rest);
    place.up = rest * sine - across * cosine;
    place.forward = rest * cosine + across * sine;
    return place;
}

// The normal of the clear front, which is steeper than the ball.
fn eye_normal(place: EyePlace, normal: vec3f) -> vec3f {
    return normalize(normal + (place.left * place.disc.x + place.up * place.disc.y) * (EYE_BULGE * place.clear));
}

// By how much the texture is to be read elsewhere, because light bends at the clear front and goes on to the iris.
fn eye_refraction(place: EyePlace, normal: vec3f, view: vec3f) -> vec2f {
    let inside = refract(-view, normal, 1.0 / EYE_IOR);
    let deep = EYE_CHAMBER * max(1.0 - place.out * place.out, 0.0) * place.clear;
    let down = max(-dot(inside, place.forward), 0.35);
    // Steps on the disc are in radii of the iris, as is the depth.
    var moved = vec2f(dot(inside, place.left), dot(inside, place.up)) * (deep / down);
    // Where triangles are smaller than pixels, normals are guesses, and the white would show within the iris.
    moved *= min(1.0, max(1.0 - place.out, 0.0) / max(length(moved), 1e-6));
    return place.uv_steps.xy * moved.x + place.uv_steps.zw * moved.y;
}

// The dark ring around the iris; the white turns red towards its corners.
fn eye_tint(place: EyePlace) -> vec3f {
    let ring = smoothstep(0.66, 0.98, place.out) * (1.0 - smoothstep(1.0, 1.16, place.out));
    let corner = smoothstep(1.15, 1.9, abs(place.disc.x));
    return mix(vec3f(1.0), vec3f(0.97, 0.88, 0.86), corner) * (1.0 - (1.0 - EYE_LIMBUS) * ring);
}

// What the lids and the corners let through.
fn eye_open(place: EyePlace) -> f32 {
    let above = (material.detail.x - place.disc.y) / EYE_LID_REACH;
    let below = (material.detail.y + place.disc.y) / EYE_LID_REACH;
    let upper = clamp(above, 0.0, 1.0);
    let lower = clamp(below * 1.6, 0.0, 1.0);
    let side = 1.0 - 0.5 * smoothstep(1.1, 2.0, abs(place.disc.x));
    let opened = upper * (2.0 - upper) * (0.5 + 0.5 * lower * (2.0 - lower));
    return (1.0 - EYE_LID_DARK * (1.0 - opened)) * side;
}

// The white is a cloud that light goes into, red the farthest: wrapped diffuse light.
fn eye_diffuse(cosine: f32) -> vec3f {
    let wrap = vec3f(0.17, 0.14, 0.13);
    return max(vec3f(cosine) + wrap, vec3f(0.0)) / ((1.0 + wrap) * (1.0 + wrap));
}

// Light that falls in on one side gathers on the other side of the iris.
fn eye_caustic(place: EyePlace, towards: vec3f) -> f32 {
    let side = vec2f(dot(towards, place.left), dot(towards, place.up));
    return 1.0 + 0.9 * place.clear * smoothstep(0.25, 0.9, place.out) * clamp(-dot(place.disc, side), 0.0, 1.0);
}

// The lens' dark corners and the film's grain. Their strengths stand in frame.film.

#import common/frame.wgsl

override has_vignette: bool = false;
override has_grain: bool = false;

// What of the light at a pixel of the picture the lens lets through: it falls off as the fourth power of the cosine, here of an angle
// chosen for the corners to be as dark as asked for.
fn film_vignette(pixel: vec2f) -> f32 {
    if !has_vignette {
        return 1.0;
    }
    let half = frame.size * 0.5;
    let out = pixel - half;
    let slope = 1.0 + frame.film.x * dot(out, out) / dot(half, half);
    return 1.0 / (slope * slope);
}

// -0.5..0.5 for three whole numbers (Jarzynski and Olano, "Hash Functions for GPU Rendering", 2020: PCG).
fn film_hash(pixel: vec2u, seed: u32) -> f32 {
    var state = (pixel.x + pixel.y * 65537u) * 747796405u + seed * 2891336453u + 277803737u;
    state = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    state = (state >> 22u) ^ state;
    return f32(state >> 8u) / 16777216.0 - 0.5;
}

// Codes with grain: the same for all colours, most in the middle, none in black and white.
fn film_grain(code: vec3f, pixel: vec2f) -> vec3f {
    if !has_grain {
        return code;
    }
    let at = vec2u(pixel);
    let seed = u32(frame.film.z);
    let speck = film_hash(at, seed) + film_hash(at, seed ^ 0x9e3779b9u) + film_hash(at, seed ^ 0x85ebca6bu);
    let c = clamp(code, vec3f(0.0), vec3f(1.0));
    return c + c * (1.0 - c) * (speck * frame.film.y);
}

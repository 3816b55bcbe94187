// Transfer functions, dithering, and the last step from light to codes.

#import common/tone.wgsl
#import common/film.wgsl

// Alpha says how bright a pixel looks, for the pass that smooths edges: it reads many pixels, and one channel costs a fourth of all.
// Only in pictures in which nothing shines through.
override has_brightness: bool = false;

// The target holds more than 8 bits: nothing is dithered.
override is_exact: bool = false;

// What goes into alpha beside a colour that covers `alpha` of its pixel.
fn color_alpha(color: vec3f, alpha: f32) -> f32 {
    if has_brightness {
        return dot(color, vec3f(0.299, 0.587, 0.114));
    }
    return alpha;
}

// IEC 61966-2-1 within half an 8-bit step, from square roots, which cost less than powers where there is no GPU.
fn color_encode_srgb(linear: vec3f) -> vec3f {
    let c = clamp(linear, vec3f(0.0), vec3f(1.0));
    let r2 = sqrt(c);
    let r4 = sqrt(r2);
    let r8 = sqrt(r4);
    let high = 0.662002687 * r2 + 0.684122060 * r4 - 0.323583601 * r8 - 0.0225411470 * c;
    return select(high, c * 12.92, c <= vec3f(0.0031308));
}

// The inverse, within half an 8-bit step.
fn color_decode_srgb(code: vec3f) -> vec3f {
    return code * (code * (code * 0.305306011 + 0.682171111) + 0.012522878);
}

// A fixed pattern in 0..1 that differs from pixel to pixel: interleaved gradient noise (Jimenez, "Next Generation
// Post Processing in Call of Duty: Advanced Warfare", SIGGRAPH 2014).
fn color_noise(pixel: vec2f) -> f32 {
    return fract(52.9829189 * fract(dot(pixel, vec2f(0.06711056, 0.00583715))));
}

// To whole 8-bit steps, so that no format of a target rounds otherwise than another.
fn color_quantize(code: vec4f) -> vec4f {
    return floor(code * 255.0 + 0.5) / 255.0;
}

// Linear light, tone-mapped, as the target takes it: encoded in the shader or, for sRGB formats, by the adapter. Moved by
// less than one 8-bit step of the encoded value, so that gradients show no bands.
fn color_finish(linear: vec3f, pixel: vec2f, is_encoded: bool) -> vec3f {
    let mapped = tone_map(linear * film_vignette(pixel));
    let step = (color_noise(pixel) - 0.5) * (0.9 / 255.0);
    if is_encoded {
        return color_quantize(vec4f(color_encode_srgb(mapped) + step, 1.0)).rgb;
    }
    if is_exact {
        return mapped;
    }
    let root = max(sqrt(max(mapped, vec3f(0.0))) + step, vec3f(0.0));
    return root * root;
}

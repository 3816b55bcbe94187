// Tone mapping, transfer functions and dithering.

// Khronos PBR Neutral tone mapper (Khronos Group, "PBR Neutral Tone Mapper" specification, 2024): base colours
// come out as they went in, highlights are compressed and lose saturation.
fn color_tone_map(linear: vec3f) -> vec3f {
    let start = 0.8 - 0.04;
    let least = min(linear.r, min(linear.g, linear.b));
    let offset = select(0.04, least - 6.25 * least * least, least < 0.08);
    let shifted = linear - offset;
    let peak = max(max(shifted.r, max(shifted.g, shifted.b)), 1e-6);
    let room = 1.0 - start;
    let new_peak = 1.0 - room * room / (peak + room - start);
    let gray = 1.0 - 1.0 / (0.15 * (peak - new_peak) + 1.0);
    let compressed = mix(shifted * (new_peak / peak), vec3f(new_peak), gray);
    return select(shifted, compressed, peak >= start);
}

// IEC 61966-2-1.
fn color_encode_srgb(linear: vec3f) -> vec3f {
    let c = clamp(linear, vec3f(0.0), vec3f(1.0));
    let high = 1.055 * pow(c, vec3f(1.0 / 2.4)) - 0.055;
    return select(high, c * 12.92, c <= vec3f(0.0031308));
}

// A fixed pattern in 0..1 that differs from pixel to pixel: interleaved gradient noise (Jimenez, "Next Generation
// Post Processing in Call of Duty: Advanced Warfare", SIGGRAPH 2014).
fn color_noise(pixel: vec2f) -> f32 {
    return fract(52.9829189 * fract(dot(pixel, vec2f(0.06711056, 0.00583715))));
}

// Linear colour moved by less than one 8-bit step of its encoded value, so that gradients show no bands.
fn color_dither(linear: vec3f, pixel: vec2f) -> vec3f {
    let root = sqrt(max(linear, vec3f(0.0)));
    let moved = max(root + (color_noise(pixel) - 0.5) * (0.9 / 255.0), vec3f(0.0));
    return moved * moved;
}

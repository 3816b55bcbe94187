// Puts pixels that are drawn already in their place: the wall as it was kept, or the part of the picture with the actors,
// tone-mapped where it holds linear light, smoothed where it has one sample a pixel.

#import common/frame.wgsl
#import common/color.wgsl
#import common/edge.wgsl

override is_encoded: bool = false;
override is_smoothed: bool = false;
// How often frame.origin is added to a pixel's place to find its source: -1 from a part, 1 into a part, 0 between pictures.
override origin_step: f32 = 0.0;
// A part has frame.scale times as many pixels as the picture that it goes into.
override is_scaled: bool = false;

@group(1) @binding(0) var compose_source: texture_2d<f32>;
// What the lens spreads, in linear light.
@group(1) @binding(1) var compose_glow: texture_2d<f32>;
@group(1) @binding(2) var compose_sampler: sampler;

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    // The far plane: where depth is tested, covered pixels are left out.
    return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 1.0, 1.0);
}

// The film's grain on a finished pixel, premultiplied; it comes after smoothing, which would take specks for stairs.
fn compose_grained(color: vec4f, pixel: vec2f) -> vec4f {
    if !has_grain {
        return color;
    }
    let straight = color.rgb / max(color.a, 1e-4);
    var code = straight;
    if !is_encoded {
        code = sqrt(max(straight, vec3f(0.0)));
    }
    code = film_grain(code, pixel);
    if is_encoded {
        code = color_quantize(vec4f(code, 1.0)).rgb;
    } else {
        code *= code;
    }
    return vec4f(code * color.a, color.a);
}

// Where a pixel's source lies.
fn compose_place(clip: vec2f) -> vec2f {
    if !is_scaled {
        return clip + frame.origin * origin_step;
    }
    if origin_step > 0.0 {
        return (clip + frame.origin) / frame.scale;
    }
    return clip * frame.scale - frame.origin;
}

// A pixel of a part as a picture with other pixels shows it: between four of the part's.
fn compose_between(at: vec2f) -> vec4f {
    let last = vec2i(frame.part_size) - 1;
    let corner = vec2i(floor(at - 0.5));
    let share = at - 0.5 - vec2f(corner);
    let a = textureLoad(compose_source, clamp(corner, vec2i(0), last), 0);
    let b = textureLoad(compose_source, clamp(corner + vec2i(1, 0), vec2i(0), last), 0);
    let c = textureLoad(compose_source, clamp(corner + vec2i(0, 1), vec2i(0), last), 0);
    let d = textureLoad(compose_source, clamp(corner + vec2i(1, 1), vec2i(0), last), 0);
    return mix(mix(a, b, share.x), mix(c, d, share.x), share.y);
}

fn compose_pixel(clip: vec2f) -> vec4f {
    let at = compose_place(clip);
    if is_smoothed {
        return edge_smooth(compose_source, vec2i(at), vec2i(frame.part_size) - 1);
    }
    if is_scaled && origin_step < 0.0 {
        return compose_between(at);
    }
    return textureLoad(compose_source, vec2u(at), 0);
}

// A part with its own pixels, smoothed before others come between them.
@fragment
fn fragment_smooth(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    return compose_pixel(clip.xy);
}

@fragment
fn fragment_main(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    var source = compose_pixel(clip.xy);
    if has_brightness {
        source.a = 1.0;
        if origin_step > 0.0 {
            source.a = color_alpha(source.rgb, 1.0);
        }
    }
    if !is_linear {
        let grained = compose_grained(source, clip.xy);
        if is_smoothed {
            return color_quantize(grained);
        }
        return grained;
    }
    // Mapped as if nothing shone through, then weighted by alpha again.
    let alpha = clamp(source.a, 0.0, 1.0);
    let straight = source.rgb / max(alpha, 1e-4);
    return compose_grained(vec4f(color_finish(straight, clip.xy * frame.scale, is_encoded) * alpha, alpha), clip.xy);
}

// The whole picture with what the lens spreads. Over nothing the glow adds light: it is as opaque as it is bright, so that it shows
// over black as it is and never darkens what is put behind.
@fragment
fn fragment_glow(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let source = compose_pixel(clip.xy);
    let place = clip.xy * frame.scale;
    let spread = textureSampleLevel(compose_glow, compose_sampler, place / frame.size, 0.0).rgb * frame.film.w;
    let alpha = clamp(source.a, 0.0, 1.0);
    let straight = source.rgb / max(alpha, 1e-4);
    let covered = color_finish(straight * (1.0 - frame.film.w) + spread, place, is_encoded);
    if alpha >= 1.0 {
        return compose_grained(vec4f(covered, 1.0), clip.xy);
    }
    let beside = color_finish(spread, place, is_encoded);
    let glow = max(beside.r, max(beside.g, beside.b));
    return compose_grained(vec4f(mix(beside, covered, alpha), mix(glow, 1.0, alpha)), clip.xy);
}

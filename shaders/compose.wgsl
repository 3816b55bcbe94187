// Puts pixels that are drawn already in their place: the wall as it was kept, or the part of the picture with the actors,
// tone-mapped where it holds linear light, smoothed where it has one sample a pixel.

#import common/frame.wgsl
#import common/color.wgsl
#import common/edge.wgsl

override is_linear: bool = false;
override is_encoded: bool = false;
override is_smoothed: bool = false;
// How often frame.origin is added to a pixel's place to find its source: -1 from a part, 1 into a part, 0 between pictures.
override origin_step: f32 = 0.0;

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

@fragment
fn fragment_main(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let at = clip.xy + frame.origin * origin_step;
    if is_smoothed {
        let smooth_color = edge_smooth(compose_source, vec2i(at), vec2i(frame.part_size) - 1);
        return color_quantize(compose_grained(smooth_color, clip.xy));
    }
    let source = textureLoad(compose_source, vec2u(at), 0);
    if !is_linear {
        return compose_grained(source, clip.xy);
    }
    // Mapped as if nothing shone through, then weighted by alpha again.
    let alpha = clamp(source.a, 0.0, 1.0);
    let straight = source.rgb / max(alpha, 1e-4);
    return compose_grained(vec4f(color_finish(straight, clip.xy, is_encoded) * alpha, alpha), clip.xy);
}

// The whole picture with what the lens spreads. Over nothing the glow adds light: it is as opaque as it is bright, so that it shows
// over black as it is and never darkens what is put behind.
@fragment
fn fragment_glow(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let source = textureLoad(compose_source, vec2u(clip.xy), 0);
    let spread = textureSampleLevel(compose_glow, compose_sampler, clip.xy / frame.size, 0.0).rgb * frame.film.w;
    let alpha = clamp(source.a, 0.0, 1.0);
    let straight = source.rgb / max(alpha, 1e-4);
    let covered = color_finish(straight * (1.0 - frame.film.w) + spread, clip.xy, is_encoded);
    if alpha >= 1.0 {
        return compose_grained(vec4f(covered, 1.0), clip.xy);
    }
    let beside = color_finish(spread, clip.xy, is_encoded);
    let glow = max(beside.r, max(beside.g, beside.b));
    return compose_grained(vec4f(mix(beside, covered, alpha), mix(glow, 1.0, alpha)), clip.xy);
}

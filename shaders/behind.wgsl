// What transmissive surfaces let through: the picture as it was drawn without them, as linear light, and blurred versions of it.

#import common/frame.wgsl
#import common/color.wgsl

// The picture holds linear light; otherwise tone-mapped colour.
override is_linear: bool = false;
override is_encoded: bool = false;
// Where nothing was drawn, the backdrop's one colour shows.
override has_color: bool = false;

@group(1) @binding(0) var behind_source: texture_2d<f32>;
@group(2) @binding(0) var behind_level: texture_2d<f32>;
@group(2) @binding(1) var behind_sampler: sampler;

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

// IEC 61966-2-1: what is encoded again afterwards bears no fit.
fn behind_decode(code: vec3f) -> vec3f {
    return select(pow((code + 0.055) / 1.055, vec3f(2.4)), code / 12.92, code <= vec3f(0.04045));
}

fn behind_linear(mapped: vec3f, pixel: vec2f) -> vec3f {
    if is_encoded {
        return tone_unmap(behind_decode(mapped)) / film_vignette(pixel);
    }
    return tone_unmap(mapped) / film_vignette(pixel);
}

@fragment
fn fragment_capture(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let source = textureLoad(behind_source, vec2u(clip.xy), 0);
    let straight = source.rgb / max(source.a, 1e-4);
    let pixel = clip.xy + frame.origin;
    if !is_linear {
        return vec4f(behind_linear(straight, pixel) * source.a, source.a);
    }
    if has_color && source.a < 1.0 {
        // The backdrop is never tone-mapped, and is mixed in with what is.
        let mapped = tone_map(straight * film_vignette(pixel));
        let color = frame.backdrop_center.rgb;
        if is_encoded {
            let code = mix(color_encode_srgb(color), color_encode_srgb(mapped), source.a);
            return vec4f(behind_linear(code, pixel), 1.0);
        }
        return vec4f(behind_linear(mix(color, mapped, source.a), pixel), 1.0);
    }
    return source;
}

// Half the size: a tent over four by four pixels, so that no edge of a pixel shows in what is enlarged again.
@fragment
fn fragment_halve(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let size = vec2f(textureDimensions(behind_level));
    let at = clip.xy * (size / max(floor(size * 0.5), vec2f(1.0)));
    var sum = vec4f(0.0);
    for (var n = 0; n < 4; n++) {
        let aside = vec2f(f32(n & 1), f32(n >> 1u)) * 2.0 - 1.0;
        sum += textureSampleLevel(behind_level, behind_sampler, (at + aside) / size, 0.0);
    }
    return sum * 0.25;
}

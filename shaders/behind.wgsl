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

fn behind_linear(mapped: vec3f) -> vec3f {
    if is_encoded {
        return color_tone_unmap(color_decode_srgb(mapped));
    }
    return color_tone_unmap(mapped);
}

@fragment
fn fragment_capture(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let source = textureLoad(behind_source, vec2u(clip.xy), 0);
    var color = source.rgb;
    if !is_linear {
        color = behind_linear(color / max(source.a, 1e-4)) * source.a;
    }
    if has_color {
        // The backdrop is never tone-mapped, and has to come out as it is.
        return vec4f(color + color_tone_unmap(frame.backdrop_center.rgb) * (1.0 - source.a), 1.0);
    }
    return vec4f(color, source.a);
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

// What the passes of forward_weighted.wgsl leave, over the whole picture: the range of all samples of a pixel, and the layer that is laid
// over what is there.

@group(0) @binding(0) var weighted_range_samples: texture_multisampled_2d<f32>;
@group(0) @binding(1) var weighted_sums: texture_2d<f32>;
@group(0) @binding(2) var weighted_kept: texture_2d<f32>;
@group(0) @binding(3) var weighted_sums_samples: texture_multisampled_2d<f32>;
@group(0) @binding(4) var weighted_kept_samples: texture_multisampled_2d<f32>;

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn fragment_range(@builtin(position) clip: vec4f) -> @location(0) vec2f {
    let pixel = vec2i(clip.xy);
    let a = max(textureLoad(weighted_range_samples, pixel, 0).xy, textureLoad(weighted_range_samples, pixel, 1).xy);
    let b = max(textureLoad(weighted_range_samples, pixel, 2).xy, textureLoad(weighted_range_samples, pixel, 3).xy);
    return max(a, b);
}

// The mean colour, as opaque as all are together; weighted by that.
fn weighted_layer(sums: vec4f, kept: f32) -> vec4f {
    if kept >= 1.0 {
        discard;
    }
    return vec4f(sums.rgb / max(sums.a, 1e-6), 1.0) * (1.0 - kept);
}

@fragment
fn fragment_single(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let pixel = vec2i(clip.xy);
    return weighted_layer(textureLoad(weighted_sums, pixel, 0), textureLoad(weighted_kept, pixel, 0).r);
}

@fragment
fn fragment_samples(@builtin(position) clip: vec4f, @builtin(sample_index) index: u32) -> @location(0) vec4f {
    let pixel = vec2i(clip.xy);
    let sums = textureLoad(weighted_sums_samples, pixel, index);
    return weighted_layer(sums, textureLoad(weighted_kept_samples, pixel, index).r);
}

// Linear light to the screen's range, pixel for pixel.

#import common/color.wgsl

override is_encoded: bool = false;

@group(0) @binding(0) var tonemap_source: texture_2d<f32>;

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn fragment_main(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let source = textureLoad(tonemap_source, vec2u(clip.xy), 0);
    // Mapped as if nothing shone through, then weighted by alpha again.
    let alpha = clamp(source.a, 0.0, 1.0);
    let straight = source.rgb / max(alpha, 1e-4);
    return vec4f(color_finish(straight, clip.xy, is_encoded) * alpha, alpha);
}

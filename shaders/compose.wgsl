// Puts pixels that are drawn already in their place: the wall as it was kept, or the part of the picture with the actors,
// tone-mapped where it holds linear light.

#import common/frame.wgsl
#import common/color.wgsl

override is_linear: bool = false;
override is_encoded: bool = false;
// The source is a part of the picture that begins at frame.origin.
override is_cropped: bool = false;

@group(1) @binding(0) var compose_source: texture_2d<f32>;

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn fragment_main(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    var at = clip.xy;
    if is_cropped {
        at -= frame.origin;
    }
    let source = textureLoad(compose_source, vec2u(at), 0);
    if !is_linear {
        return source;
    }
    // Mapped as if nothing shone through, then weighted by alpha again.
    let alpha = clamp(source.a, 0.0, 1.0);
    let straight = source.rgb / max(alpha, 1e-4);
    return vec4f(color_finish(straight, clip.xy, is_encoded) * alpha, alpha);
}

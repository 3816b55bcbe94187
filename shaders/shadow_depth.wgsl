// Depth as the key light sees it. Parts with holes are cut out by their alpha.

#import common/material.wgsl

struct ShadowUniform {
    clip_from_world: mat4x4f,
}

@group(0) @binding(0) var<uniform> shadow_view: ShadowUniform;

struct ShadowVarying {
    @builtin(position) clip: vec4f,
    @location(0) uv0: vec2f,
    @location(1) uv1: vec2f,
}

@vertex
fn vertex_solid(@location(0) position: vec3f) -> @builtin(position) vec4f {
    return shadow_view.clip_from_world * vec4f(position, 1.0);
}

@vertex
fn vertex_cut(
    @location(0) position: vec3f,
    @location(3) uv0: vec2f,
    @location(4) uv1: vec2f,
) -> ShadowVarying {
    return ShadowVarying(shadow_view.clip_from_world * vec4f(position, 1.0), uv0, uv1);
}

@fragment
fn fragment_cut(in: ShadowVarying) {
    let texel = textureSample(material_base_color_map, material_base_color_sampler, material_uv(0u, in.uv0, in.uv1));
    if material.base_color.a * texel.a < material.alpha_cutoff {
        discard;
    }
}

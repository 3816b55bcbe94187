// A point of a deformed surface, as every forward shader needs it: what the vertex stage hands on, the normal, alpha.

#import common/frame.wgsl
#import common/color.wgsl
#import common/material.wgsl

override has_normal_map: bool = false;
// Colour textures hold sRGB codes that the shader decodes: cheaper than the adapter's decoding where there is no GPU.
override has_coded_maps: bool = false;
// 0 opaque, 1 mask by discard, 2 mask by coverage, 3 blend, 4 the solid part of a blended material.
override alpha_mode: u32 = 0;

struct SurfaceVarying {
    @builtin(position) clip: vec4f,
    @location(0) world: vec3f,
    @location(1) normal: vec3f,
    @location(2) tangent: vec4f,
    @location(3) uv0: vec2f,
    @location(4) uv1: vec2f,
    @location(5) color: vec4f,
}

fn surface_decode(texel: vec4f) -> vec4f {
    if has_coded_maps {
        return vec4f(color_decode_srgb(texel.rgb), texel.a);
    }
    return texel;
}

// The normal map's normal. Meshes with one have tangents; where there are none, the surface's own holds.
fn surface_normal(in: SurfaceVarying, n: vec3f, flip: f32) -> vec3f {
    let uv = material_uv(2u, in.uv0, in.uv1);
    let texel = textureSample(material_normal_map, material_normal_sampler, uv).xy * 2.0 - 1.0;
    let z = sqrt(max(1.0 - dot(texel, texel), 0.0));
    let xy = texel * material.normal_scale;
    let t = in.tangent.xyz * flip;
    let b = cross(n, t) * in.tangent.w;
    return normalize(t * xy.x + b * xy.y + n * max(z, 1e-4));
}

// What the target's alpha becomes; leaves the pixel where the material has a hole.
fn surface_alpha(alpha: f32) -> f32 {
    if alpha_mode == 1u {
        if alpha < material.alpha_cutoff {
            discard;
        }
    } else if alpha_mode == 2u {
        // Coverage goes from none to full within one pixel around the cutoff.
        let covered = clamp((alpha - material.alpha_cutoff) / max(fwidth(alpha), 1e-4) + 0.5, 0.0, 1.0);
        if covered <= 0.0 {
            discard;
        }
        return covered;
    } else if alpha_mode == 3u {
        return alpha;
    } else if alpha_mode == 4u {
        if alpha < 0.97 {
            discard;
        }
    }
    return 1.0;
}

// Where the view of morphs stands between none and much: a colour for a distance in metres; the body is frame.backdrop_rim.w high.
fn surface_moved(moved: f32) -> vec3f {
    let x = clamp(moved * 100.0 / max(frame.backdrop_rim.w, 1e-3), 0.0, 1.0);
    if x <= 0.0 {
        return vec3f(0.12);
    }
    return clamp(vec3f(2.0 * x - 0.6, 1.4 - abs(2.8 * x - 1.4), 1.2 - 2.0 * x), vec3f(0.0), vec3f(1.0));
}

// Views of the geometry that all materials share.
fn surface_view(view: u32, in: SurfaceVarying, normal: vec3f) -> vec3f {
    switch view {
        case 10u: { return vec3f(0.16, 0.07, 0.03); }
        case 11u: { return surface_moved(in.tangent.x); }
        default: { return vec3f(0.1 + 0.06 * normal.y + 0.06 * normal.z); }
    }
}

fn surface_emissive(in: SurfaceVarying, has_map: bool) -> vec3f {
    if !has_map {
        return material.emissive.rgb;
    }
    let uv = material_uv(4u, in.uv0, in.uv1);
    return material.emissive.rgb
        * surface_decode(textureSample(material_emissive_map, material_emissive_sampler, uv)).rgb;
}

// Shades the deformed triangles as VRMC_materials_mtoon-1.0 says, and draws the lines around them.

#import common/frame.wgsl
#import common/color.wgsl
#import common/material.wgsl
#import common/surface.wgsl
#import common/toon.wgsl
#import lighting/environment.wgsl
#import lighting/punctual.wgsl
#import lighting/shadow.wgsl

override has_base_color_map: bool = false;
override has_emissive_map: bool = false;
override has_shade_map: bool = false;
override has_shift_map: bool = false;
override has_rim_map: bool = false;
override has_outline_map: bool = false;
override has_mask_map: bool = false;
override has_matcap_map: bool = false;
// Texture coordinates move.
override is_animated: bool = false;
// The line, not the surface.
override is_outline: bool = false;
// Writes tone-mapped colour; otherwise linear colour for a later pass.
override is_final: bool = true;
override is_encoded: bool = false;
override shadow_taps: u32 = 4;
override light_count: u32 = 3;
// 0 for the picture, else a DebugView.
override debug_view: u32 = 0;

@vertex
fn vertex_main(
    @location(0) position: vec3f,
    @location(1) normal: vec3f,
    @location(2) tangent: vec4f,
    @location(3) uv0: vec2f,
    @location(4) uv1: vec2f,
    @location(5) color: vec4f,
) -> SurfaceVarying {
    let clip = frame.clip_from_world * vec4f(position, 1.0);
    return SurfaceVarying(clip, position, normal, tangent, uv0, uv1, color);
}

// Pushed along the normal ("Outline"). A share of the picture's height is that share of the view's at this depth.
@vertex
fn vertex_outline(
    @location(0) position: vec3f,
    @location(1) normal: vec3f,
    @location(2) tangent: vec4f,
    @location(3) uv0: vec2f,
    @location(4) uv1: vec2f,
    @location(5) color: vec4f,
) -> SurfaceVarying {
    var share = 1.0;
    if has_mask_map {
        share = textureSampleLevel(toon_mask_map, toon_mask_sampler, toon_uv(4u, uv0, uv1), 0.0).b;
    }
    let depth = (frame.clip_from_world * vec4f(position, 1.0)).w;
    let m = frame.clip_from_world;
    let view_height = 2.0 * depth / max(length(vec3f(m[0].y, m[1].y, m[2].y)), 1e-6);
    var width = toon.outline_world + toon.outline_screen * view_height;
    if has_outline_map {
        var uv = toon_uv(3u, uv0, uv1);
        if is_animated {
            uv = toon_uv(3u, toon_moved(uv0, share), toon_moved(uv1, share));
        }
        width *= textureSampleLevel(toon_outline_map, toon_outline_sampler, uv, 0.0).g;
    }
    let clip = frame.clip_from_world * vec4f(position + normal * width, 1.0);
    return SurfaceVarying(clip, position, normal, tangent, uv0, uv1, color);
}

struct ForwardToon {
    lit: vec3f,
    shade: vec3f,
    normal: vec3f,
    // How much of the main light arrives.
    shadow: f32,
    view: vec3f,
}

// "Lighting": between shade and lit by how far the surface faces the light.
fn forward_shading(in: SurfaceVarying, s: ForwardToon) -> vec3f {
    var shading = dot(s.normal, punctual_light(0, in.world).towards.xyz) + toon.shading_shift;
    if has_shift_map {
        let uv = toon_uv(1u, in.uv0, in.uv1);
        shading += textureSample(toon_shift_map, toon_shift_sampler, uv).r * toon.shading_shift_scale;
    }
    let low = toon.shading_toony - 1.0;
    shading = clamp((shading - low) / max(-2.0 * low, 1e-4), 0.0, 1.0);
    shading *= mix(1.0, s.shadow, frame.lights[0].radiance.w);
    return mix(s.shade, s.lit, shading);
}

// A light after the first is light of the surroundings with a direction: one border of light and shade is drawn.
fn forward_further(s: ForwardToon, world: vec3f, n: i32) -> vec3f {
    let light = punctual_light(n, world);
    let towards = light.towards.xyz;
    let n_dot_v = clamp(dot(s.normal, s.view), 0.0, 1.0);
    // From behind it reaches the edge only, as in forward_pbr.
    let behind = clamp(-dot(s.view, towards), 0.0, 1.0);
    let edge = (1.0 - n_dot_v) * (1.0 - n_dot_v);
    return light.radiance.rgb * (clamp(dot(s.normal, towards), 0.0, 1.0) * mix(1.0, edge, behind));
}

// "Rim Lighting".
fn forward_rim(in: SurfaceVarying, s: ForwardToon, lighting: vec3f) -> vec3f {
    let fresnel = clamp(1.0 - dot(s.normal, s.view) + toon.rim_lift, 0.0, 1.0);
    var rim = toon.rim_color.rgb * pow(max(fresnel, 1e-6), max(toon.rim_fresnel_power, 1e-5));
    if has_matcap_map {
        let x = normalize(vec3f(s.view.z, 0.0, -s.view.x) + vec3f(1e-6, 0.0, 0.0));
        let y = cross(s.view, x);
        // Texture coordinates run downwards.
        let uv = vec2f(dot(x, s.normal), -dot(y, s.normal)) * 0.495 + 0.5;
        rim += toon.matcap_factor.rgb * surface_decode(textureSample(toon_matcap_map, toon_matcap_sampler, uv)).rgb;
    }
    if has_rim_map {
        let uv = toon_uv(2u, in.uv0, in.uv1);
        rim *= surface_decode(textureSample(toon_rim_map, toon_rim_sampler, uv)).rgb;
    }
    return rim * mix(vec3f(1.0), lighting, toon.rim_lighting_mix);
}

fn forward_light(in: SurfaceVarying, s: ForwardToon) -> vec3f {
    let even = (environment_diffuse(vec3f(0.0, 1.0, 0.0)) + environment_diffuse(vec3f(0.0, -1.0, 0.0))) * 0.5;
    let gi = mix(environment_diffuse(s.normal), even, toon.gi_equalization);
    var main_light = vec3f(0.0);
    var direct = vec3f(0.0);
    if light_count > 0u {
        main_light = punctual_light(0, in.world).radiance.rgb;
        direct = main_light * forward_shading(in, s);
    }
    var further = vec3f(0.0);
    if light_count > 1u {
        further += forward_further(s, in.world, 1);
    }
    if light_count > 2u {
        further += forward_further(s, in.world, 2);
    }
    if light_count > 3u {
        further += forward_further(s, in.world, 3);
    }
    // Toon colours are painted to be seen as they are: a stage brighter than white is dimmed to white for them.
    let most = main_light + even;
    let scale = 1.0 / max(max(most.r, max(most.g, most.b)), 1.0);
    let color = (direct + (gi + further) * s.lit) * scale;
    if debug_view == 7u {
        return color;
    }
    if debug_view == 8u {
        return forward_rim(in, s, (main_light + gi) * scale);
    }
    if debug_view == 9u {
        return vec3f(0.0);
    }
    return color + surface_emissive(in, has_emissive_map) + forward_rim(in, s, (main_light + gi) * scale);
}

fn forward_debug(in: SurfaceVarying, s: ForwardToon) -> vec3f {
    switch debug_view {
        case 1u: { return s.lit; }
        case 2u: { return s.normal * 0.5 + 0.5; }
        case 3u, 4u, 14u: { return vec3f(1.0); }
        case 5u: { return vec3f(s.shadow); }
        case 6u: { return vec3f(fract(in.uv0), 0.0); }
        default: { return surface_view(debug_view, in, s.normal); }
    }
}

@fragment
fn fragment_main(point: SurfaceVarying, @builtin(front_facing) is_front: bool) -> @location(0) vec4f {
    var in = point;
    if is_animated {
        var share = 1.0;
        if has_mask_map {
            share = textureSample(toon_mask_map, toon_mask_sampler, toon_uv(4u, in.uv0, in.uv1)).b;
        }
        in.uv0 = toon_moved(in.uv0, share);
        in.uv1 = toon_moved(in.uv1, share);
    }
    // "Vertex Colors" are ignored.
    var base = material.base_color;
    if has_base_color_map {
        let uv = material_uv(0u, in.uv0, in.uv1);
        base *= surface_decode(textureSample(material_base_color_map, material_base_color_sampler, uv));
    }
    let alpha = surface_alpha(base.a);
    let pixel = in.clip.xy + frame.origin;
    var s: ForwardToon;
    s.lit = base.rgb;
    s.shade = toon.shade_color.rgb;
    if has_shade_map {
        let uv = toon_uv(0u, in.uv0, in.uv1);
        s.shade *= surface_decode(textureSample(toon_shade_map, toon_shade_sampler, uv)).rgb;
    }
    // The line's triangles face away; its light is that of the surface.
    let flip = select(-1.0, 1.0, is_front || is_outline);
    let geometric_normal = normalize(in.normal) * flip;
    s.normal = geometric_normal;
    if has_normal_map {
        s.normal = surface_normal(in, geometric_normal, flip);
    }
    s.view = normalize(frame.eye.xyz - in.world);
    s.shadow = shadow_light(in.world, geometric_normal, pixel, shadow_taps, 1.0);
    if debug_view != 0u && (debug_view < 7u || debug_view > 9u) {
        return vec4f(forward_debug(in, s), 1.0);
    }
    var color = forward_light(in, s);
    if is_outline {
        color = toon.outline_color.rgb * mix(vec3f(1.0), color, toon.outline_lighting_mix);
    }
    color *= frame.eye.w;
    if is_final {
        color = color_finish(color, pixel, is_encoded);
    }
    if alpha_mode == 3u {
        return vec4f(color * alpha, alpha);
    }
    return vec4f(color, color_alpha(color, alpha));
}

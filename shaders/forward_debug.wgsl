// Terms of the shading in place of the picture. A shader of their own: they light a surface more than once, and drivers take long to
// find out that a picture needs none of it.

#import forward_layers.wgsl

// A DebugView.
override debug_view: u32 = 1;

// What a view of numbers shows.
fn debug_number(in: SurfaceVarying, s: ForwardSurface, shadow: f32) -> vec3f {
    switch debug_view {
        case 1u: { return s.base; }
        case 2u: { return s.normal * 0.5 + 0.5; }
        case 3u: { return vec3f(s.roughness); }
        case 4u: { return vec3f(s.occlusion); }
        case 14u: {
            if has_occlusion {
                return vec3f(occlusion_open(in.clip.xy, 1.0 / in.clip.w));
            }
            return vec3f(1.0);
        }
        case 5u: { return vec3f(shadow); }
        case 6u: { return vec3f(fract(in.uv0), 0.0); }
        default: { return surface_view(debug_view, in, s.geometric_normal); }
    }
}

// What scattering adds to a surface that sends light back where it came in.
fn debug_scattered(s: ForwardSurface, shadow: f32) -> vec3f {
    var added = vec3f(0.0);
    if surface == 1u {
        for (var n = 0; n < i32(light_count); n++) {
            let light = punctual_light(n, s.world);
            let radiance = light.radiance;
            let cosine = dot(s.normal, light.towards.xyz);
            let inside = skin_diffuse(cosine, s.bend) * mix(vec3f(1.0), skin_shadow(shadow), radiance.w);
            let plain = clamp(cosine, 0.0, 1.0) * mix(1.0, shadow, radiance.w);
            added += radiance.rgb * (inside + skin_through(cosine, s.bend) - plain);
        }
    }
    return max(added * s.base, vec3f(0.0));
}

// One term of the light. Light that went in has the base colour, and what is left without that was reflected.
fn debug_term(s: ForwardSurface, view: vec3f, shadow: f32) -> vec3f {
    if debug_view == 9u {
        return debug_scattered(s, shadow);
    }
    var mirror = s;
    mirror.base *= s.metallic;
    mirror.emissive = vec3f(0.0);
    let reflected = forward_light(mirror, view, shadow);
    if debug_view == 8u {
        return reflected;
    }
    return max(forward_light(s, view, shadow) - s.emissive - reflected, vec3f(0.0));
}

fn debug_fragment(in: SurfaceVarying, s: ForwardSurface, view: vec3f) -> vec4f {
    let pixel = in.clip.xy + frame.origin;
    let shadow = shadow_light(in.world, s.geometric_normal, pixel, shadow_taps, 1.0);
    if debug_view < 7u || debug_view > 9u {
        return vec4f(debug_number(in, s, shadow), 1.0);
    }
    var term = debug_term(s, view, shadow) * frame.eye.w;
    if is_final {
        term = color_finish(term, pixel, is_encoded);
    }
    return vec4f(term, color_alpha(term, 1.0));
}

@fragment
fn fragment_debug(in: SurfaceVarying, @builtin(front_facing) is_front: bool) -> @location(0) vec4f {
    let view = normalize(frame.eye.xyz - in.world);
    let eye = forward_eye(in);
    let base = forward_base(in, view, eye);
    let alpha = surface_alpha(base.a);
    let shown = debug_fragment(in, forward_surface(in, is_front, base.rgb, eye), view);
    if alpha_mode == 3u && debug_view >= 7u && debug_view <= 9u {
        return vec4f(shown.rgb * alpha, alpha);
    }
    return shown;
}

@fragment
fn fragment_layers_debug(in: SurfaceVarying, @builtin(front_facing) is_front: bool) -> @location(0) vec4f {
    let view = normalize(frame.eye.xyz - in.world);
    let eye = forward_eye(in);
    let base = forward_base(in, view, eye);
    _ = surface_alpha(base.a);
    return debug_fragment(in, layers_surface(in, is_front, base.rgb, view, eye), view);
}

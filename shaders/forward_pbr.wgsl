// Lights the deformed triangles: metallic-roughness with three-point light and an environment.

#import common/frame.wgsl
#import common/color.wgsl
#import common/material.wgsl
#import common/surface.wgsl
#import lighting/anisotropy.wgsl
#import lighting/antialias.wgsl
#import lighting/brdf.wgsl
#import lighting/environment.wgsl
#import lighting/occlusion.wgsl
#import lighting/punctual.wgsl
#import lighting/shadow.wgsl
#import lighting/wrap.wgsl
#import lighting/skin.wgsl
#import lighting/hair.wgsl
#import lighting/eye.wgsl
#import lighting/mouth.wgsl

override has_base_color_map: bool = false;
override has_metallic_roughness_map: bool = false;
override has_occlusion_map: bool = false;
override has_emissive_map: bool = false;
override is_unlit: bool = false;
// The highlight is drawn out along a direction of the surface.
override is_stretched: bool = false;
// 0 plain, 1 skin, 2 hair, 3 eye, 4 mouth.
override surface: u32 = 0;
// The second set of texture coordinates tells where on the surface of a face a point is.
override has_relief: bool = false;
// Writes tone-mapped colour; otherwise linear colour for a later pass.
override is_final: bool = true;
override is_encoded: bool = false;
override shadow_taps: u32 = 4;
// Known when the pipeline is made, so that no loop is left: those cost much where there is no GPU.
override light_count: u32 = 3;

struct ForwardSurface {
    world: vec3f,
    base: vec3f,
    // Reflected seen head on, and at the outline.
    f0: vec3f,
    f90: f32,
    metallic: f32,
    roughness: f32,
    // As wide as the pixel's normals: for lights, which are small; the surroundings have mip maps.
    calm_roughness: f32,
    occlusion: f32,
    emissive: vec3f,
    normal: vec3f,
    geometric_normal: vec3f,
    // Along the hair's strands.
    strand: vec3f,
    // Of the wet layer over an eye.
    wet_normal: vec3f,
    // How bent skin is; how deep in a mouth.
    bend: f32,
    eye: EyePlace,
    // The direction of a drawn-out highlight; how much in w.
    stretch: vec4f,
    // The share of light below the surface that goes on through it.
    passes: f32,
}

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

fn forward_surface(in: SurfaceVarying, is_front: bool, base: vec3f, eye: EyePlace) -> ForwardSurface {
    let flip = select(-1.0, 1.0, is_front);
    var s: ForwardSurface;
    s.world = in.world;
    s.base = base;
    s.eye = eye;
    s.metallic = material.metallic;
    s.roughness = material.roughness;
    if has_metallic_roughness_map {
        let uv = material_uv(1u, in.uv0, in.uv1);
        let texel = textureSample(material_metallic_roughness_map, material_metallic_roughness_sampler, uv);
        s.metallic *= texel.b;
        s.roughness *= texel.g;
    }
    s.roughness = clamp(s.roughness, 0.045, 1.0);
    s.f0 = mix(material.specular.rgb, s.base, s.metallic);
    s.f90 = mix(material.specular.w, 1.0, s.metallic);
    s.occlusion = 1.0;
    if has_occlusion_map {
        let uv = material_uv(3u, in.uv0, in.uv1);
        let texel = textureSample(material_occlusion_map, material_occlusion_sampler, uv).r;
        s.occlusion = 1.0 + material.occlusion_strength * (texel - 1.0);
    }
    if has_occlusion {
        s.occlusion = min(s.occlusion, occlusion_open(in.clip.xy, 1.0 / in.clip.w));
        if surface == 4u {
            s.occlusion = mix(1.0, s.occlusion, MOUTH_OCCLUSION);
        }
    }
    s.emissive = surface_emissive(in, has_emissive_map);
    s.geometric_normal = normalize(in.normal) * flip;
    s.normal = s.geometric_normal;
    if has_normal_map {
        s.normal = surface_normal(in, s.geometric_normal, flip);
    }
    s.wet_normal = s.geometric_normal;
    if surface == 3u && has_relief {
        s.wet_normal = eye_normal(eye, s.geometric_normal);
        // Where what is near is looked for, the lids are found too.
        s.occlusion = select(s.occlusion * eye_open(eye), min(s.occlusion, eye_open(eye)), has_occlusion);
    }
    if surface == 1u && has_relief {
        // The rim of a lid along the eye.
        s.bend = in.uv1.y;
        s.roughness = mix(s.roughness, SKIN_WET_ROUGHNESS, clamp(in.uv1.x, 0.0, 1.0));
    }
    if surface == 4u && has_relief {
        s.bend = in.uv1.x;
    }
    s.strand = vec3f(0.0);
    if surface == 2u {
        s.strand = forward_strand(s.normal);
    }
    s.calm_roughness = antialias_roughness(s.roughness, s.normal);
    return s;
}

// Hair falls: strands run down the surface, and on the crown to the back. Texture coordinates would not say it, where hair shares
// an atlas or is a cap of the scalp's.
fn forward_strand(n: vec3f) -> vec3f {
    let falls = vec3f(0.0, -1.0, -0.25);
    let flat = falls - n * dot(n, falls);
    return flat * inverseSqrt(max(dot(flat, flat), 1e-6));
}

struct ForwardLobes {
    diffuse: vec3f,
    f0: vec3f,
    f90: f32,
    kept: vec3f,
    n_dot_v: f32,
    alpha2: f32,
}

fn forward_one_light(s: ForwardSurface, lobes: ForwardLobes, view: vec3f, n: i32, shadow: f32) -> vec3f {
    let light = punctual_light(n, s.world);
    let towards = light.towards;
    let radiance = light.radiance;
    let cosine = dot(s.normal, towards.xyz);
    let n_dot_l = clamp(cosine, 0.0, 1.0);
    let half_way = normalize(towards.xyz + view);
    let n_dot_h = clamp(dot(s.normal, half_way), 0.0, 1.0);
    let v_dot_h = clamp(dot(view, half_way), 0.0, 1.0);
    let alpha2 = lobes.alpha2 + towards.w * towards.w * 0.25;
    let fresnel = brdf_fresnel(lobes.f0, lobes.f90, v_dot_h);
    var lobe = brdf_distribution(n_dot_h, alpha2) * brdf_visibility(n_dot_l, lobes.n_dot_v, alpha2);
    if is_stretched {
        let widths = anisotropy_widths(s.calm_roughness * s.calm_roughness, s.stretch.w, towards.w * towards.w * 0.25);
        lobe = anisotropy_lobe(s.normal, s.stretch.xyz, view, towards.xyz, half_way, widths);
    }
    if surface == 1u {
        let narrow = lobes.alpha2 * SKIN_OIL_ROUGHNESS * SKIN_OIL_ROUGHNESS + towards.w * towards.w * 0.25;
        let oil = brdf_distribution(n_dot_h, narrow) * brdf_visibility(n_dot_l, lobes.n_dot_v, narrow);
        lobe = mix(lobe, oil, SKIN_OIL);
    }
    // A light from behind reaches the outline; what faces the eye, such as the inside of a mouth, lies in the body's
    // own shadow, for which such lights have no map.
    let behind = clamp(-dot(view, towards.xyz), 0.0, 1.0);
    let outline = (1.0 - lobes.n_dot_v) * (1.0 - lobes.n_dot_v);
    let past = radiance.rgb * mix(1.0, outline, behind);
    var seen = past;
    if has_occlusion {
        // Lights without a map are kept out of folds by how narrow these are.
        seen *= mix(occlusion_narrow(s.occlusion, n_dot_l), 1.0, radiance.w);
    }
    let arriving = seen * (n_dot_l * mix(1.0, shadow, radiance.w));
    if surface == 1u {
        let inside = skin_diffuse(cosine, s.bend) * mix(vec3f(1.0), skin_shadow(shadow), radiance.w);
        let through = skin_through(cosine, s.bend) * past;
        return lobes.diffuse * ((1.0 - fresnel) * seen * inside + through) + fresnel * lobes.kept * lobe * arriving;
    }
    if surface == 2u {
        let bands = hair_specular(s.strand, s.normal, half_way, s.calm_roughness, s.base);
        return lobes.diffuse * arriving + bands * arriving;
    }
    if surface == 3u {
        // The wet layer over the eye: a sharp picture of the light.
        let wet = 0.0016 + towards.w * towards.w * 0.25;
        let on_layer = clamp(dot(s.wet_normal, half_way), 0.0, 1.0);
        let facing = clamp(dot(s.wet_normal, towards.xyz), 0.0, 1.0);
        let glint = brdf_distribution(on_layer, wet) * brdf_visibility(facing, lobes.n_dot_v, wet);
        let coat = brdf_fresnel(vec3f(EYE_WET), 1.0, v_dot_h) * glint * facing * mix(1.0, shadow, radiance.w);
        var caustic = 1.0;
        if has_relief {
            caustic = eye_caustic(s.eye, towards.xyz);
        }
        let inside = eye_diffuse(cosine) * mix(1.0, shadow, radiance.w) * (s.occlusion * caustic);
        return (lobes.diffuse * (1.0 - EYE_WET) * inside + coat) * seen;
    }
    return (lobes.diffuse * (1.0 - fresnel) + fresnel * lobes.kept * lobe) * arriving;
}

// What the wet layer over the eye shows of the surroundings.
fn forward_wet(s: ForwardSurface, view: vec3f) -> vec3f {
    let coat = brdf_environment(0.05, clamp(dot(s.wet_normal, view), 1e-3, 1.0));
    return environment_picture(reflect(-view, s.wet_normal), 0.0) * (EYE_WET * coat.x + coat.y);
}

fn forward_light(s: ForwardSurface, view: vec3f, shadow: f32) -> vec3f {
    let n_dot_v = clamp(abs(dot(s.normal, view)), 1e-3, 1.0);
    let alpha = s.roughness * s.roughness;
    let f0 = s.f0;
    let f90 = s.f90;
    let diffuse_color = s.base * (1.0 - s.metallic) * (1.0 - s.passes);

    var whole = s.roughness;
    if is_stretched {
        whole = anisotropy_roughness(alpha, s.stretch.w);
    }
    let split = brdf_environment(whole, n_dot_v);
    let reflected = f0 * split.x + f90 * split.y;
    // Light that bounces between facets is not lost (Fdez-Aguera 2019, for the directional lobes too).
    let kept = 1.0 + f0 * (1.0 / max(split.x + split.y, 1e-3) - 1.0);

    var r = reflect(-view, s.normal);
    if is_stretched {
        r = anisotropy_reflection(s.normal, s.stretch.xyz, view, s.stretch.w, s.roughness);
    }
    // Reflections that would come from inside the body are dark.
    let horizon = clamp(1.0 + dot(r, s.geometric_normal), 0.0, 1.0);
    var reflections = horizon * horizon;
    if has_occlusion_map || has_occlusion {
        // Specular occlusion (Lagarde and de Rousiers 2014).
        let open = pow(n_dot_v + s.occlusion, exp2(-16.0 * alpha - 1.0)) - 1.0 + s.occlusion;
        reflections *= clamp(open, 0.0, 1.0);
    }
    var open = vec3f(s.occlusion);
    if has_occlusion {
        open = occlusion_bounced(s.occlusion, diffuse_color);
        if surface == 1u {
            open = skin_open(open);
        }
    }
    var out = diffuse_color * (1.0 - reflected) * environment_diffuse(s.normal) * open;
    out += reflected * kept * environment_specular(r, alpha) * reflections;

    if surface == 3u && has_environment_map {
        out += forward_wet(s, view) * horizon * horizon * s.occlusion;
    }

    let calm = s.calm_roughness * s.calm_roughness;
    let lobes = ForwardLobes(diffuse_color, f0, f90, kept, n_dot_v, calm * calm);
    if light_count > 0u {
        out += forward_one_light(s, lobes, view, 0, shadow);
    }
    if light_count > 1u {
        out += forward_one_light(s, lobes, view, 1, shadow);
    }
    if light_count > 2u {
        out += forward_one_light(s, lobes, view, 2, shadow);
    }
    if light_count > 3u {
        out += forward_one_light(s, lobes, view, 3, shadow);
    }
    if surface == 4u {
        out *= mouth_light(s.bend, material.detail.x);
    }
    return out + s.emissive;
}

fn forward_eye(in: SurfaceVarying) -> EyePlace {
    var eye: EyePlace;
    if surface == 3u && has_relief {
        eye = eye_place(in.uv1, in.tangent, normalize(in.normal));
    }
    return eye;
}

fn forward_base(in: SurfaceVarying, view: vec3f, eye: EyePlace) -> vec4f {
    let base = material.base_color * in.color;
    if !has_base_color_map {
        return base;
    }
    var uv = material_uv(0u, in.uv0, in.uv1);
    if surface == 3u && has_relief {
        uv += eye_refraction(eye, eye_normal(eye, normalize(in.normal)), view);
        return vec4f(eye_tint(eye), 1.0) * base * surface_decode(textureSample(material_base_color_map, material_base_color_sampler, uv));
    }
    return base * surface_decode(textureSample(material_base_color_map, material_base_color_sampler, uv));
}

// Weighted by alpha where it is blended.
fn forward_fragment(in: SurfaceVarying, is_front: bool) -> vec4f {
    let view = normalize(frame.eye.xyz - in.world);
    let eye = forward_eye(in);
    let base = forward_base(in, view, eye);
    let alpha = surface_alpha(base.a);
    let pixel = in.clip.xy + frame.origin;
    var color = vec3f(0.0);
    if is_unlit {
        color = base.rgb + surface_emissive(in, has_emissive_map);
    } else {
        let s = forward_surface(in, is_front, base.rgb, eye);
        let shadow = shadow_light(in.world, s.geometric_normal, pixel, shadow_taps, 1.0);
        color = forward_light(s, view, shadow);
        if has_occlusion {
            color += wrap_light(in.clip.xy);
        }
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

@fragment
fn fragment_main(in: SurfaceVarying, @builtin(front_facing) is_front: bool) -> @location(0) vec4f {
    return forward_fragment(in, is_front);
}

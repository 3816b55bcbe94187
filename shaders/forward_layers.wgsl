// Lights materials with layers: what forward_pbr.wgsl does, changed below and covered above as KHR_materials_* say.

#import forward_pbr.wgsl
#import common/layers.wgsl
#import lighting/clearcoat.wgsl
#import lighting/iridescence.wgsl
#import lighting/sheen.wgsl
#import lighting/transmission.wgsl

override has_clearcoat: bool = false;
override has_sheen: bool = false;
override has_iridescence: bool = false;
override has_specular: bool = false;
override has_transmission: bool = false;
override has_dispersion: bool = false;
// Where each texture is; -1 for none.
override clearcoat_slot: i32 = -1;
override clearcoat_roughness_slot: i32 = -1;
override clearcoat_normal_slot: i32 = -1;
override sheen_color_slot: i32 = -1;
override sheen_roughness_slot: i32 = -1;
override transmission_slot: i32 = -1;
override thickness_slot: i32 = -1;
override iridescence_slot: i32 = -1;
override iridescence_thickness_slot: i32 = -1;
override anisotropy_slot: i32 = -1;
override specular_slot: i32 = -1;
override specular_color_slot: i32 = -1;

// A direction of tangent space; the third axis where the mesh has no tangents.
fn layers_from_tangent(in: SurfaceVarying, n: vec3f, flip: f32, v: vec3f) -> vec3f {
    let t = in.tangent.xyz * flip;
    return normalize(t * v.x + cross(n, t) * (in.tangent.w * v.y) + n * max(v.z, 1e-4));
}

// The direction of a drawn-out highlight, and how much (KHR_materials_anisotropy).
fn layers_stretch(in: SurfaceVarying, n: vec3f, flip: f32) -> vec4f {
    var along = vec2f(1.0, 0.0);
    var strength = layers.anisotropy;
    if anisotropy_slot >= 0 {
        let texel = layers_texel(anisotropy_slot, in).rgb;
        along = texel.xy * 2.0 - 1.0;
        strength *= texel.z;
    }
    let turned = vec2f(
        layers.anisotropy_cos * along.x - layers.anisotropy_sin * along.y,
        layers.anisotropy_sin * along.x + layers.anisotropy_cos * along.y,
    );
    let t = in.tangent.xyz * flip;
    let v = t * turned.x + cross(n, t) * (in.tangent.w * turned.y);
    let flat = v - n * dot(n, v);
    let length2 = dot(flat, flat);
    return vec4f(flat * inverseSqrt(max(length2, 1e-6)), select(0.0, strength, length2 > 1e-3));
}

fn layers_surface(in: SurfaceVarying, is_front: bool, base: vec3f, view: vec3f, eye: EyePlace) -> ForwardSurface {
    let flip = select(-1.0, 1.0, is_front);
    var s = forward_surface(in, is_front, base, eye);
    if has_specular {
        let strength = layers.specular.w * layers_texel(specular_slot, in).a;
        let color = layers.specular.rgb * surface_decode(layers_texel(specular_color_slot, in)).rgb;
        s.f0 = mix(min(color, vec3f(1.0)) * strength, base, s.metallic);
        s.f90 = mix(strength, 1.0, s.metallic);
    }
    if has_iridescence {
        let share = layers.iridescence * layers_texel(iridescence_slot, in).r;
        let thick = layers_texel(iridescence_thickness_slot, in).g;
        let thickness = mix(layers.iridescence_thinnest, layers.iridescence_thickest, thick);
        let cosine = clamp(abs(dot(s.normal, view)), 1e-3, 1.0);
        s.f0 = mix(s.f0, iridescence_f0(cosine, layers.iridescence_ior, s.f0, thickness), share);
    }
    if is_stretched {
        s.stretch = layers_stretch(in, s.normal, flip);
    }
    if has_transmission {
        s.passes = layers.transmission * layers_texel(transmission_slot, in).r;
    }
    return s;
}

// A layer over the whole: what it adds, and how much of what is below it lets through.
struct LayersCover {
    added: vec3f,
    kept: vec3f,
}

struct LayersCoat {
    normal: vec3f,
    alpha: f32,
    // How much of the light it sends back.
    share: f32,
}

fn layers_coat(in: SurfaceVarying, s: ForwardSurface, view: vec3f, flip: f32) -> LayersCoat {
    var coat: LayersCoat;
    coat.normal = s.geometric_normal;
    if clearcoat_normal_slot >= 0 {
        let texel = layers_texel(clearcoat_normal_slot, in).xy * 2.0 - 1.0;
        let z = sqrt(max(1.0 - dot(texel, texel), 0.0));
        let v = vec3f(texel * layers.clearcoat_normal_scale, z);
        coat.normal = layers_from_tangent(in, s.geometric_normal, flip, v);
    }
    let roughness = layers.clearcoat_roughness * layers_texel(clearcoat_roughness_slot, in).g;
    coat.alpha = clamp(roughness, 0.045, 1.0) * clamp(roughness, 0.045, 1.0);
    let n_dot_v = clamp(abs(dot(coat.normal, view)), 1e-3, 1.0);
    coat.share = layers.clearcoat * layers_texel(clearcoat_slot, in).r * clearcoat_fresnel(n_dot_v);
    return coat;
}

// What layers above send back, before the colour and the share of each.
struct LayersSums {
    sheen: vec3f,
    clearcoat: vec3f,
}

// Sums with one light more. `cloth` has the sheen's alpha and the eye's Smith term.
fn layers_one_light(
    before: LayersSums,
    s: ForwardSurface,
    coat: LayersCoat,
    cloth: vec2f,
    view: vec3f,
    n: i32,
    shadow: f32,
) -> LayersSums {
    let light = punctual_light(n, s.world);
    let towards = light.towards;
    let radiance = light.radiance;
    let half_way = normalize(towards.xyz + view);
    let arriving = radiance.rgb * mix(1.0, shadow, radiance.w);
    var out = before;
    if has_sheen {
        let n_dot_l = clamp(dot(s.normal, towards.xyz), 0.0, 1.0);
        let n_dot_v = clamp(abs(dot(s.normal, view)), 1e-3, 1.0);
        let n_dot_h = clamp(dot(s.normal, half_way), 0.0, 1.0);
        let lobe = sheen_distribution(n_dot_h, cloth.x) * sheen_visibility(n_dot_l, n_dot_v, cloth.y, cloth.x);
        out.sheen += arriving * (lobe * n_dot_l);
    }
    if has_clearcoat {
        let alpha2 = coat.alpha * coat.alpha + towards.w * towards.w * 0.25;
        out.clearcoat += arriving * clearcoat_lobe(coat.normal, view, towards.xyz, half_way, alpha2);
    }
    return out;
}

// All that lies above: sheen, and over it the clearcoat (KHR_materials_clearcoat and KHR_materials_sheen, "Layering").
fn layers_cover(in: SurfaceVarying, s: ForwardSurface, view: vec3f, flip: f32, shadow: f32) -> LayersCover {
    var coat: LayersCoat;
    if has_clearcoat {
        coat = layers_coat(in, s, view, flip);
    }
    var color = vec3f(0.0);
    var cloth = vec2f(0.0);
    var albedo = 0.0;
    if has_sheen {
        let roughness = layers.sheen_roughness * layers_texel(sheen_roughness_slot, in).a;
        let clamped = clamp(roughness, 0.07, 1.0);
        let n_dot_v = clamp(abs(dot(s.normal, view)), 1e-3, 1.0);
        color = layers.sheen_color.rgb * surface_decode(layers_texel(sheen_color_slot, in)).rgb;
        cloth = vec2f(clamped * clamped, sheen_lambda(n_dot_v, clamped * clamped));
        albedo = sheen_albedo(n_dot_v, clamped);
    }
    var sums = LayersSums(vec3f(0.0), vec3f(0.0));
    if has_sheen {
        let r = reflect(-view, s.normal);
        sums.sheen = environment_specular(r, cloth.x) * (albedo * s.occlusion);
    }
    if has_clearcoat {
        let r = reflect(-view, coat.normal);
        let horizon = clamp(1.0 + dot(r, s.geometric_normal), 0.0, 1.0);
        sums.clearcoat = environment_specular(r, coat.alpha) * (horizon * horizon * s.occlusion);
    }
    if light_count > 0u {
        sums = layers_one_light(sums, s, coat, cloth, view, 0, shadow);
    }
    if light_count > 1u {
        sums = layers_one_light(sums, s, coat, cloth, view, 1, shadow);
    }
    if light_count > 2u {
        sums = layers_one_light(sums, s, coat, cloth, view, 2, shadow);
    }
    if light_count > 3u {
        sums = layers_one_light(sums, s, coat, cloth, view, 3, shadow);
    }
    var cover = LayersCover(vec3f(0.0), vec3f(1.0));
    if has_sheen {
        cover.kept = vec3f(1.0 - max(color.r, max(color.g, color.b)) * albedo);
        cover.added = color * sums.sheen;
    }
    if has_clearcoat {
        cover.kept *= 1.0 - coat.share;
        cover.added = cover.added * (1.0 - coat.share) + sums.clearcoat * coat.share;
    }
    return cover;
}

// Light from behind, through the body and out of the surface; in w how much of what is behind shows.
fn layers_through(in: SurfaceVarying, s: ForwardSurface, view: vec3f, kept: vec3f) -> vec4f {
    let n_dot_v = clamp(abs(dot(s.normal, view)), 1e-3, 1.0);
    let split = brdf_environment(s.roughness, n_dot_v);
    let reflected = s.f0 * split.x + s.f90 * split.y;
    let share = s.base * (1.0 - s.metallic) * s.passes * (1.0 - reflected) * kept;
    let thickness = layers.thickness * layers_texel(thickness_slot, in).g;
    let iors = transmission_iors(layers.ior, select(0.0, layers.dispersion, has_dispersion));
    // The least roughness that lobes have blurs nothing.
    let rough = (s.roughness - 0.045) / (1.0 - 0.045);
    let ray = transmission_ray(view, s.normal, thickness, iors.y);
    var behind = transmission_behind(in.clip.xy, in.world, ray, iors.y, rough);
    if has_dispersion {
        let red = transmission_ray(view, s.normal, thickness, iors.x);
        behind.r = transmission_behind(in.clip.xy, in.world, red, iors.x, rough).r;
        let blue = transmission_ray(view, s.normal, thickness, iors.z);
        behind.b = transmission_behind(in.clip.xy, in.world, blue, iors.z, rough).b;
    }
    let through = share * transmission_kept(layers.absorption.rgb, length(ray));
    let mean = clamp(dot(through, vec3f(1.0 / 3.0)), 0.0, 1.0);
    return vec4f(behind.rgb * through, mean * (1.0 - behind.a));
}

@fragment
fn fragment_layers(in: SurfaceVarying, @builtin(front_facing) is_front: bool) -> @location(0) vec4f {
    let view = normalize(frame.eye.xyz - in.world);
    let eye = forward_eye(in);
    let base = forward_base(in, view, eye);
    let alpha = surface_alpha(base.a);
    let pixel = in.clip.xy + frame.origin;
    let s = layers_surface(in, is_front, base.rgb, view, eye);
    let shadow = shadow_light(in.world, s.geometric_normal, pixel, shadow_taps, 1.0);
    let cover = layers_cover(in, s, view, select(-1.0, 1.0, is_front), shadow);
    var color = (forward_light(s, view, shadow) * cover.kept + cover.added) * frame.eye.w;
    var whole = 1.0;
    if has_transmission {
        let through = layers_through(in, s, view, cover.kept);
        color += through.rgb;
        whole = 1.0 - through.w;
    }
    if is_final {
        color = color_finish(color / max(whole, 1e-4), pixel, is_encoded) * whole;
    }
    if alpha_mode == 3u {
        return vec4f(color * alpha, alpha * whole);
    }
    return vec4f(color, color_alpha(color, alpha * whole));
}

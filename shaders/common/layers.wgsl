// What the KHR_materials_* extensions add to a material: factors, up to six textures, and what was drawn behind it.
// Mirrored by layout.rs: LayerUniform.

#import common/surface.wgsl

struct LayerUniform {
    // Linear RGB, as are the next two; unused in w. What light loses in a metre, natural logarithm.
    absorption: vec4f,
    sheen_color: vec4f,
    // What the dielectric part reflects seen head on, before it is bounded; strength in w.
    specular: vec4f,
    sheen_roughness: f32,
    clearcoat: f32,
    clearcoat_roughness: f32,
    clearcoat_normal_scale: f32,
    iridescence: f32,
    iridescence_ior: f32,
    // Nanometres.
    iridescence_thinnest: f32,
    iridescence_thickest: f32,
    anisotropy: f32,
    // Cosine and sine of the turn away from the tangent.
    anisotropy_cos: f32,
    anisotropy_sin: f32,
    transmission: f32,
    // Metres.
    thickness: f32,
    ior: f32,
    dispersion: f32,
    // Bit n: slot n uses the second UV set.
    uv_sets: u32,
    // For each slot two rows that map UV.
    uv_rows: array<vec4f, 12>,
}

@group(3) @binding(0) var<uniform> layers: LayerUniform;
@group(3) @binding(1) var layers_map_0: texture_2d<f32>;
@group(3) @binding(2) var layers_sampler_0: sampler;
@group(3) @binding(3) var layers_map_1: texture_2d<f32>;
@group(3) @binding(4) var layers_sampler_1: sampler;
@group(3) @binding(5) var layers_map_2: texture_2d<f32>;
@group(3) @binding(6) var layers_sampler_2: sampler;
@group(3) @binding(7) var layers_map_3: texture_2d<f32>;
@group(3) @binding(8) var layers_sampler_3: sampler;
@group(3) @binding(9) var layers_map_4: texture_2d<f32>;
@group(3) @binding(10) var layers_sampler_4: sampler;
@group(3) @binding(11) var layers_map_5: texture_2d<f32>;
@group(3) @binding(12) var layers_sampler_5: sampler;
// Linear light after exposure, weighted by alpha, blurred more from level to level.
@group(3) @binding(13) var layers_behind: texture_2d<f32>;
@group(3) @binding(14) var layers_behind_sampler: sampler;

// Where texture `n` is sampled (KHR_texture_transform).
fn layers_uv(n: u32, in: SurfaceVarying) -> vec2f {
    let uv = vec3f(select(in.uv0, in.uv1, (layers.uv_sets >> n & 1u) != 0u), 1.0);
    return vec2f(dot(layers.uv_rows[n * 2u].xyz, uv), dot(layers.uv_rows[n * 2u + 1u].xyz, uv));
}

// The texel in a slot; white where the slot is none. Slots are known when the pipeline is made, so that one case is left.
fn layers_texel(slot: i32, in: SurfaceVarying) -> vec4f {
    switch slot {
        case 0: { return textureSample(layers_map_0, layers_sampler_0, layers_uv(0u, in)); }
        case 1: { return textureSample(layers_map_1, layers_sampler_1, layers_uv(1u, in)); }
        case 2: { return textureSample(layers_map_2, layers_sampler_2, layers_uv(2u, in)); }
        case 3: { return textureSample(layers_map_3, layers_sampler_3, layers_uv(3u, in)); }
        case 4: { return textureSample(layers_map_4, layers_sampler_4, layers_uv(4u, in)); }
        case 5: { return textureSample(layers_map_5, layers_sampler_5, layers_uv(5u, in)); }
        default: { return vec4f(1.0); }
    }
}

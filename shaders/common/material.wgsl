// One material: factors and five textures. Mirrored by layout.rs: MaterialUniform.

struct MaterialUniform {
    base_color: vec4f,
    // Linear RGB; unused in w.
    emissive: vec4f,
    // What the dielectric part reflects seen head on, and at its outline in w (KHR_materials_ior, KHR_materials_specular).
    specular: vec4f,
    metallic: f32,
    roughness: f32,
    normal_scale: f32,
    occlusion_strength: f32,
    alpha_cutoff: f32,
    // Bit n: texture n uses the second UV set.
    uv_sets: u32,
    // Of an eye: how far above and below the middle the lids are, radii of the iris. Of a mouth: how open it is.
    detail: vec2f,
    // Of skin: how far past the terminator light comes out, RGB.
    scatter: vec4f,
    // Of an eye: how u and v change with a step of a radius of the iris to the left and up, for the left eye and the right.
    eye_steps: array<vec4f, 2>,
    // For each texture two rows that map UV; order: base colour, metallic-roughness, normal, occlusion, emissive.
    uv_rows: array<vec4f, 10>,
}

@group(1) @binding(0) var<uniform> material: MaterialUniform;

@group(2) @binding(0) var material_base_color_map: texture_2d<f32>;
@group(2) @binding(1) var material_base_color_sampler: sampler;
@group(2) @binding(2) var material_metallic_roughness_map: texture_2d<f32>;
@group(2) @binding(3) var material_metallic_roughness_sampler: sampler;
@group(2) @binding(4) var material_normal_map: texture_2d<f32>;
@group(2) @binding(5) var material_normal_sampler: sampler;
@group(2) @binding(6) var material_occlusion_map: texture_2d<f32>;
@group(2) @binding(7) var material_occlusion_sampler: sampler;
@group(2) @binding(8) var material_emissive_map: texture_2d<f32>;
@group(2) @binding(9) var material_emissive_sampler: sampler;

// Where texture `n` is sampled (KHR_texture_transform).
fn material_uv(n: u32, uv0: vec2f, uv1: vec2f) -> vec2f {
    let uv = vec3f(select(uv0, uv1, (material.uv_sets >> n & 1u) != 0u), 1.0);
    return vec2f(dot(material.uv_rows[n * 2u].xyz, uv), dot(material.uv_rows[n * 2u + 1u].xyz, uv));
}

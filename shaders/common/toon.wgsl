// What a toon material adds: factors and six textures. Mirrored by layout.rs: ToonUniform.

struct ToonUniform {
    // Linear RGB, as are the next three; unused in w.
    shade_color: vec4f,
    matcap_factor: vec4f,
    rim_color: vec4f,
    outline_color: vec4f,
    shading_shift: f32,
    shading_shift_scale: f32,
    shading_toony: f32,
    gi_equalization: f32,
    rim_lighting_mix: f32,
    rim_fresnel_power: f32,
    rim_lift: f32,
    outline_lighting_mix: f32,
    // Metres.
    outline_world: f32,
    // Shares of the picture's height.
    outline_screen: f32,
    // How far the texture coordinates have turned, radians, and moved.
    turn: f32,
    // Bit n: texture n uses the second UV set.
    uv_sets: u32,
    scroll: vec2f,
    unused: vec2f,
    // For each texture but the matcap two rows that map UV; order: shade, shading shift, rim, outline width, mask.
    uv_rows: array<vec4f, 10>,
}

@group(3) @binding(0) var<uniform> toon: ToonUniform;
@group(3) @binding(1) var toon_shade_map: texture_2d<f32>;
@group(3) @binding(2) var toon_shade_sampler: sampler;
@group(3) @binding(3) var toon_shift_map: texture_2d<f32>;
@group(3) @binding(4) var toon_shift_sampler: sampler;
@group(3) @binding(5) var toon_rim_map: texture_2d<f32>;
@group(3) @binding(6) var toon_rim_sampler: sampler;
@group(3) @binding(7) var toon_outline_map: texture_2d<f32>;
@group(3) @binding(8) var toon_outline_sampler: sampler;
@group(3) @binding(9) var toon_mask_map: texture_2d<f32>;
@group(3) @binding(10) var toon_mask_sampler: sampler;
@group(3) @binding(11) var toon_matcap_map: texture_2d<f32>;
@group(3) @binding(12) var toon_matcap_sampler: sampler;

// Where texture `n` is sampled (KHR_texture_transform).
fn toon_uv(n: u32, uv0: vec2f, uv1: vec2f) -> vec2f {
    let uv = vec3f(select(uv0, uv1, (toon.uv_sets >> n & 1u) != 0u), 1.0);
    return vec2f(dot(toon.uv_rows[n * 2u].xyz, uv), dot(toon.uv_rows[n * 2u + 1u].xyz, uv));
}

// Texture coordinates after their animation, of which `share` counts (VRMC_materials_mtoon-1.0, "UV Animation"): they
// turn about the middle as KHR_texture_transform turns them, then move.
fn toon_moved(uv: vec2f, share: f32) -> vec2f {
    let s = sin(toon.turn * share);
    let c = cos(toon.turn * share);
    let p = uv - 0.5;
    return vec2f(c * p.x + s * p.y, c * p.y - s * p.x) + 0.5 + toon.scroll * share;
}

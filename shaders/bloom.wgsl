// What a lens spreads around bright light: the picture, halved again and again, then put together from the smallest up (Jimenez,
// "Next Generation Post Processing in Call of Duty: Advanced Warfare", SIGGRAPH 2014). Every step keeps the sum of the light.

@group(0) @binding(0) var bloom_source: texture_2d<f32>;
@group(0) @binding(1) var bloom_sampler: sampler;

// Half floats end here; one pixel of infinite light would become a picture of it.
const BLOOM_MOST: f32 = 65000.0;

struct BloomVarying {
    @builtin(position) clip: vec4f,
    @location(0) uv: vec2f,
}

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> BloomVarying {
    let corner = vec2f(f32(index & 1u), f32(index >> 1u)) * 2.0;
    return BloomVarying(vec4f(corner.x * 2.0 - 1.0, 1.0 - corner.y * 2.0, 0.0, 1.0), corner);
}

fn bloom_at(uv: vec2f, x: f32, y: f32) -> vec3f {
    let texel = 1.0 / vec2f(textureDimensions(bloom_source));
    let color = textureSampleLevel(bloom_source, bloom_sampler, uv + vec2f(x, y) * texel, 0.0).rgb;
    return clamp(color, vec3f(0.0), vec3f(BLOOM_MOST));
}

// A single pixel of very strong light weighs less, so that it does not flicker as it moves (Karis, "Tone Mapping", 2013).
fn bloom_calm(color: vec3f) -> vec4f {
    let weight = 1.0 / (1.0 + dot(color, vec3f(0.2126, 0.7152, 0.0722)));
    return vec4f(color * weight, weight);
}

// 13 taps: the middle box counts half, the four around it an eighth each.
@fragment
fn fragment_first(in: BloomVarying) -> @location(0) vec4f {
    var sum = bloom_calm(bloom_box(in.uv, 0.0, 0.0)) * 0.5;
    sum += bloom_calm(bloom_box(in.uv, -1.0, -1.0)) * 0.125;
    sum += bloom_calm(bloom_box(in.uv, 1.0, -1.0)) * 0.125;
    sum += bloom_calm(bloom_box(in.uv, -1.0, 1.0)) * 0.125;
    sum += bloom_calm(bloom_box(in.uv, 1.0, 1.0)) * 0.125;
    return vec4f(sum.rgb / sum.a, 1.0);
}

fn bloom_box(uv: vec2f, x: f32, y: f32) -> vec3f {
    return 0.25
        * (bloom_at(uv, x - 1.0, y - 1.0) + bloom_at(uv, x + 1.0, y - 1.0) + bloom_at(uv, x - 1.0, y + 1.0)
            + bloom_at(uv, x + 1.0, y + 1.0));
}

@fragment
fn fragment_down(in: BloomVarying) -> @location(0) vec4f {
    let inner = bloom_box(in.uv, 0.0, 0.0) * 0.5;
    let corners = bloom_at(in.uv, -2.0, -2.0) + bloom_at(in.uv, 2.0, -2.0) + bloom_at(in.uv, -2.0, 2.0)
        + bloom_at(in.uv, 2.0, 2.0);
    let sides = bloom_at(in.uv, 0.0, -2.0) + bloom_at(in.uv, -2.0, 0.0) + bloom_at(in.uv, 2.0, 0.0)
        + bloom_at(in.uv, 0.0, 2.0);
    let middle = bloom_at(in.uv, 0.0, 0.0);
    return vec4f(inner + corners * 0.03125 + sides * 0.0625 + middle * 0.125, 1.0);
}

// A tent of nine taps; the pipeline blends it with the larger level.
@fragment
fn fragment_up(in: BloomVarying) -> @location(0) vec4f {
    let corners = bloom_at(in.uv, -1.0, -1.0) + bloom_at(in.uv, 1.0, -1.0) + bloom_at(in.uv, -1.0, 1.0)
        + bloom_at(in.uv, 1.0, 1.0);
    let sides = bloom_at(in.uv, 0.0, -1.0) + bloom_at(in.uv, -1.0, 0.0) + bloom_at(in.uv, 1.0, 0.0)
        + bloom_at(in.uv, 0.0, 1.0);
    return vec4f(corners * 0.0625 + sides * 0.125 + bloom_at(in.uv, 0.0, 0.0) * 0.25, 1.0);
}

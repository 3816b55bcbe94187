#import common/color.wgsl

// Smooths stairs in a picture with one sample a pixel: fast approximate anti-aliasing in the manner of T. Lottes, "FXAA",
// NVIDIA 2009. An edge is a step of brightness; its two ends tell how far the true edge runs from the pixels' border,
// and each pixel takes that much of its neighbour across it.

// Steps smaller than this, or than this share of the brightest neighbour, are no edges.
const EDGE_STEP: f32 = 0.05;
const EDGE_SHARE: f32 = 0.1;
// Pixels that are followed along an edge to each side.
const EDGE_REACH: i32 = 8;
// Of what a pixel that stands alone takes from its neighbours.
const EDGE_ALONE: f32 = 0.5;

// The picture holds linear light, which looks brighter where it is dark.
override is_linear: bool = false;

// How bright a pixel looks; a hole in a transparent picture is darker than anything.
fn edge_brightness(color: vec4f) -> f32 {
    if has_brightness {
        return color.a;
    }
    let brightness = dot(color.rgb, vec3f(0.299, 0.587, 0.114));
    if is_linear {
        return sqrt(brightness / (1.0 + brightness)) + color.a;
    }
    return brightness + color.a;
}

fn edge_load(source: texture_2d<f32>, at: vec2i) -> f32 {
    return edge_brightness(textureLoad(source, at, 0));
}

// Pixels from `at` along `step` until the mean brightness across the edge leaves `mean` by `limit`, and by how much.
fn edge_end(source: texture_2d<f32>, at: vec2i, across: vec2i, step: vec2i, last: vec2i, mean: f32, limit: f32) -> vec2f {
    var change = 0.0;
    for (var n = 1; n <= EDGE_REACH; n++) {
        let place = clamp(at + step * n, vec2i(0), last);
        change = 0.5 * (edge_load(source, place) + edge_load(source, place + across)) - mean;
        if abs(change) >= limit {
            return vec2f(f32(n), change);
        }
    }
    return vec2f(f32(EDGE_REACH + 1), change);
}

// The pixel `at` of `source`, whose last pixel is `last`.
fn edge_smooth(source: texture_2d<f32>, at: vec2i, last: vec2i) -> vec4f {
    let color = textureLoad(source, at, 0);
    if any(at <= vec2i(0)) || any(at >= last) {
        return color;
    }
    let middle = edge_brightness(color);
    let north = edge_load(source, at + vec2i(0, -1));
    let south = edge_load(source, at + vec2i(0, 1));
    let west = edge_load(source, at + vec2i(-1, 0));
    let east = edge_load(source, at + vec2i(1, 0));
    let brightest = max(max(max(north, south), max(west, east)), middle);
    let range = brightest - min(min(min(north, south), min(west, east)), middle);
    // Without what alpha adds to all of them.
    let lift = select(color.a, 0.0, has_brightness);
    if range < max(EDGE_STEP, (brightest - lift) * EDGE_SHARE) {
        return color;
    }
    let north_west = edge_load(source, at + vec2i(-1, -1));
    let north_east = edge_load(source, at + vec2i(1, -1));
    let south_west = edge_load(source, at + vec2i(-1, 1));
    let south_east = edge_load(source, at + vec2i(1, 1));
    let level = abs(north_west + south_west - 2.0 * west) + 2.0 * abs(north + south - 2.0 * middle)
        + abs(north_east + south_east - 2.0 * east);
    let upright = abs(north_west + north_east - 2.0 * north) + 2.0 * abs(west + east - 2.0 * middle)
        + abs(south_west + south_east - 2.0 * south);
    let is_level = level >= upright;
    let before = select(west, north, is_level);
    let after = select(east, south, is_level);
    let is_before = abs(before - middle) >= abs(after - middle);
    let along = select(vec2i(0, 1), vec2i(1, 0), is_level);
    let across = select(vec2i(1, 0), vec2i(0, 1), is_level) * select(1, -1, is_before);

    let other = select(after, before, is_before);
    let mean = 0.5 * (middle + other);
    let limit = 0.25 * abs(other - middle);
    let back = edge_end(source, at, across, -along, last, mean, limit);
    let forth = edge_end(source, at, across, along, last, mean, limit);
    let end = select(forth, back, back.x < forth.x);
    // On the side of the nearer end where the edge has crossed over, the pixel is whole.
    let is_cut = (middle < mean) != (end.y < 0.0);
    let share = select(0.0, 0.5 - end.x / (back.x + forth.x), is_cut);

    let around = (2.0 * (north + south + west + east) + north_west + north_east + south_west + south_east) / 12.0;
    let lone = smoothstep(0.0, 1.0, clamp(abs(around - middle) / range, 0.0, 1.0));
    let neighbour = textureLoad(source, at + across, 0);
    return mix(color, neighbour, max(share, lone * lone * EDGE_ALONE));
}

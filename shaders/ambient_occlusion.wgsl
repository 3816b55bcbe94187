// How much of the surroundings each point of the actors sees: horizons in depth at half size (Jimenez, Wu, Pesce and Jarabo,
// "Practical Realtime Strategies for Accurate Indirect Occlusion", 2016).

#import common/frame.wgsl

// Directions searched a pixel, and steps to each side.
override slices: u32 = 2;
override steps: u32 = 6;

@group(0) @binding(1) var occlusion_depth: texture_2d<f32>;
@group(0) @binding(2) var occlusion_raw: texture_2d<f32>;

const PI: f32 = 3.14159265;
// The share of the radius within which what hides the surroundings counts in full.
const FULL: f32 = 0.4;
// How far apart in depth two pixels of one surface may lie, in radii.
const SAME: f32 = 0.12;
const BEHIND: f32 = 60000.0;

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 1.0, 1.0);
}

// The scale of the view volume: places on the plane at distance 1 to the picture's -1..1.
fn view_scale() -> vec2f {
    let m = frame.clip_from_world;
    return vec2f(length(vec3f(m[0].x, m[1].x, m[2].x)), length(vec3f(m[0].y, m[1].y, m[2].y)));
}

fn depth_at(pixel: vec2i) -> f32 {
    let last = vec2i(textureDimensions(occlusion_depth)) - 1;
    return textureLoad(occlusion_depth, clamp(pixel, vec2i(0), last), 0).x;
}

// Metres along the camera's axis.
fn view_depth(depth: f32) -> f32 {
    let m = frame.world_from_clip;
    return 1.0 / (m[2].w * depth + m[3].w);
}

// A pixel of half size in view space: x to the right, y up, z towards the eye.
fn view_place(pixel: vec2i, scale: vec2f) -> vec3f {
    let last = vec2i(textureDimensions(occlusion_depth)) - 1;
    let inside = clamp(pixel, vec2i(0), last);
    let at = (vec2f(inside) * 2.0 + 1.0 + frame.origin) / frame.size;
    let plane = vec2f(at.x * 2.0 - 1.0, 1.0 - at.y * 2.0) / scale;
    return vec3f(plane, -1.0) * view_depth(depth_at(inside));
}

// Of the two neighbours' differences that which stays on the surface.
fn nearer(a: vec3f, b: vec3f) -> vec3f {
    return select(b, a, abs(a.z) < abs(b.z));
}

fn view_normal(pixel: vec2i, place: vec3f, scale: vec2f) -> vec3f {
    let right = view_place(pixel + vec2i(1, 0), scale) - place;
    let left = place - view_place(pixel - vec2i(1, 0), scale);
    let below = view_place(pixel + vec2i(0, 1), scale) - place;
    let above = place - view_place(pixel - vec2i(0, 1), scale);
    let normal = cross(nearer(below, above), nearer(right, left));
    return normal * inverseSqrt(max(dot(normal, normal), 1e-20));
}

// The highest that anything reaches on one side of a slice, as the cosine to the eye's direction.
fn horizon(place: vec3f, eye: vec3f, normal: vec3f, pixel: vec2f, aside: vec2f, jitter: f32, lowest: f32, scale: vec2f) -> f32 {
    let radius = frame.occlusion.x;
    var high = lowest;
    for (var i = 0u; i < steps; i++) {
        let share = (f32(i) + jitter) / f32(steps);
        // Closer together near the point; the first is another pixel.
        let offset = aside * (share * share) + normalize(aside);
        let away = view_place(vec2i(floor(pixel + offset)), scale) - place;
        let distance = length(away);
        let cosine = dot(away, eye) / max(distance, 1e-6);
        // What hardly rises above the surface is the surface, which triangles make uneven.
        let rise = clamp(dot(away, normal) / max(distance, 1e-6) * 12.0 - 0.6, 0.0, 1.0);
        let weight = rise * clamp((radius - distance) / (radius * (1.0 - FULL)), 0.0, 1.0);
        high = max(high, mix(lowest, cosine, weight));
    }
    return high;
}

@fragment
fn fragment_search(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let pixel = vec2i(clip.xy);
    let depth = depth_at(pixel);
    if depth >= 1.0 {
        return vec4f(1.0, BEHIND, 0.0, 0.0);
    }
    let scale = view_scale();
    let place = view_place(pixel, scale);
    let kept = (-place.z - frame.occlusion.y) / frame.occlusion.x;
    let eye = -normalize(place);
    let normal = view_normal(pixel, place, scale);
    // The radius in pixels of half size.
    let wide = min(frame.occlusion.x * scale.y * frame.size.y * 0.25 / -place.z, 128.0);
    // Sixteen directions in a tile of four by four (section 4.1), which the smoothing takes together.
    let turn = f32((((pixel.x + pixel.y) & 3) << 2u) + (pixel.x & 3)) / 16.0;
    let jitter = f32((pixel.y - pixel.x) & 3) * 0.25 + 0.125;
    var open = 0.0;
    var whole = 0.0;
    for (var i = 0u; i < slices; i++) {
        let angle = (f32(i) + turn) * PI / f32(slices);
        let aside = vec2f(cos(angle), sin(angle));
        let across = vec3f(aside, 0.0);
        let axis = normalize(cross(across, eye));
        let in_slice = normal - axis * dot(normal, axis);
        let weight = max(length(in_slice), 1e-4);
        let on_side = sign(dot(across - eye * dot(across, eye), in_slice));
        let cos_n = clamp(dot(in_slice, eye) / weight, 0.0, 1.0);
        let n = on_side * acos(cos_n);
        // Rows run downwards.
        let step = vec2f(aside.x, -aside.y) * wide;
        let centre = vec2f(pixel) + 0.5;
        let ahead = horizon(place, eye, normal, centre, step, jitter, cos(n + PI * 0.5), scale);
        let back = horizon(place, eye, normal, centre, -step, jitter, cos(n - PI * 0.5), scale);
        let h0 = -acos(clamp(back, -1.0, 1.0));
        let h1 = acos(clamp(ahead, -1.0, 1.0));
        let arc0 = cos_n + 2.0 * h0 * sin(n) - cos(2.0 * h0 - n);
        let arc1 = cos_n + 2.0 * h1 * sin(n) - cos(2.0 * h1 - n);
        open += weight * 0.25 * (arc0 + arc1);
        // Where nothing is hidden; few slices of a tilted surface do not make up its whole sky.
        whole += weight * (cos_n + n * sin(n));
    }
    return vec4f(clamp(open / max(whole, 1e-4), 0.0, 1.0), kept, 0.0, 0.0);
}

// The mean over a tile around each pixel, of the same surface.
@fragment
fn fragment_smooth(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let pixel = vec2i(clip.xy);
    let own = textureLoad(occlusion_raw, pixel, 0).xy;
    if own.y >= BEHIND * 0.5 {
        return vec4f(own, 0.0, 0.0);
    }
    let last = vec2i(textureDimensions(occlusion_raw)) - 1;
    var sum = 0.0;
    var share = 0.0;
    for (var y = -2; y <= 2; y++) {
        for (var x = -2; x <= 2; x++) {
            let near = textureLoad(occlusion_raw, clamp(pixel + vec2i(x, y), vec2i(0), last), 0).xy;
            // A tile is four wide: the outermost of five count half.
            let inside = select(1.0, 0.5, abs(x) == 2) * select(1.0, 0.5, abs(y) == 2);
            let weight = inside * clamp(2.0 - abs(near.y - own.y) / SAME, 0.0, 1.0);
            sum += near.x * weight;
            share += weight;
        }
    }
    return vec4f(sum / share, own.y, 0.0, 0.0);
}

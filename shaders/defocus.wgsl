// Depth of field: what a lens with an opening does to what is not in its focus. How large the circle is that each pixel becomes comes
// from its depth (thin lens); light is gathered from all pixels whose circles reach here, in half the size, what is nearer than the
// focus apart from what is farther (after Sousa, "CryENGINE 3 Graphics Gems", SIGGRAPH 2013). Mirrored by layout.rs: DefocusUniform.

struct DefocusUniform {
    near: f32,
    far: f32,
    // In focus, along the camera's axis, metres.
    distance: f32,
    // The radius of what an infinitely far point becomes, pixels of the picture.
    reach: f32,
    // No circle is larger, pixels of the picture.
    most: f32,
    // Pixels of half the size along a tile's side.
    tile: f32,
    unused: vec2f,
    // Evenly over a disc of radius 1, two each.
    taps: array<vec4f, 24>,
}

const DEFOCUS_TAPS: u32 = 48;
// The wall's radius: it is smooth already, and takes light of others only.
const DEFOCUS_WALL: f32 = 1000.0;

@group(0) @binding(0) var<uniform> defocus: DefocusUniform;
@group(0) @binding(1) var defocus_samples: texture_multisampled_2d<f32>;
@group(0) @binding(2) var defocus_depth: texture_2d<f32>;
// The sharp picture, premultiplied.
@group(0) @binding(3) var defocus_picture: texture_2d<f32>;
// Radius of what is farther, of what is nearer than the focus, in pixels of the picture; half the size: also of what is farther but no
// wall, and how much of the pixel is nearer.
@group(0) @binding(4) var defocus_radius: texture_2d<f32>;
@group(0) @binding(5) var defocus_far: texture_2d<f32>;
@group(0) @binding(6) var defocus_near: texture_2d<f32>;
@group(0) @binding(7) var defocus_cover: texture_2d<f32>;
@group(0) @binding(8) var defocus_tiles: texture_2d<f32>;
@group(0) @binding(9) var defocus_sampler: sampler;

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> @builtin(position) vec4f {
    return vec4f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

// Negative before the focus.
fn defocus_circle(depth: f32) -> f32 {
    if depth >= 1.0 {
        return DEFOCUS_WALL;
    }
    let away = defocus.near * defocus.far / (defocus.far - depth * (defocus.far - defocus.near));
    return clamp(defocus.reach * (away - defocus.distance) / away, -defocus.most, defocus.most);
}

// Of a pixel's samples the sharpest counts behind the focus: where an edge runs through it, it is as sharp as the edge.
@fragment
fn fragment_samples(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    var radius = vec2f(DEFOCUS_WALL, 0.0);
    for (var n = 0; n < 4; n++) {
        let circle = defocus_circle(textureLoad(defocus_samples, vec2i(clip.xy), n).x);
        radius = vec2f(min(radius.x, max(circle, 0.0)), max(radius.y, -circle));
    }
    return vec4f(radius, 0.0, 0.0);
}

@fragment
fn fragment_depth(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let circle = defocus_circle(textureLoad(defocus_depth, vec2i(clip.xy), 0).x);
    return vec4f(max(circle, 0.0), max(-circle, 0.0), 0.0, 0.0);
}

struct DefocusHalf {
    @location(0) far: vec4f,
    @location(1) near: vec4f,
    @location(2) radius: vec4f,
}

// Half the size, far and near apart, so that neither takes colour from the other or from what is sharp.
@fragment
fn fragment_halve(@builtin(position) clip: vec4f) -> DefocusHalf {
    let last = vec2i(textureDimensions(defocus_radius)) - 1;
    let first = vec2i(clip.xy) * 2;
    var far = vec4f(0.0);
    var near = vec4f(0.0);
    var weights = vec2f(0.0);
    var radius = vec4f(0.0);
    for (var n = 0; n < 4; n++) {
        let at = min(first + vec2i(n & 1, n >> 1u), last);
        let color = textureLoad(defocus_picture, at, 0);
        let circle = textureLoad(defocus_radius, at, 0).xy;
        let away = min(circle.x, defocus.most);
        let cover = smoothstep(0.5, 1.5, circle.y);
        far += color * (away + 1e-3);
        near += color * (cover + 1e-4);
        weights += vec2f(away + 1e-3, cover + 1e-4);
        radius.x += away * (away + 1e-3);
        radius.y = max(radius.y, circle.y);
        radius.z = max(radius.z, select(0.0, circle.x, circle.x < DEFOCUS_WALL));
        radius.w += cover * 0.25;
    }
    radius.x /= weights.x;
    return DefocusHalf(far / weights.x, near / weights.y, radius);
}

// The largest circles of each tile.
@fragment
fn fragment_tiles(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let last = vec2i(textureDimensions(defocus_radius)) - 1;
    let side = i32(defocus.tile);
    let first = vec2i(clip.xy) * side;
    var most = vec2f(0.0);
    for (var y = 0; y < side; y++) {
        for (var x = 0; x < side; x++) {
            let radius = textureLoad(defocus_radius, min(first + vec2i(x, y), last), 0);
            most = max(most, radius.zy);
        }
    }
    return vec4f(most, 0.0, 0.0);
}

struct DefocusGathered {
    @location(0) far: vec4f,
    @location(1) near: vec4f,
    @location(2) cover: vec4f,
}

@fragment
fn fragment_gather(@builtin(position) clip: vec4f) -> DefocusGathered {
    let last = vec2i(textureDimensions(defocus_radius)) - 1;
    let last_tile = vec2i(textureDimensions(defocus_tiles)) - 1;
    let tile = vec2i(clip.xy / defocus.tile);
    var around = vec2f(0.0);
    for (var n = 0; n < 9; n++) {
        let at = clamp(tile + vec2i(n % 3 - 1, n / 3 - 1), vec2i(0), last_tile);
        around = max(around, textureLoad(defocus_tiles, at, 0).xy);
    }
    // Radii are of the whole picture's pixels, these have half as many.
    around *= 0.5;
    let own = textureLoad(defocus_radius, vec2i(clip.xy), 0).x * 0.5;
    let wide = min(own, around.x);
    var far = textureLoad(defocus_far, vec2i(clip.xy), 0);
    var near = vec4f(0.0);
    var cover = 0.0;
    if wide > 0.2 {
        var weights = 1.0 / f32(DEFOCUS_TAPS);
        far *= weights;
        for (var n = 0u; n < DEFOCUS_TAPS; n++) {
            let pair = defocus.taps[n >> 1u];
            let step = select(pair.xy, pair.zw, (n & 1u) != 0u) * wide;
            let at = clamp(vec2i(clip.xy + step), vec2i(0), last);
            let reaches = min(textureLoad(defocus_radius, at, 0).x * 0.5, own);
            // Nothing comes from what is sharp.
            let weight = clamp(reaches - length(step) + min(reaches, 1.0), 0.0, 1.0);
            far += textureLoad(defocus_far, at, 0) * weight;
            weights += weight;
        }
        far /= weights;
    }
    if around.y > 0.2 {
        let wide_near = around.y;
        var weights = 1e-4;
        for (var n = 0u; n < DEFOCUS_TAPS; n++) {
            let pair = defocus.taps[n >> 1u];
            let step = select(pair.xy, pair.zw, (n & 1u) != 0u) * wide_near;
            let at = clamp(vec2i(clip.xy + step), vec2i(0), last);
            let radius = textureLoad(defocus_radius, at, 0);
            let reach = max(radius.y * 0.5, 0.5);
            let weight = clamp(reach - length(step) + 0.75, 0.0, 1.0) * radius.w;
            near += textureLoad(defocus_near, at, 0) * weight;
            weights += weight;
            // A small circle is hit by few taps, each of which then stands for more.
            cover += weight * wide_near * wide_near / (reach * reach);
        }
        cover = clamp(cover / f32(DEFOCUS_TAPS), 0.0, 1.0);
        near *= cover / weights;
    }
    return DefocusGathered(far, near, vec4f(cover, own * 2.0, 0.0, 0.0));
}

// Sharp, then what is far over it where it is blurred, then what is near over both.
@fragment
fn fragment_combine(@builtin(position) clip: vec4f) -> @location(0) vec4f {
    let sharp = textureLoad(defocus_picture, vec2i(clip.xy), 0);
    let radius = min(textureLoad(defocus_radius, vec2i(clip.xy), 0).x, defocus.most);
    let last = vec2i(textureDimensions(defocus_far)) - 1;
    let place = clip.xy * 0.5 - 0.5;
    let first = vec2i(floor(place));
    let part = place - floor(place);
    var far = sharp * 1e-4;
    var weights = 1e-4;
    for (var n = 0; n < 4; n++) {
        let corner = vec2i(n & 1, n >> 1u);
        let at = clamp(first + corner, vec2i(0), last);
        let share = select(1.0 - part, part, corner == vec2i(1));
        // What is sharp there does not come over what is blurred here.
        let alike = clamp(textureLoad(defocus_cover, at, 0).y / max(radius, 1e-3), 0.0, 1.0);
        let weight = share.x * share.y * alike;
        far += textureLoad(defocus_far, at, 0) * weight;
        weights += weight;
    }
    let color = mix(sharp, far / weights, smoothstep(0.5, 1.5, radius));
    let uv = clip.xy * 0.5 / vec2f(textureDimensions(defocus_near));
    let near = textureSampleLevel(defocus_near, defocus_sampler, uv, 0.0);
    let cover = textureSampleLevel(defocus_cover, defocus_sampler, uv, 0.0).x;
    return color * (1.0 - cover) + near;
}

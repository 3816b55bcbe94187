// How much of the surroundings a point sees, from the pass at half size, and what that does to light.

#import common/frame.wgsl

override has_occlusion: bool = false;

@group(0) @binding(5) var occlusion_map: texture_2d<f32>;

// At a place in the attachments, whose surface lies `depth` metres along the camera's axis: between the four nearest pixels of half
// size, those of the same surface first.
fn occlusion_open(place: vec2f, depth: f32) -> f32 {
    let kept = (depth - frame.occlusion.y) / frame.occlusion.x;
    let at = place * 0.5 - 0.5;
    let corner = floor(at);
    let inside = at - corner;
    let last = vec2i(textureDimensions(occlusion_map)) - 1;
    var sum = 0.0;
    var share = 0.0;
    for (var i = 0; i < 4; i++) {
        let step = vec2i(i & 1, i >> 1u);
        let texel = textureLoad(occlusion_map, clamp(vec2i(corner) + step, vec2i(0), last), 0).xy;
        let sides = mix(1.0 - inside, inside, vec2f(step));
        // What is too thin for half the size is as open as the nearest of what is around it.
        let gap = abs(texel.y - kept);
        let weight = (sides.x * sides.y + 0.02) * max(clamp(2.0 - gap * 8.0, 0.0, 1.0), 0.001 / (1.0 + gap * gap));
        sum += texel.x * weight;
        share += weight;
    }
    return sum / share;
}

// How much of a light that meets a point by this cosine reaches it between what is around (micro shadows: Chan, "Material Advances in
// Call of Duty: WWII", SIGGRAPH 2018).
fn occlusion_narrow(open: f32, n_dot_l: f32) -> f32 {
    return clamp(n_dot_l + 2.0 * open * open - 1.0, 0.0, 1.0);
}

// What of light from all around a surface of this colour sends back, that which bounces between its own folds included (the same
// authors' fit, section 5).
fn occlusion_bounced(open: f32, albedo: vec3f) -> vec3f {
    let a = 2.0404 * albedo - 0.3324;
    let b = -4.7951 * albedo + 0.6417;
    let c = 2.7552 * albedo + 0.6903;
    return max(vec3f(open), ((open * a + b) * open + c) * open);
}

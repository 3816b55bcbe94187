// Lights surfaces that let a part of what is behind show, in any order: each is weighted by how much of it all that lies before it lets
// through. Three passes: where a pixel's first and last of them are; how much light they keep from node to node between those; their
// colours with these weights (McGuire and Bavoil, "Weighted Blended Order-Independent Transparency", JCGT 2013, with weights found as
// in Muenstermann et al., "Moment-Based Order-Independent Transparency", PACMCGIT 2018, by nodes in place of moments).

#import forward_pbr.wgsl

// One minus where the first is in x, where the last is in y; places as weighted_place() has them.
@group(3) @binding(0) var weighted_range: texture_2d<f32>;
// What light loses around each of eight nodes, natural logarithm.
@group(3) @binding(1) var weighted_near: texture_2d<f32>;
@group(3) @binding(2) var weighted_far: texture_2d<f32>;

// Fainter ones do not widen the range.
const WEIGHTED_FAINT: f32 = 0.02;
// As a share of the depth of all, what is too near to be told apart.
const WEIGHTED_LEAST: f32 = 1e-3;
const WEIGHTED_NODES_NEAR: vec4f = vec4f(0.0, 1.0, 2.0, 3.0);
const WEIGHTED_NODES_FAR: vec4f = vec4f(4.0, 5.0, 6.0, 7.0);

// From 0, the nearest of all such surfaces of the frame, to 1, the farthest.
fn weighted_place(clip: vec4f) -> f32 {
    return clamp((1.0 / clip.w - frame.shadow_cone.y) * frame.shadow_cone.z, 0.0, 1.0);
}

// The same between the first and the last of its pixel, in nodes.
fn weighted_node(clip: vec4f) -> f32 {
    let range = textureLoad(weighted_range, vec2i(clip.xy), 0).xy;
    let first = 1.0 - range.x;
    return 7.0 * clamp((weighted_place(clip) - first) / max(range.y - first, WEIGHTED_LEAST), 0.0, 1.0);
}

// What light loses there, natural logarithm.
fn weighted_loss(alpha: f32) -> f32 {
    return -log(1.0 - clamp(alpha, 0.0, 0.995));
}

// The share of a surface at `node` that counts for each of `nodes`.
fn weighted_shares(node: f32, nodes: vec4f) -> vec4f {
    return max(1.0 - abs(node - nodes), vec4f(0.0));
}

// How much of what is around `nodes` lies before `node`.
fn weighted_before(node: f32, nodes: vec4f) -> vec4f {
    return clamp(node - nodes + 0.5, vec4f(0.0), vec4f(1.0));
}

fn weighted_alpha(in: SurfaceVarying) -> f32 {
    let view = normalize(frame.eye.xyz - in.world);
    return forward_base(in, view, forward_eye(in)).a;
}

@fragment
fn fragment_range(in: SurfaceVarying) -> @location(0) vec2f {
    if weighted_alpha(in) < WEIGHTED_FAINT {
        discard;
    }
    let place = weighted_place(in.clip);
    return vec2f(1.0 - place, place);
}

struct WeightedNodes {
    @location(0) near: vec4f,
    @location(1) far: vec4f,
}

@fragment
fn fragment_nodes(in: SurfaceVarying) -> WeightedNodes {
    let loss = weighted_loss(weighted_alpha(in));
    let node = weighted_node(in.clip);
    let near = loss * weighted_shares(node, WEIGHTED_NODES_NEAR);
    let far = loss * weighted_shares(node, WEIGHTED_NODES_FAR);
    return WeightedNodes(near, far);
}

struct WeightedSums {
    // Colours weighted by alpha and by what reaches the eye, and the weights.
    @location(0) light: vec4f,
    // What is kept of that which is behind all is multiplied by one minus this.
    @location(1) alpha: vec4f,
}

@fragment
fn fragment_weighted(in: SurfaceVarying, @builtin(front_facing) is_front: bool) -> WeightedSums {
    let color = forward_fragment(in, is_front);
    let node = weighted_node(in.clip);
    let before_near = weighted_before(node, WEIGHTED_NODES_NEAR);
    let before_far = weighted_before(node, WEIGHTED_NODES_FAR);
    let pixel = vec2i(in.clip.xy);
    let all = dot(textureLoad(weighted_near, pixel, 0), before_near) + dot(textureLoad(weighted_far, pixel, 0), before_far);
    // It does not lie before itself.
    let shares = dot(weighted_shares(node, WEIGHTED_NODES_NEAR), before_near)
        + dot(weighted_shares(node, WEIGHTED_NODES_FAR), before_far);
    let own = weighted_loss(color.a) * shares;
    let weight = max(exp(-max(all - own, 0.0)), 1e-3);
    return WeightedSums(color * weight, vec4f(color.a));
}

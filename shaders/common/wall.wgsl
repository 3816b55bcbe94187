// The studio's wall: light in the middle, dark towards the corners.

#import common/frame.wgsl

// Linear light at a place in the picture, -1..1, before exposure.
fn wall_light(ndc: vec2f) -> vec3f {
    let aspect = frame.size.x / max(frame.size.y, 1.0);
    let from_center = (ndc - vec2f(0.0, 0.12)) * vec2f(min(aspect, 1.8), 1.0);
    let glow = exp(-dot(from_center, from_center) * 0.75);
    return mix(frame.backdrop_rim.rgb, frame.backdrop_center.rgb, glow);
}

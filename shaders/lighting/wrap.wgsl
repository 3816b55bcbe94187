// Light of what is behind the actors that comes around their outline, as in air and lenses: they stand before it, not on it.

#import common/frame.wgsl
#import common/wall.wgsl
#import lighting/occlusion.wgsl

// How far it comes, of the picture's height, and how much of it, at the outline.
const WRAP_REACH: f32 = 0.016;
const WRAP_SHARE: f32 = 0.3;
const WRAP_TAPS: i32 = 16;
// Deeper than any actor, in the occlusion's depth.
const WRAP_BEHIND: f32 = 30000.0;

// Added to what is seen at a place in the attachments.
fn wrap_light(place: vec2f) -> vec3f {
    let last = vec2i(textureDimensions(occlusion_map)) - 1;
    let reach = WRAP_REACH * frame.size.y * 0.5;
    var beyond = 0.0;
    for (var i = 0; i < WRAP_TAPS; i++) {
        let angle = f32(i) * 2.3999632;
        let offset = vec2f(cos(angle), sin(angle)) * (sqrt((f32(i) + 0.5) / f32(WRAP_TAPS)) * reach);
        let texel = clamp(vec2i(floor(place * 0.5 + offset)), vec2i(0), last);
        beyond += select(0.0, 1.0, textureLoad(occlusion_map, texel, 0).y > WRAP_BEHIND);
    }
    let share = beyond / f32(WRAP_TAPS);
    let at = (place + frame.origin) / frame.size;
    return wall_light(vec2f(at.x * 2.0 - 1.0, 1.0 - at.y * 2.0)) * (share * share * 2.0 * WRAP_SHARE * frame.occlusion.z);
}

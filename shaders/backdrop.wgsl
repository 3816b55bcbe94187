// What is behind the actors: a soft studio wall that turns into a floor.

#import common/frame.wgsl
#import common/color.wgsl
#import common/wall.wgsl
#import lighting/shadow.wgsl

override is_final: bool = true;
override is_encoded: bool = false;
// Whether the floor is in view at all.
override has_floor: bool = true;
override floor_taps: u32 = 8;
// The target is a part of the picture that begins at frame.origin.
override is_cropped: bool = false;

struct BackdropVarying {
    @builtin(position) clip: vec4f,
    @location(0) ndc: vec2f,
}

@vertex
fn vertex_main(@builtin(vertex_index) index: u32) -> BackdropVarying {
    let ndc = vec2f(f32(index & 1u) * 4.0 - 1.0, f32(index >> 1u) * 4.0 - 1.0);
    // The far plane: covered pixels are left out by the depth test.
    return BackdropVarying(vec4f(ndc, 1.0, 1.0), ndc);
}

// How dark the floor is where the ray meets it: the shadow fades with distance.
fn backdrop_floor(ndc: vec2f, pixel: vec2f) -> f32 {
    let far = frame.world_from_clip * vec4f(ndc, 1.0, 1.0);
    let ray = far.xyz / far.w - frame.eye.xyz;
    let drop = frame.backdrop_center.w - frame.eye.y;
    if ray.y * drop <= 0.0 || abs(drop) >= abs(ray.y) {
        return 1.0;
    }
    let at = frame.eye.xyz + ray * (drop / ray.y);
    let away = at.xz - frame.ground.xy;
    let near = exp(-dot(away, away) / (frame.backdrop_rim.w * frame.backdrop_rim.w));
    if near < 0.01 {
        return 1.0;
    }
    let light = shadow_light(at, vec3f(0.0, 1.0, 0.0), pixel, floor_taps, 2.5);
    return 1.0 - near * (0.62 * (1.0 - light));
}

@fragment
fn fragment_main(in: BackdropVarying) -> @location(0) vec4f {
    let pixel = select(in.clip.xy * frame.scale, in.clip.xy + frame.origin, is_cropped);
    var color = wall_light(in.ndc);
    if has_floor {
        color *= backdrop_floor(in.ndc, pixel);
    }
    color *= frame.eye.w;
    if is_final {
        color = color_finish(color, pixel, is_encoded);
    }
    return vec4f(color, color_alpha(color, 1.0));
}

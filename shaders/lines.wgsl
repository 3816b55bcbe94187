// Lines of debug views: edges of triangles, bones.

#import common/frame.wgsl

// How much nearer lines are drawn than they are, in depth; the surface that they lie on would hide them.
override lift: f32 = 0.0;
// Linear or encoded, as the target takes it.
override red: f32 = 1.0;
override green: f32 = 1.0;
override blue: f32 = 1.0;

@vertex
fn vertex_main(@location(0) position: vec3f) -> @builtin(position) vec4f {
    let clip = frame.clip_from_world * vec4f(position, 1.0);
    return vec4f(clip.xy, clip.z - lift * clip.w, clip.w);
}

@fragment
fn fragment_main() -> @location(0) vec4f {
    return vec4f(red, green, blue, 1.0);
}

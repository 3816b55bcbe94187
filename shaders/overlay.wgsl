// Flat rectangles over the finished picture. Mirrored by layout.rs: OverlayInstance.

struct OverlayVarying {
    @builtin(position) clip: vec4f,
    @location(0) color: vec4f,
}

@vertex
fn vertex_main(
    @builtin(vertex_index) index: u32,
    @location(0) rect: vec4f,
    @location(1) color: vec4f,
) -> OverlayVarying {
    let corner = vec2f(f32(index & 1u), f32(index >> 1u));
    let at = rect.xy + corner * rect.zw;
    return OverlayVarying(vec4f(at.x * 2.0 - 1.0, 1.0 - at.y * 2.0, 0.0, 1.0), color);
}

@fragment
fn fragment_main(in: OverlayVarying) -> @location(0) vec4f {
    return vec4f(in.color.rgb * in.color.a, in.color.a);
}

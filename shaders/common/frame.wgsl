// What all passes of one frame share. Mirrored by layout.rs: FrameUniform, FrameLight.

struct FrameLight {
    // Unit vector towards the light; angular radius in w.
    towards: vec4f,
    // Linear RGB; 1 in w where the light throws the shadow.
    radiance: vec4f,
    // Where it is, where it has a place; one over its range squared in w.
    place: vec4f,
    // Along the middle of its cone; the scale of the cosine in w, its offset in cone.x.
    along: vec4f,
    cone: vec4f,
}

struct FrameUniform {
    clip_from_world: mat4x4f,
    world_from_clip: mat4x4f,
    // xy and depth 0..1 of the shadow map, texture coordinates.
    shadow_from_world: mat4x4f,
    // Exposure in w.
    eye: vec4f,
    // The environment: factors of 1, y, (3y^2 - 1) / 2, x, z, xy, yz, xz, x^2 - z^2.
    harmonics: array<vec4f, 9>,
    lights: array<FrameLight, 4>,
    // Backdrop, linear RGB; floor height in center.w, floor radius in rim.w.
    backdrop_center: vec4f,
    backdrop_rim: vec4f,
    // Where the actors stand on the floor (xz), world size of a shadow texel, radius of the penumbra in texture coordinates.
    ground: vec4f,
    // Picture size in pixels.
    size: vec2f,
    // Where the attachments begin in the picture, pixels.
    origin: vec2f,
    // Pixels of the attachments that belong to the picture.
    part_size: vec2f,
    // Pixels of the actors' picture by one of the target's: less than 1 where they are drawn coarser.
    scale: vec2f,
    // Within how many metres what hides the surroundings counts; how far off the actors are, metres; how much of the
    // wall's light comes around them; one unused.
    occlusion: vec4f,
    // How much wider the edge of a shadow is, texture coordinates, for a gap of 1 in the map's depth. How far off the nearest of
    // the surfaces that are blended in any order is, metres, and one over how much farther the farthest is. One unused.
    shadow_cone: vec4f,
    // How dark the corners are, how strong the grain is, the grain's seed, the share of light that the lens spreads.
    film: vec4f,
}

@group(0) @binding(0) var<uniform> frame: FrameUniform;

// Light from all around, as zonal harmonics about +Y (Ramamoorthi and Hanrahan 2001 for the diffuse factors).

#import common/frame.wgsl

fn environment_sum(y: f32, band1: f32, band2: f32) -> vec3f {
    let second = 1.5 * y * y - 0.5;
    let sum = frame.zonal[0].rgb + frame.zonal[1].rgb * (band1 * y) + frame.zonal[2].rgb * (band2 * second);
    return max(sum, vec3f(0.0));
}

// What a white matt surface with this normal sends back.
fn environment_diffuse(normal: vec3f) -> vec3f {
    return environment_sum(normal.y, 2.0 / 3.0, 0.25);
}

// Seen in direction r by a lobe of this width: bands fade as under a spherical Gaussian of variance alpha squared.
fn environment_specular(r: vec3f, alpha: f32) -> vec3f {
    let fade = exp2(-1.4427 * alpha * alpha);
    return environment_sum(r.y, fade, fade * fade * fade);
}

// Light from all around: spherical harmonics for matt surfaces (Ramamoorthi and Hanrahan 2001), and where there is something to be
// seen, a picture of it for each roughness, octahedral (Karis 2013).

#import common/frame.wgsl

// Light differs around the vertical; otherwise only the first three harmonics are any.
override has_harmonics: bool = false;
override has_environment_map: bool = false;

@group(0) @binding(3) var environment_map: texture_2d<f32>;
@group(0) @binding(4) var environment_sampler: sampler;

fn environment_sum(d: vec3f, band1: f32, band2: f32) -> vec3f {
    var first = frame.harmonics[1].rgb * d.y;
    var second = frame.harmonics[2].rgb * (1.5 * d.y * d.y - 0.5);
    if has_harmonics {
        first += frame.harmonics[3].rgb * d.x + frame.harmonics[4].rgb * d.z;
        second += frame.harmonics[5].rgb * (d.x * d.y) + frame.harmonics[6].rgb * (d.y * d.z)
            + frame.harmonics[7].rgb * (d.x * d.z) + frame.harmonics[8].rgb * (d.x * d.x - d.z * d.z);
    }
    return max(frame.harmonics[0].rgb + first * band1 + second * band2, vec3f(0.0));
}

// What a white matt surface with this normal sends back.
fn environment_diffuse(normal: vec3f) -> vec3f {
    return environment_sum(normal, 2.0 / 3.0, 0.25);
}

// One level of the picture. Its outermost texels lie on the fold: their neighbours beyond it are themselves.
fn environment_level(folded: vec2f, level: f32) -> vec3f {
    let side = f32(textureDimensions(environment_map, u32(level)).x);
    let uv = 0.5 + folded * (0.5 - 0.5 / side);
    return textureSampleLevel(environment_map, environment_sampler, uv, level).rgb;
}

// The picture in direction r, `level` 0 being a mirror's.
fn environment_picture(r: vec3f, level: f32) -> vec3f {
    let flat = r.xz / (abs(r.x) + abs(r.y) + abs(r.z));
    let below = (1.0 - abs(flat.yx)) * select(vec2f(-1.0), vec2f(1.0), flat >= vec2f(0.0));
    let folded = select(flat, below, r.y < 0.0);
    let lower = floor(level);
    return mix(environment_level(folded, lower), environment_level(folded, lower + 1.0), level - lower);
}

// Seen in direction r by a lobe of this width. Without a picture bands fade as under a spherical Gaussian of variance alpha squared.
fn environment_specular(r: vec3f, alpha: f32) -> vec3f {
    if has_environment_map {
        return environment_picture(r, min(4.0 * sqrt(sqrt(alpha)), 3.999));
    }
    let fade = exp2(-1.4427 * alpha * alpha);
    return environment_sum(r, fade, fade * fade * fade);
}

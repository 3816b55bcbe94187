// Highlights that do not flicker: where the normal turns much within a pixel, the lobe is as wide as all its normals together
// (Tokuyoshi and Kaplanyan, "Improved Geometric Specular Antialiasing", I3D 2019).

// Costs derivatives, which a tier may do without.
override has_calm_highlights: bool = false;

// The variance of a pixel's footprint, and the most that is added to the squared alpha.
const ANTIALIAS_FOOTPRINT: f32 = 0.25;
const ANTIALIAS_MOST: f32 = 0.18;

// Perceptual roughness for a pixel with this shading normal.
fn antialias_roughness(roughness: f32, normal: vec3f) -> f32 {
    if !has_calm_highlights {
        return roughness;
    }
    let x = dpdx(normal);
    let y = dpdy(normal);
    let variance = ANTIALIAS_FOOTPRINT * (dot(x, x) + dot(y, y));
    let alpha = roughness * roughness;
    return sqrt(sqrt(clamp(alpha * alpha + min(2.0 * variance, ANTIALIAS_MOST), 0.0, 1.0)));
}

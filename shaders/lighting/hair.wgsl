// Hair: a band of light across the strands, one of the light's own colour and one that went through and took the hair's, each
// shifted along the strand (Kajiya & Kay 1989; the two lobes of Marschner et al. 2003 as in Scheuermann 2004).

const HAIR_SHIFT: vec2f = vec2f(0.12, -0.16);
const HAIR_STRENGTH: vec2f = vec2f(0.24, 0.5);

// A lobe around the strand's direction.
fn hair_lobe(strand: vec3f, normal: vec3f, half_way: vec3f, shift: f32, exponent: f32) -> f32 {
    let along = dot(normalize(strand + normal * shift), half_way);
    let across = sqrt(max(1.0 - along * along, 0.0));
    return smoothstep(-1.0, 0.0, along) * pow(across, exponent);
}

// Both lobes for a light; `roughness` is the material's, `color` what the hair takes of light that goes through it.
fn hair_specular(strand: vec3f, normal: vec3f, half_way: vec3f, roughness: f32, color: vec3f) -> vec3f {
    let exponent = mix(90.0, 14.0, roughness);
    let first = hair_lobe(strand, normal, half_way, HAIR_SHIFT.x, exponent);
    let second = hair_lobe(strand, normal, half_way, HAIR_SHIFT.y, exponent * 0.4);
    return vec3f(first * HAIR_STRENGTH.x * 0.35) + sqrt(max(color, vec3f(0.0))) * (second * HAIR_STRENGTH.y * 0.35);
}

// Tone mappers: linear light of any strength into 0..1, linear.

// 0 Khronos PBR Neutral, 1 AgX, 2 ACES, 3 none.
override tone_mapper: u32 = 0;

fn tone_map(linear: vec3f) -> vec3f {
    if tone_mapper == 1u {
        return tone_agx(linear);
    }
    if tone_mapper == 2u {
        return tone_aces(linear);
    }
    if tone_mapper == 3u {
        return linear;
    }
    return tone_neutral(linear);
}

// Khronos PBR Neutral tone mapper (Khronos Group, "PBR Neutral Tone Mapper" specification, 2024): base colours
// come out as they went in, highlights are compressed and lose saturation.
fn tone_neutral(linear: vec3f) -> vec3f {
    let start = 0.8 - 0.04;
    let least = min(linear.r, min(linear.g, linear.b));
    let offset = select(0.04, least - 6.25 * least * least, least < 0.08);
    let shifted = linear - offset;
    let peak = max(max(shifted.r, max(shifted.g, shifted.b)), 1e-6);
    let room = 1.0 - start;
    let new_peak = 1.0 - room * room / (peak + room - start);
    let gray = 1.0 - 1.0 / (0.15 * (peak - new_peak) + 1.0);
    let compressed = mix(shifted * (new_peak / peak), vec3f(new_peak), gray);
    return select(shifted, compressed, peak >= start);
}

// AgX by Troy Sobotka (2022) with its look "Punchy", for the base look alone is made to be graded and is flat: into wider primaries,
// 16.5 stops on a logarithmic scale, a sigmoid, the look, and back. The matrices, the polynomial and the look's numbers are those
// of B. Wrensch, "Minimal AgX Implementation" (2023). The curve ends in codes of gamma 2.2.
fn tone_agx(linear: vec3f) -> vec3f {
    let inset = mat3x3f(
        0.842479062253094, 0.0423282422610123, 0.0423756549057051,
        0.0784335999999992, 0.878468636469772, 0.0784336,
        0.0792237451477643, 0.0791661274605434, 0.879142973793104,
    );
    let outset = mat3x3f(
        1.19687900512017, -0.0528968517574562, -0.0529716355144438,
        -0.0980208811401368, 1.15190312990417, -0.0980434501171241,
        -0.0990297440797205, -0.0989611768448433, 1.15107367264116,
    );
    let stops = log2(max(inset * max(linear, vec3f(0.0)), vec3f(1e-10)));
    let x = clamp((stops + 12.47393) / 16.5, vec3f(0.0), vec3f(1.0));
    let x2 = x * x;
    let x4 = x2 * x2;
    let curve = 15.5 * x4 * x2 - 40.14 * x4 * x + 31.96 * x4 - 6.868 * x2 * x + 0.4298 * x2 + 0.1191 * x - 0.00232;
    let punchy = pow(max(curve, vec3f(0.0)), vec3f(1.35));
    let strong = mix(vec3f(dot(punchy, vec3f(0.2126, 0.7152, 0.0722))), punchy, 1.4);
    return pow(clamp(outset * strong, vec3f(0.0), vec3f(1.0)), vec3f(2.2));
}

// ACES' reference rendering for a screen of 100 nits (fit by Stephen Hill, in "BakingLab" by M. Pettineo and D. Neubelt, 2016).
// It is made for scenes a little darker than those of the others; this brings middle grey near theirs.
const TONE_ACES_GAIN: f32 = 1.0 / 0.6;

fn tone_aces(linear: vec3f) -> vec3f {
    let inset = mat3x3f(0.59719, 0.07600, 0.02840, 0.35458, 0.90834, 0.13383, 0.04823, 0.01566, 0.83777);
    let outset = mat3x3f(1.60475, -0.10208, -0.00327, -0.53108, 1.10813, -0.07276, -0.07367, -0.00605, 1.07602);
    let v = inset * (max(linear, vec3f(0.0)) * TONE_ACES_GAIN);
    let above = v * (v + 0.0245786) - 0.000090537;
    let below = v * (0.983729 * v + 0.4329510) + 0.238081;
    return clamp(outset * (above / below), vec3f(0.0), vec3f(1.0));
}

// How often the other tone mappers' inverses are bettered.
const TONE_ROUNDS: u32 = 16u;

// The light that becomes `mapped`, of all that is not quite white.
fn tone_unmap(mapped: vec3f) -> vec3f {
    if tone_mapper == 0u {
        return tone_unneutral(mapped);
    }
    var light = mapped;
    for (var n = 0u; n < TONE_ROUNDS; n++) {
        let off = (mapped + 1e-4) / (tone_map(light) + 1e-4);
        light = min(light * clamp(off, vec3f(0.25), vec3f(4.0)), vec3f(64.0));
    }
    return light;
}

fn tone_unneutral(mapped: vec3f) -> vec3f {
    let start = 0.8 - 0.04;
    let room = 1.0 - start;
    let new_peak = clamp(max(mapped.r, max(mapped.g, mapped.b)), 1e-6, 0.998);
    let peak = room * room / (1.0 - new_peak) - room + start;
    let gray = 1.0 - 1.0 / (0.15 * (peak - new_peak) + 1.0);
    let expanded = max(mapped - new_peak * gray, vec3f(0.0)) / (1.0 - gray) * (peak / new_peak);
    let shifted = select(mapped, expanded, new_peak >= start);
    let least = max(min(shifted.r, min(shifted.g, shifted.b)), 0.0);
    return shifted - least + select(least + 0.04, 0.4 * sqrt(least), least < 0.04);
}

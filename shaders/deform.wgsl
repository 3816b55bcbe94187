// Morphs and skins every vertex of one actor, once a frame. Twin of avatar::deform_cpu.
// Mirrored by layout.rs: DeformVertex, DeformedVertex, DeformPart, DeformMorph.

// Writes how far morphs move the vertex, metres, where its tangent's x would stand.
override shows_morphs: bool = false;

struct DeformVertex {
    position: vec3f,
    // Which part it belongs to.
    part: u32,
    normal: vec3f,
    unused: u32,
    tangent: vec4f,
    // Eight 16-bit joints.
    joints: vec4u,
    weights_a: vec4f,
    weights_b: vec4f,
}

struct DeformedVertex {
    position: array<f32, 3>,
    normal: array<f32, 3>,
    tangent: array<f32, 4>,
}

@group(0) @binding(0) var<storage, read> deform_vertices: array<DeformVertex>;
// For each morph: blocks of 32 vertices as (bits of the vertices it moves, where their deltas begin), and the deltas, six
// words each. Finding a vertex's delta is one bit count.
@group(0) @binding(1) var<storage, read> deform_deltas: array<u32>;
// Parts, then morphs of non-zero weight, then matrices of three rows.
@group(0) @binding(2) var<storage, read> deform_frame: array<vec4u>;
@group(0) @binding(3) var<storage, read_write> deform_output: array<DeformedVertex>;

fn deform_row(at: u32) -> vec4f {
    return bitcast<vec4f>(deform_frame[at]);
}

fn deform_delta(at: u32) -> vec3f {
    return bitcast<vec3f>(vec3u(deform_deltas[at], deform_deltas[at + 1u], deform_deltas[at + 2u]));
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
    let index = id.x + id.y * groups.x * 64u;
    if index >= arrayLength(&deform_vertices) {
        return;
    }
    let part_index = deform_vertices[index].part;
    var position = deform_vertices[index].position;
    var normal = deform_vertices[index].normal;
    let tangent = deform_vertices[index].tangent;

    // x: first vertex, y: first matrix, z: first morph, w: number of morphs.
    let part = deform_frame[part_index];
    let local = index - part.x;
    let block = local >> 5u;
    let bit = local & 31u;
    for (var i = 0u; i < part.w; i++) {
        // x: where the blocks begin, y: weight, z: first block, w: number of blocks.
        let morph = deform_frame[part.z + i];
        let nth = block - morph.z;
        if nth < morph.w {
            let bits = deform_deltas[morph.x + nth * 2u];
            if (bits >> bit & 1u) != 0u {
                let rank = countOneBits(bits & ((1u << bit) - 1u));
                let at = deform_deltas[morph.x + nth * 2u + 1u] + rank * 6u;
                let weight = bitcast<f32>(morph.y);
                position += deform_delta(at) * weight;
                normal += deform_delta(at + 3u) * weight;
            }
        }
    }

    let joints = deform_vertices[index].joints;
    var weights = array<vec4f, 2>(deform_vertices[index].weights_a, deform_vertices[index].weights_b);
    var row0 = vec4f(0.0);
    var row1 = vec4f(0.0);
    var row2 = vec4f(0.0);
    for (var i = 0u; i < 8u; i++) {
        let weight = weights[i >> 2u][i & 3u];
        if weight != 0.0 {
            let joint = joints[i >> 1u] >> ((i & 1u) * 16u) & 0xffffu;
            let at = part.y + joint * 3u;
            row0 += deform_row(at) * weight;
            row1 += deform_row(at + 1u) * weight;
            row2 += deform_row(at + 2u) * weight;
        }
    }

    let p = vec4f(position, 1.0);
    let world = vec3f(dot(row0, p), dot(row1, p), dot(row2, p));
    // Normals go by the cofactor matrix, which stays right under uneven scale; mirrored ones are turned back.
    let c0 = cross(row1.xyz, row2.xyz);
    let c1 = cross(row2.xyz, row0.xyz);
    let c2 = cross(row0.xyz, row1.xyz);
    let side = select(1.0, -1.0, dot(row0.xyz, c0) < 0.0);
    let turned = vec3f(dot(c0, normal), dot(c1, normal), dot(c2, normal)) * side;
    let n = turned * inverseSqrt(max(dot(turned, turned), 1e-30));
    let along = vec3f(dot(row0.xyz, tangent.xyz), dot(row1.xyz, tangent.xyz), dot(row2.xyz, tangent.xyz));
    var t = along * inverseSqrt(max(dot(along, along), 1e-30));
    if shows_morphs {
        let step = position - deform_vertices[index].position;
        t = vec3f(length(vec3f(dot(row0.xyz, step), dot(row1.xyz, step), dot(row2.xyz, step))), 0.0, 0.0);
    }
    deform_output[index] = DeformedVertex(
        array<f32, 3>(world.x, world.y, world.z),
        array<f32, 3>(n.x, n.y, n.z),
        array<f32, 4>(t.x, t.y, t.z, tangent.w * side),
    );
}

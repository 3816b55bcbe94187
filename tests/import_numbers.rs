//! Numbers in files: every kind that an accessor may hold, sparse or not, and curves between their keys.

use crate::common::gltf::Builder;
use glam::{Quat, Vec3};
use meshoptimizer_rs::codec;
use rhetor::avatar::{Clip, ClipChannel, Interpolation, Transform, Values};
use rhetor::import::{Imported, Options, import};
use rhetor::source::NoSource;

const TRIANGLE: [f32; 9] = [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0];
const NODE: &str = r#""nodes":[{"mesh":0}]"#;

fn good(bytes: &[u8]) -> Imported {
    import(bytes, "test.glb", &NoSource, Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

fn warnings(imported: &Imported) -> String {
    imported.report.iter().map(|d| d.message.as_str()).collect::<Vec<_>>().join("\n")
}

/// The texture coordinates of a triangle from raw bytes of one kind.
fn uvs(kind: u32, normalized: bool, bytes: &[u8]) -> Vec<[f32; 2]> {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let view = b.view(bytes);
    let uv = b.accessor(&format!(
        r#"{{"bufferView":{view},"componentType":{kind},"normalized":{normalized},"count":3,"type":"VEC2"}}"#
    ));
    let imported = good(&b.glb(&format!(
        r#"{NODE},"materials":[{{"normalTexture":{{"index":0}}}}],"textures":[{{}}],"meshes":[{{"primitives":[{{"material":0,"attributes":{{"POSITION":{p},"TEXCOORD_0":{uv}}}}}]}}]"#
    )));
    imported.avatar.meshes[0].primitives[0].uvs[0].clone()
}

#[test]
fn every_kind_of_number_is_read() {
    let sixteen = |v: [i32; 6]| v.iter().flat_map(|c| (*c as u16).to_le_bytes()).collect::<Vec<u8>>();
    let floats = |v: [f32; 6]| v.iter().flat_map(|c| c.to_le_bytes()).collect::<Vec<u8>>();
    let wide = |v: [u32; 6]| v.iter().flat_map(|c| c.to_le_bytes()).collect::<Vec<u8>>();
    let plain = [[0.0, 1.0], [2.0, 127.0], [3.0, 4.0]];
    let fractions = [[0.0, 1.0], [-1.0, 0.0], [1.0, -1.0]];
    let positive = [[0.0, 1.0], [1.0, 0.0], [0.2, 1.0]];
    let near = |found: &[[f32; 2]], wanted: [[f32; 2]; 3], what: &str| {
        let off = found.iter().flatten().zip(wanted.iter().flatten()).map(|(a, b)| (a - b).abs());
        assert!(off.fold(0.0, f32::max) < 1e-6 && found.len() == 3, "{what}: {found:?}");
    };
    for (kind, bytes) in [
        (5120, vec![0, 1, 2, 127, 3, 4]),
        (5121, vec![0, 1, 2, 127, 3, 4]),
        (5122, sixteen([0, 1, 2, 127, 3, 4])),
        (5123, sixteen([0, 1, 2, 127, 3, 4])),
        (5125, wide([0, 1, 2, 127, 3, 4])),
        (5126, floats([0.0, 1.0, 2.0, 127.0, 3.0, 4.0])),
    ] {
        near(&uvs(kind, false, &bytes), plain, &format!("{kind}"));
    }
    // Signed numbers have one value more below than above: both ends are −1.
    near(&uvs(5120, true, &[0, 127, 128, 0, 127, 129]), fractions, "normalised i8");
    near(&uvs(5122, true, &sixteen([0, 32767, -32768, 0, 32767, -32767])), fractions, "normalised i16");
    near(&uvs(5121, true, &[0, 255, 255, 0, 51, 255]), positive, "normalised u8");
    near(&uvs(5123, true, &sixteen([0, 65535, 65535, 0, 13107, 65535])), positive, "normalised u16");
}

#[test]
fn sparse_parts_change_dense_and_missing_numbers() {
    let mut b = Builder::default();
    let dense = b.floats("VEC3", 3, &TRIANGLE);
    let places = b.view(&[1, 0, 0, 0]);
    let moved: Vec<u8> = [5.0f32, 6.0, 7.0].iter().flat_map(|v| v.to_le_bytes()).collect();
    let values = b.view(&moved);
    let joint = b.view(&[1, 0, 0, 0]);
    let sparse = |values: usize| {
        format!(
            r#""sparse":{{"count":1,"indices":{{"bufferView":{places},"componentType":5123}},"values":{{"bufferView":{values}}}}}"#
        )
    };
    let p = b.accessor(&format!(
        r#"{{"bufferView":{dense},"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[5,6,7],{}}}"#,
        sparse(values)
    ));
    // No view at all: zeros but for what is sparse.
    let n = b.accessor(&format!(r#"{{"componentType":5126,"count":3,"type":"VEC3",{}}}"#, sparse(values)));
    let j = b.accessor(&format!(r#"{{"componentType":5121,"count":3,"type":"VEC4",{}}}"#, sparse(joint)));
    let w = b.bytes("VEC4", 4, &[255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0], true);
    let imported = good(&b.glb(&format!(
        r#""nodes":[{{"mesh":0,"skin":0}},{{}},{{}}],"skins":[{{"joints":[1,2]}}],"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p},"NORMAL":{n},"JOINTS_0":{j},"WEIGHTS_0":{w}}}}}]}}]"#
    )));
    let primitive = &imported.avatar.meshes[0].primitives[0];
    assert_eq!(primitive.positions, [[0.0; 3], [5.0, 6.0, 7.0], [0.0, 1.0, 0.0]]);
    let along = Vec3::new(5.0, 6.0, 7.0).normalize();
    assert!(Vec3::from(primitive.normals[1]).distance(along) < 1e-6, "{:?}", primitive.normals);
    let strongest = |i: usize| {
        let influence = &primitive.influences[i];
        let most = (0..8).max_by(|a, b| influence.weights[*a].total_cmp(&influence.weights[*b])).unwrap();
        influence.joints[most]
    };
    assert_eq!([0, 1, 2].map(strongest), [0, 1, 0]);
}

#[test]
fn weights_that_are_no_numbers_and_empty_buffers_are_survived() {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &TRIANGLE);
    let j = b.bytes("VEC4", 4, &[0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0], false);
    let ill = [f32::NAN, f32::INFINITY, -1.0, 0.0, 0.5, f32::NAN, 0.0, 0.0, f32::NAN, f32::NAN, 0.0, 0.0];
    let w = b.floats("VEC4", 4, &ill);
    let imported = good(&b.glb(&format!(
        r#""nodes":[{{"mesh":0,"skin":0}},{{}},{{}}],"skins":[{{"joints":[1,2]}}],"meshes":[{{"weights":[1e39],"primitives":[{{"attributes":{{"POSITION":{p},"JOINTS_0":{j},"WEIGHTS_0":{w}}},"targets":[{{"POSITION":{p}}}]}}]}}]"#
    )));
    let mesh = &imported.avatar.meshes[0];
    assert_eq!(mesh.morph_weights, [0.0]);
    for influence in &mesh.primitives[0].influences {
        assert!(influence.weights.iter().all(|w| w.is_finite() && *w >= 0.0), "{influence:?}");
        let sum: f32 = influence.weights.iter().sum();
        assert!(sum == 0.0 || (sum - 1.0).abs() < 1e-6, "{influence:?}");
    }
    assert_eq!(mesh.primitives[0].influences[1].weights[0], 1.0);

    let mut b = Builder::default();
    let nothing = b.view(&[]);
    let none = b.accessor(&format!(
        r#"{{"bufferView":{nothing},"componentType":5126,"count":0,"type":"VEC3","min":[0,0,0],"max":[0,0,0]}}"#
    ));
    let empty = b.glb(&format!(
        r#"{NODE},"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{none}}}}}]}}],"images":[{{"bufferView":{nothing}}}],"textures":[{{"source":0}}]"#
    ));
    assert_eq!(good(&empty).avatar.triangle_count(), 0);
    assert!(warnings(&good(&empty)).contains("nothing can be seen"), "{}", warnings(&good(&empty)));
}

#[test]
fn the_second_edition_of_meshopt_is_unpacked() {
    let raw: Vec<u8> = TRIANGLE.iter().flat_map(|c| c.to_le_bytes()).collect();
    let packed = codec::encode_vertex_buffer(
        &raw,
        3,
        12,
        codec::VertexEncoding::DEFAULT,
        &mut meshoptimizer_rs::Workspace::default(),
    )
    .unwrap();
    assert_eq!(codec::decode_vertex_version(&packed), Ok(1));
    let mut b = Builder::default();
    let view = b.view(&packed);
    let p = b.accessor(&format!(
        r#"{{"bufferView":{view},"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}}"#
    ));
    let json = b.json(
        "",
        &format!(
            r#"{NODE},"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}}}}]}}],"extensionsUsed":["KHR_meshopt_compression"],"extensionsRequired":["KHR_meshopt_compression"]"#
        ),
    );
    let length = packed.len();
    let plain = format!(r#"{{"buffer":0,"byteOffset":0,"byteLength":{length}}}"#);
    let extension = format!(
        r#"{{"buffer":0,"byteLength":36,"extensions":{{"KHR_meshopt_compression":{{"buffer":0,"byteLength":{length},"byteStride":12,"count":3,"mode":"ATTRIBUTES"}}}}}}"#
    );
    assert!(json.contains(&plain));
    let glb = crate::common::gltf::glb(&json.replace(&plain, &extension), &packed);
    let positions = &good(&glb).avatar.meshes[0].primitives[0].positions;
    assert_eq!(positions.as_flattened(), TRIANGLE);
}

/// Where a node with one curve is at some moments.
fn moved(interpolation: Interpolation, values: Values, moments: &[f32]) -> Vec<Transform> {
    let channel = ClipChannel { node: 0, times_secs: vec![1.0, 3.0], interpolation, values };
    let clip = Clip { name: String::new(), duration_secs: 3.0, channels: vec![channel] };
    let at = |secs: &f32| {
        let mut locals = [Transform::IDENTITY];
        clip.sample_into(*secs, &mut locals);
        locals[0]
    };
    moments.iter().map(at).collect()
}

#[test]
fn curves_lie_between_their_keys_as_the_specification_says() {
    let moments = [0.0, 1.0, 1.5, 2.0, 3.0, 9.0];
    let heights = |interpolation, keys: &[f32]| {
        let values = Values::Translation(keys.iter().map(|y| [0.0, *y, 0.0]).collect());
        moved(interpolation, values, &moments).iter().map(|t| t.translation.y).collect::<Vec<_>>()
    };
    assert_eq!(heights(Interpolation::Step, &[2.0, 4.0]), [2.0, 2.0, 2.0, 2.0, 4.0, 4.0]);
    assert_eq!(heights(Interpolation::Linear, &[2.0, 4.0]), [2.0, 2.0, 2.5, 3.0, 4.0, 4.0]);
    // In-tangent, value and out-tangent of both keys: a ball thrown up at 1 m/s that comes back after two seconds.
    let thrown = heights(Interpolation::CubicSpline, &[9.0, 0.0, 1.0, -1.0, 0.0, 9.0]);
    for (found, wanted) in thrown.iter().zip([0.0, 0.0, 0.375, 0.5, 0.0, 0.0]) {
        assert!((found - wanted).abs() < 1e-6, "{thrown:?}");
    }
    let quarter = Quat::from_rotation_z(std::f32::consts::FRAC_PI_2);
    let angles = |interpolation, keys: Vec<[f32; 4]>| {
        let turned = moved(interpolation, Values::Rotation(keys), &moments);
        // Both signs are one turn; this one has the shorter way.
        let shorter = |q: Quat| if q.w < 0.0 { -q } else { q };
        turned.iter().map(|t| shorter(t.rotation).to_scaled_axis().z.to_degrees()).collect::<Vec<_>>()
    };
    let near = |found: Vec<f32>, wanted: [f32; 6]| {
        assert!(found.iter().zip(wanted).all(|(f, w)| (f - w).abs() < 0.01), "{found:?}, not {wanted:?}");
    };
    let keys = || vec![Quat::IDENTITY.to_array(), quarter.to_array()];
    near(angles(Interpolation::Step, keys()), [0.0, 0.0, 0.0, 0.0, 90.0, 90.0]);
    near(angles(Interpolation::Linear, keys()), [0.0, 0.0, 22.5, 45.0, 90.0, 90.0]);
    // The same turn with the other sign is reached by the short way.
    near(
        angles(Interpolation::Linear, vec![Quat::IDENTITY.to_array(), (-quarter).to_array()]),
        [0.0, 0.0, 22.5, 45.0, 90.0, 90.0],
    );
    let still = [0.0; 4];
    let spline = vec![still, Quat::IDENTITY.to_array(), still, still, quarter.to_array(), still];
    let found = angles(Interpolation::CubicSpline, spline);
    // Halfway the sum of both, made a unit: halfway.
    assert!((found[3] - 45.0).abs() < 0.01 && found[2] < 22.5 && found[2] > 0.0, "{found:?}");
}

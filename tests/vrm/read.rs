//! Small files of both versions, read to the same avatar.

use super::{file, load, vrm1};
use rhetor::avatar::{AlphaMode, ColorPart, FirstPerson, LookAtKind, OutlineWidth, OwnExpression};
use rhetor::import::{Options, import};
use rhetor::perform::weigh_expressions;
use rhetor::rig::{How, Rig};
use rhetor::source::NoSource;
use rhetor::vocabulary::{Bone, Channel, Expression, Viseme};

const PLAIN: &str = r#"{"name":"skin"}"#;

const TOON0: &str = r#"{"name":"skin","shader":"VRM/MToon","renderQueue":2501,
    "floatProperties":{"_BlendMode":3,"_CullMode":0,"_ShadeToony":0.9,"_ShadeShift":0,"_OutlineWidthMode":1,"_OutlineWidth":0.5,
    "_OutlineColorMode":1,"_OutlineLightingMix":0.25,"_UvAnimScrollY":1,"_IndirectLightIntensity":0.25},
    "vectorProperties":{"_Color":[0.5,1,0,0.25],"_ShadeColor":[0,0,1,1],"_EmissionColor":[2,0,0,1],"_RimColor":[1,1,1,1]},"textureProperties":{}}"#;

fn vrm0() -> rhetor::import::Imported {
    load(&vrm0_bytes())
}

fn vrm0_bytes() -> Vec<u8> {
    let root = format!(
        r#""extensionsUsed":["VRM"],"extensions":{{"VRM":{{
        "humanoid":{{"humanBones":[{{"bone":"hips","node":0}},{{"bone":"head","node":2}},{{"bone":"leftThumbIntermediate","node":8}},{{"bone":"jaw","node":-1}},{{"bone":"tail","node":1}}]}},
        "firstPerson":{{"lookAtTypeName":"Bone","lookAtHorizontalInner":{{"curve":[0,0,0,1,1,1,1,0],"xRange":90,"yRange":9}},"lookAtVerticalUp":{{"curve":[0,0,0,0,1,1,0,0],"xRange":90,"yRange":20}},
            "meshAnnotations":[{{"mesh":1,"firstPersonFlag":"FirstPersonOnly"}}]}},
        "blendShapeMaster":{{"blendShapeGroups":[
            {{"name":"Lol","presetName":"JOY","binds":[{{"mesh":0,"index":1,"weight":50}},{{"mesh":0,"index":9,"weight":100}}],"isBinary":true,
              "materialValues":[{{"materialName":"skin","propertyName":"_Color","targetValue":[0.5,0,0,1]}},{{"materialName":"skin","propertyName":"_MainTex_ST_S","targetValue":[0.5,7,0.25,7]}}]}},
            {{"name":"A","presetName":"a","binds":[{{"mesh":0,"index":0,"weight":100}}]}},
            {{"name":"Wink","presetName":"unknown","binds":[]}}]}},
        "materialProperties":[{TOON0},{{"name":"plain","shader":"VRM/UnlitCutout","floatProperties":{{"_Cutoff":0.3}}}}]}}}}"#
    );
    file(&root, PLAIN)
}

fn find<'a>(expressions: &'a [OwnExpression], name: &str) -> &'a OwnExpression {
    expressions.iter().find(|e| e.name == name).unwrap_or_else(|| panic!("no expression {name}"))
}

#[test]
fn version_0_ends_as_the_same_avatar() {
    let imported = vrm0();
    let avatar = &imported.avatar;
    let humanoid = avatar.humanoid.as_ref().unwrap();
    let node = |name: &str| avatar.nodes.iter().position(|n| n.name == name);
    assert_eq!(humanoid.node(Bone::Head), node("c"));
    assert_eq!(humanoid.node(Bone::LeftThumbProximal), node("i"));
    assert_eq!(humanoid.node(Bone::Jaw), None);
    let said: Vec<&str> = imported.report.iter().map(|d| d.message.as_str()).collect();
    assert!(said.iter().any(|m| m.contains("'tail'")), "{said:?}");
    // Weights of a hundred, on every node that shows the mesh.
    let happy = find(&avatar.expressions, "happy");
    assert_eq!(happy.preset, Some(Expression::Happy));
    assert!(happy.is_binary);
    let binds: Vec<(Option<usize>, usize, f32)> =
        happy.morphs.iter().map(|b| (Some(b.node), b.target, b.weight)).collect();
    assert_eq!(binds, [(node("d"), 1, 0.5), (node("e"), 1, 0.5)]);
    assert!(said.iter().any(|m| m.contains("morph target that does not exist")), "{said:?}");
    let [color] = &happy.colors[..] else { panic!("{:?}", happy.colors) };
    assert_eq!((color.material, color.part), (0, ColorPart::Base));
    assert!((color.value[0] - 0.214_041).abs() < 1e-5);
    let [uv] = &happy.uvs[..] else { panic!("{:?}", happy.uvs) };
    assert_eq!((uv.offset, uv.scale), ([0.25, 0.0], [0.5, 1.0]));
    assert_eq!(find(&avatar.expressions, "Wink").preset, None);
    // The inner view is not shown.
    assert_eq!(avatar.nodes[node("f").unwrap()].mesh, None);
    assert_eq!(avatar.first_person, [(node("f").unwrap(), FirstPerson::FirstPersonOnly)]);
    let look_at = avatar.look_at.as_ref().unwrap();
    assert_eq!(look_at.kind, LookAtKind::Bone);
    assert!((look_at.inner.at(45f32.to_radians()).to_degrees() - 4.5).abs() < 1e-4);
    // The middle of a curve that begins and ends level is half of it, but its first quarter is less.
    assert!((look_at.up.at(45f32.to_radians()).to_degrees() - 10.0).abs() < 1e-3);
    assert!((look_at.up.at(22.5f32.to_radians()).to_degrees() - 20.0 * 0.156_25).abs() < 1e-3);
}

#[test]
fn toon_materials_of_version_0_keep_colour_alpha_and_sides() {
    let avatar = vrm0().avatar;
    let material = &avatar.materials[0];
    let toon = material.toon.as_ref().unwrap();
    assert!(material.is_unlit && material.is_double_sided);
    assert_eq!((material.alpha_mode, material.metallic), (AlphaMode::Blend, 0.0));
    assert!((material.base_color[0] - 0.214_041).abs() < 1e-5);
    assert_eq!(material.base_color[1..], [1.0, 0.0, 0.25]);
    assert_eq!(material.emissive, [2.0, 0.0, 0.0]);
    assert_eq!((toon.shade_color, toon.rim_color), ([0.0, 0.0, 1.0], [1.0; 3]));
    assert!((toon.shading_toony - 0.95).abs() < 1e-6 && (toon.shading_shift + 0.05).abs() < 1e-6);
    assert!((toon.gi_equalization - 0.75).abs() < 1e-6);
    assert_eq!(toon.outline.width_mode, OutlineWidth::World);
    assert!((toon.outline.width - 0.005).abs() < 1e-6 && (toon.outline.lighting_mix - 0.25).abs() < 1e-6);
    assert_eq!(toon.uv_animation.scroll, [0.0, -1.0]);
    assert!(toon.is_transparent_with_z_write);
    // Black vertex colours would hide it; toons ignore them.
    assert!(avatar.meshes.iter().flat_map(|m| &m.primitives).all(|p| p.colors.is_empty()));
    let plain = &avatar.materials[1];
    assert!(plain.is_unlit && plain.toon.is_none());
    assert_eq!(plain.alpha_mode, AlphaMode::Mask { cutoff: 0.3 });
}

#[test]
fn toon_materials_of_version_1_are_carried() {
    let material = r#"{"name":"skin","extensions":{"VRMC_materials_mtoon":{"specVersion":"1.0","shadeColorFactor":[0.5,0.25,0],
        "shadingToonyFactor":0.5,"parametricRimFresnelPowerFactor":"odd","outlineWidthMode":"screenCoordinates","outlineWidthFactor":0.002,
        "transparentWithZWrite":true,"renderQueueOffsetNumber":3,"uvAnimationRotationSpeedFactor":1},"VRMC_materials_hdr_emissiveMultiplier":{"emissiveMultiplier":3}},"emissiveFactor":[0.5,0,0]}"#;
    let avatar = vrm1("", material).avatar;
    let toon = avatar.materials[0].toon.as_ref().unwrap();
    assert_eq!((toon.shade_color, toon.shading_toony), ([0.5, 0.25, 0.0], 0.5));
    // A member of the wrong kind is as if it were not there.
    assert_eq!((toon.rim_fresnel_power, toon.matcap_factor), (5.0, [1.0; 3]));
    assert_eq!((toon.outline.width_mode, toon.outline.width), (OutlineWidth::Screen, 0.002));
    assert_eq!((toon.render_queue_offset, toon.uv_animation.rotation), (3, 1.0));
    assert_eq!(avatar.materials[0].emissive, [1.5, 0.0, 0.0]);
}

#[test]
fn the_authors_bones_come_before_any_name() {
    let avatar = vrm1("", PLAIN).avatar;
    let rig = Rig::resolve(&avatar);
    assert_eq!(rig.bone(Bone::Hips), Some(0));
    let hand = avatar.nodes.iter().position(|n| n.name == "i");
    assert_eq!(rig.bone(Bone::LeftHand), hand);
    assert_eq!(rig.bone(Bone::LeftFoot), None);
    // T-pose arms come down.
    assert!(rig.stance.iter().any(|(node, _)| Some(*node) == rig.bone(Bone::LeftUpperArm)));
}

#[test]
fn lips_lids_and_glances_go_through_expressions() {
    let bind = |index: usize| format!(r#"{{"morphTargetBinds":[{{"node":3,"index":{index},"weight":1}}]}}"#);
    let rest = format!(
        r#","expressions":{{"preset":{{"aa":{},"blink":{},"lookUp":{}}}}},"lookAt":{{"type":"expression","rangeMapVerticalUp":{{"inputMaxValue":90,"outputScale":1}}}}"#,
        bind(0),
        bind(1),
        bind(1)
    );
    let rig = Rig::resolve(&vrm1(&rest, PLAIN).avatar);
    assert_eq!(rig.viseme(Viseme::Aa).how, How::Recipe);
    assert!(rig.viseme(Viseme::Aa).source.contains("expression aa"), "{:?}", rig.viseme(Viseme::Aa));
    for channel in [Channel::EyeBlinkLeft, Channel::EyeLookUpLeft] {
        assert_eq!(rig.channel(channel).how, How::Recipe, "{channel}");
    }
    assert_eq!(rig.channel(Channel::EyeLookDownLeft).how, How::Missing);
}

#[test]
fn hostile_members_cost_only_themselves() {
    for rest in [
        r#","expressions":7,"lookAt":[],"firstPerson":"x","meta":[1]"#,
        r#","expressions":{"preset":{"happy":[],"aa":{"morphTargetBinds":[{"node":1e300,"index":0},{"node":-1,"index":-1},{"node":99999,"index":4294967296}]}},"custom":{"":{},"a\u0000b":{}}}"#,
        r#","lookAt":{"type":"bone","rangeMapVerticalUp":{"inputMaxValue":0,"outputScale":1e300}},"meta":{"name":7,"authors":[1,{}],"avatarPermission":[]}"#,
        r#","firstPerson":{"meshAnnotations":[{"node":99999,"type":"both"},{"node":5,"type":"thirdPersonOnly"},7]}"#,
    ] {
        let avatar = vrm1(rest, PLAIN).avatar;
        assert_eq!(avatar.meshes.len(), 2, "{rest}");
        let rig = Rig::resolve(&avatar);
        assert!(rig.landmarks.eyes.is_finite());
        assert!(avatar.expressions.iter().all(|e| e.morphs.is_empty() && !e.name.is_empty()));
        if let Some(look_at) = &avatar.look_at {
            assert!(look_at.up.at(1.0).is_finite());
        }
    }
}

#[test]
fn changed_numbers_neither_break_the_import_nor_the_acting() {
    let whole = vrm0_bytes();
    let places: Vec<usize> = (20..whole.len()).filter(|i| whole[*i].is_ascii_digit()).collect();
    let mut state = 1u64;
    let mut pick = |count: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % count
    };
    let mut loaded = 0;
    for _ in 0..600 {
        let mut bytes = whole.clone();
        for _ in 0..=pick(3) {
            bytes[places[pick(places.len())]] = b"0123456789-e"[pick(12)];
        }
        match import(&bytes, "a.vrm", &NoSource, Options::default()) {
            Ok(imported) => {
                loaded += 1;
                let rig = Rig::resolve(&imported.avatar);
                let expressions = &imported.avatar.expressions;
                let strengths = weigh_expressions(expressions, &vec![1.0; expressions.len()]);
                assert!(strengths.iter().all(|s| (0.0..=1.0).contains(s)));
                assert!(rig.landmarks.eyes.is_finite());
            }
            // What a decoder's panic ends as.
            Err(error) => assert!(!error.message.contains("damaged in a way"), "{error}"),
        }
    }
    assert!(loaded > 100, "only {loaded} could be read");
}

#[test]
fn who_looks_the_other_way_is_turned_to_the_audience_and_lit_from_there() {
    let root = r#""extensionsUsed":["VRM"],"extensions":{"VRM":{"humanoid":{"humanBones":[{"bone":"hips","node":0},
        {"bone":"head","node":2},{"bone":"leftUpperArm","node":9},{"bone":"rightUpperArm","node":6}]}}}"#;
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("back.vrm");
    std::fs::write(&path, file(root, PLAIN)).unwrap();
    let request = rhetor::production::Request { input: path.display().to_string(), ..Default::default() };
    let production = rhetor::production::Production::load(&request, &rhetor::job::Job::silent()).unwrap();
    assert!(production.cast[0].rig.landmarks.facing.z < -0.9, "the file looks along -Z");
    let frame = production.performance.first_frame(1.0);
    let key = frame.lights.iter().find(|light| light.casts_shadow).unwrap();
    assert!(key.towards.dot(frame.camera.eye - frame.camera.target) > 0.0, "the key light is before it");
}

//! Lips that meet, on the bundled avatar and on real ones.

use crate::common::folder;
use glam::Vec3;
use rhetor::avatar::{Avatar, MorphDeltas};
use rhetor::import::{Options, import};
use rhetor::rig::{Move, Rig};
use rhetor::source::NoSource;
use rhetor::vocabulary::{Channel, Viseme};
use std::path::Path;

fn load(path: &Path) -> (Avatar, Rig) {
    let bytes = std::fs::read(path).unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let avatar = import(&bytes, &name, &NoSource, Options { decode_textures: false }).unwrap().avatar;
    let rig = Rig::resolve(&avatar);
    (avatar, rig)
}

/// How much of a channel's own morph targets is in a viseme.
fn share(rig: &Rig, viseme: Viseme, channel: Channel) -> f32 {
    let target = |m: &Move| match *m {
        Move::Morph { node, target, weight } => Some((node, target, weight)),
        Move::Rotate { .. } | Move::Express { .. } => None,
    };
    let own: Vec<_> = rig.channel(channel).moves.iter().filter_map(target).collect();
    let of_channel =
        |(node, place, _): &(usize, usize, f32)| own.iter().any(|o| (o.0, o.1) == (*node, *place));
    rig.viseme(viseme).moves.iter().filter_map(target).filter(of_channel).map(|m| m.2).fold(0.0, f32::max)
}

const OPENING: &[Channel] = &[
    Channel::JawOpen,
    Channel::MouthUpperUpLeft,
    Channel::MouthUpperUpRight,
    Channel::MouthLowerDownLeft,
    Channel::MouthLowerDownRight,
    Channel::MouthFunnel,
];

#[test]
fn the_lips_of_real_avatars_meet() {
    let Some(folder) = folder("AVATARS") else { return };
    let names = [
        "rpm_brunette-t",
        "rpm_64f1a714",
        "rpm_template_mesh_xr",
        "anny_female_arkit52",
        "anny_female_arkit52_joints8",
        "arkit_facecap_ktx2_meshopt",
        "talkinghead_vroid",
    ];
    for name in names {
        let (_, rig) = load(&folder.join(format!("{name}.glb")));
        let closure = rig.closure.unwrap_or_else(|| panic!("{name}: no mouth was found"));
        let (before, after) = closure.lips;
        eprintln!("{name}: rest {:?}, PP {before:?} -> {after:?}, FF {:?}", closure.rest, closure.teeth);
        assert!(after.widest <= 0.3 && after.overlap <= 0.5, "{name}: {after:?}");
        assert!(closure.open.widest > 8.0, "{name}: {:?}", closure.open);
        for &channel in OPENING {
            assert!(share(&rig, Viseme::PP, channel) <= 0.1501, "{name}: {channel} opens PP");
        }
    }
}

#[test]
fn a_viseme_that_closes_is_left_alone() {
    let (mut avatar, rig) = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/avatars/thalia.glb"));
    let closure = rig.closure.unwrap();
    assert!(closure.lips.1.widest <= 0.3 && closure.lips.1.overlap <= 0.5, "{closure:?}");
    eprintln!("thalia: PP {}: {closure:?}", rig.viseme(Viseme::PP).source);
    assert!(closure.rest.widest <= 0.3 && closure.open.widest > 8.0, "{closure:?}");
    // The same PP as one shape.
    for step in &rig.viseme(Viseme::PP).moves {
        let Move::Morph { node, target, weight } = *step else { panic!("{step:?}") };
        let mesh = &mut avatar.meshes[avatar.nodes[node].mesh.unwrap()];
        // Brows and lashes do not move with it.
        let Some(pp) = mesh.morph_names.iter().position(|n| n == "viseme_PP") else { continue };
        for primitive in &mut mesh.primitives {
            let mut sum = vec![Vec3::ZERO; primitive.positions.len()];
            let mut add = |target: usize, weight: f32| {
                let morph = &primitive.morphs[target];
                let deltas = morph.vertices.iter().zip(&morph.positions);
                deltas.for_each(|(v, d)| sum[*v as usize] += Vec3::from(*d) * weight);
            };
            add(target, weight);
            if target != pp {
                add(pp, 1.0);
            }
            let vertices = 0..sum.len() as u32;
            primitive.morphs[pp] = MorphDeltas {
                vertices: vertices.collect(),
                positions: sum.iter().map(Vec3::to_array).collect(),
                normals: vec![[0.0; 3]; sum.len()],
            };
        }
    }
    let closed = Rig::resolve(&avatar);
    assert_eq!(closed.viseme(Viseme::PP).source, "viseme_PP");
    let lips = closed.closure.unwrap().lips;
    assert_eq!(lips.0, lips.1);
    assert!((lips.0.widest - closure.lips.1.widest).abs() < 0.01, "{lips:?} {closure:?}");
}

#[test]
fn lips_driven_through_each_other_are_brought_back() {
    let (mut avatar, rig) = load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/avatars/thalia.glb"));
    // A PP that presses four times as hard, and one that does nothing but open.
    for (strength, from) in [(4.0, "viseme_PP"), (0.15, "jawOpen")] {
        for mesh in &mut avatar.meshes {
            let of = |name: &str| mesh.morph_names.iter().position(|n| n == name);
            let Some((pp, other)) = of("viseme_PP").zip(of(from)) else { continue };
            for primitive in &mut mesh.primitives {
                let mut deltas = primitive.morphs[other].clone();
                deltas.positions.iter_mut().for_each(|d| *d = d.map(|c| c * strength));
                primitive.morphs[pp] = deltas;
            }
        }
        let spoiled = Rig::resolve(&avatar).closure.unwrap();
        let (before, after) = spoiled.lips;
        assert!(before.widest > 0.3 || before.overlap > 0.5, "{from}: {before:?}");
        assert!(after.widest <= 0.3 && after.overlap <= 0.5, "{from}: {after:?}");
    }
    assert!(rig.closure.is_some());
}

//! Faces: visemes and channels under other names than their own.

use crate::common::add_mesh;
use rhetor::avatar::{Avatar, LookAt, MorphBind, OwnExpression, RangeMap};
use rhetor::perform::{Worn, worn};
use rhetor::rig::{How, Move, Rig, name_faces};
use rhetor::vocabulary::{Channel, Expression, Viseme};

fn face(morphs: &[&str]) -> Rig {
    let mut avatar = Avatar::default();
    add_mesh(&mut avatar, "face", morphs);
    Rig::resolve(&avatar)
}

/// The weight of the target called `name`.
fn weight(moves: &[Move], morphs: &[&str], name: &str) -> f32 {
    let wanted = morphs.iter().position(|m| *m == name).unwrap();
    let one = |m: &Move| match *m {
        Move::Morph { target, weight, .. } if target == wanted => weight,
        _ => 0.0,
    };
    moves.iter().map(one).sum()
}

/// A face: what people call it, its targets, and those that make PP, aa and ou.
type Face = (&'static str, &'static [&'static str], [&'static str; 3]);

const FACES: &[Face] = &[
    (
        "Character Creator 8+7",
        &[
            "V_Open",
            "V_Explosive",
            "V_Dental_Lip",
            "V_Tight_O",
            "V_Tight",
            "V_Wide",
            "V_Affricate",
            "V_Lip_Open",
        ],
        ["V_Explosive", "V_Open", "V_Tight_O"],
    ),
    (
        "with a hyphen and bare",
        &["Open", "Explosive", "Dental_Lip", "Tight-O", "Tight", "Wide", "Affricate", "Lip_Open"],
        ["Explosive", "Open", "Tight-O"],
    ),
    (
        "1:1",
        &[
            "None", "B_M_P", "F_V", "Th", "T_L_D_N", "K_G_H_NG", "Ch_J", "S_Z", "R", "Ah", "AE", "EE", "Oh",
            "W_OO",
        ],
        ["B_M_P", "Ah", "W_OO"],
    ),
    (
        "SAPI",
        &[
            "aa_ah_ax_01",
            "aa_02",
            "ao_03",
            "ey_eh_uh_04",
            "er_05",
            "y_iy_ih_ix_06",
            "w_uw_07",
            "ow_08",
            "aw_09",
            "oy_10",
            "ay_11",
            "h_12",
            "r_13",
            "l_14",
            "s_z_15",
            "sh_ch_jh_zh_16",
            "th_dh_17",
            "f_v_18",
            "d_t_n_19",
            "k_g_ng_20",
            "p_b_m_21",
        ],
        ["p_b_m_21", "aa_02", "w_uw_07"],
    ),
    (
        "Daz",
        &[
            "head__eCTRLvAA",
            "head__eCTRLvEE",
            "head__eCTRLvEH",
            "head__eCTRLvER",
            "head__eCTRLvF",
            "head__eCTRLvIY",
            "head__eCTRLvK",
            "head__eCTRLvL",
            "head__eCTRLvM",
            "head__eCTRLvOW",
            "head__eCTRLvS",
            "head__eCTRLvSH",
            "head__eCTRLvT",
            "head__eCTRLvTH",
            "head__eCTRLvUW",
        ],
        ["head__eCTRLvM", "head__eCTRLvAA", "head__eCTRLvUW"],
    ),
    (
        "VRoid",
        &[
            "Face.M_F00_000_00_Fcl_MTH_Close",
            "Face.M_F00_000_00_Fcl_MTH_Up",
            "Face.M_F00_000_00_Fcl_MTH_A",
            "Face.M_F00_000_00_Fcl_MTH_I",
            "Face.M_F00_000_00_Fcl_MTH_U",
            "Face.M_F00_000_00_Fcl_MTH_E",
            "Face.M_F00_000_00_Fcl_MTH_O",
        ],
        ["Face.M_F00_000_00_Fcl_MTH_Close", "Face.M_F00_000_00_Fcl_MTH_A", "Face.M_F00_000_00_Fcl_MTH_U"],
    ),
    ("MMD", &["あ", "い", "う", "え", "お", "ん", "あ２"], ["ん", "あ", "う"]),
    (
        "Rocketbox",
        &[
            "AA_VI_00_Sil",
            "AA_VI_01_PP",
            "AA_VI_02_FF",
            "AA_VI_03_TH",
            "AA_VI_04_DD",
            "AA_VI_05_KK",
            "AA_VI_06_CH",
            "AA_VI_07_SS",
            "AA_VI_08_nn",
            "AA_VI_09_RR",
            "AA_VI_10_aa",
            "AA_VI_11_E",
            "AA_VI_12_I",
            "AA_VI_13_O",
            "AA_VI_14_U",
        ],
        ["AA_VI_01_PP", "AA_VI_10_aa", "AA_VI_14_U"],
    ),
];

#[test]
fn every_set_of_visemes_speaks() {
    for (title, morphs, [pp, aa, ou]) in FACES {
        let rig = face(morphs);
        for viseme in &Viseme::ALL[1..] {
            assert!(rig.viseme(*viseme).how != How::Missing, "{title}: {viseme}");
        }
        for (viseme, name) in [(Viseme::PP, pp), (Viseme::Aa, aa), (Viseme::Ou, ou)] {
            let binding = rig.viseme(viseme);
            assert!(weight(&binding.moves, morphs, name) >= 0.9, "{title}: {viseme} is {}", binding.source);
        }
        assert!(weight(&rig.viseme(Viseme::PP).moves, morphs, aa) == 0.0, "{title}: PP does not open");
    }
}

#[test]
fn channels_of_other_conventions() {
    let morphs = [
        "A01_Brow_Inner_Up",
        "AK_02_BrowDownLeft",
        "Genesis9__facs_bs_EyeBlinkLeft_div2",
        "Eye_R_Look_L",
        "Mouth_Funnel_Up_L",
        "Mouth_Funnel_Up_R",
        "Mouth_Funnel_Down_L",
        "Mouth_Funnel_Down_R",
        "Mouth_Pucker_Up_L",
        "blendShape1.mouthSmile_L",
        "Wolf3D_Head.jawOpen.001",
        "Face.Fcl_EYE_Close_R",
        "口角下げ",
    ];
    let rig = face(&morphs);
    for (channel, name, how) in [
        (Channel::BrowInnerUp, "A01_Brow_Inner_Up", How::Direct),
        (Channel::BrowDownLeft, "AK_02_BrowDownLeft", How::Direct),
        (Channel::EyeBlinkLeft, "Genesis9__facs_bs_EyeBlinkLeft_div2", How::Direct),
        (Channel::EyeLookInRight, "Eye_R_Look_L", How::Recipe),
        (Channel::MouthFunnel, "Mouth_Funnel_Down_R", How::Recipe),
        (Channel::MouthSmileLeft, "blendShape1.mouthSmile_L", How::Direct),
        (Channel::JawOpen, "Wolf3D_Head.jawOpen.001", How::Direct),
        (Channel::EyeBlinkRight, "Face.Fcl_EYE_Close_R", How::Recipe),
        (Channel::MouthFrownRight, "口角下げ", How::Recipe),
    ] {
        let binding = rig.channel(channel);
        assert_eq!(binding.how, how, "{channel}: {}", binding.source);
        assert!(weight(&binding.moves, &morphs, name) > 0.0, "{channel}: {}", binding.source);
    }
    assert_eq!(rig.channel(Channel::MouthPucker).how, How::Missing, "a quarter of it is not the whole");
    assert_eq!(rig.channel(Channel::EyeBlinkRight).moves.len(), 1);
}

#[test]
fn numbers_tell_apart_only_where_they_must() {
    let morphs = ["ウィンク", "ウィンク２", "ウィンク右", "ｳｨﾝｸ２右"];
    let rig = face(&morphs);
    assert!(weight(&rig.channel(Channel::EyeBlinkLeft).moves, &morphs, "ウィンク２") > 0.9);
}

#[test]
fn visemes_lend_what_channels_lack() {
    let morphs = ["viseme_PP", "viseme_FF", "viseme_aa", "viseme_U", "viseme_O"];
    let rig = face(&morphs);
    assert!(weight(&rig.channel(Channel::JawOpen).moves, &morphs, "viseme_aa") > 0.9);
    assert!(weight(&rig.channel(Channel::MouthPucker).moves, &morphs, "viseme_U") > 0.5);
    assert_eq!(rig.channel(Channel::BrowInnerUp).how, How::Missing);
}

#[test]
fn an_authors_expressions_come_before_names() {
    let mut avatar = Avatar::default();
    add_mesh(&mut avatar, "face", &["one", "two", "A", "I", "U", "E", "O"]);
    let bind = |target| vec![MorphBind { node: 0, target, weight: 0.8 }];
    for (preset, target) in [(Expression::Aa, 0), (Expression::Blink, 1)] {
        let own = OwnExpression { preset: Some(preset), morphs: bind(target), ..OwnExpression::default() };
        avatar.expressions.push(own);
    }
    let rig = Rig::resolve(&avatar);
    assert_eq!(rig.viseme(Viseme::Aa).moves, [Move::Express { expression: 0, weight: 1.0 }]);
    assert_eq!(rig.channel(Channel::EyeBlinkLeft).moves, [Move::Express { expression: 1, weight: 0.5 }]);
}

#[test]
fn a_look_at_says_how_far_eyes_turn() {
    let mut avatar = Avatar::default();
    let eyes = [("Head", None, 0.0), ("LeftEye", Some(0), 0.03), ("RightEye", Some(0), -0.03)];
    for (name, parent, x) in eyes {
        let mut made = super::node(name, parent);
        let height = if parent.is_none() { 1.5 } else { 0.1 };
        made.local.translation = glam::Vec3::new(x, height, 0.05);
        avatar.nodes.push(made);
    }
    let map = |output| RangeMap { input_max: 0.52, output, curve: Vec::new() };
    let angle = |avatar: &Avatar, channel| match Rig::resolve(avatar).channel(channel).moves.first() {
        Some(Move::Rotate { angle, .. }) => *angle,
        _ => 0.0,
    };
    assert!(angle(&avatar, Channel::EyeLookUpLeft) < -0.2, "without a look-at a common one");
    avatar.look_at = Some(LookAt { up: map(0.1), down: map(0.2), ..LookAt::default() });
    assert!((angle(&avatar, Channel::EyeLookUpLeft) + 0.1).abs() < 1e-6);
    assert!((angle(&avatar, Channel::EyeLookDownRight) - 0.2).abs() < 1e-6);
    assert_eq!(
        Rig::resolve(&avatar).channel(Channel::EyeLookInLeft).how,
        How::Missing,
        "eyes that stand still"
    );
}

#[test]
fn faces_without_an_author_are_told_by_name() {
    let mut avatar = Avatar::default();
    add_mesh(&mut avatar, "head", &["Angry", "Fcl_ALL_Joy", "Fcl_BRW_Sorrow", "Surprised"]);
    add_mesh(&mut avatar, "hat", &["angry_02"]);
    name_faces(&mut avatar);
    let rig = Rig::resolve(&avatar);
    let morphs = |name: &str| match worn(name, &avatar, &rig) {
        Some(Worn::Own { expression, weight }) => {
            let binds = &avatar.expressions[expression].morphs;
            (binds.iter().map(|b| (b.node, b.target)).collect::<Vec<_>>(), weight)
        }
        _ => (Vec::new(), 0.0),
    };
    assert_eq!(morphs("angry"), (vec![(0, 0), (1, 0)], 1.0));
    assert_eq!(morphs("happy"), (vec![(0, 1)], 1.0));
    assert_eq!(morphs("smile").0, [(0, 1)], "some of the joy");
    assert_eq!(morphs("surprised").0, [(0, 3)]);
    assert_eq!(morphs("sad"), (Vec::new(), 0.0), "brows are no whole face");
    // An author's own word is the last.
    let mut avatar = Avatar::default();
    add_mesh(&mut avatar, "head", &["Angry"]);
    avatar.expressions.push(OwnExpression { name: "cheer".to_owned(), ..OwnExpression::default() });
    name_faces(&mut avatar);
    assert_eq!(avatar.expressions.len(), 1);
}

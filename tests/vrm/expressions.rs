//! Binary expressions, overrides and binds, with the specification's own numbers.

use super::vrm1;
use crate::common::folder;
use rhetor::avatar::{Avatar, Override, OwnExpression};
use rhetor::frame::MaterialOverride;
use rhetor::import::{Options, import};
use rhetor::perform::{Cast, Performance, weigh_expressions};
use rhetor::rig::Rig;
use rhetor::script::Timeline;
use rhetor::script::timeline::{Mark, Speaker};
use rhetor::source::NoSource;
use rhetor::stage::Stage;
use rhetor::time::Time;
use rhetor::vocabulary::Expression;
use std::sync::Arc;

fn own(preset: Expression) -> OwnExpression {
    OwnExpression { name: preset.name().to_owned(), preset: Some(preset), ..OwnExpression::default() }
}

fn near(found: &[f32], wanted: &[f32]) {
    let is_near = found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-6);
    assert!(is_near, "{found:?}, not {wanted:?}");
}

#[test]
fn blending_expressions_take_their_sum_and_blocking_ones_take_all() {
    let blends = |preset| OwnExpression { override_blink: Override::Blend, ..own(preset) };
    let faces = [
        blends(Expression::Happy),
        blends(Expression::Sad),
        own(Expression::Blink),
        own(Expression::BlinkLeft),
    ];
    near(&weigh_expressions(&faces, &[0.25, 0.25, 0.8, 1.0]), &[0.25, 0.25, 0.4, 0.5]);
    near(&weigh_expressions(&faces, &[0.75, 0.75, 0.8, 1.0]), &[0.75, 0.75, 0.0, 0.0]);
    near(&weigh_expressions(&faces, &[0.0, 0.0, 0.8, 1.5]), &[0.0, 0.0, 0.8, 1.0]);
    let blocks = OwnExpression { override_mouth: Override::Block, ..own(Expression::Happy) };
    let faces = [blocks, own(Expression::Aa), own(Expression::Blink)];
    near(&weigh_expressions(&faces, &[0.01, 1.0, 1.0]), &[0.01, 0.0, 1.0]);
    near(&weigh_expressions(&faces, &[0.0, 1.0, 1.0]), &[0.0, 1.0, 1.0]);
}

#[test]
fn an_override_of_its_own_kind_counts_for_nothing() {
    let blink = OwnExpression { override_blink: Override::Block, ..own(Expression::Blink) };
    near(&weigh_expressions(std::slice::from_ref(&blink), &[0.7]), &[0.7]);
    near(&weigh_expressions(&[blink, own(Expression::BlinkLeft)], &[0.7, 0.7]), &[0.7, 0.7]);
}

/// A file of the specification's samples; its expressions are happy and blink.
fn sample(name: &str) -> Option<Avatar> {
    let bytes = std::fs::read(folder("AVATARS")?.join(name)).unwrap();
    let avatar = import(&bytes, name, &NoSource, Options::default()).unwrap().avatar;
    let names: Vec<&str> = avatar.expressions.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["happy", "blink"]);
    assert_eq!(avatar.expressions[0].override_blink, Override::Blend);
    Some(avatar)
}

#[test]
fn a_binary_expression_is_suppressed_by_any_effect() {
    let Some(avatar) = sample("vrm1_expr_isBinary.vrm") else { return };
    assert!(!avatar.expressions[0].is_binary && avatar.expressions[1].is_binary);
    for (happy, blink, wanted) in
        [(0.0, 0.5, 0.0), (0.0, 0.51, 1.0), (0.01, 1.0, 0.0), (0.5, 1.0, 0.0), (1.0, 1.0, 0.0)]
    {
        near(&weigh_expressions(&avatar.expressions, &[happy, blink]), &[happy, wanted]);
    }
}

#[test]
fn a_binary_expression_overrides_by_what_is_seen_of_it() {
    let Some(avatar) = sample("vrm1_expr_overrides.vrm") else { return };
    assert!(avatar.expressions[0].is_binary && !avatar.expressions[1].is_binary);
    for (happy, blink, wanted) in [(0.3, 0.7, [0.0, 0.7]), (0.5, 0.7, [0.0, 0.7]), (0.51, 0.7, [1.0, 0.0])] {
        near(&weigh_expressions(&avatar.expressions, &[happy, blink]), &wanted);
    }
}

/// What one avatar shows at `t` under marks that come at the start: morph weights of node 3, material changes.
fn shown(avatar: Avatar, marks: &[(&str, &[&str])], t: Time) -> (Vec<f32>, Vec<MaterialOverride>) {
    let mark = |(name, args): &(&str, &[&str])| Mark {
        time: Time::ZERO,
        end: None,
        name: (*name).to_owned(),
        args: args.iter().map(|a| (*a).to_owned()).collect(),
    };
    let speaker = Speaker { marks: marks.iter().map(mark).collect(), ..Speaker::default() };
    let mut timeline =
        Timeline { duration: Time::from_millis(4000), speakers: vec![speaker], ..Timeline::default() };
    timeline.dials.blink = 0.0;
    let rig = Rig::resolve(&avatar);
    let stage = Stage::studio(rig.landmarks.facing, rig.landmarks.floor);
    let cast = [Cast { avatar: Arc::new(avatar), rig: Arc::new(rig) }];
    let performance = Performance::new(&timeline, &cast, stage, None);
    let mut frame = performance.first_frame(1.0);
    performance.evaluate_into(&mut frame, t, 1.0);
    let actor = &frame.actors[0];
    (actor.morph_weights.get(3).cloned().unwrap_or_default(), actor.material_overrides.clone())
}

#[test]
fn texture_coordinates_move_from_their_own_to_the_bound_ones() {
    let Some(avatar) = sample("vrm1_expr_isBinary.vrm") else { return };
    let (_, changes) = shown(avatar, &[("happy", &["0.5"])], Time::from_millis(2000));
    let [face, meter] = &changes[..] else { panic!("{changes:?}") };
    assert_eq!((face.material, meter.material), (0, 2));
    near(&[face.uv_keep], &[0.5]);
    near(&face.uv_offset, &[0.875 * 0.5, 0.0]);
    near(&face.uv_scale, &[0.0625, 0.0625]);
}

const TOON: &str = r#"{"name":"skin","pbrMetallicRoughness":{"baseColorFactor":[1,1,1,0.5]},"emissiveFactor":[0.1,0.1,0.1],
    "extensions":{"KHR_materials_emissive_strength":{"emissiveStrength":2},
    "VRMC_materials_mtoon":{"specVersion":"1.0","shadeColorFactor":[0.5,0.25,0]}}}"#;

#[test]
fn colours_move_by_the_sum_of_all_that_is_worn() {
    let color =
        |kind: &str, value: &str| format!(r#"{{"material":0,"type":"{kind}","targetValue":{value}}}"#);
    let rest = format!(
        r#","expressions":{{"preset":{{"happy":{{"materialColorBinds":[{},{},{}]}}}},"custom":{{"blush":{{"morphTargetBinds":[{{"node":3,"index":1,"weight":0.5}}]}}}}}}"#,
        color("color", "[1,0,0,1]"),
        color("emissionColor", "[0.5,0,0,1]"),
        color("shadeColor", "[0,0.25,1,1]")
    );
    let avatar = vrm1(&rest, TOON).avatar;
    let (_, changes) = shown(avatar.clone(), &[("happy", &["0.5"])], Time::from_millis(2000));
    let [change] = &changes[..] else { panic!("{changes:?}") };
    near(&change.base_color, &[1.0, 0.5, 0.5, 0.75]);
    // The strength multiplies what is bound as it does the factor: half way from 0.2 to 1 and to 0.
    near(&change.emissive, &[0.6, 0.1, 0.1]);
    near(&change.shade_color, &[0.25, 0.25, 0.5]);
    near(&[change.uv_keep], &[1.0]);
    let (weights, changes) = shown(avatar, &[("expression", &["blush"])], Time::from_millis(2000));
    assert!(changes.is_empty());
    near(&weights, &[0.0, 0.5]);
}

#[test]
fn a_mark_wears_the_avatars_own_expression_and_a_smile_some_of_its_happiness() {
    let rest =
        r#","expressions":{"preset":{"happy":{"morphTargetBinds":[{"node":3,"index":0,"weight":1}]}}}"#;
    let avatar = vrm1(rest, TOON).avatar;
    let late = Time::from_millis(2000);
    near(&shown(avatar.clone(), &[("happy", &[])], late).0, &[1.0, 0.0]);
    near(&shown(avatar.clone(), &[("smile", &[])], late).0, &[0.6, 0.0]);
    near(&shown(avatar, &[("happy", &[])], Time::ZERO).0, &[0.0, 0.0]);
}

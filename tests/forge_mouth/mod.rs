//! The mouths and lids of the bundled avatars: what closes is closed, and nothing sticks out where it should not.

mod face;
mod front;

use face::{Person, Weights, bundled};
use front::Front;
use glam::Vec3;
use rhetor::perform::{expression_channels, expression_names};
use rhetor::rig::LipGauge;
use rhetor::vocabulary::{Channel, Viseme};

/// How far teeth and tongue may stand out of the outside of lips and cheeks, metres.
const STICKS_OUT: f32 = 0.0005;
/// Skin this far around the teeth may hide them, metres.
const AROUND: f32 = 0.03;
/// What lies further than this behind the skin belongs to something else, metres.
const BEHIND: f32 = 0.012;
/// How wide lips that meet may gape, millimetres.
const GAPES: f32 = 0.5;
/// How far an eyeball may stand out of a closed lid, metres.
const POKES: f32 = 0.0004;

/// How far the mesh called `name` stands out in front of the skin that is outside at rest, at most.
fn sticks_out(person: &Person, name: &str, outside: &[bool], weights: &Weights) -> f32 {
    let (skin, triangles) = person.mesh("Head", weights);
    let front = Front::new(&skin, &triangles, |index| outside[index]);
    let depth = |p: &Vec3| {
        front.at(*p).map(|(_, z)| p.z - z).filter(|out| (0.0..BEHIND).contains(out)).fold(0.0, f32::max)
    };
    let (points, _) = person.mesh(name, weights);
    points.iter().map(depth).fold(0.0, f32::max)
}

#[test]
fn teeth_and_tongue_stay_behind_lips_and_cheeks() {
    for path in bundled() {
        let person = Person::load(&path);
        let rest = person.weights(&[], &[], "neutral");
        let (skin, triangles) = person.mesh("Head", &rest);
        let (teeth, _) = person.mesh("Teeth", &rest);
        let low = teeth.iter().copied().fold(Vec3::MAX, Vec3::min) - AROUND;
        let high = teeth.iter().copied().fold(Vec3::MIN, Vec3::max) + AROUND;
        let is_near = |t: &[usize; 3]| skin[t[0]].cmpge(low).all() && skin[t[0]].cmple(high).all();
        let seen = Front::new(&skin, &triangles, |_| true).seen();
        let outside: Vec<bool> = seen.iter().zip(&triangles).map(|(s, t)| *s && is_near(t)).collect();
        let mut worst = (0.0, String::new());
        for expression in expression_names() {
            for &viseme in Viseme::ALL {
                let weights = person.weights(&[(viseme, 1.0)], &[], expression);
                for part in ["Teeth", "Tongue"] {
                    // Between the teeth the tongue lies on the lip.
                    if part == "Tongue" && viseme == Viseme::TH {
                        continue;
                    }
                    let out = sticks_out(&person, part, &outside, &weights);
                    if out > STICKS_OUT {
                        eprintln!("{}: {part} {out:.4} m in {viseme} with {expression}", person.name);
                    }
                    if out > worst.0 {
                        worst = (out, format!("{part} in {viseme} with {expression}"));
                    }
                }
            }
        }
        println!("{}: at most {:.2} mm, {}", person.name, worst.0 * 1000.0, worst.1);
        assert!(worst.0 < STICKS_OUT, "{}: {} m, {}", person.name, worst.0, worst.1);
    }
}

/// Whether the expression itself parts the lips, of which acting leaves nothing while they are to meet.
fn opens(expression: &str) -> bool {
    const OPEN: [Channel; 6] = [
        Channel::JawOpen,
        Channel::MouthFunnel,
        Channel::MouthLowerDownLeft,
        Channel::MouthLowerDownRight,
        Channel::MouthUpperUpLeft,
        Channel::MouthUpperUpRight,
    ];
    expression_channels(expression).unwrap().iter().any(|(channel, _)| OPEN.contains(channel))
}

#[test]
fn lips_meet_in_pp_whatever_is_felt() {
    for path in bundled() {
        let person = Person::load(&path);
        let gauge = LipGauge::new(&person.avatar, &person.rig).expect("a mouth");
        let locals = person.avatar.rest_locals();
        for expression in expression_names().filter(|name| !opens(name)) {
            let weights = person.weights(&[(Viseme::PP, 1.0)], &[], expression);
            let gap = gauge.gap(&locals, &weights).unwrap();
            println!("{}: {expression}: {gap:?}", person.name);
            assert!(gap.widest < GAPES, "{}: {expression}: {gap:?}", person.name);
        }
        let open = person.weights(&[(Viseme::Aa, 1.0)], &[], "neutral");
        assert!(gauge.gap(&locals, &open).unwrap().widest > 8.0, "{}", person.name);
    }
}

#[test]
fn the_jaw_opens_behind_closed_lips() {
    for path in bundled() {
        let person = Person::load(&path);
        let gauge = LipGauge::new(&person.avatar, &person.rig).expect("a mouth");
        let locals = person.avatar.rest_locals();
        for share in [0.25, 0.5, 1.0] {
            let channels = [(Channel::JawOpen, share), (Channel::MouthClose, share)];
            let gap = gauge.gap(&locals, &person.weights(&[], &channels, "neutral")).unwrap();
            println!("{}: {share}: {gap:?}", person.name);
            assert!(gap.widest < GAPES, "{}: {share}: {gap:?}", person.name);
        }
    }
}

#[test]
fn lids_close_over_the_eyeballs() {
    for path in bundled() {
        let person = Person::load(&path);
        for squint in [0.0, 0.5, 1.0] {
            let channels = [
                (Channel::EyeBlinkLeft, 1.0),
                (Channel::EyeBlinkRight, 1.0),
                (Channel::EyeSquintLeft, squint),
                (Channel::EyeSquintRight, squint),
            ];
            let weights = person.weights(&[], &channels, "neutral");
            let (skin, triangles) = person.mesh("Head", &weights);
            let front = Front::new(&skin, &triangles, |_| true);
            let (eyes, _) = person.mesh("Eyes", &weights);
            let (corners, _) = person.mesh("Corners", &weights);
            let foremost = eyes.iter().map(|p| p.z).fold(f32::MIN, f32::max);
            let bare = |p: &Vec3| {
                let lid = front.at(*p).map(|(_, z)| z).fold(f32::MIN, f32::max);
                if lid == f32::MIN { f32::MAX } else { p.z - lid }
            };
            // What is behind the ball's middle is in its socket.
            let pokes = eyes.iter().filter(|p| p.z > foremost - 0.009).map(bare).fold(f32::MIN, f32::max);
            // What fills the corners goes back with the temples.
            let beside = corners.iter().filter(|p| p.z > foremost - 0.014).map(bare).fold(f32::MIN, f32::max);
            println!(
                "{}: squint {squint}: {:.2} mm, corners {:.2} mm",
                person.name,
                pokes * 1000.0,
                beside * 1000.0
            );
            assert!(pokes < POKES, "{}: squint {squint}: {pokes} m", person.name);
            assert!(beside < POKES, "{}: squint {squint}: corners {beside} m", person.name);
        }
    }
}

#[test]
fn a_target_named_by_two_others_is_as_strong_as_their_product() {
    let person = Person::load(&crate::common::repository().join("assets/avatars/thalia.glb"));
    let weights = person.weights(&[], &[(Channel::JawOpen, 0.5), (Channel::MouthSmileLeft, 0.6)], "neutral");
    let (node, mesh) = (person.avatar.nodes.iter().enumerate())
        .find_map(|(i, n)| Some((i, &person.avatar.meshes[n.mesh?])).filter(|(_, m)| m.name == "Head"))
        .unwrap();
    let target = mesh.morph_names.iter().position(|n| n == "jawOpen+mouthSmileLeft").unwrap();
    assert!((weights[node][target] - 0.3).abs() < 1e-6, "{}", weights[node][target]);
}

//! The developer's window: its camera, its history, its files, and the window itself under a virtual display.

mod window;

use crate::common::repository;
use glam::{Vec2, Vec3};
use rhetor::avatar::Landmarks;
use rhetor::clock::now;
use rhetor::preview::{
    CaseWish, Edits, History, KEYS, Orbit, Panel, Recipe, STEP, SaveError, Settings, Shape, Sliders,
    Transport, Watch, case_text, merged, pose_text, recipe_of, save_case, save_recipes, with_recipes,
};
use rhetor::render::Quality;
use rhetor::snapshot::Case;
use rhetor::stage::{Camera, Shot, Tone, frame_shot};
use rhetor::time::Time;
use rhetor::vocabulary::{Channel, Viseme};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

fn landmarks() -> Landmarks {
    Landmarks {
        eyes: Vec3::new(0.0, 1.62, 0.1),
        eyes_depth: 0.0,
        neck: Vec3::new(0.0, 1.45, 0.0),
        crown: 1.75,
        floor: 0.0,
        portrait_half_width: 0.12,
        half_width: 0.5,
        facing: Vec3::Z,
    }
}

/// Where `point` is in a square picture: from the middle in heights of the picture, to the right and downwards.
fn seen(camera: &Camera, point: Vec3) -> Vec2 {
    let clip = camera.clip_from_view(1.0) * camera.view_from_world();
    let at = clip.project_point3(point);
    Vec2::new(at.x, -at.y) * 0.5
}

#[test]
fn an_orbit_begins_with_the_portrait() {
    for &(name, shot) in Shot::ALL {
        let framed = frame_shot(&landmarks(), shot, 1.0);
        let camera = Orbit::of_shot(&landmarks(), shot, 1.0).camera();
        assert!(camera.eye.distance(framed.eye) < 1e-3, "{name}: {} for {}", camera.eye, framed.eye);
        assert_eq!((camera.target, camera.fov_y), (framed.target, framed.fov_y), "{name}");
    }
}

#[test]
fn what_is_dragged_stays_under_the_hand() {
    let mut orbit = Orbit::of_shot(&landmarks(), Shot::Half, 1.0);
    orbit.turn(Vec2::new(0.3, 0.1));
    let point = orbit.target;
    let by = Vec2::new(0.21, -0.13);
    orbit.pan(by);
    let moved = seen(&orbit.camera(), point);
    assert!(moved.distance(by) < 1e-3, "{moved} for {by}");
}

#[test]
fn an_orbit_never_tips_over_nor_leaves() {
    let mut orbit = Orbit::of_shot(&landmarks(), Shot::Full, 1.0);
    let before = orbit;
    orbit.turn(Vec2::new(0.0, 50.0));
    orbit.zoom(1000.0);
    assert!(orbit.camera().eye.is_finite() && orbit.distance > 0.0);
    orbit.turn(Vec2::new(0.0, -100.0));
    (0..50).for_each(|_| orbit.zoom(-1000.0));
    let camera = orbit.camera();
    assert!(camera.eye.is_finite() && camera.near < orbit.distance && orbit.distance < camera.far);
    let mut around = before;
    (0..360).for_each(|_| around.go_around(std::f32::consts::TAU / 360.0));
    assert!(around.camera().eye.distance(before.camera().eye) < 1e-2);
}

#[test]
fn what_the_mouse_points_at_is_seen_there() {
    let mut orbit = Orbit::of_shot(&landmarks(), Shot::Face, 1.0);
    orbit.turn(Vec2::new(-0.2, 0.05));
    let at = Vec2::new(0.3, 0.2);
    let point = orbit.point_at(at, landmarks().eyes, 0.5);
    let shown = seen(&orbit.camera(), point);
    assert!(shown.distance(at) < 1e-3, "{shown}");
    let ahead = (orbit.camera().eye - landmarks().eyes).normalize_or(Vec3::Z);
    assert!(((point - landmarks().eyes).dot(ahead) - 0.5).abs() < 0.05);
}

#[test]
fn steps_are_undone_and_done_again() {
    let mut history = History::new(Edits::default());
    let mut edits = Edits::default();
    for weight in [0.2, 0.2, 0.7] {
        edits.own.sliders.channels[Channel::JawOpen.index()] = weight;
        history.commit(&edits);
    }
    let jaw = |edits: &Edits| edits.own.sliders.channels[Channel::JawOpen.index()];
    assert_eq!(history.undo().map(jaw), Some(0.2), "what is the same is no step");
    assert_eq!(history.undo().map(jaw), Some(0.0));
    assert_eq!(history.undo(), None);
    assert_eq!(history.redo().map(jaw), Some(0.2));
    edits.own.sliders = Sliders::default();
    history.commit(&edits);
    assert_eq!(history.redo(), None, "a new step ends what was undone");
    for n in 0..1000 {
        edits.own.sliders.channels[0] = n as f32 / 1000.0 + 0.0005;
        history.commit(&edits);
    }
    let steps = std::iter::from_fn(|| history.undo().map(|_| ())).count();
    assert!((100..=1000).contains(&steps), "{steps} steps are kept");
}

#[test]
fn settings_come_back_as_they_went() {
    let mut settings = Settings::default();
    settings.panel = Panel::Report;
    settings.is_muted = true;
    settings.zoom = 1.25;
    settings.window = [800, 600];
    settings.text = "\"quoted\"\nand 你好".to_owned();
    assert_eq!(Settings::parse(&settings.text().unwrap()), settings);
    assert_eq!(Settings::parse("no settings at all ["), Settings::default());
    let odd = Settings::parse("window = [1, 900000]\nzoom = nan\nturn_secs = -3.0\nunknown = 1\n");
    assert_eq!((odd.window, odd.zoom, odd.turn_secs), ([320, 8192], 1.0, 2.0));
}

#[test]
fn a_file_that_is_replaced_is_noticed_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (watched, other) = (folder.path().join("a.glb"), folder.path().join("b.glb"));
    std::fs::write(&watched, "one").unwrap();
    let mut watch = Watch::new(|| {});
    watch.set([watched.clone(), folder.path().join("missing.rig.toml")]);
    let mut wait = |patience: Duration| {
        let begun = now();
        loop {
            let changed = watch.changed();
            if !changed.is_empty() || begun.elapsed() > patience {
                return (changed, begun.elapsed());
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    std::fs::write(&other, "nobody asked").unwrap();
    assert_eq!(wait(Duration::from_millis(300)).0, Vec::<std::path::PathBuf>::new());
    for round in 0..3 {
        // As editors and exporters do it: a new file takes the name.
        let fresh = folder.path().join("fresh");
        std::fs::write(&fresh, format!("round {round}")).unwrap();
        std::fs::rename(&fresh, &watched).unwrap();
        let (changed, took) = wait(Duration::from_secs(5));
        assert_eq!(changed, [watched.canonicalize().unwrap()], "round {round}");
        assert!(took < Duration::from_millis(1500), "{took:?}");
    }
    std::fs::write(folder.path().join("missing.rig.toml"), "version = \"1.0\"").unwrap();
    assert_eq!(wait(Duration::from_secs(5)).0.len(), 1, "a file may come into being");
}

#[test]
fn what_changed_before_other_files_were_watched_is_over() {
    let folder = tempfile::tempdir().unwrap();
    let (before, after) = (folder.path().join("a.glb"), folder.path().join("b.glb"));
    let (woken, is_woken) = std::sync::mpsc::channel();
    let mut watch = Watch::new(move || {
        let _ = woken.send(());
    });
    watch.set([before.clone()]);
    std::fs::write(&before, "one").unwrap();
    is_woken.recv_timeout(Duration::from_secs(5)).unwrap();
    watch.set([after]);
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(watch.changed(), Vec::<std::path::PathBuf>::new());
    std::thread::sleep(Duration::from_millis(200));
    assert_eq!(watch.changed(), Vec::<std::path::PathBuf>::new());
}

fn at(begun: Instant, millis: u64) -> Instant {
    begun + Duration::from_millis(millis)
}

#[test]
fn a_word_is_repeated_slowly() {
    let mut transport = Transport::new(Some(Time::from_millis(4000)), None);
    let begun = now();
    transport.set_rate(0.25);
    transport.set_repeat(Some(Time::from_millis(1000)..Time::from_millis(1100)));
    transport.play();
    let mut reached = Vec::new();
    for millis in (0..2000).step_by(40) {
        reached.push(transport.advance(at(begun, millis), at(begun, millis)));
    }
    let within = |t: &Time| (Time::from_millis(1000)..=Time::from_millis(1100)).contains(t);
    assert!(reached.iter().all(within), "{reached:?}");
    let rounds = reached.windows(2).filter(|pair| pair[1] < pair[0]).count();
    assert_eq!(rounds, 4, "100 ms at a quarter take 400 ms each");
    transport.set_repeat(Some(Time::from_millis(500)..Time::from_millis(500)));
    assert_eq!(transport.repeat(), None, "nothing cannot be repeated");
}

#[test]
fn steps_are_whole_pictures_and_the_end_is_the_end() {
    let mut transport = Transport::new(Some(Time::from_millis(1000)), None);
    transport.seek(Time::from_millis(101));
    transport.step(1);
    assert_eq!(transport.position(), Time::from_nanos(STEP.as_nanos() * 4));
    transport.step(-100);
    assert_eq!(transport.position(), Time::ZERO);
    transport.step(1000);
    assert_eq!(transport.position(), Time::from_millis(1000));
    transport.play();
    assert_eq!(transport.position(), Time::ZERO, "from the end it begins anew");
    let begun = now();
    for millis in (0..3000).step_by(100) {
        transport.advance(at(begun, millis), at(begun, millis));
    }
    assert_eq!((transport.position(), transport.is_playing()), (Time::from_millis(1000), false));
}

#[test]
fn everybody_keeps_what_was_changed_of_them() {
    let mut edits = Edits::default();
    edits.own.sliders = posed();
    edits.choose(2);
    assert_eq!((edits.chosen, edits.own.sliders.count()), (2, 0));
    edits.own.clip = Some("wave".to_owned());
    edits.choose(0);
    assert_eq!(edits.own.sliders, posed());
    assert_eq!(edits.of(2).and_then(|person| person.clip.as_deref()), Some("wave"));
    assert!(edits.of(1).is_none(), "nothing was changed of them");
    edits.choose(2);
    edits.be_alone();
    assert_eq!((edits.chosen, edits.own.clip.as_deref(), edits.others.len()), (0, Some("wave"), 0));
}

#[test]
fn no_key_does_two_things() {
    let rows = KEYS.iter().flat_map(|(_, rows)| rows.iter());
    let mut seen = BTreeSet::new();
    for row in rows {
        assert!(seen.insert(format!("{:?}", row.shortcut)), "{:?} is there twice", row.shortcut);
        assert!(!row.help.is_empty());
    }
}

fn posed() -> Sliders {
    let mut sliders = Sliders::default();
    sliders.visemes[Viseme::Aa.index()] = 0.8;
    sliders.channels[Channel::MouthSmileLeft.index()] = 0.25;
    sliders.expressions.insert("happy".to_owned(), 0.5);
    sliders
}

#[test]
fn a_pose_is_a_case() {
    let sliders = posed();
    let seen = Camera::looking(Vec3::new(0.4, 1.7, 0.9), Vec3::new(0.0, 1.6, 0.0), 0.3);
    let wish = CaseWish {
        input: "an \"odd\" name.glb",
        avatar: None,
        at: Time::from_millis(1500),
        variant: None,
        size: (300, 256),
        shot: Shot::Face,
        camera: Some(seen),
        environment: Some("daylight"),
        tone: Some(Tone::Agx),
        exposure: Some(-0.5),
        quality: Quality::High,
        sliders: &sliders,
    };
    let case = Case::parse(&case_text(&wish), "case.toml").unwrap();
    assert_eq!(case.input, wish.input);
    assert_eq!((case.times, case.quality, case.size), (vec![wish.at], Quality::High, wish.size));
    assert_eq!(
        (case.environment.as_deref(), case.tone, case.exposure),
        (wish.environment, wish.tone, wish.exposure)
    );
    let view = case.view.unwrap();
    assert!(view.eye.distance(seen.eye) < 1e-3 && (view.fov_y - seen.fov_y).abs() < 1e-4, "{view:?}");
    assert_eq!(case.pose, sliders.pose());
    assert_eq!(pose_text(&Sliders::default()), "");
}

#[test]
fn cases_lie_below_the_folder_or_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("in")).unwrap();
    std::fs::write(folder.path().join("in/me.glb"), "").unwrap();
    let sliders = posed();
    let path = folder.path().join("in/me.glb").display().to_string();
    let wish = CaseWish {
        input: &path,
        avatar: None,
        at: Time::ZERO,
        variant: None,
        size: (256, 256),
        shot: Shot::Bust,
        camera: None,
        environment: None,
        tone: None,
        exposure: None,
        quality: Quality::Low,
        sliders: &sliders,
    };
    let first = save_case(folder.path(), &wish).unwrap();
    let second = save_case(folder.path(), &wish).unwrap();
    assert_ne!(first, second, "what is there stays");
    let case = Case::parse(&std::fs::read_to_string(&first).unwrap(), "case.toml").unwrap();
    assert_eq!(case.input, "in/me.glb");
    let elsewhere = save_case(&folder.path().join("in/.."), &CaseWish { input: "/etc/hostname", ..wish });
    assert!(matches!(elsewhere, Err(SaveError::Elsewhere(_))), "{elsewhere:?}");
}

#[test]
fn recipes_stand_in_for_their_tables_and_nothing_else() {
    let recipe = Recipe { morphs: vec![("jaw open".to_owned(), 0.4)], joints: vec![] };
    let recipes = BTreeMap::from([(Shape::Viseme(Viseme::PP), recipe)]);
    let before = "version = \"1.0\" # mine\n[visemes.PP]\nmorphs = { old = 1.0 }\n[[visemes.PP.joints]]\njoint = \"j\"\ndegrees = 3.0\n# of FF\n[visemes.FF]\nchannels = { jawOpen = 0.1 }\n";
    let after = merged(before, "a.rig.toml", &recipes).unwrap();
    assert!(after.starts_with("version = \"1.0\" # mine\n") && after.contains("[visemes.FF]\n"), "{after}");
    assert!(
        after.contains("\"jaw open\" = 0.4") && !after.contains("old") && !after.contains("joint"),
        "{after}"
    );
    assert_eq!(merged(&after, "a.rig.toml", &recipes).unwrap(), after, "twice is once");
    let inline = "version = \"1.0\"\n[visemes]\nPP = { morphs = { old = 1.0 } }\n";
    let refused = merged(inline, "a.rig.toml", &recipes).unwrap_err().to_string();
    assert!(refused.contains("visemes.PP") && refused.contains("a.rig.toml"), "{refused}");
}

#[test]
fn a_recipe_goes_into_the_rig_file_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("me.glb");
    std::fs::copy(repository().join("assets/avatars/thalia.glb"), &file).unwrap();
    let name = file.display().to_string();
    let load = || rhetor::host::load_rigged(&name, None, &[], rhetor::import::Options::default()).unwrap();
    let before = load();
    let shape = Shape::Viseme(Viseme::Ou);
    let avatar = &before.imported.avatar;
    let mut recipe = recipe_of(avatar, &before.rig, shape).unwrap();
    let known = recipe_of(avatar, &before.rig, Shape::Channel(Channel::JawOpen)).unwrap();
    recipe.morphs.retain(|(name, _)| known.morphs.iter().all(|(other, _)| other != name));
    recipe.morphs.extend(known.morphs.iter().map(|(name, _)| (name.clone(), 0.33)));
    let recipes = BTreeMap::from([(shape, recipe.clone())]);
    let pulled = with_recipes(avatar, &before.rig, &recipes);
    assert_eq!(recipe_of(avatar, &pulled, shape), Some(recipe));
    let written = save_recipes(&file, avatar, &recipes).unwrap();
    assert_eq!(written, folder.path().join("me.rig.toml"));
    let after = load();
    let moves = |rig: &rhetor::rig::Rig| rig.viseme(Viseme::Ou).moves.len();
    assert_eq!(moves(&after.rig), moves(&pulled));
    let bundled = save_recipes(std::path::Path::new("thalia"), avatar, &recipes);
    assert!(matches!(bundled, Err(SaveError::Bundled(_))), "{bundled:?}");
    assert!(matches!(save_recipes(&file, avatar, &BTreeMap::new()), Err(SaveError::Nothing)));
}

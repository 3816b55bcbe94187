//! What marks say of gestures: names, ends, files.

use super::{MARK_MILLIS, Scene, cast, mark};
use rhetor::job::Job;
use rhetor::production::{Production, Request};
use rhetor::time::Time;
use rhetor::vocabulary::Bone;

fn warnings(folder: &std::path::Path, gesture: &str) -> Vec<String> {
    let timeline = format!(
        r#"{{"version":"1.0","duration":5,"speakers":[{{"id":"a","avatar":"thalia","marks":[{{"time":2,"name":"gesture","args":["{gesture}"]}}]}}]}}"#
    );
    std::fs::write(folder.join("x.timeline.json"), timeline).unwrap();
    let input = folder.join("x.timeline.json").display().to_string();
    let production = Production::load(&Request { input, ..Request::default() }, &Job::silent()).unwrap();
    production.warnings.iter().map(ToString::to_string).collect()
}

#[test]
fn unknown_names_are_warned_of_with_the_nearest_one() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(warnings(folder.path(), "welcome"), Vec::<String>::new());
    let told = warnings(folder.path(), "welcom").join("\n");
    assert!(told.contains("[gesture welcom] at 00:02") && told.contains("did you mean 'welcome'?"), "{told}");
    let told = warnings(folder.path(), "zzz").join("\n");
    assert!(told.contains("hand-on-heart"), "all are listed: {told}");
}

#[test]
fn a_file_of_the_name_wins() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("welcome.glb"), "no motion").unwrap();
    let told = warnings(folder.path(), "welcome").join("\n");
    assert!(told.contains("[gesture welcome]"), "the broken file is what is read: {told}");
}

#[test]
fn a_gesture_is_held_until_its_mark_ends() {
    let cast = cast("thalia");
    for gesture in ["open-arms", "wave"] {
        let held = |end: Option<i64>| {
            let one = mark(MARK_MILLIS, "gesture", &[gesture]);
            let end = end.map(Time::from_millis);
            let scene = Scene::with(&cast, vec![rhetor::script::timeline::Mark { end, ..one }]);
            let up = |millis: i64| scene.places([Bone::RightHand], millis)[0].y;
            let rest = up(500);
            (MARK_MILLIS..12_000).step_by(50).take_while(|millis| up(*millis) > rest + 0.1).count() as i64
                * 50
        };
        let (own, long) = (held(None), held(Some(8000)));
        assert!((900..2200).contains(&own), "{gesture}: {own} ms");
        assert!((5000..6000).contains(&long), "{gesture}: {long} ms");
    }
}

#[test]
fn nods_are_the_same_as_gestures_and_as_marks() {
    let cast = cast("thalia");
    for name in ["nod", "shake"] {
        let own = Scene::with(&cast, vec![mark(MARK_MILLIS, name, &[])]);
        let gesture = Scene::of(&cast, name);
        for millis in (2500..4500).step_by(50) {
            let t = Time::from_millis(millis);
            assert_eq!(own.performance.acting(0, t), gesture.performance.acting(0, t), "{name} at {t}");
        }
    }
}

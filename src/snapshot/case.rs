//! A snapshot case: `case.toml`, which says what to draw and how exactly it must match.

use super::{Pose, Sheet, Tolerance, View};
use crate::diagnostic::Diagnostic;
use crate::perform::expression_channels;
use crate::production::Request;
use crate::render::Quality;
use crate::stage::{Camera, Tone};
use crate::time::Time;
use crate::vocabulary::{Channel, Viseme};
use glam::Vec3;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Component, Path};

/// What to draw and how exactly it must match.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// A script, a timeline or an avatar: a path relative to the case's root, or a bundled avatar's name.
    pub input: String,
    /// An avatar in place of the script's.
    pub avatar: Option<String>,
    /// One of the avatar's looks.
    pub variant: Option<String>,
    /// When.
    pub times: Vec<Time>,
    /// Columns and rows.
    pub size: (u32, u32),
    /// A shot, or a camera's name in the avatar's file.
    pub camera: Option<String>,
    /// Degrees by which the camera is carried around what it looks at, towards the viewer's right.
    pub turn: f32,
    /// In place of the shot.
    pub view: Option<Camera>,
    /// What is all around, in place of the script's: a lighting's name, or a picture's path relative to the case's root.
    pub environment: Option<String>,
    /// In place of the script's.
    pub tone: Option<Tone>,
    /// Stops, in place of the script's.
    pub exposure: Option<f32>,
    /// How much work goes into it.
    pub quality: Quality,
    /// Nothing behind the actor.
    pub is_transparent: bool,
    /// Many small pictures of that size in one.
    pub sheet: Option<Sheet>,
    /// Changes to the acting.
    pub pose: Pose,
    /// How much a picture may differ from its reference.
    pub tolerance: Tolerance,
    /// Each family of adapters has references of its own.
    pub is_per_adapter: bool,
    /// Why it is known to differ; it fails once it no longer does.
    pub known_failure: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    input: String,
    avatar: Option<String>,
    variant: Option<String>,
    #[serde(default = "start")]
    times: Vec<f64>,
    size: [u32; 2],
    camera: Option<String>,
    #[serde(default)]
    turn: f32,
    view: Option<Viewpoint>,
    environment: Option<String>,
    tone: Option<String>,
    exposure: Option<f32>,
    quality: Option<String>,
    sheet: Option<String>,
    #[serde(default)]
    alpha: bool,
    #[serde(default)]
    visemes: BTreeMap<String, f32>,
    #[serde(default)]
    channels: BTreeMap<String, f32>,
    #[serde(default)]
    expressions: BTreeMap<String, f32>,
    channel_tolerance: Option<u8>,
    outliers: Option<f64>,
    #[serde(default)]
    per_adapter: bool,
    /// Why the tolerance differs from the default, or adapters have their own references; demanded where that is so.
    reason: Option<String>,
    known_failure: Option<String>,
}

/// From where one looks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Viewpoint {
    /// Metres, stage space.
    eye: [f32; 3],
    target: [f32; 3],
    /// Degrees from the lower edge of the picture to the upper one.
    fov: f32,
}

impl Viewpoint {
    fn camera(&self) -> Result<Camera, String> {
        let (eye, target) = (Vec3::from(self.eye), Vec3::from(self.target));
        let distance = eye.distance(target);
        if !(1e-3..=1e4).contains(&distance) {
            return Err("view: eye and target must be apart, at most 10 km".to_owned());
        }
        if !(1.0..=150.0).contains(&self.fov) {
            return Err("view: fov must lie within 1 and 150 degrees".to_owned());
        }
        Ok(Camera::looking(eye, target, self.fov.to_radians()))
    }
}

fn start() -> Vec<f64> {
    vec![0.0]
}

impl Case {
    /// Reads the text of a `case.toml` called `name`.
    ///
    /// # Errors
    /// What is wrong in it, and where.
    pub fn parse(text: &str, name: &str) -> Result<Self, Diagnostic> {
        let file: File = toml::from_str(text).map_err(|error| {
            let made = Diagnostic::error(name, error.message());
            error.span().map_or(made.clone(), |span| made.at(text, span))
        })?;
        Self::check(file, name)
    }

    fn check(file: File, name: &str) -> Result<Self, Diagnostic> {
        let wrong = |message: String| Diagnostic::error(name, message);
        if file.version != "1.0" {
            return Err(wrong(format!("this is version {}; this program reads 1.0", file.version)));
        }
        let defaults = Tolerance::default();
        let tolerance = Tolerance {
            channel: file.channel_tolerance.unwrap_or(defaults.channel),
            outliers: file.outliers.unwrap_or(defaults.outliers),
        };
        if file.reason.is_none() && (tolerance != defaults || file.per_adapter) {
            let what = if file.per_adapter {
                "references for each adapter need"
            } else {
                "a tolerance of its own needs"
            };
            return Err(wrong(format!("{what} a reason")));
        }
        for path in [Some(&file.input), file.avatar.as_ref(), file.environment.as_ref()].into_iter().flatten()
        {
            if !stays_below(path) {
                return Err(wrong(format!("'{path}' leads out of the folder; give a path below it")));
            }
        }
        if !file.size.iter().all(|s| (1..=8192).contains(s)) {
            return Err(wrong("size must lie within 1 and 8192 pixels".into()));
        }
        if !file.times.iter().all(|t| (0.0..=864_000.0).contains(t)) || file.times.is_empty() {
            return Err(wrong("times must be seconds from 0 to 864000, at least one".into()));
        }
        if !(-180.0..=180.0).contains(&file.turn) {
            return Err(wrong("turn must lie within -180 and 180 degrees".into()));
        }
        if !file.exposure.is_none_or(|stops| (-8.0..=8.0).contains(&stops)) {
            return Err(wrong("exposure must lie within -8 and 8 stops".into()));
        }
        let view = file.view.as_ref().map(Viewpoint::camera).transpose().map_err(&wrong)?;
        let tone = named(file.tone, Tone::from_name, "tone").map_err(&wrong)?;
        let quality = named(file.quality, Quality::from_name, "quality").map_err(&wrong)?;
        let sheet = named(file.sheet, Sheet::from_name, "sheet").map_err(&wrong)?;
        let visemes = weights(&file.visemes, Viseme::from_name, "viseme").map_err(&wrong)?;
        let channels = weights(&file.channels, Channel::from_name, "channel").map_err(&wrong)?;
        let known = |n: &str| expression_channels(n).map(|_| n.to_owned());
        let expressions = weights(&file.expressions, known, "expression").map_err(&wrong)?;
        Ok(Self {
            input: file.input,
            avatar: file.avatar,
            variant: file.variant,
            times: file.times.iter().map(|&t| Time::from_secs_f64(t)).collect(),
            size: (file.size[0], file.size[1]),
            camera: file.camera,
            turn: file.turn,
            view,
            environment: file.environment,
            tone,
            exposure: file.exposure,
            quality: quality.unwrap_or_default(),
            is_transparent: file.alpha,
            sheet,
            pose: Pose { visemes, channels, expressions },
            tolerance,
            is_per_adapter: file.per_adapter,
            known_failure: file.known_failure,
        })
    }

    /// What to load for a case that lies in `folder`: files beside it come before those below the current folder.
    pub fn request(&self, folder: &Path) -> Request {
        let found = |name: &String| {
            let beside = folder.join(name);
            if beside.is_file() { beside.display().to_string() } else { name.clone() }
        };
        Request {
            input: found(&self.input),
            avatar: self.avatar.as_ref().map(found),
            camera: self.camera.clone(),
            is_transparent: self.is_transparent,
            variant: self.variant.clone(),
            environment: self.environment.as_ref().map(found),
            tone: self.tone,
            exposure: self.exposure,
            ..Request::default()
        }
    }

    /// What is seen at `at`.
    pub fn view(&self, at: Time) -> View {
        let (width, height) = self.size;
        View { at, width, height, pose: self.pose.clone(), shot: None, camera: self.view, turn: self.turn }
    }
}

fn stays_below(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}

fn named<T>(name: Option<String>, find: impl Fn(&str) -> Option<T>, kind: &str) -> Result<Option<T>, String> {
    name.map(|n| find(&n).ok_or_else(|| format!("there is no {kind} '{n}'"))).transpose()
}

fn weights<T>(
    given: &BTreeMap<String, f32>,
    find: impl Fn(&str) -> Option<T>,
    kind: &str,
) -> Result<Vec<(T, f32)>, String> {
    let one = |(name, &weight): (&String, &f32)| {
        let found = find(name).ok_or_else(|| format!("there is no {kind} '{name}'"))?;
        if !(0.0..=1.0).contains(&weight) {
            return Err(format!("the weight of {kind} {name} must lie within 0 and 1"));
        }
        Ok((found, weight))
    };
    given.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_read_strictly() {
        let good = "version = \"1.0\"\ninput = \"a\"\nsize = [8, 8]\ntimes = [1.5]\n[visemes]\naa = 1.0\n";
        let case = Case::parse(good, "case.toml").unwrap();
        assert_eq!(case.times, [Time::from_millis(1500)]);
        assert_eq!(case.pose.visemes, [(Viseme::Aa, 1.0)]);
        for (bad, complaint) in [
            (good.replace("aa =", "zz ="), "no viseme 'zz'"),
            (good.replace("input", "inptu"), "case.toml:2:1"),
            (good.replace("1.5", "nan"), "times must be"),
            (good.replace("[8, 8]", "[8, 0]"), "size must lie"),
            (good.replace("size", "outliers = 0.5\nsize"), "needs a reason"),
            (good.replace("aa = 1.0", "aa = 2.0"), "within 0 and 1"),
            (good.replace("size", "per_adapter = true\nsize"), "need a reason"),
            (good.replace("size", "turn = 270.0\nsize"), "turn must lie"),
            (good.replace("\"a\"", "\"../a\""), "leads out"),
            (good.replace("size", "environment = \"../a.hdr\"\nsize"), "leads out"),
            (good.replace("size", "exposure = 99.0\nsize"), "exposure must lie"),
            (good.replace("size", "tone = \"loud\"\nsize"), "no tone 'loud'"),
            (format!("{good}[view]\neye = [0, 1, 0]\ntarget = [0, 1, 0]\nfov = 20\n"), "must be apart"),
            (format!("{good}[view]\neye = [0, 1, 3]\ntarget = [0, 1, 0]\nfov = 0\n"), "fov must lie"),
            (good.replace("\"a\"", "\"/a\""), "leads out"),
            (good.replace("size", "sheet = \"roses\"\nsize"), "no sheet 'roses'"),
        ] {
            let error = Case::parse(&bad, "case.toml").unwrap_err().to_string();
            assert!(error.contains(complaint), "{error}");
        }
    }
}

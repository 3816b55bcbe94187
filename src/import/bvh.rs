//! Biovision BVH: a skeleton of joints and how they move, as an avatar without a mesh and its one clip.
//!
//! Such files say neither how long their unit is nor which way is up. The skeleton is made a metre and seventy high, set with
//! its feet on the floor where the motion begins, and stands up if it lies; motions count in hip heights, so nothing is lost.

use crate::avatar::{Avatar, Clip, ClipChannel, Interpolation, Node, Transform, Values};
use crate::diagnostic::{Diagnostic, Position};
use glam::{Quat, Vec3};

/// More are no person's joints.
const MOST_JOINTS: usize = 1024;
/// Hierarchies are no deeper.
const DEEPEST: usize = 128;
/// Numbers in all frames together: more would take seconds to read.
const MOST_NUMBERS: usize = 1 << 25;
/// How high the skeleton becomes, metres.
const HEIGHT: f32 = 1.7;
/// Positions smaller than this share of the skeleton's height say nothing.
const NOWHERE: f32 = 1e-4;

/// Whether `bytes` begin as a BVH file does.
pub fn is_bvh(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    text.get(..HIERARCHY.len()).is_some_and(|head| head.eq_ignore_ascii_case(HIERARCHY.as_bytes()))
}

const HIERARCHY: &str = "HIERARCHY";

/// A BVH file as an avatar that is a skeleton alone, with one clip called like the file; `name` is for messages.
///
/// # Errors
/// With its line, what is no BVH, has other counts of numbers than it says, or numbers that are none.
pub fn import_bvh(bytes: &[u8], name: &str) -> Result<Avatar, Diagnostic> {
    let text = std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes))
        .map_err(|_| Diagnostic::error(name, "it is no text in UTF-8").help("export it again"))?;
    let mut lines = Lines { name, lines: text.lines(), line: 0, words: Vec::new() };
    let joints = hierarchy(&mut lines)?;
    let (frame_secs, frames) = motion(&mut lines, &joints)?;
    Ok(avatar(name, &joints, frame_secs, &frames))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Degree {
    Position(usize),
    Rotation(usize),
}

/// What a channel is called.
const DEGREES: [(&str, Degree); 6] = [
    ("Xposition", Degree::Position(0)),
    ("Yposition", Degree::Position(1)),
    ("Zposition", Degree::Position(2)),
    ("Xrotation", Degree::Rotation(0)),
    ("Yrotation", Degree::Rotation(1)),
    ("Zrotation", Degree::Rotation(2)),
];

struct Joint {
    name: String,
    parent: Option<usize>,
    offset: Vec3,
    /// In the order of the columns.
    degrees: Vec<Degree>,
    /// Its first column.
    column: usize,
    is_end: bool,
}

/// The words of a text, line by line.
struct Lines<'a> {
    name: &'a str,
    lines: std::str::Lines<'a>,
    line: u32,
    /// Of the line at hand, the last first.
    words: Vec<&'a str>,
}

impl<'a> Lines<'a> {
    fn error(&self, message: impl Into<String>) -> Diagnostic {
        let position = Position { line: self.line.max(1), column: 1 };
        Diagnostic::error(self.name, message).at_position(position)
    }

    /// The next line that is not blank.
    fn line(&mut self) -> Option<Vec<&'a str>> {
        loop {
            let line = self.lines.next()?;
            self.line = self.line.saturating_add(1);
            let words: Vec<&str> = line.split_whitespace().collect();
            if !words.is_empty() {
                return Some(words);
            }
        }
    }

    fn word(&mut self, expected: &str) -> Result<&'a str, Diagnostic> {
        if self.words.is_empty() {
            self.words = self.line().unwrap_or_default();
            self.words.reverse();
        }
        self.words.pop().ok_or_else(|| {
            self.error(format!("the file ends where {expected} is expected")).help("copy it again")
        })
    }

    fn keyword(&mut self, keyword: &str) -> Result<(), Diagnostic> {
        let found = self.word(keyword)?;
        let is_it = found.eq_ignore_ascii_case(keyword);
        if is_it {
            Ok(())
        } else {
            Err(self.error(format!("'{}' stands where {keyword} is expected", shortened(found))))
        }
    }

    fn number(&mut self, what: &str) -> Result<f32, Diagnostic> {
        let word = self.word(what)?;
        finite(word).ok_or_else(|| self.error(format!("'{}' is no number for {what}", shortened(word))))
    }

    /// What is left of the line up to a brace, as a name.
    fn name(&mut self) -> String {
        let mut name = Vec::new();
        while let Some(word) = self.words.pop_if(|word| *word != "{") {
            name.push(word);
        }
        name.join(" ")
    }
}

fn finite(word: &str) -> Option<f32> {
    // Some locales write commas.
    let parsed = if word.contains(',') { word.replacen(',', ".", 1).parse() } else { word.parse() };
    parsed.ok().filter(|value: &f32| value.is_finite())
}

fn shortened(word: &str) -> String {
    word.chars().take(40).collect()
}

fn hierarchy(lines: &mut Lines<'_>) -> Result<Vec<Joint>, Diagnostic> {
    lines.keyword(HIERARCHY)?;
    let mut joints: Vec<Joint> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut columns = 0;
    loop {
        let word = lines.word("MOTION")?;
        let inside = open.last().copied();
        match (word.to_ascii_uppercase().as_str(), inside) {
            ("MOTION", None) if !joints.is_empty() => return Ok(joints),
            ("ROOT", None) | ("JOINT", Some(_)) | ("END", Some(_)) => {
                let is_end = word.eq_ignore_ascii_case("END");
                let name = lines.name();
                lines.keyword("{")?;
                if joints.len() >= MOST_JOINTS || open.len() >= DEEPEST {
                    let message = format!(
                        "the skeleton has more than {MOST_JOINTS} joints, or hangs deeper than {DEEPEST}"
                    );
                    return Err(lines.error(message));
                }
                open.push(joints.len());
                let (offset, degrees) = (Vec3::ZERO, Vec::new());
                joints.push(Joint { name, parent: inside, offset, degrees, column: columns, is_end });
            }
            ("OFFSET", Some(joint)) => {
                let offset =
                    Vec3::new(lines.number("OFFSET")?, lines.number("OFFSET")?, lines.number("OFFSET")?);
                if let Some(joint) = joints.get_mut(joint) {
                    joint.offset = offset;
                }
            }
            ("CHANNELS", Some(joint)) => {
                let degrees = channels(lines)?;
                if let Some(joint) = joints.get_mut(joint) {
                    joint.column = columns;
                    columns += degrees.len();
                    joint.degrees = degrees;
                }
            }
            ("}", Some(_)) => _ = open.pop(),
            _ => {
                return Err(lines
                    .error(format!("'{}' does not belong here", shortened(word)))
                    .help("export it again"));
            }
        }
    }
}

fn channels(lines: &mut Lines<'_>) -> Result<Vec<Degree>, Diagnostic> {
    let count = lines.word("the number of channels")?;
    let count: usize = count.parse().ok().filter(|count| *count <= DEGREES.len()).ok_or_else(|| {
        lines.error(format!("'{}' is no number of channels", shortened(count))).help("expected 0 to 6")
    })?;
    let mut degrees = Vec::with_capacity(count);
    for _ in 0..count {
        let word = lines.word("a channel")?;
        let known =
            DEGREES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, degree)| *degree);
        match known.filter(|degree| !degrees.contains(degree)) {
            Some(degree) => degrees.push(degree),
            None => {
                let names = DEGREES.map(|(name, _)| name).join(", ");
                let message = format!("'{}' is no channel, or stands twice", shortened(word));
                return Err(lines.error(message).help(format!("known: {names}")));
            }
        }
    }
    Ok(degrees)
}

/// Seconds a frame, and the numbers of each.
fn motion(lines: &mut Lines<'_>, joints: &[Joint]) -> Result<(f32, Vec<Vec<f32>>), Diagnostic> {
    let columns: usize = joints.iter().map(|joint| joint.degrees.len()).sum();
    if columns == 0 {
        return Err(lines.error("no joint has a channel"));
    }
    lines.keyword("Frames:")?;
    let count = lines.word("the number of frames")?;
    let count: usize = count
        .parse()
        .ok()
        .filter(|count| *count > 0)
        .ok_or_else(|| lines.error(format!("'{}' is no number of frames", shortened(count))))?;
    if count.saturating_mul(columns) > MOST_NUMBERS {
        return Err(lines
            .error(format!("{count} frames of {columns} numbers are too many"))
            .help("export a part of it"));
    }
    lines.keyword("Frame")?;
    lines.keyword("Time:")?;
    let secs = lines.number("the time of a frame")?;
    if !(1e-4..=10.0).contains(&secs) {
        return Err(lines
            .error(format!("a frame of {secs} s is none"))
            .help("expected seconds, such as 0.033333"));
    }
    let mut frames = Vec::new();
    while let Some(words) = lines.line() {
        if words.len() != columns {
            let message = format!("the frame has {} numbers, its joints {columns} channels", words.len());
            return Err(lines.error(message).help("export it again"));
        }
        let mut frame = Vec::with_capacity(columns);
        for (column, word) in words.into_iter().enumerate() {
            let wrong =
                || lines.error(format!("'{}' is no number, in column {}", shortened(word), column + 1));
            frame.push(finite(word).ok_or_else(wrong)?);
        }
        frames.push(frame);
        if frames.len() > count {
            break;
        }
    }
    if frames.len() != count {
        let more = if frames.len() > count { "more" } else { "fewer" };
        let message = format!(
            "there are {more} frames than the {count} that the file says ({} are read)",
            frames.len()
        );
        return Err(lines.error(message).help("copy or export it again"));
    }
    Ok((secs, frames))
}

/// The skeleton, standing on the floor, and its clip. Ends of limbs are no joints that move.
fn avatar(name: &str, joints: &[Joint], frame_secs: f32, frames: &[Vec<f32>]) -> Avatar {
    let mut places: Vec<Vec3> = Vec::with_capacity(joints.len());
    for joint in joints {
        let above = joint.parent.and_then(|parent| places.get(parent)).copied();
        // Roots are where the motion has them.
        places.push(above.map_or(Vec3::ZERO, |above| above + joint.offset));
    }
    let upright = upright(joints, &places);
    let heights = || places.iter().map(|place| (upright * *place).y);
    let (lowest, highest) =
        (heights().fold(f32::INFINITY, f32::min), heights().fold(f32::NEG_INFINITY, f32::max));
    let extent = places.iter().fold(highest - lowest, |most, place| most.max(place.length()));
    let scale = if extent > f32::MIN_POSITIVE { HEIGHT / extent } else { 1.0 };
    let ground = Node {
        name: String::new(),
        parent: None,
        local: Transform { rotation: upright, ..Transform::IDENTITY },
        mesh: None,
        skin: None,
        morph_weights: Vec::new(),
    };
    let times_secs: Vec<f32> =
        (0..frames.len()).map(|frame| (frame as f64 * f64::from(frame_secs)) as f32).collect();
    let mut nodes = vec![ground];
    let mut channels = Vec::new();
    for (index, joint) in joints.iter().enumerate() {
        let mut translation = joint.offset * scale;
        let way = positions(joint, frames, extent);
        if joint.parent.is_none() {
            let begins = way.first().map_or(joint.offset, |first| *first);
            let floor = upright * begins * scale;
            translation = upright.inverse() * Vec3::new(floor.x, -lowest * scale, floor.z);
        }
        let mut curve = |values: Values| {
            let times_secs = times_secs.clone();
            channels.push(ClipChannel {
                node: index + 1,
                times_secs,
                interpolation: Interpolation::Linear,
                values,
            });
        };
        if !way.is_empty() {
            curve(Values::Translation(way.iter().map(|place| (*place * scale).to_array()).collect()));
        }
        if joint.degrees.iter().any(|degree| matches!(degree, Degree::Rotation(_))) {
            curve(Values::Rotation(frames.iter().map(|frame| rotation(joint, frame).to_array()).collect()));
        }
        nodes.push(Node {
            name: if joint.is_end { String::new() } else { joint.name.clone() },
            parent: Some(joint.parent.map_or(0, |parent| parent + 1)),
            local: Transform { translation, ..Transform::IDENTITY },
            mesh: None,
            skin: None,
            morph_weights: Vec::new(),
        });
    }
    let duration_secs = times_secs.last().copied().unwrap_or_default();
    let stem = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let clip = Clip {
        name: stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned(),
        duration_secs,
        channels,
    };
    Avatar { name: clip.name.clone(), nodes, clips: vec![clip], ..Avatar::default() }
}

/// What makes the skeleton stand: it is Z up where it reaches further that way from its root than along Y.
fn upright(joints: &[Joint], places: &[Vec3]) -> Quat {
    // Arms reach out to both sides, a head up and feet down: limbs' ends tell the direction of most.
    let ends = || joints.iter().zip(places).filter(|(joint, _)| joint.is_end).map(|(_, place)| *place);
    let span = |axis: usize| {
        let along = || ends().map(|place| place.to_array().get(axis).copied().unwrap_or_default());
        along().fold(f32::NEG_INFINITY, f32::max) - along().fold(f32::INFINITY, f32::min)
    };
    let is_z_up = span(2) > 2.0 * span(1);
    if is_z_up { Quat::from_rotation_x(-std::f32::consts::FRAC_PI_2) } else { Quat::IDENTITY }
}

/// Where a joint is relative to the one above it, in each frame; empty where its columns do not say it.
fn positions(joint: &Joint, frames: &[Vec<f32>], extent: f32) -> Vec<Vec3> {
    if !joint.degrees.iter().any(|degree| matches!(degree, Degree::Position(_))) {
        return Vec::new();
    }
    let place = |frame: &Vec<f32>| {
        let mut place = joint.offset.to_array();
        for (degree, value) in joint.degrees.iter().zip(frame.iter().skip(joint.column)) {
            if let (Degree::Position(axis), value) = (degree, value)
                && let Some(slot) = place.get_mut(*axis)
            {
                *slot = *value;
            }
        }
        Vec3::from(place)
    };
    let way: Vec<Vec3> = frames.iter().map(place).collect();
    // Some tools write the way from the offset: below a root that is next to nothing.
    let is_relative = joint.parent.is_some()
        && joint.offset.length() > extent * NOWHERE
        && way.iter().all(|place| place.length() <= extent * NOWHERE);
    if is_relative { Vec::new() } else { way }
}

/// The turns in the order of the columns, the first outermost.
fn rotation(joint: &Joint, frame: &[f32]) -> Quat {
    let mut turn = Quat::IDENTITY;
    for (degree, value) in joint.degrees.iter().zip(frame.iter().skip(joint.column)) {
        let angle = value.to_radians();
        turn *= match degree {
            Degree::Rotation(0) => Quat::from_rotation_x(angle),
            Degree::Rotation(1) => Quat::from_rotation_y(angle),
            Degree::Rotation(_) => Quat::from_rotation_z(angle),
            Degree::Position(_) => Quat::IDENTITY,
        };
    }
    turn.normalize()
}

//! Faces as Live Link Face records them: a CSV with a timecode and the 52 channels a row.
//!
//! After the channels may stand turns of the head and of the eyes. A timeline has no place for them; a recording that a mark
//! calls for has the head's. It resamples nothing but what lies between frames.

use super::format::Look;
use super::rows::{Row, number, rows};
use super::{Input, Likeness, Options, Read, of_one, warning};
use crate::script::document::Fault;
use crate::script::timeline::{ChannelTrack, Speaker};
use crate::time::{FrameRate, Time};
use crate::vocabulary::Channel;

/// Turns after the channels: yaw, pitch and roll of each.
pub(super) const TURNED: [&str; 3] = ["Head", "LeftEye", "RightEye"];
pub(super) const ANGLES: [&str; 3] = ["Yaw", "Pitch", "Roll"];
/// The column that counts the others.
const COUNT: &str = "BlendShapeCount";
/// Of columns that are missing, so many are named.
const MOST_NAMED: usize = 24;
/// No head turns further, radians.
const FURTHEST: f64 = 1.6;
/// Names of the column that says when.
const TIMES: &[&str] = &["timecode", "timestamp", "time"];
/// Old recordings do not know the tongue.
const OPTIONAL: Channel = Channel::TongueOut;
/// A head with so many channels is one of a face.
const FEW: usize = 10;
/// Two hours of frames at 60 a second.
const MOST_FRAMES: f64 = 2.0 * 3600.0 * 60.0;
/// Frame rates that cameras have: a timecode counts up to one less.
const RATES: [u32; 7] = [24, 25, 30, 48, 50, 60, 120];
/// A moment nearer to a frame than this share is the frame's.
const SNAP: f64 = 1e-6;
const SECS_OF_DAY: f64 = 86_400.0;
/// Turns smaller than this, radians, are those of a face that looks ahead.
const LEVEL: f64 = 1e-3;

/// Frames in a second of timecode: 30 for 30000/1001 too.
pub(super) fn nominal(rate: FrameRate) -> u64 {
    (rate.as_f64().ceil() as u64).max(1)
}

/// `JawOpen` for `jawOpen`.
pub(super) fn column(channel: Channel) -> String {
    let mut letters = channel.name().chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// What the first row names.
struct Head<'a> {
    separator: char,
    names: Vec<&'a str>,
    time: Option<usize>,
    /// A column for each channel that there is.
    channels: Vec<(Channel, usize)>,
    turns: Vec<usize>,
    /// The columns of the head's yaw, pitch and roll; empty where there is none of them.
    head: Vec<Option<usize>>,
    /// The columns that are not there; those of the head only where one of them is.
    missing: Vec<String>,
}

impl<'a> Head<'a> {
    fn of(row: &'a str) -> Self {
        let separator = [',', ';', '\t'].into_iter().find(|c| row.contains(*c)).unwrap_or(',');
        let names: Vec<&str> = fields(row, separator).collect();
        let place = |name: &str| names.iter().position(|own| own.eq_ignore_ascii_case(name));
        let channels: Vec<_> = Channel::ALL.iter().filter_map(|c| Some((*c, place(c.name())?))).collect();
        let all = TURNED.iter().flat_map(|part| ANGLES.iter().map(move |angle| format!("{part}{angle}")));
        let turns = all.filter_map(|name| place(&name)).collect();
        let time = TIMES.iter().find_map(|name| place(name));
        let mut missing: Vec<String> = Vec::new();
        if time.is_none() {
            missing.push("Timecode".to_owned());
        }
        if place(COUNT).is_none() {
            missing.push(COUNT.to_owned());
        }
        let has = |c: &Channel| *c == OPTIONAL || channels.iter().any(|(own, _)| own == c);
        missing.extend(Channel::ALL.iter().filter(|c| !has(c)).map(|c| column(*c)));
        let mut head: Vec<Option<usize>> = Vec::new();
        let of_head: Vec<String> = ANGLES.iter().map(|angle| format!("{}{angle}", TURNED[0])).collect();
        if of_head.iter().any(|name| place(name).is_some()) {
            head.extend(of_head.iter().map(|name| place(name)));
            missing.extend(of_head.into_iter().filter(|name| place(name).is_none()));
        }
        Self { separator, time, channels, turns, head, missing, names }
    }
}

fn fields(row: &str, separator: char) -> impl Iterator<Item = &str> {
    row.split(separator).map(|field| field.trim().trim_matches('"'))
}

/// A first row that names channels.
pub(super) fn looks(look: &Look<'_>) -> Likeness {
    Likeness::sure(look.rows.first().is_some_and(|row| Head::of(row).channels.len() >= FEW))
}

/// A row with a face, and when it is, in frames.
struct Sample {
    at: f64,
    weights: Vec<f32>,
}

/// A recorded face, with how the head turned.
#[derive(Debug, Clone, PartialEq)]
pub struct FaceRecording {
    /// Its channels, from zero.
    pub face: ChannelTrack,
    /// For each frame, yaw towards the right, pitch downwards and roll towards the right shoulder, radians; empty where the
    /// recording does not say it.
    pub head: Vec<[f32; 3]>,
}

pub(super) fn read(input: &Input<'_>) -> Read {
    let (FaceRecording { face, .. }, is_turned, mut told) = record(input)?;
    if is_turned {
        let help = "[capture FILE] turns the head as well";
        told.push(warning("the turns of the head and of the eyes are left out").help(help));
    }
    let duration = face.end();
    Ok((of_one(Speaker { channels: vec![face], ..Speaker::default() }, duration), told))
}

/// A recording, whether head or eyes turn in it, and warnings.
pub(super) fn record(input: &Input<'_>) -> Result<(FaceRecording, bool, Vec<Fault>), Fault> {
    let mut all = rows(input.text).filter(|row| !row.is_blank());
    let first = all.next().ok_or_else(|| Fault::new("the file is empty").at(0))?;
    let head = Head::of(first.text);
    let mut warnings = Vec::new();
    warnings.extend(lacking(&head, first)?);
    let body: Vec<Row<'_>> = all.collect();
    let rate = rate_of(&head, &body, input.options, &mut warnings);
    let mut samples: Vec<Sample> = Vec::with_capacity(body.len());
    let (mut lost, mut turned, mut begin) = (0, false, None);
    for (index, row) in body.iter().enumerate() {
        let own: Vec<&str> = fields(row.text, head.separator).collect();
        let at = match head.time {
            Some(time) => {
                moment(own.get(time).copied().unwrap_or_default(), rate).map_err(|f| f.at(row.at))?
            }
            None => index as f64,
        };
        let begin = *begin.get_or_insert(at);
        // Past midnight a timecode begins again.
        let day = SECS_OF_DAY * nominal(rate) as f64;
        let since = if begin - at > day / 2.0 { at - begin + day } else { at - begin };
        let follows = samples.last().map_or(since >= 0.0, |last| since > last.at);
        if is_lost(&own, &head) || !follows {
            lost += 1;
            continue;
        }
        if since > MOST_FRAMES {
            return Err(Fault::new("the recording is longer than two hours").help("cut it").at(row.at));
        }
        turned |= head.turns.iter().any(|place| {
            own.get(*place).and_then(|field| number(field)).is_some_and(|turn| turn.abs() > LEVEL)
        });
        samples.push(Sample { at: since, weights: weights(&own, &head, *row)? });
    }
    if samples.is_empty() {
        return Err(Fault::new("no row has a face").at(first.at));
    }
    if lost > 0 {
        warnings.push(warning(format!(
            "{lost} rows have no face or do not follow in time; the face goes on between"
        )));
    }
    let channels: Vec<Channel> = head.channels.iter().map(|(channel, _)| *channel).collect();
    let mut frames = on_grid(&samples);
    let turns = frames.iter_mut().filter_map(|frame| {
        let turn = frame.split_off(channels.len().min(frame.len()));
        <[f32; 3]>::try_from(turn).ok()
    });
    let turns = turns.collect();
    let face = ChannelTrack { start: Time::ZERO, rate, channels, frames };
    Ok((FaceRecording { face, head: turns }, turned, warnings))
}

/// What is told of columns that are missing: they rest. A table that lacks some and does not say what it is, is none of ours.
fn lacking(head: &Head<'_>, first: Row<'_>) -> Result<Option<Fault>, Fault> {
    let of_face = head.missing.iter().filter(|name| *name != "Timecode" && *name != COUNT);
    let names = |all: Vec<&String>| {
        let several = if all.len() == 1 { "column" } else { "columns" };
        let shown: Vec<&str> = all.iter().take(MOST_NAMED).map(|name| name.as_str()).collect();
        let more = all.len() - shown.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("the head lacks the {several} {}{more}", shown.join(", "))
    };
    let of_face: Vec<&String> = of_face.collect();
    let help = "export all 52 blend shapes, a column each, with their ARKit names in the first row";
    if of_face.is_empty() {
        return Ok(None);
    }
    if of_face.len() < head.missing.len() || head.channels.is_empty() {
        return Err(Fault::new(names(head.missing.iter().collect())).help(help).at(first.at));
    }
    let message = format!("{}; the face rests there", names(of_face));
    Ok(Some(warning(message).help(help).at(first.at)))
}

/// Whether a row has no face: the app leaves the fields empty then.
fn is_lost(own: &[&str], head: &Head<'_>) -> bool {
    head.channels.iter().all(|(_, place)| own.get(*place).is_none_or(|field| field.is_empty()))
}

fn weights(own: &[&str], head: &Head<'_>, row: Row<'_>) -> Result<Vec<f32>, Fault> {
    let one = |(channel, place): &(Channel, usize)| {
        let Some(field) = own.get(*place) else {
            let (has, named) = (own.len(), head.names.len());
            let message = format!("the row has {has} fields of {named}: {} is missing", column(*channel));
            return Err(Fault::new(message).at(row.at));
        };
        let value = number(field).ok_or_else(|| {
            let message = format!("'{}' is no number for {}", shortened(field), column(*channel));
            Fault::new(message).help("expected 0 to 1").at(row.at)
        })?;
        Ok(value.clamp(0.0, 1.0) as f32)
    };
    let mut weights: Vec<f32> = head.channels.iter().map(one).collect::<Result<_, _>>()?;
    let turn = |place: &Option<usize>| place.and_then(|place| number(own.get(place)?)).unwrap_or_default();
    weights.extend(head.head.iter().map(|place| turn(place).clamp(-FURTHEST, FURTHEST) as f32));
    Ok(weights)
}

fn shortened(field: &str) -> String {
    field.chars().take(40).collect()
}

/// When a row is, in frames: `hours:minutes:seconds:frames`, `hours:minutes:seconds`, or seconds.
fn moment(field: &str, rate: FrameRate) -> Result<f64, Fault> {
    let wrong = || {
        Fault::new(format!("'{}' is no timecode", shortened(field)))
            .help("expected hours:minutes:seconds:frames, or seconds")
    };
    let parts: Vec<f64> = field.split([':', ';']).map(number).collect::<Option<_>>().ok_or_else(wrong)?;
    if parts.iter().any(|part| !(0.0..1e9).contains(part)) {
        return Err(wrong());
    }
    let nominal = nominal(rate) as f64;
    match *parts {
        [hours, minutes, secs, frames] => Ok((hours * 3600.0 + minutes * 60.0 + secs) * nominal + frames),
        [hours, minutes, secs] => Ok((hours * 3600.0 + minutes * 60.0 + secs) * rate.as_f64()),
        [secs] => Ok(secs * rate.as_f64()),
        _ => Err(wrong()),
    }
}

/// What `--fps` says, else one more than the last frame of any second, else 60.
fn rate_of(head: &Head<'_>, body: &[Row<'_>], options: &Options, warnings: &mut Vec<Fault>) -> FrameRate {
    if let Some(rate) = options.rate {
        return rate;
    }
    let times = || body.iter().filter_map(|row| fields(row.text, head.separator).nth(head.time?));
    let codes = || times().filter(|field| field.split([':', ';']).count() == 4);
    let second = |field: &str| field.rsplit_once([':', ';']).map(|(second, _)| second.to_owned());
    let count = codes().count();
    if count == 0 {
        return FrameRate::SCREEN;
    }
    let last = codes().filter_map(|field| number(field.rsplit([':', ';']).next()?)).fold(0.0, f64::max);
    let spans_seconds = codes().next().and_then(second) != codes().next_back().and_then(second);
    let told = RATES.iter().find(|rate| f64::from(**rate) > last).and_then(|rate| FrameRate::new(*rate, 1));
    match told.filter(|_| spans_seconds) {
        Some(rate) => rate,
        None => {
            let rate = FrameRate::SCREEN;
            if count > 1 {
                let message =
                    format!("the recording is too short to tell its frame rate; {rate} a second are assumed");
                warnings.push(warning(message).help("say it by --fps"));
            }
            rate
        }
    }
}

/// The face at each whole frame, between two rows in proportion.
fn on_grid(samples: &[Sample]) -> Vec<Vec<f32>> {
    let last = samples.last().map_or(0.0, |sample| sample.at);
    let mut next = 1;
    let one = |index: usize| {
        let at = index as f64;
        while samples.get(next).is_some_and(|sample| sample.at <= at + SNAP) {
            next += 1;
        }
        let here = samples.get(next - 1)?;
        let Some(after) = samples.get(next) else { return Some(here.weights.clone()) };
        let share = ((at - here.at) / (after.at - here.at)).clamp(0.0, 1.0);
        let share = if at - here.at < SNAP { 0.0 } else { share as f32 };
        Some(here.weights.iter().zip(&after.weights).map(|(a, b)| a + (b - a) * share).collect())
    };
    // The last row counts where it lies just before a frame.
    (0..=(last + 0.5) as usize).map_while(one).collect()
}

//! What is said when, as the timeline strip shows it: loudness, words, phones, visemes, marks.
//!
//! Found once when a speech is opened; it draws nothing.

use super::files::file_name;
use crate::audio::Program;
use crate::job::{Cancelled, Job};
use crate::production::{OWN_CLIP, Production};
use crate::script::timeline::Mark;
use crate::time::Time;
use crate::vocabulary::Viseme;
use std::cell::Cell;
use std::ops::Range;
use std::sync::Arc;

/// Columns of the waveform.
pub(super) const COLUMN: Time = Time::from_millis(10);
/// The sound is looked at in this quality: enough to see it.
const RATE: u32 = 8000;
/// At once.
const PIECE: Time = Time::from_millis(10_000);
/// Visemes are looked at so often, and in long speeches less often.
const LOOK: Time = Time::from_millis(20);
const MOST_LOOKS: i64 = 30_000;

/// Something with a name in a stretch of time.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub(super) range: Range<Time>,
    pub(super) text: String,
}

/// One speaker's speech.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Strip {
    /// The least and the greatest of each column, -1..=1.
    pub(super) peaks: Arc<[(f32, f32)]>,
    /// How far the farthest of them reaches.
    pub(super) loudest: f32,
    pub(super) words: Vec<Piece>,
    pub(super) phones: Vec<Piece>,
    pub(super) visemes: Vec<(Range<Time>, Viseme)>,
    pub(super) marks: Vec<(Time, String)>,
    pub(super) duration: Time,
}

impl Strip {
    /// Of each of the cast of a production with all its sounds, with the stage's cues.
    ///
    /// # Errors
    /// When the job is cancelled.
    pub(super) fn of_cast(
        production: &Production,
        program: &Program,
        job: &Job<'_>,
    ) -> Result<Vec<Self>, Cancelled> {
        let watch = Watched { job, done: Cell::new(0), total: 1 + production.cast.len() as i64 };
        let peaks: Arc<[(f32, f32)]> = peaks(program, &watch)?.into();
        let of = |index| Self::new(production, index, Arc::clone(&peaks), &watch);
        (0..production.cast.len()).map(of).collect()
    }

    fn new(
        production: &Production,
        index: usize,
        peaks: Arc<[(f32, f32)]>,
        watch: &Watched<'_>,
    ) -> Result<Self, Cancelled> {
        let timeline = &production.timeline;
        let speaker = timeline.speakers.get(index);
        let piece = |start: Time, end: Time, text: &str| Piece { range: start..end, text: text.to_owned() };
        let words = speaker.map_or(&[][..], |s| &s.words);
        let phones = speaker.map_or(&[][..], |s| &s.phones);
        let marks = speaker.map_or(&[][..], |s| &s.marks).iter().chain(&timeline.cues);
        let mut marks: Vec<(Time, String)> = marks
            .map(|m| (m.time, format!("{} {}", m.name, args(m).join(" ")).trim_end().to_owned()))
            .collect();
        marks.sort_by_key(|(time, _)| *time);
        Ok(Self {
            loudest: peaks.iter().fold(0.0, |loudest, (least, most)| most.max(-least).max(loudest)),
            peaks,
            words: words.iter().map(|w| piece(w.start, w.end, &w.text)).collect(),
            phones: phones.iter().map(|p| piece(p.start, p.end, &p.ipa)).collect(),
            visemes: visemes(production, index, watch)?,
            marks,
            duration: production.performance.duration(),
        })
    }

    /// The word that is said at `t`, or the next one within half a second.
    pub(super) fn word_at(&self, t: Time) -> Option<&Piece> {
        let near = |piece: &&Piece| piece.range.end > t && piece.range.start <= t + Time::from_millis(500);
        self.words.iter().find(near)
    }
}

/// What a mark says, with the name of a dropped motion's file in place of its path.
fn args(mark: &Mark) -> Vec<&str> {
    mark.args.iter().map(|arg| arg.strip_prefix(OWN_CLIP).map_or(arg.as_str(), file_name)).collect()
}

/// How often a speech is gone through, once for its sounds and once for each speaker.
struct Watched<'a> {
    job: &'a Job<'a>,
    done: Cell<i64>,
    total: i64,
}

impl Watched<'_> {
    /// It is gone through until `t`.
    fn at(&self, t: Time, end: Time) -> Result<(), Cancelled> {
        let end = end.as_nanos().max(1);
        let done = self.done.get() as f64 + t.as_nanos() as f64 / end as f64;
        self.job.report("listening", (done * 1000.0) as u64, self.total as u64 * 1000)
    }

    fn next(&self) {
        self.done.set(self.done.get() + 1);
    }
}

fn peaks(program: &Program, watch: &Watched<'_>) -> Result<Vec<(f32, f32)>, Cancelled> {
    let (mut out, mut start) = (Vec::new(), Time::ZERO);
    let column = COLUMN.to_samples(RATE).max(1) as usize;
    while start < program.duration() {
        watch.at(start, program.duration())?;
        let end = (start + PIECE).min(program.duration());
        let samples = program.render(start..end, RATE, 1);
        out.extend(samples.chunks(column).map(|column| {
            column.iter().fold((0.0_f32, 0.0_f32), |(least, most), s| (least.min(*s), most.max(*s)))
        }));
        start = end;
    }
    watch.next();
    Ok(out)
}

/// Which viseme is strongest when.
fn visemes(
    production: &Production,
    index: usize,
    watch: &Watched<'_>,
) -> Result<Vec<(Range<Time>, Viseme)>, Cancelled> {
    let duration = production.performance.duration();
    let step = LOOK.max(Time::from_nanos(duration.as_nanos() / MOST_LOOKS));
    let mut out: Vec<(Range<Time>, Viseme)> = Vec::new();
    let mut t = Time::ZERO;
    while t < duration {
        watch.at(t, duration)?;
        let Some(acting) = production.performance.acting(index, t) else { return Ok(out) };
        let strongest = Viseme::ALL
            .iter()
            .copied()
            .max_by(|a, b| acting.visemes[a.index()].total_cmp(&acting.visemes[b.index()]));
        let strongest = strongest.unwrap_or(Viseme::Sil);
        match out.last_mut() {
            Some((range, viseme)) if *viseme == strongest => range.end = t + step,
            _ => out.push((t..t + step, strongest)),
        }
        t += step;
    }
    out.retain(|(_, viseme)| *viseme != Viseme::Sil);
    watch.next();
    Ok(out)
}

//! Songs as UltraStar, Vocaluxe and Performous have them: a note a row, with the syllable that is sung on it. Only read.
//!
//! Times are beats; a beat is a quarter of one of the file's BPM. What the file says row by row becomes voices of notes here;
//! their words, lines and melody are made in `song`.

use super::rows::{Row, number, rows};
use super::song::{self, Song, Syllable};
use super::{Input, ReadSong, has_room, warning};
use crate::script::document::Fault;
use crate::time::Time;

/// A row that begins so says how fast the song is; nothing else does.
const TEMPO: &str = "#BPM:";
/// Nobody sings longer than this, in seconds.
const LONGEST_SECS: f64 = 2.0 * 3600.0;
const MOST_BPM: f64 = 10_000.0;
const MOST_BEATS: f64 = 1e7;
/// Rows that are told one by one, of all that are broken.
const MOST_TOLD: usize = 10;
/// Concert pitch, and how many semitones it is above the C on which the file's pitches count.
const CONCERT_HZ: f64 = 440.0;
const CONCERT_PITCH: f64 = 9.0;

/// Whether a row is the head's that no song lacks.
pub(super) fn is_tempo(row: &str) -> bool {
    row.get(..TEMPO.len()).is_some_and(|head| head.eq_ignore_ascii_case(TEMPO))
}

pub(super) fn read(input: &Input<'_>) -> ReadSong {
    let head = Head::of(input.text)?;
    let mut reading = Reading::new(&head);
    for row in rows(input.text).filter(|row| !row.is_blank()) {
        if row.text.trim() == "E" {
            break;
        }
        if let Err(fault) = reading.row(row) {
            reading.broken.push(fault.at(row.at));
        }
    }
    let Reading { voices, broken, .. } = reading;
    let mut told = Vec::new();
    let more = broken.len().saturating_sub(MOST_TOLD);
    told.extend(broken.into_iter().take(MOST_TOLD));
    if more > 0 {
        told.push(warning(format!("{more} more rows are broken and are left out")));
    }
    let voices = voices.into_iter().zip(&head.singers);
    let voices = voices.map(|(notes, name)| (name.clone(), notes)).filter(|(_, notes)| !notes.is_empty());
    let song = Song {
        voices: voices.collect(),
        language: head.language,
        bpm: head.bpm,
        first_beat: Time::from_secs_f64(head.gap_secs),
        sound: head.sound,
    };
    if song.voices.is_empty() {
        let help = "a note is a row such as ': 0 4 7 la': its beat, its length, its pitch and its syllable";
        // What is wrong with the only notes says more than that there are none.
        let first = told.into_iter().find(|fault| fault.at.is_some());
        return Err(Fault::new("the song has no note").help(help).at(first.and_then(|f| f.at).unwrap_or(0)));
    }
    song::timeline_of(song, told)
}

/// What stands ahead of the notes.
struct Head {
    bpm: f64,
    gap_secs: f64,
    /// Times count from the last break between lines.
    is_relative: bool,
    language: String,
    sound: String,
    /// The names of the first and of the second voice.
    singers: [String; 2],
}

impl Head {
    fn of(text: &str) -> Result<Self, Fault> {
        let mut bpm = None;
        let mut head = Self {
            bpm: 0.0,
            gap_secs: 0.0,
            is_relative: false,
            language: String::new(),
            sound: String::new(),
            singers: Default::default(),
        };
        let is_note = |row: &Row<'_>| row.text.trim_start().starts_with([':', '*']);
        for row in rows(text).take_while(|row| !is_note(row)) {
            let Some((key, value)) = row.text.trim().strip_prefix('#').and_then(|r| r.split_once(':')) else {
                continue;
            };
            let value = value.trim();
            let of_number = |what: &str, most: f64| {
                number(value).filter(|number| number.abs() <= most).ok_or_else(|| {
                    let fault = Fault::new(format!("'{}' is no number for {what}", shortened(value)));
                    fault.help(format!("write it as #{what}:120")).at(row.at)
                })
            };
            match key.trim().to_ascii_uppercase().as_str() {
                "BPM" => bpm = Some((of_number("BPM", MOST_BPM)?, row.at)),
                "GAP" => head.gap_secs = of_number("GAP", LONGEST_SECS * 1000.0)? / 1000.0,
                "RELATIVE" => head.is_relative = value.eq_ignore_ascii_case("yes"),
                "LANGUAGE" => head.language = song::language_tag(value).to_owned(),
                // The newer name counts where both are there.
                "AUDIO" => value.clone_into(&mut head.sound),
                "MP3" if head.sound.is_empty() => value.clone_into(&mut head.sound),
                "P1" | "DUETSINGERP1" => value.clone_into(&mut head.singers[0]),
                "P2" | "DUETSINGERP2" => value.clone_into(&mut head.singers[1]),
                _ => {}
            }
        }
        let help = "add a row such as #BPM:240 ahead of the notes";
        let (bpm, at) = bpm.ok_or_else(|| Fault::new("the song does not say its BPM").help(help).at(0))?;
        if bpm <= 0.0 {
            return Err(Fault::new("the BPM must be above 0").help(help).at(at));
        }
        head.bpm = bpm;
        Ok(head)
    }
}

/// The notes so far.
struct Reading<'a> {
    head: &'a Head,
    voices: [Vec<Syllable>; 2],
    /// Who sings what follows.
    current: &'static [usize],
    /// From here on beats count, where they are relative.
    base: f64,
    /// From which beat on which tempo holds: the beat, its time in seconds, and seconds a beat.
    tempos: Vec<(f64, f64, f64)>,
    is_new_line: bool,
    broken: Vec<Fault>,
}

impl<'a> Reading<'a> {
    fn new(head: &'a Head) -> Self {
        let tempos = vec![(0.0, head.gap_secs, secs_of_beat(head.bpm))];
        let voices = Default::default();
        Self { head, voices, current: &[0], base: 0.0, tempos, is_new_line: true, broken: Vec::new() }
    }

    fn row(&mut self, row: Row<'_>) -> Result<(), Fault> {
        let text = row.text.trim_start();
        let mut letters = text.chars();
        let first = letters.next().unwrap_or_default();
        let rest = letters.as_str();
        match first {
            '#' => Ok(()),
            ':' | '*' | 'F' | 'R' | 'G' => self.note(rest, matches!(first, ':' | '*'), row),
            '-' => {
                let beats: Option<Vec<f64>> = rest.split_whitespace().map(number).collect();
                self.is_new_line = true;
                let Some(beats) = beats.filter(|beats| beats.len() <= 2) else {
                    return Err(warning("the end of this line has no time; the line ends all the same")
                        .help("expected '- BEAT'"));
                };
                if self.head.is_relative {
                    self.base += beats.last().copied().unwrap_or_default();
                }
                Ok(())
            }
            'P' => {
                self.current = match rest.trim() {
                    "1" => &[0],
                    "2" => &[1],
                    "3" => &[0, 1],
                    _ => {
                        return Err(
                            warning("this voice is not known").help("expected P1, P2, or P3 for both")
                        );
                    }
                };
                self.base = 0.0;
                self.is_new_line = true;
                Ok(())
            }
            'B' => self.tempo(rest),
            _ => Err(warning("this row is no note and is left out")
                .help("notes begin with ':', '*', 'F' or 'R', ends of lines with '-'")),
        }
    }

    fn note(&mut self, rest: &str, has_pitch: bool, row: Row<'_>) -> Result<(), Fault> {
        let (numbers, text) = fields(rest);
        let [Some(start), Some(length), Some(pitch)] = numbers else {
            let message = "this note is broken and is left out";
            return Err(warning(message).help("expected ': BEAT LENGTH PITCH SYLLABLE'"));
        };
        let beat = start + self.base;
        let at = |beat: f64| self.secs_at(beat);
        let (start, end) = (at(beat), at(beat + length));
        if beat.abs() > MOST_BEATS || !(0.0..=LONGEST_SECS).contains(&end) || length < 0.0 || end <= start {
            let message = "this note has no length, or lies outside of the song, and is left out";
            return Err(warning(message).help("a song lasts at most two hours"));
        }
        let pitch_hz = if has_pitch { hertz(pitch) } else { 0.0 };
        let breaks = std::mem::take(&mut self.is_new_line);
        let (start, end) = (Time::from_secs_f64(start.max(0.0)), Time::from_secs_f64(end));
        let note = Syllable { start, end, pitch_hz, text: text.to_owned(), at: row.at, is_new_line: breaks };
        for voice in self.current {
            has_room(*voice)?;
            if let Some(notes) = self.voices.get_mut(*voice) {
                notes.push(note.clone());
            }
        }
        Ok(())
    }

    /// `B BEAT BPM`, as old files change the tempo.
    fn tempo(&mut self, rest: &str) -> Result<(), Fault> {
        let numbers: Option<Vec<f64>> = rest.split_whitespace().map(number).collect();
        let last = self.tempos.last().map_or(0.0, |(beat, ..)| *beat);
        match numbers.as_deref() {
            Some([beat, bpm]) if *bpm > 0.0 && *bpm <= MOST_BPM && beat + self.base >= last => {
                let beat = beat + self.base;
                self.tempos.push((beat, self.secs_at(beat), secs_of_beat(*bpm)));
                Ok(())
            }
            _ => Err(warning("this change of tempo is broken and is left out").help("expected 'B BEAT BPM'")),
        }
    }

    fn secs_at(&self, beat: f64) -> f64 {
        let after = self.tempos.partition_point(|(from, ..)| *from <= beat);
        let tempo = self.tempos.get(after.saturating_sub(1)).copied().unwrap_or_default();
        tempo.1 + (beat - tempo.0) * tempo.2
    }
}

fn secs_of_beat(bpm: f64) -> f64 {
    15.0 / bpm
}

/// The three numbers of a note, and its text with the spaces that it begins and ends with.
fn fields(rest: &str) -> ([Option<f64>; 3], &str) {
    let mut rest = rest;
    let numbers = [(); 3].map(|()| {
        let field = rest.trim_start();
        let end = field.find(char::is_whitespace).unwrap_or(field.len());
        let (own, after) = field.split_at(end);
        rest = after;
        number(own).filter(|number| number.abs() <= MOST_BEATS)
    });
    // One space parts the pitch from the text; others are the text's.
    (numbers, rest.strip_prefix([' ', '\t']).unwrap_or(rest))
}

/// Of a pitch that counts semitones from the middle C.
fn hertz(pitch: f64) -> f32 {
    let above = pitch.clamp(-48.0, 48.0) - CONCERT_PITCH;
    (CONCERT_HZ * libm::exp2(above / 12.0)) as f32
}

fn shortened(field: &str) -> String {
    field.chars().take(40).collect()
}

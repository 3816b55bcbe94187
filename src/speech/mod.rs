//! Text, audio and phones into one another: timing, words, prosody. Pure: no files, no programs, no devices.
//!
//! What synthesisers print is parsed here; they are started elsewhere.

pub mod acoustic;
pub mod align;
mod assemble;
pub mod duration;
pub mod espeak;
mod fill;
pub mod flite;
mod passage;
mod phrase;
pub mod pinyin;
mod pitch;
mod placing;
mod prosody;
mod recorded;
mod refine;
mod sentence;
mod singing;
mod sound;
mod stress;
pub mod text;
mod utterance;
mod words;

pub use assemble::{LEAD_IN, LEAD_OUT, SpokenLine, assemble};
pub use fill::fill_phones;
pub use passage::{Part, Passage, SaidWord, passages};
pub use phrase::phrases_of;
pub use placing::place_phones;
pub use prosody::{HOP, prosody_of};
pub use recorded::{Recording, timeline_of, timeline_of_sound, words_of};
pub use sentence::sentences;
pub use singing::fill_sung_phones;
pub use sound::Sound;
pub use utterance::{RawPhone, Utterance, join};
pub use words::{place_words, word_of_phones};

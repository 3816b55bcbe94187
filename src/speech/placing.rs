//! The phones of a synthesised sentence found in its sound, of which they are known for certain.
//!
//! Acoustic models find them; where they cannot, their usual lengths and the sound's pauses do.

use super::align::{Listener, align};
use super::duration::time_clauses;
use super::sound::Sound;
use super::utterance::RawPhone;
use crate::job::{Cancelled, Job};
use crate::script::timeline::TimedPhone;

/// Times for the phones of words (for each word its pronunciations) in a sound, and the word of each phone; `None` for what
/// is heard beside them.
///
/// # Errors
/// [`Cancelled`] when the job is.
pub fn place_phones(
    sound: &Sound,
    words: &[Vec<Vec<RawPhone>>],
    job: &Job<'_>,
) -> Result<(Vec<TimedPhone>, Vec<Option<usize>>), Cancelled> {
    let mut listener = Listener::new(sound.rate, true);
    listener.push(&sound.samples);
    let found = align(&listener.finish(), words, job)?;
    let is_whole =
        found.words.iter().zip(words).all(|(found, word)| found.is_heard || word.concat().is_empty());
    if is_whole {
        return Ok((found.phones, found.word_of_phone));
    }
    let first = |(index, word): (usize, &Vec<Vec<RawPhone>>)| {
        let phones = word.first().cloned().unwrap_or_default();
        phones.into_iter().map(move |phone| (Some(index), phone))
    };
    let (owners, phones): (Vec<_>, Vec<_>) = words.iter().enumerate().flat_map(first).unzip();
    let timed = time_clauses(&[phones], sound);
    // Times may drop a phone that has no room.
    let owners = if timed.len() == owners.len() { owners } else { vec![None; timed.len()] };
    Ok((timed, owners))
}

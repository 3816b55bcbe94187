//! Sentences kept by the hash of all that decides how they sound: what was said once is not said again.
//!
//! An entry is the sound as its program wrote it, and a timeline of it; either missing or broken, it is made anew.

use super::{Engine, Studio, Take};
use crate::host::{Cache, HostError, cache, read_wav};
use crate::script::Timeline;
use crate::script::timeline::{AudioClip, Speaker};
use crate::speech::{Passage, Utterance};
use crate::time::Time;

/// Changes whenever the same sentence would be made into something else.
const MAKE: &[u8] = b"rhetor voice 3";

/// Speaks a sentence, or takes it from the cache.
pub(in crate::host) fn speak(
    engine: &dyn Engine,
    passage: &Passage,
    studio: &Studio<'_>,
    cache: Option<&Cache>,
) -> Result<Utterance, HostError> {
    let Some(cache) = cache else { return utterance(engine.speak(passage, studio)?) };
    let asked = format!("{passage:?}");
    let key = cache::key_of(&[MAKE, engine.fingerprint().as_bytes(), asked.as_bytes()]);
    if let Some(found) = find(cache, &key).filter(|found| found.words.len() == passage.words().len()) {
        return Ok(found);
    }
    let take = engine.speak(passage, studio)?;
    // Kept or not, it sounds the same.
    let _ = store(cache, &key, &take);
    utterance(take)
}

fn utterance(take: Take) -> Result<Utterance, HostError> {
    let sound = read_wav(&take.wav, "the sound of a voice")?;
    Ok(Utterance { sound, phones: take.phones, words: take.words, ..Utterance::default() })
}

fn names(key: &str) -> (String, String) {
    (format!("{key}.voice.timeline.json"), format!("{key}.voice.wav"))
}

fn find(cache: &Cache, key: &str) -> Option<Utterance> {
    let (entry, sound) = names(key);
    let json = std::fs::read_to_string(cache.find(&entry)?).ok()?;
    let (mut timeline, _) = Timeline::from_json(&json, &entry).ok()?;
    let wav = std::fs::read(cache.find(&sound)?).ok()?;
    if timeline.audio.first()?.sha256 != Some(cache::sha256_hex(&wav)) {
        return None;
    }
    let Speaker { phones, words, .. } = timeline.speakers.pop()?;
    utterance(Take { wav, phones, words }).ok()
}

/// The sound first: an entry is there when its timeline is.
fn store(cache: &Cache, key: &str, take: &Take) -> Result<(), HostError> {
    let (entry, sound) = names(key);
    let ends = take.phones.iter().map(|phone| phone.end).chain(take.words.iter().map(|word| word.end));
    let clip =
        AudioClip { file: sound.clone(), sha256: Some(cache::sha256_hex(&take.wav)), ..AudioClip::default() };
    let timeline = Timeline {
        duration: ends.fold(Time::ZERO, Time::max),
        speakers: vec![Speaker {
            id: "voice".to_owned(),
            phones: take.phones.clone(),
            words: take.words.clone(),
            ..Speaker::default()
        }],
        audio: vec![clip],
        ..Timeline::default()
    };
    cache.store(&sound, &take.wav)?;
    cache.store(&entry, timeline.to_json().as_bytes())?;
    Ok(())
}

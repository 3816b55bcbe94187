//! Sound files that documents name, decoded: whole for playing, in one channel for timing and prosody.
//!
//! Playing them is the mixer's; nothing here changes a file.

use super::HostError;
use crate::speech::Sound;

/// The channels of a sound file averaged; without the feature `audio` only WAV is read.
#[cfg(feature = "audio")]
pub(super) fn decode(bytes: &[u8], name: &str) -> Result<Sound, HostError> {
    let pcm = crate::audio::decode(bytes, name).map_err(|error| HostError::input("", error.to_string()))?;
    let channels = usize::from(pcm.channels.max(1));
    let samples =
        pcm.samples.chunks_exact(channels).map(|c| c.iter().sum::<f32>() / channels as f32).collect();
    Ok(Sound { samples, rate: pcm.rate })
}

/// The channels of a WAV file averaged.
#[cfg(not(feature = "audio"))]
pub(super) fn decode(bytes: &[u8], name: &str) -> Result<Sound, HostError> {
    super::read_wav(bytes, name)
}

/// Decodes every sound of a timeline, each file once.
///
/// # Errors
/// The sound that is missing, broken, or not the one the timeline was made with; a cancelled job.
#[cfg(feature = "audio")]
pub fn load_program(
    timeline: &crate::script::Timeline,
    source: &super::FolderSource,
    job: &crate::job::Job<'_>,
) -> Result<crate::audio::Program, HostError> {
    use crate::audio::{AudioError, Clip, Pcm, Program, decode_in_parts};
    use crate::source::Source;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    let mut decoded: BTreeMap<&str, Arc<Pcm>> = BTreeMap::new();
    let mut clips = Vec::with_capacity(timeline.audio.len());
    // Thousandths of the files.
    let total = timeline.audio.len() as u64 * 1000;
    for (index, audio) in (0..).zip(&timeline.audio) {
        let mut part = |share: f32| {
            let done = index * 1000 + (share.clamp(0.0, 1.0) * 1000.0) as u64;
            job.report("decoding", done, total)
        };
        part(0.0)?;
        let name = audio.file.as_str();
        let pcm = match decoded.get(name) {
            Some(pcm) => Arc::clone(pcm),
            None => {
                let bytes = source.read(name).map_err(|e| HostError::source("sound", &e))?;
                if audio.sha256.as_ref().is_some_and(|pinned| *pinned != super::cache::sha256_hex(&bytes)) {
                    return Err(HostError::input(
                        name,
                        "this is not the sound that the timeline was made with",
                    )
                    .help("prepare the script again, or put the right file back"));
                }
                let pcm =
                    Arc::new(decode_in_parts(&bytes, name, &mut part).map_err(|error| match error {
                        AudioError::Cancelled(cancelled) => cancelled.into(),
                        other => HostError::input("", other.to_string()),
                    })?);
                decoded.insert(name, Arc::clone(&pcm));
                pcm
            }
        };
        let (start, file_in, file_out) = (audio.start, audio.file_in, audio.file_out);
        clips.push(Clip { start, file_in, file_out, gain_db: audio.gain_db, pcm });
    }
    Ok(Program::new(clips))
}

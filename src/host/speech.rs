//! Speeches by file name, and the sounds they name.

use super::{FolderSource, HostError};
use crate::diagnostic::Diagnostic;
use crate::job::Job;
use crate::script::Timeline;
use std::path::{Path, PathBuf};

/// A speech ready to be performed.
#[derive(Debug, Clone)]
pub struct Speech {
    /// What is said when.
    pub timeline: Timeline,
    /// Where its files lie.
    pub source: FolderSource,
    /// What had to be corrected.
    pub warnings: Vec<Diagnostic>,
}

/// Loads a timeline.
///
/// # Errors
/// When the file is missing or not a speech.
pub fn load_speech(input: &str, allow: &[PathBuf], job: &Job<'_>) -> Result<Speech, HostError> {
    job.report("reading", 0, 1)?;
    let path = Path::new(input);
    let bytes = super::folder::read_named(path)?;
    let text = String::from_utf8(bytes).map_err(|_| HostError::input(input, "not a text"))?;
    let (timeline, warnings) = Timeline::from_json(&text, input).map_err(|mut all| {
        all.drain(..).next().map_or_else(|| HostError::input(input, "broken"), Into::into)
    })?;
    Ok(Speech { timeline, source: FolderSource::beside(path, allow)?, warnings })
}

/// Decodes every sound of a timeline, each file once.
///
/// # Errors
/// The sound that is missing, broken, or not the one the timeline was made with.
#[cfg(feature = "audio")]
pub fn load_program(timeline: &Timeline, source: &FolderSource) -> Result<crate::audio::Program, HostError> {
    use crate::audio::{Clip, Pcm, Program, decode};
    use crate::source::Source;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    let mut decoded: BTreeMap<&str, Arc<Pcm>> = BTreeMap::new();
    let mut clips = Vec::with_capacity(timeline.audio.len());
    for audio in &timeline.audio {
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
                let pcm = Arc::new(decode(&bytes, name).map_err(|e| HostError::input("", e.to_string()))?);
                decoded.insert(name, Arc::clone(&pcm));
                pcm
            }
        };
        let (start, file_in, file_out) = (audio.start, audio.file_in, audio.file_out);
        clips.push(Clip { start, file_in, file_out, gain_db: audio.gain_db, pcm });
    }
    Ok(Program::new(clips))
}

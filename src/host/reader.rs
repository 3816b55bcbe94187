//! Words of languages that are not built in, read by espeak-ng as a program of its own.
//!
//! Words reach it in a file. Where it is not installed or fails, there are no phones, and the caller goes on.

use super::voice::Studio;
use super::{HostError, program};
use crate::job::Job;
use crate::speech::RawPhone;
use crate::speech::text::Reader;

/// espeak-ng as a reader.
pub struct EspeakReader<'a> {
    studio: Studio<'a>,
}

impl<'a> EspeakReader<'a> {
    /// `None` where the program is not installed.
    ///
    /// # Errors
    /// No place for its files.
    pub fn open(job: &'a Job<'a>) -> Result<Option<Self>, HostError> {
        if program::find("espeak-ng").is_none() {
            return Ok(None);
        }
        Ok(Some(Self { studio: Studio::open(job)? }))
    }
}

impl Reader for EspeakReader<'_> {
    fn read(&self, words: &[&str], language: &str) -> Vec<Vec<RawPhone>> {
        self.studio.words_alone(words, language).unwrap_or_default()
    }
}

impl std::fmt::Debug for EspeakReader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("EspeakReader").finish_non_exhaustive()
    }
}

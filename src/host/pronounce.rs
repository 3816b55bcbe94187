//! How the words of a text are said, in any language: by the program's own knowledge, else by espeak-ng where it is installed.
//!
//! It decides only whom to ask.

use super::{EspeakReader, HostError};
use crate::job::Job;
use crate::speech::RawPhone;
use crate::speech::text::{Lexicon, Reader, pronounce_with};

/// Knows how words are said.
pub(super) struct Pronouncer<'a> {
    reader: Option<EspeakReader<'a>>,
    lexicon: Lexicon,
}

impl<'a> Pronouncer<'a> {
    pub(super) fn open(job: &'a Job<'a>) -> Result<Self, HostError> {
        Ok(Self { reader: EspeakReader::open(job)?, lexicon: Lexicon::default() })
    }

    /// For each word of `text` (as [`crate::script::words::split`] has them) its pronunciations, the likeliest first; none for a
    /// word that nobody can read.
    pub(super) fn variants(&self, text: &str, language: &str) -> Vec<Vec<Vec<RawPhone>>> {
        let reader = self.reader.as_ref().map(|reader| reader as &dyn Reader);
        let words = pronounce_with(text, language, &self.lexicon, reader);
        words.into_iter().map(|word| word.variants).collect()
    }
}

//! How the words of a text are said, in any language: by the program's own knowledge, else by espeak-ng where it is installed.
//!
//! It decides only whom to ask.

use etcetera::AppStrategy;

use super::config::app_folders;
use super::folder::read_named;
use super::{EspeakReader, HostError};
use crate::job::Job;
use crate::speech::RawPhone;
use crate::speech::text::{Lexicon, Reader, pronounce_with};

/// The user's own pronunciations: the file that `RHETOR_LEXICON` names, else `lexicon.txt` beside the configuration; none
/// where there is neither.
///
/// # Errors
/// A file that cannot be read, or a line that is no entry.
fn user_lexicon() -> Result<Lexicon, HostError> {
    let Some((name, text)) = user_lexicon_text()? else { return Ok(Lexicon::default()) };
    Lexicon::parse(&text, &name).map_err(HostError::from)
}

/// The name and the text of that file.
pub(super) fn user_lexicon_text() -> Result<Option<(String, String)>, HostError> {
    let path = match std::env::var_os("RHETOR_LEXICON") {
        Some(path) => std::path::PathBuf::from(path),
        None => match app_folders() {
            Ok(folders) if folders.in_config_dir("lexicon.txt").is_file() => {
                folders.in_config_dir("lexicon.txt")
            }
            _ => return Ok(None),
        },
    };
    let name = path.display().to_string();
    let bytes = read_named(&path)?;
    let text = String::from_utf8(bytes).map_err(|_| HostError::input(&name, "not UTF-8 text"))?;
    Ok(Some((name, text)))
}

/// Knows how words are said.
pub(super) struct Pronouncer<'a> {
    reader: Option<EspeakReader<'a>>,
    lexicon: Lexicon,
}

impl<'a> Pronouncer<'a> {
    pub(super) fn open(job: &'a Job<'a>) -> Result<Self, HostError> {
        Ok(Self { reader: EspeakReader::open(job)?, lexicon: user_lexicon()? })
    }

    /// For each word of `text` (as [`crate::script::words::split`] has them) its pronunciations, the likeliest first; none for a
    /// word that nobody can read.
    pub(super) fn variants(&self, text: &str, language: &str) -> Vec<Vec<Vec<RawPhone>>> {
        let reader = self.reader.as_ref().map(|reader| reader as &dyn Reader);
        let words = pronounce_with(text, language, &self.lexicon, reader);
        words.into_iter().map(|word| word.variants).collect()
    }
}

//! Voices: text of one sentence in, sound with timed phones and words out, by programs.
//!
//! A document chooses a voice by name; which command that is stands here or in the user's configuration. Text
//! reaches a program in a file, never as an argument.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use super::config::{CommandVoice, Config};
use super::{HostError, program, read_wav};
use crate::diagnostic::Diagnostic;
use crate::job::Job;
use crate::script::words;
use crate::speech::{
    RawPhone, Sound, Utterance, duration, espeak, flite, pinyin, place_words, word_of_phones,
};

/// A built-in program may take this long for a sentence.
const LIMIT: Duration = Duration::from_secs(60);
const DEFAULT_FLITE: &str = "slt";

/// A voice that can speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Voice {
    /// `flite -voice NAME`: US English.
    Flite(String),
    /// `espeak-ng -v NAME`.
    Espeak(String),
    /// A command of the user's, and what stands for `{voice}` in it.
    Command(CommandVoice, String),
}

impl Voice {
    /// By the name a script gives (`flite`, `flite:rms`, `espeak-ng:de`, a name of the configuration, each with an
    /// optional voice of the engine after a colon); without one `flite` for English, `espeak-ng` for all else.
    pub(super) fn choose(name: Option<&str>, language: &str, config: &Config) -> Result<Self, String> {
        let by_language = if is_language(language, "en") { "flite" } else { "espeak-ng" };
        let (engine, part) =
            name.unwrap_or(by_language).split_once(':').unwrap_or((name.unwrap_or(by_language), ""));
        // An engine could take a path or an address for a name.
        if !part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+'))
            || part.starts_with('-')
        {
            return Err(format!("'{part}' is no name of a voice: letters, digits, - _ + only"));
        }
        match engine {
            "flite" if !is_language(language, "en") => {
                Err(format!("flite speaks English only, and the line is in '{language}'; use espeak-ng"))
            }
            "flite" => Ok(Self::Flite(if part.is_empty() { DEFAULT_FLITE } else { part }.to_owned())),
            "espeak-ng" => {
                Ok(Self::Espeak(if part.is_empty() { espeak_voice(language) } else { part.to_owned() }))
            }
            _ => match config.voices.get(engine) {
                Some(voice) => Ok(Self::Command(voice.clone(), part.to_owned())),
                None => {
                    let known: Vec<&str> = config.voices.keys().map(String::as_str).collect();
                    let known = [&["flite", "espeak-ng"], &known[..]].concat().join(", ");
                    Err(format!("no voice '{engine}'; known: {known}"))
                }
            },
        }
    }

    /// All that decides how it sounds, for cache keys.
    pub(super) fn fingerprint(&self) -> String {
        format!("{self:?}")
    }
}

/// Whether `language` is `primary` or a variant of it.
pub(super) fn is_language(language: &str, primary: &str) -> bool {
    language.split(['-', '_']).next().is_some_and(|first| first.eq_ignore_ascii_case(primary))
}

fn is_chinese(language: &str) -> bool {
    is_language(language, "zh") || is_language(language, "cmn")
}

fn espeak_voice(language: &str) -> String {
    let known = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    match language.to_ascii_lowercase().as_str() {
        "en" | "" => "en-us".to_owned(),
        _ if is_chinese(language) => "cmn".to_owned(),
        tag => tag.chars().filter(known).collect(),
    }
}

/// A place to speak in: a folder of its own for the programs' files.
pub(super) struct Studio<'a> {
    folder: tempfile::TempDir,
    job: &'a Job<'a>,
}

impl<'a> Studio<'a> {
    pub(super) fn open(job: &'a Job<'a>) -> Result<Self, HostError> {
        let folder = tempfile::Builder::new().prefix("rhetor-").tempdir().map_err(|error| {
            HostError::environment(format!("no temporary folder: {error}"), "free some space, or set TMPDIR")
        })?;
        Ok(Self { folder, job })
    }

    /// Speaks one sentence; the words of the result are those of [`words::split`].
    pub(super) fn speak(
        &self,
        voice: &Voice,
        text: &str,
        language: &str,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Utterance, HostError> {
        let words: Vec<&str> = words::split(text).into_iter().filter_map(|range| text.get(range)).collect();
        match voice {
            Voice::Flite(name) => self.by_flite(name, text, &words, language),
            Voice::Espeak(name) => {
                let reading = self.read(name, text, &words, language)?;
                let sound = self.espeak_sound(&reading.voice, &reading.text)?;
                Ok(timed(sound, reading, &words, language))
            }
            Voice::Command(command, name) => self.by_command(command, name, text, &words, language, warnings),
        }
    }

    fn by_flite(
        &self,
        voice: &str,
        text: &str,
        words: &[&str],
        language: &str,
    ) -> Result<Utterance, HostError> {
        let text = plain(text);
        let wav = self.path("voice.wav");
        let args: [OsString; 7] = [
            "-voice".into(),
            voice.into(),
            "-psdur".into(),
            "-f".into(),
            self.text_file(&text)?,
            "-o".into(),
            wav.clone().into(),
        ];
        let flite = program::require("flite")?;
        let printed = program::run(&flite, &args, LIMIT, self.job)?;
        let odd = |error: flite::OutputError| HostError::environment(error.to_string(), "use flite 2.2");
        let phones = flite::parse_timed(&String::from_utf8_lossy(&printed.stdout)).map_err(odd)?;
        let sound = self.recorded(&wav, "flite")?;
        let alone = |words: &[&str]| {
            // Each a paragraph, each an utterance of its own.
            let list: Vec<String> = words.iter().map(|word| plain(word)).collect();
            let args: [OsString; 7] = [
                "-voice".into(),
                voice.into(),
                "-ps".into(),
                "-f".into(),
                self.text_file(&list.join("\n\n"))?,
                "-o".into(),
                "none".into(),
            ];
            let printed = program::run(&flite, &args, LIMIT, self.job)?;
            Ok(flite::parse_plain(&String::from_utf8_lossy(&printed.stdout)))
        };
        let expected = each_alone(words, alone)?;
        let heard: Vec<&str> = phones.iter().map(|phone| phone.ipa.as_str()).collect();
        let owners = word_of_phones(&expected, &heard);
        let words = place_words(words, language, &phones, &owners, sound.audible_range());
        Ok(Utterance { sound, phones, words, ..Utterance::default() })
    }

    fn by_command(
        &self,
        command: &CommandVoice,
        voice: &str,
        text: &str,
        words: &[&str],
        language: &str,
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Utterance, HostError> {
        let text_file = self.text_file(text)?.to_string_lossy().into_owned();
        let wav = self.path("voice.wav");
        let fill = |argument: &String| {
            let filled = argument.replace("{text_file}", &text_file);
            OsString::from(filled.replace("{out_wav}", &wav.to_string_lossy()).replace("{voice}", voice))
        };
        let (name, args) = command.command.split_first().map_or(("", &[][..]), |(n, a)| (n.as_str(), a));
        let args: Vec<OsString> = args.iter().map(fill).collect();
        program::run(&program::require(name)?, &args, command.time_limit, self.job)?;
        let sound = self.recorded(&wav, name)?;
        if program::find("espeak-ng").is_none() {
            let message = format!("'{name}' gives no phones: the lips stay closed");
            let help = "install espeak-ng, which tells the phones of a text: apt install espeak-ng";
            warnings.push(Diagnostic::warning("", message).help(help));
            let words = place_words(words, language, &[], &[], sound.audible_range());
            return Ok(Utterance { sound, words, ..Utterance::default() });
        }
        let reading = self.read(&espeak_voice(language), text, words, language)?;
        Ok(timed(sound, reading, words, language))
    }

    /// The phones of a text by espeak-ng, or by the spelling rules where it is all pinyin.
    fn read(&self, voice: &str, text: &str, words: &[&str], language: &str) -> Result<Reading, HostError> {
        if is_chinese(language)
            && let Some(reading) = read_pinyin(text)
        {
            return Ok(reading);
        }
        let clauses = self.espeak_phones(voice, text)?;
        let expected = each_alone(words, |words| self.espeak_phones(voice, &words.join("\n\n")))?;
        Ok(Reading { voice: voice.to_owned(), text: text.to_owned(), clauses, expected })
    }

    /// The phones of each word spoken by itself by espeak-ng's voice for a language.
    pub(super) fn words_alone(
        &self,
        words: &[&str],
        language: &str,
    ) -> Result<Vec<Vec<RawPhone>>, HostError> {
        let voice = espeak_voice(language);
        each_alone(words, |words| self.espeak_phones(&voice, &words.join("\n\n")))
    }

    fn espeak_phones(&self, voice: &str, text: &str) -> Result<Vec<Vec<RawPhone>>, HostError> {
        let ipa = self.espeak(voice, text, &["-q", "--ipa", "--sep=_"])?;
        let tones = if voice.starts_with("cmn") {
            self.espeak(voice, text, &["-q", "-x", "--sep=_"])?
        } else {
            String::new()
        };
        Ok(espeak::parse(&ipa, &tones))
    }

    fn espeak_sound(&self, voice: &str, text: &str) -> Result<Sound, HostError> {
        let wav = self.path("voice.wav");
        self.espeak(voice, text, &["-w", &wav.to_string_lossy()])?;
        self.recorded(&wav, "espeak-ng")
    }

    fn espeak(&self, voice: &str, text: &str, extra: &[&str]) -> Result<String, HostError> {
        let mut args: Vec<OsString> = vec!["-v".into(), voice.into()];
        args.extend(extra.iter().map(OsString::from));
        args.extend(["-f".into(), self.text_file(text)?]);
        let printed = program::run(&program::require("espeak-ng")?, &args, LIMIT, self.job)?;
        Ok(String::from_utf8_lossy(&printed.stdout).into_owned())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text_file(&self, text: &str) -> Result<OsString, HostError> {
        let path = self.path("text.txt");
        fs::write(&path, format!("{text}\n")).map_err(|error| {
            HostError::environment(
                format!("the text for a voice cannot be written: {error}"),
                "free some space",
            )
        })?;
        Ok(path.into())
    }

    /// The sound that a program wrote; the file is gone afterwards, so that no program passes off an older one.
    fn recorded(&self, wav: &PathBuf, program: &str) -> Result<Sound, HostError> {
        let bytes = fs::read(wav).map_err(|_| {
            HostError::environment(format!("'{program}' wrote no sound"), "run it by hand to see why")
        })?;
        let _ = fs::remove_file(wav);
        read_wav(&bytes, &format!("the sound of '{program}'"))
    }
}

/// What a text sounds like, without times.
struct Reading {
    /// The espeak-ng voice that speaks it so.
    voice: String,
    /// As that voice wants it.
    text: String,
    /// Phones between punctuation.
    clauses: Vec<Vec<RawPhone>>,
    /// Phones of each word by itself.
    expected: Vec<Vec<RawPhone>>,
}

fn timed(sound: Sound, reading: Reading, words: &[&str], language: &str) -> Utterance {
    let phones = duration::time_clauses(&reading.clauses, &sound);
    let heard: Vec<&str> = phones.iter().map(|phone| phone.ipa.as_str()).collect();
    let owners = word_of_phones(&reading.expected, &heard);
    let words = place_words(words, language, &phones, &owners, sound.audible_range());
    Utterance { sound, phones, words, ..Utterance::default() }
}

/// A text of which every word is pinyin; its clauses end at punctuation.
fn read_pinyin(text: &str) -> Option<Reading> {
    let (mut spelt, mut clauses, mut expected) = (String::new(), vec![Vec::new()], Vec::new());
    let mut end = 0;
    for range in words::split(text) {
        let between = text.get(end..range.start)?;
        end = range.end;
        let word = text.get(range)?;
        if between.contains([',', ';', ':', '.', '!', '?', '，', '；', '：', '、', '。']) {
            clauses.push(Vec::new());
        }
        spelt.push_str(between);
        spelt.push_str(&pinyin::with_digits(word)?);
        let phones = pinyin::read(word)?;
        clauses.last_mut()?.extend(phones.iter().cloned());
        expected.push(phones);
    }
    spelt.push_str(text.get(end..)?);
    let spelt = spelt.replace(['，', '、'], ",").replace('。', ".").replace('；', ";").replace('：', ":");
    (!expected.is_empty()).then(|| Reading {
        voice: "cmn-latn-pinyin".to_owned(),
        text: spelt,
        clauses,
        expected,
    })
}

/// The phones of each word spoken by itself: in one go, or in ever smaller parts where the program splits or drops some.
fn each_alone(
    words: &[&str],
    speak: impl Fn(&[&str]) -> Result<Vec<Vec<RawPhone>>, HostError> + Copy,
) -> Result<Vec<Vec<RawPhone>>, HostError> {
    let together = speak(words)?;
    match words {
        _ if together.len() == words.len() => Ok(together),
        [] => Ok(Vec::new()),
        [_] => Ok(vec![together.concat()]),
        _ => {
            let (first, second) = words.split_at(words.len() / 2);
            Ok([each_alone(first, speak)?, each_alone(second, speak)?].concat())
        }
    }
}

/// Typographic characters as flite, which reads ASCII, knows them.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' | 'ʼ' => out.push('\''),
            '“' | '”' | '«' | '»' => out.push('"'),
            '–' | '—' => out.push_str(", "),
            '…' => out.push('.'),
            'à' | 'á' | 'â' | 'ä' | 'å' | 'ã' => out.push('a'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'ö' | 'ø' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ç' => out.push('c'),
            'ñ' => out.push('n'),
            _ if c.is_ascii() => out.push(c),
            _ => out.push(' '),
        }
    }
    out
}

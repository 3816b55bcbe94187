//! The table of timing formats. Where a content is surely of several, the earlier row counts.

use super::format::Part::{Captions, Channels, Marks, Phones, Sound, Speakers, Visemes, Words};
use super::format::{Format, Likeness, Look, Reader};
use super::{
    Options, Written, aligner, audacity, azure, cartesia, ctm, elan, elevenlabs, gentle, google, htk,
    live_link, live_link_output, lyrics, mbrola, moho, papagayo, polly, rhubarb, subtitle, textgrid,
    textgrid_output, ultrastar, voicevox, whisper,
};
use crate::diagnostic::Diagnostic;
use crate::script::timeline::Timeline;

/// Whether a text is JSON with such keys: one at least of each list.
macro_rules! keys {
    ($($any:expr),+) => {
        |look: &Look<'_>| Likeness::sure(look.has_keys(&[$($any),+]))
    };
}

/// All formats that are known.
pub static FORMATS: &[Format] = &[
    Format {
        id: "timeline",
        name: "Rhetor timeline",
        endings: &[".timeline.json"],
        holds: &[Phones, Words, Visemes, Channels, Captions, Marks, Speakers, Sound],
        notes: "everything; see [timeline.md](timeline.md)",
        looks: keys!(&["version"], &["duration", "speakers"]),
        read: Reader::Own,
        write: Some(own),
    },
    Format {
        id: "rhubarb-tsv",
        name: "Rhubarb Lip Sync TSV",
        endings: &[".tsv"],
        holds: &[Visemes],
        notes: "shapes: A PP, B SS, C E, D aa, E oh, F ou, G FF, H nn, X rest",
        looks: |look| Likeness::sure(look.rows.first().is_some_and(|row| rhubarb::is_row(row))),
        read: Reader::Foreign(rhubarb::from_tsv),
        write: Some(rhubarb::to_tsv),
    },
    Format {
        id: "rhubarb-xml",
        name: "Rhubarb Lip Sync XML",
        endings: &[".xml"],
        holds: &[Visemes, Sound],
        notes: "shapes as in TSV; the sound file where it is named by a relative path",
        looks: |look| Likeness::sure(look.has_element("rhubarbResult")),
        read: Reader::Foreign(rhubarb::from_xml),
        write: Some(rhubarb::to_xml),
    },
    Format {
        id: "rhubarb-json",
        name: "Rhubarb Lip Sync JSON",
        endings: &[".rhubarb.json"],
        holds: &[Visemes, Sound],
        notes: "as XML",
        looks: keys!(&["mouthCues"]),
        read: Reader::Foreign(rhubarb::from_json),
        write: Some(rhubarb::to_json),
    },
    Format {
        id: "moho",
        name: "Moho, Papagayo and Rhubarb DAT",
        endings: &[".dat"],
        holds: &[Visemes],
        notes: "mouths of Preston Blair's (`MBP`, `AI`, …) or Rhubarb's letters by frames from 1; the file does not say how \
                long a frame is: 24 a second, or `--fps`",
        looks: moho::looks,
        read: Reader::Foreign(moho::read),
        write: Some(moho::write),
    },
    Format {
        id: "papagayo",
        name: "Papagayo project",
        endings: &[".pgo"],
        holds: &[Visemes, Words, Captions, Speakers, Sound],
        notes: "voices are speakers, phrases captions; written with whole frames a second, 24 or `--fps`",
        looks: |look| {
            Likeness::sure(look.rows.first().is_some_and(|row| row.eq_ignore_ascii_case(papagayo::HEAD)))
        },
        read: Reader::Foreign(papagayo::read),
        write: Some(papagayo::write),
    },
    Format {
        id: "textgrid",
        name: "Praat TextGrid",
        endings: &[".textgrid"],
        holds: &[Phones, Words, Visemes, Captions, Speakers],
        notes: "long or short text, also by MFA and WebMAUS; tiers by names that hold `phon`, `word` or `utterance` \
                (`NAME - phones` for several speakers); labels in ARPAbet, IPA or X-SAMPA; point tiers are left out; binary \
                files are refused",
        looks: |look| {
            let head: String = look.text.chars().take(200).collect();
            Likeness::sure(head.contains("ooTextFile") && head.contains("TextGrid"))
        },
        read: Reader::Foreign(textgrid::read),
        write: Some(textgrid_output::write),
    },
    Format {
        id: "mfa",
        name: "Montreal Forced Aligner JSON",
        endings: &[".mfa.json"],
        holds: &[Phones, Words, Speakers],
        notes: "tiers as in a TextGrid",
        looks: keys!(&["tiers"], &["entries"]),
        read: Reader::Foreign(aligner::read),
        write: Some(aligner::write),
    },
    Format {
        id: "gentle",
        name: "Gentle JSON",
        endings: &[".gentle.json"],
        holds: &[Phones, Words],
        notes: "words that Gentle did not find share the time between their neighbours",
        looks: keys!(&["words"], &["alignedWord", "case"]),
        read: Reader::Foreign(gentle::read),
        write: Some(gentle::write),
    },
    Format {
        id: "ctm",
        name: "CTM",
        endings: &[".ctm"],
        holds: &[Words, Phones, Speakers],
        notes: "words, or phones where nine of ten labels are; channels are speakers; only the first file's rows; written \
                are words, or phones where there are none",
        looks: ctm::looks,
        read: Reader::Foreign(ctm::read),
        write: Some(ctm::write),
    },
    Format {
        id: "htk",
        name: "HTK labels",
        endings: &[".lab", ".mlf"],
        holds: &[Phones, Words],
        notes: "times in 100 ns, or in seconds where they hold a point; a word beside the first of its phones; labels in \
                context (`a-b+c`, HTS) are the middle one; of a master label file the first",
        looks: htk::looks,
        read: Reader::Foreign(htk::read),
        write: Some(htk::write),
    },
    Format {
        id: "audacity",
        name: "Audacity labels",
        endings: &[".txt"],
        holds: &[Words, Phones],
        notes: "words, or phones where nine of ten labels are, or captions where labels are of several words; written are \
                words, or phones where there are none",
        looks: audacity::looks,
        read: Reader::Foreign(audacity::read),
        write: Some(audacity::write),
    },
    Format {
        id: "mbrola",
        name: "MBROLA phones",
        endings: &[".pho"],
        holds: &[Phones],
        notes: "SAMPA and milliseconds; the pitch is left out",
        looks: mbrola::looks,
        read: Reader::Foreign(mbrola::read),
        write: Some(mbrola::write),
    },
    Format {
        id: "elan",
        name: "ELAN annotations",
        endings: &[".eaf"],
        holds: &[Phones, Words, Visemes, Captions, Speakers, Sound],
        notes: "tiers by their names or types, as in a TextGrid, else by their content; participants are speakers; slots \
                without a time and annotations that hang on others share the time there is",
        looks: |look| Likeness::sure(look.has_element("ANNOTATION_DOCUMENT")),
        read: Reader::Foreign(elan::read),
        write: Some(elan::write),
    },
    Format {
        id: "azure",
        name: "Azure viseme events",
        endings: &[".azure.json"],
        holds: &[Visemes, Channels, Words],
        notes: "an array or an object a line, as programs store the events; offsets in ticks of 100 ns, or in milliseconds; \
                the 55 blend shapes of `FacialExpression` are channels, 60 frames a second, without the rolls of head and eyes",
        looks: |look| {
            Likeness::sure(look.has_keys(&[azure::VISEME_KEYS]) || look.has_keys(&[&["BlendShapes"]]))
        },
        read: Reader::Foreign(azure::read),
        write: Some(azure::write),
    },
    Format {
        id: "live-link",
        name: "Live Link Face CSV",
        endings: &[".csv"],
        holds: &[Channels],
        notes: "a timecode and the 52 channels a row, by their names in any order; the frame rate is told from the timecode, or \
                `--fps`; turns of head and eyes are left out; written are 60 frames a second, or `--fps`",
        looks: live_link::looks,
        read: Reader::Foreign(live_link::read),
        write: Some(live_link_output::write),
    },
    Format {
        id: "polly",
        name: "Amazon Polly speech marks",
        endings: &[".marks"],
        holds: &[Visemes, Words, Captions, Marks],
        notes: "each lasts until the next; marks that are not ours begin with `x-`",
        looks: keys!(&["type"], &["time"], &["value"]),
        read: Reader::Foreign(polly::read),
        write: Some(polly::write),
    },
    Format {
        id: "elevenlabs",
        name: "ElevenLabs alignment",
        endings: &[".elevenlabs.json"],
        holds: &[Words],
        notes: "characters in seconds or milliseconds; streamed answers, one a line, follow on one another",
        looks: keys!(elevenlabs::KEYS),
        read: Reader::Foreign(elevenlabs::read),
        write: Some(elevenlabs::write),
    },
    Format {
        id: "cartesia",
        name: "Cartesia timestamps",
        endings: &[".cartesia.json"],
        holds: &[Words, Phones],
        notes: "messages of words and of phonemes, one a line or in an array",
        looks: keys!(cartesia::KEYS),
        read: Reader::Foreign(cartesia::read),
        write: Some(cartesia::write),
    },
    Format {
        id: "voicevox",
        name: "VOICEVOX audio query",
        endings: &[".voicevox.json"],
        holds: &[Phones, Words],
        notes: "moras, scaled by `speedScale`; each kana is a word",
        looks: keys!(voicevox::KEYS),
        read: Reader::Foreign(voicevox::read),
        write: None,
    },
    Format {
        id: "whisper",
        name: "Whisper and WhisperX JSON",
        endings: &[".whisper.json"],
        holds: &[Words, Captions, Speakers],
        notes: "also of faster-whisper, whisper.cpp and the hosted API; segments are captions; words without a time share that \
                of their neighbours, segments without words share theirs out",
        looks: |look| {
            let has = |all: &[&[&str]]| look.has_keys(all);
            let segments =
                has(&[&["segments"], &["start"], &["end"]]) || has(&[&["transcription"], &["offsets"]]);
            Likeness::sure(
                segments
                    || has(&[&["words", "word_segments"], &["word", "text"], &["start"], &["end"]])
                        && !has(&[&["alternatives"]]),
            )
        },
        read: Reader::Foreign(whisper::read),
        write: Some(whisper::write),
    },
    Format {
        id: "google",
        name: "Google word times",
        endings: &[".google.json"],
        holds: &[Words, Captions, Marks, Speakers],
        notes: "the first alternative of each result, of Speech-to-Text 1 and 2 and of Deepgram; timepoints of Text-to-Speech \
                are marks",
        looks: |look| {
            let heard = look.has_keys(&[&["alternatives"], &["words"]]);
            Likeness::sure(heard || look.has_keys(&[&["timepoints"], &["markName"]]))
        },
        read: Reader::Foreign(google::read),
        write: Some(google::write),
    },
    Format {
        id: "vtt",
        name: "WebVTT",
        endings: &[".vtt"],
        holds: &[Captions, Words, Speakers],
        notes: "voices are speakers; times within a cue are those of words, else its words share its time; written are \
                captions of the first language",
        looks: |look| Likeness::sure(look.text.starts_with("WEBVTT")),
        read: Reader::Foreign(subtitle::from_vtt),
        write: Some(subtitle::to_vtt),
    },
    Format {
        id: "srt",
        name: "SubRip subtitles",
        endings: &[".srt"],
        holds: &[Captions, Words],
        notes: "the words of a subtitle share its time; written are captions of the first language",
        looks: |look| {
            let head = || look.rows.iter().take(2);
            if head().any(|row| subtitle::is_time(row)) {
                Likeness::Sure
            } else if head().any(|row| row.contains(subtitle::ARROW)) {
                Likeness::Maybe
            } else {
                Likeness::No
            }
        },
        read: Reader::Foreign(subtitle::from_srt),
        write: Some(subtitle::to_srt),
    },
    Format {
        id: "lrc",
        name: "LRC lyrics",
        endings: &[".lrc"],
        holds: &[Captions, Words],
        notes: "plain, or enhanced with a time ahead of each word; written are captions of the first language",
        looks: |look| {
            if look.rows.iter().any(|row| lyrics::is_line(row))
                && look.rows.first().is_some_and(|row| lyrics::is_tagged(row))
            {
                Likeness::Sure
            } else if look.rows.first().is_some_and(|row| lyrics::is_tagged(row)) {
                Likeness::Maybe
            } else {
                Likeness::No
            }
        },
        read: Reader::Song(lyrics::read),
        write: Some(lyrics::write),
    },
    Format {
        id: "ultrastar",
        name: "UltraStar song",
        endings: &[".txt"],
        holds: &[Captions, Words, Marks, Speakers, Sound],
        notes: "notes with their syllables, also of Vocaluxe and Performous; what is sung on a note is held through it, `~` holds \
                the vowel before; the melody is prosody, the tempo a `[beat]`, halved until it is a musical one; both voices of \
                a duet are speakers; the sound of `#AUDIO` or `#MP3` is music",
        looks: |look| Likeness::sure(look.rows.iter().any(|row| ultrastar::is_tempo(row))),
        read: Reader::Song(ultrastar::read),
        write: None,
    },
];

fn own(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    Ok(timeline.to_json().into())
}

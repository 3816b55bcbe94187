//! The table of video containers and how each is encoded.

use super::{Film, FilmError};
use std::path::Path;

/// One row: an ending and the encoder's options.
#[derive(Debug, PartialEq, Eq)]
pub struct Container {
    /// The file's ending.
    pub extension: &'static str,
    /// The encoder's name for the format.
    pub(super) muxer: &'static str,
    /// Options for opaque pictures.
    pub(super) video: &'static [&'static str],
    /// Options for transparent ones, where it can hold them.
    pub(super) video_alpha: Option<&'static [&'static str]>,
    /// Options for sound; `None` where it has none.
    pub(super) audio: Option<&'static [&'static str]>,
    /// Width and height must be even, because colour is stored for two by two pixels.
    is_even: bool,
}

/// BT.709 in limited range, said in the stream as well, so that players show the colours that were drawn.
const H264: &[&str] = &[
    "-vf",
    "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p",
    "-c:v",
    "libx264",
    "-preset",
    "medium",
    "-crf",
    "17",
    "-colorspace",
    "bt709",
    "-color_primaries",
    "bt709",
    "-color_trc",
    "iec61966-2-1",
];
const AAC: &[&str] = &["-c:a", "aac", "-b:a", "192k"];

const CONTAINERS: &[Container] = &[
    Container {
        extension: "mp4",
        muxer: "mp4",
        video: H264,
        video_alpha: None,
        audio: Some(AAC),
        is_even: true,
    },
    Container {
        extension: "mov",
        muxer: "mov",
        video: H264,
        video_alpha: Some(&["-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le"]),
        audio: Some(AAC),
        is_even: true,
    },
    Container {
        extension: "mkv",
        muxer: "matroska",
        video: H264,
        video_alpha: None,
        audio: Some(&["-c:a", "flac"]),
        is_even: true,
    },
    Container {
        extension: "webm",
        muxer: "webm",
        video: &[
            "-c:v",
            "libvpx-vp9",
            "-crf",
            "28",
            "-b:v",
            "0",
            "-row-mt",
            "1",
            "-cpu-used",
            "4",
            "-pix_fmt",
            "yuv420p",
        ],
        video_alpha: Some(&[
            "-c:v",
            "libvpx-vp9",
            "-crf",
            "28",
            "-b:v",
            "0",
            "-row-mt",
            "1",
            "-cpu-used",
            "4",
            "-auto-alt-ref",
            "0",
            "-pix_fmt",
            "yuva420p",
        ]),
        audio: Some(&["-c:a", "libopus", "-b:a", "128k"]),
        is_even: true,
    },
    Container {
        extension: "gif",
        muxer: "gif",
        video: &["-vf", "split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=bayer"],
        video_alpha: None,
        audio: None,
        is_even: false,
    },
];

impl Container {
    /// By the path's ending, in any case.
    ///
    /// # Errors
    /// [`FilmError::Container`].
    pub fn of(path: &Path) -> Result<&'static Self, FilmError> {
        let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
        CONTAINERS.iter().find(|c| Some(c.extension) == ending.as_deref()).ok_or_else(|| {
            let known: Vec<String> = CONTAINERS.iter().map(|c| format!(".{}", c.extension)).collect();
            FilmError::Container { path: path.to_owned(), known: known.join(", ") }
        })
    }

    /// Whether it can hold `film`.
    ///
    /// # Errors
    /// [`FilmError::Unfit`] says what to change.
    pub fn check(&self, film: &Film) -> Result<(), FilmError> {
        if self.is_even && (film.width % 2 == 1 || film.height % 2 == 1) {
            let (width, height) = (film.width, film.height);
            return Err(FilmError::Unfit(format!(
                "a .{} film needs an even width and height, not {width}x{height}",
                self.extension
            )));
        }
        if film.has_alpha && self.video_alpha.is_none() {
            let able: Vec<String> = (CONTAINERS.iter().filter(|c| c.video_alpha.is_some()))
                .map(|c| format!(".{}", c.extension))
                .collect();
            return Err(FilmError::Unfit(format!(
                "a .{} film has no transparency; use {} or a folder of pictures",
                self.extension,
                able.join(", ")
            )));
        }
        Ok(())
    }
}

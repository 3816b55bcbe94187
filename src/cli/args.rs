//! Options that several commands share.

use super::error::CliError;
use crate::production::Request;
use crate::render::{Antialias, Quality, Tier};
use crate::script::document::suggest;
use crate::script::timeline::EXPOSURES;
use crate::stage::Tone;
use crate::time::{FrameRate, Time};
use clap::Args;
use std::path::PathBuf;
use std::str::FromStr;

/// A picture's size in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Size {
    pub(super) width: u32,
    pub(super) height: u32,
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parsed =
            text.split_once(['x', 'X', '×']).and_then(|(w, h)| Some((w.parse().ok()?, h.parse().ok()?)));
        match parsed {
            Some((width, height)) if (1..=8192).contains(&width) && (1..=8192).contains(&height) => {
                Ok(Self { width, height })
            }
            _ => Err(format!(
                "'{text}' is not a size: write WIDTHxHEIGHT in pixels, such as 1280x720 (at most 8192)"
            )),
        }
    }
}

/// How the picture is drawn.
#[derive(Debug, Clone, Args)]
pub(super) struct Drawing {
    /// How much work goes into each picture: low, medium (default), high or ultra; live also auto (default there),
    /// by what draws.
    #[arg(long, value_name = "TIER", value_parser = wish)]
    quality: Option<Wish>,
    /// How stairs at edges are kept away: none, fxaa (smoothed afterwards) or msaa (four samples a pixel) (default: the tier's way).
    #[arg(long, value_name = "WAY", value_parser = antialias)]
    pub(super) antialias: Option<Antialias>,
    /// How much of the avatar is seen: face, bust, half or full; or the name of a camera in its file (default: what the script says,
    /// or bust).
    #[arg(long, value_name = "SHOT|NAME")]
    pub(super) camera: Option<String>,
    /// What shows in eyes and metal and lights from all around: studio, stage, daylight, or an .hdr or .exr picture (default: what
    /// the script says, or the lighting's own).
    #[arg(long, value_name = "FILE|NAME")]
    environment: Option<String>,
    /// How light is fitted into what a screen shows: neutral, agx, aces or linear (none) (default: what the script says, or neutral).
    #[arg(long, value_name = "NAME", value_parser = tone)]
    tone: Option<Tone>,
    /// Stops by which the picture is brighter, -8 to 8 (default: what the script says, or 0).
    #[arg(long, value_name = "STOPS", allow_negative_numbers = true, value_parser = exposure)]
    exposure: Option<f32>,
}

/// Which further folders may be read.
#[derive(Debug, Clone, Args)]
pub(super) struct Widening {
    /// Also read files in this folder when a document names them (may be given several times).
    #[arg(long = "allow-path", value_name = "DIR")]
    pub(super) allow: Vec<PathBuf>,
}

/// Which part of a speech, at which rate.
#[derive(Debug, Clone, Args)]
pub(super) struct Span {
    /// Frames a second, a number or an exact fraction such as 30000/1001.
    #[arg(long, value_name = "N|N/D", default_value = "30")]
    pub(super) fps: FrameRate,
    /// Begin here, in seconds or mm:ss.mmm.
    #[arg(long, value_name = "T", default_value = "0")]
    pub(super) from: Time,
    /// End here (default: the end of the speech).
    #[arg(long, value_name = "T")]
    pub(super) to: Option<Time>,
}

/// Who speaks.
#[derive(Debug, Clone, Args)]
pub(super) struct Casting {
    /// An avatar in place of the script's.
    #[arg(long, value_name = "FILE")]
    pub(super) avatar: Option<String>,
    /// Let the body play a motion from the beginning: a .vrma or .bvh file, or any .glb with a clip; FILE#NAME names one of several
    /// clips.
    #[arg(long, value_name = "FILE[#NAME]")]
    pub(super) clip: Option<String>,
    /// One of the looks that the avatar's file has (`rhetor inspect` lists them).
    #[arg(long, value_name = "NAME")]
    pub(super) variant: Option<String>,
    #[command(flatten)]
    pub(super) widening: Widening,
}

impl Casting {
    /// What to load for `input`, drawn as a request says.
    pub(super) fn request(&self, input: &str, drawn: Request) -> Request {
        Request {
            input: input.to_owned(),
            avatar: self.avatar.clone(),
            allow: self.widening.allow.clone(),
            clip: self.clip.clone(),
            variant: self.variant.clone(),
            ..drawn
        }
    }
}

/// What the `--quality` option says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Auto,
    Fixed(Quality),
}

impl Drawing {
    /// A request for nothing yet, drawn so.
    pub(super) fn request(&self) -> Request {
        Request {
            camera: self.camera.clone(),
            environment: self.environment.clone(),
            tone: self.tone,
            exposure: self.exposure,
            ..Request::default()
        }
    }

    /// The tier of a picture that must be the same everywhere.
    pub(super) fn fixed_tier(&self) -> Result<Tier, CliError> {
        self.fixed_tier_or(Quality::default())
    }

    /// The same, with another quality where none is named.
    pub(super) fn fixed_tier_or(&self, usual: Quality) -> Result<Tier, CliError> {
        let tier = |quality| Tier { quality, antialias: self.antialias };
        match self.quality {
            None => Ok(tier(usual)),
            Some(Wish::Fixed(quality)) => Ok(tier(quality)),
            Some(Wish::Auto) => Err(CliError::usage("--quality auto goes with play only; name a tier")),
        }
    }

    /// The tier of a live picture; `None` leaves it to what draws.
    pub(super) fn live_quality(&self) -> Option<Quality> {
        match self.quality {
            Some(Wish::Fixed(quality)) => Some(quality),
            Some(Wish::Auto) | None => None,
        }
    }
}

fn antialias(text: &str) -> Result<Antialias, String> {
    Antialias::from_name(text)
        .ok_or_else(|| format!("'{text}' is not a way against stairs: none, fxaa, msaa"))
}

fn wish(text: &str) -> Result<Wish, String> {
    if text == "auto" {
        return Ok(Wish::Auto);
    }
    let quality = Quality::from_name(text).map(Wish::Fixed);
    quality.ok_or_else(|| format!("'{text}' is not a tier: low, medium, high, ultra, or live auto"))
}

fn tone(text: &str) -> Result<Tone, String> {
    let names: Vec<&str> = Tone::ALL.iter().map(|(name, _)| *name).collect();
    Tone::from_name(text).ok_or_else(|| format!("'{text}' is not a tone mapper: {}", suggest(text, &names)))
}

fn exposure(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(stops) if EXPOSURES.contains(&stops) => Ok(stops),
        _ => Err(format!(
            "'{text}' is not a number of stops within {} and {}",
            EXPOSURES.start(),
            EXPOSURES.end()
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        assert_eq!("1280x720".parse(), Ok(Size { width: 1280, height: 720 }));
        for bad in ["", "0x1", "1280", "1280x", "x", "9000x1", "-1x5", "1x1x1"] {
            assert!(bad.parse::<Size>().is_err(), "{bad}");
        }
    }
}

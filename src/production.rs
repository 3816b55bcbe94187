//! A speech, its cast and its stage, loaded and ready for any driver.
//!
//! It decides nothing about time or pixels; drivers take what they need from it.

mod files;
mod motions;

use crate::diagnostic::Diagnostic;
use crate::host::{self, HostError};
use crate::perform::{Captures, Cast, Framing, Motions, Performance, acted_marks, camera_names, is_unworn};
use crate::render::{Gpu, Renderer, Tier, lost_maps};
use crate::script::Timeline;
use crate::script::document::suggest;
use crate::script::timeline::{DEFAULT_DISCLOSURE, LookChoice, StageChoice};
use crate::stage::{Backdrop, Environment, Lighting, Look, Panorama, Shot, Stage, Tone};
use crate::time::Time;
use motions::{begin_with_clip, named_captures, named_motions};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What to load.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// A script, a timeline, another tool's timing file, a text, a sound file, or an avatar.
    pub input: String,
    /// An avatar in place of the first speaker's: a file or a bundled one's name.
    pub avatar: Option<String>,
    /// Further folders that documents may read from.
    pub allow: Vec<PathBuf>,
    /// A shot, or a camera's name in an avatar's file, in place of the script's.
    pub camera: Option<String>,
    /// Nothing behind the actors.
    pub is_transparent: bool,
    /// An environment in place of the script's: a lighting's by name, or a picture's file.
    pub environment: Option<String>,
    /// A tone mapper in place of the script's.
    pub tone: Option<Tone>,
    /// Stops of exposure in place of the script's.
    pub exposure: Option<f32>,
    /// A motion that the first speaker's body plays from the beginning: a file, and after `#` a clip's name.
    pub clip: Option<String>,
    /// The first speaker's look, by its name in the avatar's file.
    pub variant: Option<String>,
}

/// What a job is told meanwhile.
const READING_AVATARS: &str = "reading avatars";

/// Before a clip's name in a mark that a request's clip has made.
pub(crate) const OWN_CLIP: &str = "--clip ";

/// The avatar of speakers that name none.
pub const DEFAULT_AVATAR: &str = "thalia";

/// A loaded speech.
#[derive(Debug)]
pub struct Production {
    /// What is said when.
    pub timeline: Timeline,
    /// Who says it.
    pub cast: Vec<Cast>,
    /// How it is acted.
    pub performance: Performance,
    /// What had to be left out or corrected on the way.
    pub warnings: Vec<Diagnostic>,
    /// Where sounds and avatars are read from.
    sounds: Option<host::FolderSource>,
    /// What marks of the timeline play.
    motions: Motions,
    captures: Captures,
    framing: Option<Framing>,
}

impl Production {
    /// Loads a speech with its cast, or an avatar alone, which then stands silent.
    ///
    /// # Errors
    /// What is missing or broken, and where.
    pub fn load(request: &Request, job: &crate::job::Job<'_>) -> Result<Self, HostError> {
        Self::load_with(request, None, job)
    }

    /// Like [`Self::load`], with somebody who is loaded already as the avatar that `request` names in place of the first
    /// speaker's.
    ///
    /// # Errors
    /// What is missing or broken, and where.
    pub fn load_with(
        request: &Request,
        known: Option<&Cast>,
        job: &crate::job::Job<'_>,
    ) -> Result<Self, HostError> {
        let mut warnings = Vec::new();
        if is_avatar(&request.input) {
            let one = load_cast(&request.input, None, request, (0, 1), &mut warnings, job)?;
            let cast = dressed(vec![one], request)?;
            let mut timeline = Timeline::default();
            let motions = begin_with_clip(&mut timeline, request)?;
            return Self::assemble(timeline, cast, &motions, None, request, warnings);
        }
        let mut speech = host::load_speech(&request.input, &request.allow, job)?;
        warnings.extend(speech.warnings);
        let mut motions = named_motions(&speech.timeline, &speech.source, request, &mut warnings);
        let captures = named_captures(&speech.timeline, &speech.source, &mut warnings);
        let cast = cast_of(&speech.timeline, &speech.source, (request, known), &mut warnings, job)?;
        let names: Vec<&str> = speech.timeline.speakers.iter().map(|s| s.id.as_str()).collect();
        for mark in speech.timeline.speakers.iter().flat_map(|s| &s.marks).chain(&speech.timeline.cues) {
            if !acted_marks(&mark.name, &mark.args, &names) {
                let text = format!(
                    "[{} {}] at {} is not acted by this version",
                    mark.name,
                    mark.args.join(" "),
                    mark.time
                );
                warnings.push(Diagnostic::warning(&request.input, text.replace(" ]", "]")));
            }
        }
        for (speaker, Cast { avatar, rig }) in speech.timeline.speakers.iter().zip(&cast) {
            for mark in speaker.marks.iter().filter(|m| is_unworn(m, avatar, rig)) {
                let (mark, at) = (mark.args.join(" "), mark.time);
                let text = format!("{} has no expression for [expression {mark}] at {at}", avatar.name);
                let own: Vec<&str> = avatar.expressions.iter().map(|e| e.name.as_str()).collect();
                let help =
                    format!("its own are {}", if own.is_empty() { "none".into() } else { own.join(", ") });
                warnings.push(Diagnostic::warning(&request.input, text).help(help));
            }
        }
        motions.extend(begin_with_clip(&mut speech.timeline, request)?);
        let mut loaded =
            Self::assemble(speech.timeline, cast, &motions, Some(speech.source), request, warnings)?;
        loaded.performance = loaded.performance.with_captures(&captures);
        loaded.captures = captures;
        Ok(loaded)
    }

    /// Loads who stands where for somebody who speaks live: the stage and the avatars of a script or a timeline, an avatar, or
    /// where the request's input is empty, the default one. Nothing is said; see [`Performance::hear`].
    ///
    /// # Errors
    /// What is missing or broken, and where.
    pub fn load_live(request: &Request, job: &crate::job::Job<'_>) -> Result<Self, HostError> {
        if is_avatar(&request.input) {
            return Self::load(request, job);
        }
        if request.input.is_empty() {
            let avatar = request.avatar.clone().unwrap_or_else(|| DEFAULT_AVATAR.to_owned());
            return Self::load(&Request { input: avatar, avatar: None, ..request.clone() }, job);
        }
        let mut speech = host::load_stage(&request.input, &request.allow, job)?;
        let mut warnings = speech.warnings;
        let cast = cast_of(&speech.timeline, &speech.source, (request, None), &mut warnings, job)?;
        let motions = begin_with_clip(&mut speech.timeline, request)?;
        Self::assemble(speech.timeline, cast, &motions, Some(speech.source), request, warnings)
    }

    fn assemble(
        timeline: Timeline,
        cast: Vec<Cast>,
        motions: &Motions,
        sounds: Option<host::FolderSource>,
        request: &Request,
        mut warnings: Vec<Diagnostic>,
    ) -> Result<Self, HostError> {
        // Everybody is turned to the audience, whichever way the file looks.
        let floor = cast.first().map_or(0.0, |c| c.rig.landmarks.floor);
        let lighting = timeline.stage.light.as_deref().and_then(Lighting::from_name).unwrap_or_default();
        let mut stage = Stage::lit(lighting, glam::Vec3::Z, floor);
        stage.environment = environment(&timeline.stage, stage.environment, sounds.as_ref(), request)?;
        stage.look = look(&timeline.stage.look, stage.look, request);
        stage.aperture = timeline.stage.look.aperture;
        let mut seen = timeline.clone();
        if request.is_transparent {
            stage.backdrop = Backdrop::Transparent;
            seen.stage.backdrop = None;
        }
        let framing = framing(&timeline, &cast, request, &mut warnings)?;
        let performance = Performance::with_motions(&seen, &cast, motions, stage, framing);
        let (motions, captures) = (motions.clone(), Captures::default());
        Ok(Self { timeline, cast, performance, warnings, sounds, motions, captures, framing })
    }

    /// The same stage with another timeline, acted by `cast`, whose marks may also name the motions `more`.
    pub fn acted(&self, timeline: &Timeline, cast: &[Cast], more: &Motions) -> Performance {
        let mut motions = self.motions.clone();
        motions.extend(more.clone());
        let stage = self.performance.stage().clone();
        let mut seen = timeline.clone();
        if stage.backdrop == Backdrop::Transparent {
            seen.stage.backdrop = None;
        }
        Performance::with_motions(&seen, cast, &motions, stage, self.framing).with_captures(&self.captures)
    }

    /// The sentence for the metadata of everything written.
    pub fn disclosure(&self) -> &str {
        self.timeline.disclosure.as_deref().unwrap_or(DEFAULT_DISCLOSURE)
    }

    /// A renderer for pictures in memory that holds the cast, in order.
    pub fn renderer(&self, gpu: &Gpu, tier: impl Into<Tier>) -> Renderer {
        self.holding_cast(Renderer::new(gpu, tier, Renderer::PICTURE_FORMAT))
    }

    /// A renderer for [`Renderer::light`] that holds the cast, in order.
    pub fn light_renderer(&self, gpu: &Gpu, tier: impl Into<Tier>) -> Renderer {
        self.holding_cast(Renderer::new(gpu, tier, Renderer::LIGHT_FORMAT))
    }

    fn holding_cast(&self, mut renderer: Renderer) -> Renderer {
        renderer.upload_cast(self.cast.iter().map(|member| &*member.avatar));
        renderer
    }

    /// Decodes all sounds.
    ///
    /// # Errors
    /// The sound file that is missing, changed or broken.
    #[cfg(feature = "audio")]
    pub fn program(&self) -> Result<crate::audio::Program, HostError> {
        self.program_with(&crate::job::Job::silent())
    }

    /// Like [`Self::program`], told to `job`.
    ///
    /// # Errors
    /// As for [`Self::program`], and when the job is cancelled.
    #[cfg(feature = "audio")]
    pub fn program_with(&self, job: &crate::job::Job<'_>) -> Result<crate::audio::Program, HostError> {
        match &self.sounds {
            Some(source) => host::load_program(&self.timeline, source, job),
            None => Ok(crate::audio::Program::default()),
        }
    }

    /// Where the presenter's clicker jumps to: the beginnings of captions, or of what follows a pause.
    pub fn stops(&self) -> Vec<Time> {
        let mut stops: Vec<Time> = vec![Time::ZERO];
        if self.timeline.captions.is_empty() {
            let gap = Time::from_millis(350);
            for speaker in &self.timeline.speakers {
                let mut last = Time::from_nanos(i64::MIN / 2);
                for word in &speaker.words {
                    if word.start - last > gap {
                        stops.push(word.start);
                    }
                    last = word.end;
                }
            }
        } else {
            let language = &self.timeline.captions[0].language;
            stops.extend(self.timeline.captions.iter().filter(|c| c.language == *language).map(|c| c.start));
        }
        stops.sort_unstable();
        stops.dedup();
        stops
    }
}

/// What the request, else the script, wants all around, in place of the lighting's `own`.
fn environment(
    choice: &StageChoice,
    own: Environment,
    beside: Option<&host::FolderSource>,
    request: &Request,
) -> Result<Environment, HostError> {
    let (name, beside) = match (&request.environment, &choice.environment) {
        (Some(name), _) => (Some(name), None),
        (None, name) => (name.as_ref(), beside),
    };
    let mut out = match name.map(|name| (name, Lighting::from_name(name))) {
        None => own,
        Some((_, Some(lighting))) => lighting.environment(glam::Vec3::Z),
        Some((name, None)) => {
            let bytes = host::read_environment(name, beside)?;
            own.with_panorama(Arc::new(Panorama::read(&bytes, name)?))
        }
    };
    out.turn += choice.environment_turn.unwrap_or_default().to_radians();
    Ok(out)
}

/// What `choice` and the request make of the lighting's `own` look.
fn look(choice: &LookChoice, own: Look, request: &Request) -> Look {
    let named = choice.tone.as_deref().and_then(Tone::from_name);
    Look {
        tone: request.tone.or(named).unwrap_or(own.tone),
        exposure: request.exposure.or(choice.exposure).unwrap_or(own.exposure),
        bloom: choice.bloom.unwrap_or(own.bloom),
        vignette: choice.vignette.unwrap_or(own.vignette),
        grain: choice.grain.unwrap_or(own.grain),
        ..own
    }
}

/// Whether `input` names an avatar: by its ending, or a bundled one.
pub fn is_avatar(input: &str) -> bool {
    let ending = Path::new(input).extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    match ending.as_deref() {
        Some("glb" | "gltf" | "vrm") => true,
        Some(_) => false,
        None => host::is_bundled(input),
    }
}

/// The avatars of a timeline's speakers, one at least.
fn cast_of(
    timeline: &Timeline,
    source: &host::FolderSource,
    (request, known): (&Request, Option<&Cast>),
    warnings: &mut Vec<Diagnostic>,
    job: &crate::job::Job<'_>,
) -> Result<Vec<Cast>, HostError> {
    let count = timeline.speakers.len().max(1);
    let of = |index: usize| {
        let place = (index as u64, count as u64);
        let named = timeline.speakers.get(index).and_then(|s| s.avatar.as_deref());
        match &request.avatar {
            Some(avatar) if index == 0 => {
                known.cloned().map_or_else(|| load_cast(avatar, None, request, place, warnings, job), Ok)
            }
            _ => load_cast(named.unwrap_or(DEFAULT_AVATAR), Some(source), request, place, warnings, job)
                .map_err(|error| host::where_named(error, &request.input, index)),
        }
    };
    // One person's pictures are decoded once; those of many would fill the memory until all are uploaded.
    let alone = |cast: Cast| {
        if count > 1 {
            cast.avatar.images.iter().for_each(|image| image.texels.release());
        }
        cast
    };
    dressed((0..count).map(of).map(|cast| cast.map(alone)).collect::<Result<_, _>>()?, request)
}

/// What the request wants to see; cameras of the script that nobody has are told.
fn framing(
    timeline: &Timeline,
    cast: &[Cast],
    request: &Request,
    warnings: &mut Vec<Diagnostic>,
) -> Result<Option<Framing>, HostError> {
    let known = || Shot::ALL.iter().map(|(name, _)| *name).chain(camera_names(cast));
    let of = |name: &str| Framing::from_name(name, camera_names(cast));
    let cues = timeline.cues.iter().filter(|cue| cue.name == "camera").filter_map(|cue| cue.args.first());
    for name in timeline.stage.camera.iter().chain(cues).filter(|name| of(name).is_none()) {
        let help = suggest(name, &known().collect::<Vec<_>>());
        warnings.push(Diagnostic::warning(&request.input, format!("there is no camera '{name}'")).help(help));
    }
    let Some(name) = &request.camera else { return Ok(None) };
    let unknown = || {
        let help = suggest(name, &known().collect::<Vec<_>>());
        HostError::input(&request.input, format!("there is no camera '{name}'")).help(help)
    };
    of(name).map(Some).ok_or_else(unknown)
}

/// The cast with the first of them in the look that the request names.
fn dressed(mut cast: Vec<Cast>, request: &Request) -> Result<Vec<Cast>, HostError> {
    let Some(variant) = &request.variant else { return Ok(cast) };
    let Some(first) = cast.first_mut() else { return Ok(cast) };
    if Arc::make_mut(&mut first.avatar).wear(variant) {
        return Ok(cast);
    }
    let avatar = &first.avatar;
    let help = match avatar.variants.as_slice() {
        [] => "it has none (KHR_materials_variants); leave --variant out".to_owned(),
        names => format!("its variants are {}", names.join(", ")),
    };
    Err(HostError::input(&avatar.name, format!("there is no variant '{variant}'")).help(help))
}

/// Loads who stands at `index` of `count`.
fn load_cast(
    name: &str,
    beside: Option<&host::FolderSource>,
    request: &Request,
    (index, count): (u64, u64),
    warnings: &mut Vec<Diagnostic>,
    job: &crate::job::Job<'_>,
) -> Result<Cast, HostError> {
    let mut step = |done: u64, all: u64| job.report(READING_AVATARS, index * all + done, count * all);
    let options = crate::import::Options::default();
    let loaded = host::load_rigged_in_steps(name, beside, &request.allow, options, &mut step)?;
    warnings.extend(loaded.imported.report);
    warnings.extend(lost_maps(&loaded.imported.avatar).map(|(material, maps)| {
        let text = format!(
            "material '{material}': more textures than a draw may have; {} not drawn",
            maps.join(", ")
        );
        Diagnostic::warning(name, text)
            .help("put the numbers of several of its textures into one picture's channels")
    }));
    Ok(Cast { avatar: Arc::new(loaded.imported.avatar), rig: Arc::new(loaded.rig) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_may_name_every_lighting() {
        let names: Vec<&str> = Lighting::ALL.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, crate::script::timeline::LIGHTS);
        let names: Vec<&str> = Tone::ALL.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, crate::script::timeline::TONES);
    }
}

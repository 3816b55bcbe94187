//! `rhetor snapshot`: one picture of a moment or of an avatar.

use super::args::{Casting, Drawing, Size, Widening};
use super::error::CliError;
use super::output;
use crate::job::Job;
use crate::perform::{expression_names, worn};
use crate::production::{Production, Request};
use crate::render::{DebugView, Gpu, GpuOptions, Renderer, Tier};
use crate::snapshot::{Case, Metadata, Pose, Sheet, View, draw, draw_sheet, write_png};
use crate::time::Time;
use crate::vocabulary::{Channel, Viseme};
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A script, a timeline, or an avatar.
    #[arg(required_unless_present = "case")]
    input: Option<String>,
    /// The picture to write.
    #[arg(short, value_name = "OUT.png")]
    output: PathBuf,
    /// When, in seconds or mm:ss.mmm.
    #[arg(long, value_name = "T", default_value = "0")]
    at: Time,
    /// Show this viseme, such as PP or aa=0.5 (may be given several times).
    #[arg(long = "viseme", value_name = "NAME[=W]", value_parser = viseme)]
    visemes: Vec<(Viseme, f32)>,
    /// Move this channel, such as jawOpen=0.5 (may be given several times).
    #[arg(long = "channel", value_name = "NAME=W", value_parser = channel)]
    channels: Vec<(Channel, f32)>,
    /// Wear this expression, such as smile=1 (may be given several times).
    #[arg(long = "expression", value_name = "NAME=W", value_parser = expression)]
    expressions: Vec<(String, f32)>,
    /// The picture's size in pixels; of each small picture for a sheet.
    #[arg(long, value_name = "WxH", default_value = "1280x720")]
    size: Size,
    /// Many small pictures in one: visemes, emotions, views (all debug views), or contact (all that the avatar
    /// can do).
    #[arg(long, value_name = "KIND", value_parser = sheet)]
    sheet: Option<Sheet>,
    /// One term of the shading, or what the geometry does, for finding out what is wrong with an avatar.
    #[arg(long, value_name = "NAME", value_parser = debug_view)]
    debug: Option<DebugView>,
    /// Take everything from a snapshot case's case.toml (its first time).
    #[arg(long, value_name = "FILE", conflicts_with_all = ["input", "avatar", "clip", "variant", "visemes", "channels", "expressions", "sheet"])]
    case: Option<PathBuf>,
    /// Nothing behind the avatar.
    #[arg(long)]
    alpha: bool,
    #[command(flatten)]
    drawing: Drawing,
    #[command(flatten)]
    casting: Casting,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let (request, view, tier, sheet) = wanted(arguments)?;
    let (production, mut renderer) = ready(&request, tier)?;
    check_expressions(&production, &view.pose)?;
    renderer.set_debug(arguments.debug);
    match sheet {
        Some(sheet) => write_sheet(&production, &mut renderer, &view, sheet, &arguments.output),
        None => {
            let picture = draw(&production, &mut renderer, &view)?;
            let metadata = Metadata { disclosure: production.disclosure().to_owned(), entries: Vec::new() };
            write_png(&arguments.output, &picture, &metadata).map_err(CliError::failure)
        }
    }
}

/// A picture of all that an avatar can do.
pub(super) fn contact_sheet(
    avatar: &str,
    widening: &Widening,
    drawing: &Drawing,
    path: &Path,
) -> Result<(), CliError> {
    let request = Request {
        input: avatar.to_owned(),
        allow: widening.allow.clone(),
        camera: Some(drawing.camera.clone().unwrap_or_else(|| "face".to_owned())),
        ..drawing.request()
    };
    let (production, mut renderer) = ready(&request, drawing.fixed_tier()?)?;
    let view = View { width: 256, height: 256, ..View::default() };
    write_sheet(&production, &mut renderer, &view, Sheet::Contact, path)
}

fn ready(request: &Request, tier: Tier) -> Result<(Production, Renderer), CliError> {
    // The device is found while the files are read.
    let (gpu, production) = std::thread::scope(|scope| {
        let gpu = scope.spawn(|| Gpu::new(&GpuOptions::from_env()));
        let production = Production::load(request, &Job::silent());
        (gpu.join(), production)
    });
    let production = production?;
    let gpu = gpu.map_err(|_| CliError::environment("the graphics driver failed"))??;
    output::warnings(&production.warnings);
    let renderer = production.renderer(&gpu, tier);
    Ok((production, renderer))
}

fn write_sheet(
    production: &Production,
    renderer: &mut Renderer,
    view: &View,
    sheet: Sheet,
    path: &Path,
) -> Result<(), CliError> {
    let (picture, names) = draw_sheet(production, renderer, view, sheet)?;
    let names = names.join(", ");
    let disclosure = production.disclosure().to_owned();
    let metadata = Metadata { disclosure, entries: vec![("Sheet".into(), names)] };
    write_png(path, &picture, &metadata).map_err(CliError::failure)
}

fn wanted(arguments: &Arguments) -> Result<(Request, View, Tier, Option<Sheet>), CliError> {
    let allow = arguments.casting.widening.allow.clone();
    if let Some(path) = &arguments.case {
        let text = std::fs::read_to_string(path)
            .map_err(|e| CliError::failure(format!("{}: {e}", path.display())))?;
        let case = Case::parse(&text, &path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let drawing = arguments.drawing.request();
        let request = Request {
            allow,
            environment: drawing.environment,
            tone: drawing.tone,
            exposure: drawing.exposure,
            ..case.request(folder)
        };
        let view = case.view(case.times.first().copied().unwrap_or_default());
        return Ok((request, view, case.quality.into(), case.sheet));
    }
    let request = Request {
        is_transparent: arguments.alpha,
        ..arguments
            .casting
            .request(arguments.input.as_deref().unwrap_or_default(), arguments.drawing.request())
    };
    let pose = Pose {
        visemes: arguments.visemes.clone(),
        channels: arguments.channels.clone(),
        expressions: arguments.expressions.clone(),
    };
    let Size { width, height } = arguments.size;
    Ok((
        request,
        View { at: arguments.at, width, height, pose, shot: None },
        arguments.drawing.fixed_tier()?,
        arguments.sheet,
    ))
}

fn weight(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(weight) if (0.0..=1.0).contains(&weight) => Ok(weight),
        _ => Err(format!("'{text}' is not a weight within 0 and 1")),
    }
}

fn pair<T>(
    text: &str,
    kind: &str,
    find: impl Fn(&str) -> Option<T>,
    default: Option<f32>,
) -> Result<(T, f32), String> {
    let (name, weight) = match text.split_once('=') {
        Some((name, value)) => (name, weight(value)?),
        None => (text, default.ok_or_else(|| format!("write {text}=WEIGHT"))?),
    };
    find(name).map(|found| (found, weight)).ok_or_else(|| format!("there is no {kind} '{name}'"))
}

fn viseme(text: &str) -> Result<(Viseme, f32), String> {
    pair(text, "viseme", Viseme::from_name, Some(1.0)).map_err(|e| {
        let names: Vec<&str> = Viseme::ALL.iter().map(|v| v.name()).collect();
        format!("{e}; visemes are {}", names.join(" "))
    })
}

fn channel(text: &str) -> Result<(Channel, f32), String> {
    pair(text, "channel", Channel::from_name, None)
        .map_err(|e| format!("{e}; channels have their ARKit names"))
}

fn expression(text: &str) -> Result<(String, f32), String> {
    pair(text, "expression", |name| Some(name.to_owned()), None)
}

/// Refuses a name that neither the program nor the avatar knows.
fn check_expressions(production: &Production, pose: &Pose) -> Result<(), CliError> {
    let Some(member) = production.cast.first() else { return Ok(()) };
    let (avatar, rig) = (&member.avatar, &member.rig);
    match pose.expressions.iter().find(|(name, _)| worn(name, avatar, rig).is_none()) {
        Some((name, _)) => {
            let own = avatar.expressions.iter().map(|e| e.name.as_str());
            let mut names: Vec<&str> = expression_names().collect();
            let own: Vec<&str> =
                own.filter(|own| worn(own, avatar, rig).is_some() && !names.contains(own)).collect();
            names.extend(own);
            let names = names.join(" ");
            Err(CliError::usage(format!("there is no expression '{name}'; expressions are {names}")))
        }
        None => Ok(()),
    }
}

fn sheet(text: &str) -> Result<Sheet, String> {
    Sheet::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = Sheet::ALL.iter().map(|(name, _)| *name).collect();
        format!("there is no sheet '{text}': {}", names.join(", "))
    })
}

fn debug_view(text: &str) -> Result<DebugView, String> {
    DebugView::from_name(text).ok_or_else(|| {
        let names: Vec<&str> = DebugView::ALL.iter().map(|(name, _)| *name).collect();
        format!("there is no debug view '{text}': {}", names.join(", "))
    })
}

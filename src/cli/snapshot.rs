//! `rhetor snapshot`: one picture of a moment or of an avatar.

use super::args::{Casting, Drawing, Size, Widening};
use super::error::CliError;
use super::moments::{Moments, named};
use super::output;
use crate::job::Job;
use crate::perform::{expression_names, worn};
use crate::production::{Production, Request};
use crate::render::{DebugView, Gpu, GpuOptions, Quality, Renderer, Tier};
use crate::snapshot::{
    Case, Metadata, Pose, Sheet, View, draw, draw_light, draw_sheet, origin, write_exr, write_png,
    write_png16,
};
use crate::stage::Tone;
use crate::time::Time;
use crate::vocabulary::{Channel, Viseme};
use std::path::{Path, PathBuf};

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Png8,
    Png16,
    Exr,
}

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A script, a timeline, or an avatar.
    #[arg(required_unless_present = "case")]
    input: Option<String>,
    /// The picture to write: PNG, or linear light that no tone mapper has touched as .exr.
    #[arg(short, value_name = "OUT.png")]
    output: PathBuf,
    /// Bits a channel of a PNG; 16 and .exr take --quality high or ultra, high where none is named.
    #[arg(long, value_name = "BITS", value_parser = ["8", "16"])]
    depth: Option<String>,
    /// When, in seconds or mm:ss.mmm; of several, such as 1,2.5,10 or 1..3/0.5 (from, to and step), each picture is
    /// named by its milliseconds: OUT-2500.png.
    #[arg(long, value_name = "T", default_value = "0")]
    at: Moments,
    /// Carry the camera around what it looks at, towards the viewer's right; 90 shows a profile.
    #[arg(long, value_name = "DEGREES", default_value = "0", allow_hyphen_values = true, value_parser = turn)]
    turn: f32,
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
    /// Many small pictures in one: visemes, emotions, turn (from all sides), views (all debug views), or contact
    /// (all that the avatar can do).
    #[arg(long, value_name = "KIND", value_parser = sheet)]
    sheet: Option<Sheet>,
    /// One term of the shading, or what the geometry does, for finding out what is wrong with an avatar.
    #[arg(long, value_name = "NAME", value_parser = debug_view)]
    debug: Option<DebugView>,
    /// Take everything from a snapshot case's case.toml (its first time).
    #[arg(long, value_name = "FILE", conflicts_with_all = ["input", "avatar", "clip", "variant", "turn", "visemes", "channels", "expressions", "sheet"])]
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
    let kind = kind(arguments)?;
    let (request, view, tier, sheet) = wanted(arguments, kind)?;
    let (production, gpu) = ready(&request)?;
    let mut renderer = match kind {
        Kind::Png8 => production.renderer(&gpu, tier),
        Kind::Png16 | Kind::Exr => production.light_renderer(&gpu, tier),
    };
    check_expressions(&production, &view.pose)?;
    renderer.set_debug(arguments.debug);
    let origin = origin(&production, &request, &renderer);
    let moments: &[Time] = if arguments.case.is_some() { &[view.at] } else { arguments.at.all() };
    for &at in moments {
        let path = if moments.len() > 1 { named(&arguments.output, at) } else { arguments.output.clone() };
        let view = View { at, ..view.clone() };
        if let Some(sheet) = sheet {
            write_sheet(&production, &mut renderer, &view, sheet, origin.clone(), &path)?;
            continue;
        }
        if kind == Kind::Png8 {
            let picture = draw(&production, &mut renderer, &view)?;
            write_png(&path, &picture, &origin).map_err(CliError::failure)?;
            continue;
        }
        let light = draw_light(&production, &mut renderer, &view)?;
        let write = if kind == Kind::Exr { write_exr } else { write_png16 };
        write(&path, &light, &origin).map_err(CliError::failure)?;
    }
    Ok(())
}

fn kind(arguments: &Arguments) -> Result<Kind, CliError> {
    let is_exr = arguments.output.extension().is_some_and(|e| e.eq_ignore_ascii_case("exr"));
    let kind = match arguments.depth.as_deref() {
        Some(_) if is_exr => return Err(CliError::usage("--depth is for PNG; OpenEXR has half floats")),
        Some("16") => Kind::Png16,
        _ if is_exr => Kind::Exr,
        _ => Kind::Png8,
    };
    if kind != Kind::Png8
        && (arguments.sheet.is_some() || arguments.debug.is_some() || arguments.case.is_some())
    {
        return Err(CliError::usage("sheets, debug views and cases are PNG of 8 bits"));
    }
    Ok(kind)
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
    let (production, gpu) = ready(&request)?;
    let mut renderer = production.renderer(&gpu, drawing.fixed_tier()?);
    let view = View { width: 256, height: 256, ..View::default() };
    let origin = origin(&production, &request, &renderer);
    write_sheet(&production, &mut renderer, &view, Sheet::Contact, origin, path)
}

fn ready(request: &Request) -> Result<(Production, Gpu), CliError> {
    // The device is found while the files are read.
    let (gpu, production) = std::thread::scope(|scope| {
        let gpu = scope.spawn(|| Gpu::new(&GpuOptions::from_env()));
        let production = Production::load(request, &Job::silent());
        (gpu.join(), production)
    });
    let production = production?;
    let gpu = gpu.map_err(|_| CliError::environment("the graphics driver failed"))??;
    output::warnings(&production.warnings);
    Ok((production, gpu))
}

fn write_sheet(
    production: &Production,
    renderer: &mut Renderer,
    view: &View,
    sheet: Sheet,
    mut metadata: Metadata,
    path: &Path,
) -> Result<(), CliError> {
    let (picture, names) = draw_sheet(production, renderer, view, sheet)?;
    metadata.entries.push(("Sheet".into(), names.join(", ")));
    write_png(path, &picture, &metadata).map_err(CliError::failure)
}

fn wanted(arguments: &Arguments, kind: Kind) -> Result<(Request, View, Tier, Option<Sheet>), CliError> {
    let allow = arguments.casting.widening.allow.clone();
    if let Some(path) = &arguments.case {
        let text = std::fs::read_to_string(path)
            .map_err(|e| CliError::failure(format!("{}: {e}", path.display())))?;
        let case = Case::parse(&text, &path.display().to_string())?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let drawing = arguments.drawing.request();
        let own = case.request(folder);
        let request = Request {
            allow,
            environment: drawing.environment.or(own.environment),
            tone: drawing.tone.or(own.tone),
            exposure: drawing.exposure.or(own.exposure),
            ..own
        };
        let view = case.view(case.times.first().copied().unwrap_or_default());
        return Ok((request, view, case.quality.into(), case.sheet));
    }
    let input = arguments.input.as_deref().unwrap_or_default();
    let mut request = Request {
        is_transparent: arguments.alpha,
        ..arguments.casting.request(input, arguments.drawing.request())
    };
    if kind == Kind::Exr {
        request.tone = request.tone.or(Some(Tone::Linear));
    }
    let usual = if kind == Kind::Png8 { Quality::default() } else { Quality::High };
    let tier = arguments.drawing.fixed_tier_or(usual)?;
    if kind != Kind::Png8 && matches!(tier.quality, Quality::Low | Quality::Medium) {
        let name = tier.quality.name();
        return Err(CliError::usage(format!("{name} keeps light in 8 bits; take --quality high or ultra")));
    }
    let pose = Pose {
        visemes: arguments.visemes.clone(),
        channels: arguments.channels.clone(),
        expressions: arguments.expressions.clone(),
    };
    let Size { width, height } = arguments.size;
    Ok((
        request,
        View { width, height, pose, turn: arguments.turn, ..View::default() },
        tier,
        arguments.sheet,
    ))
}

fn turn(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(turn) if (-180.0..=180.0).contains(&turn) => Ok(turn),
        _ => Err(format!("'{text}' is not an angle within -180 and 180 degrees")),
    }
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

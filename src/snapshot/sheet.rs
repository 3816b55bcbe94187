//! Contact sheets: many small pictures in one, each with its name.

use super::{Pose, View, draw, lettering};
use crate::perform::expression_names;
use crate::production::Production;
use crate::render::{DebugView, Picture, RenderError, Renderer};
use crate::stage::Shot;
use crate::vocabulary::{Channel, Viseme};

/// What a sheet shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The 15 visemes in index order.
    Visemes,
    /// All named expressions.
    Emotions,
    /// From all sides.
    Turn,
    /// All debug views.
    Views,
    /// All of it: the body, visemes, emotions, a blink and glances.
    Contact,
}

/// One picture of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What it shows.
    pub name: String,
    /// The face.
    pub pose: Pose,
    /// In place of the production's shot.
    pub shot: Option<Shot>,
    /// Degrees to the side.
    pub turn: f32,
    /// Instead of the picture.
    pub debug: Option<DebugView>,
}

/// Degrees to the side of [`Sheet::Turn`], and what one sees from there.
const SIDES: &[(&str, f32)] = &[
    ("front", 0.0),
    ("three-quarter right", 45.0),
    ("right", 90.0),
    ("back right", 135.0),
    ("back", 180.0),
    ("back left", -135.0),
    ("left", -90.0),
    ("three-quarter left", -45.0),
];

/// Glances, and both eyes' channels for each.
const GLANCES: &[(&str, [Channel; 2])] = &[
    ("look left", [Channel::EyeLookOutLeft, Channel::EyeLookInRight]),
    ("look right", [Channel::EyeLookInLeft, Channel::EyeLookOutRight]),
    ("look up", [Channel::EyeLookUpLeft, Channel::EyeLookUpRight]),
    ("look down", [Channel::EyeLookDownLeft, Channel::EyeLookDownRight]),
];

/// As far as eyes go without the head, of a channel's full weight.
const GLANCE: f32 = 0.6;

/// Views of the body at rest.
const BODY: &[(&str, Shot)] = &[("full", Shot::Full), ("half", Shot::Half)];

impl Sheet {
    /// All kinds with the names of the `--sheet` option.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("visemes", Self::Visemes),
        ("emotions", Self::Emotions),
        ("turn", Self::Turn),
        ("views", Self::Views),
        ("contact", Self::Contact),
    ];

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, sheet)| sheet)
    }

    /// How many pictures stand in a row.
    pub const fn columns(self) -> u32 {
        match self {
            Self::Visemes | Self::Emotions | Self::Views => 5,
            Self::Turn => 4,
            Self::Contact => 8,
        }
    }

    /// The pictures, in order.
    pub fn cells(self) -> Vec<Cell> {
        let viseme = |&v: &Viseme| cell(v.name(), Pose { visemes: vec![(v, 1.0)], ..Pose::default() });
        let emotion = |n: &str| cell(n, Pose { expressions: vec![(n.to_owned(), 1.0)], ..Pose::default() });
        let at_rest = Pose { visemes: vec![(Viseme::Sil, 1.0)], ..Pose::default() };
        match self {
            Self::Visemes => Viseme::ALL.iter().map(viseme).collect(),
            Self::Emotions => expression_names().map(emotion).collect(),
            Self::Turn => {
                SIDES.iter().map(|&(name, turn)| Cell { turn, ..cell(name, at_rest.clone()) }).collect()
            }
            Self::Views => DebugView::ALL
                .iter()
                .map(|&(name, view)| Cell { debug: Some(view), ..cell(name, Pose::default()) })
                .collect(),
            Self::Contact => {
                let body =
                    |(name, shot): &(&str, Shot)| Cell { shot: Some(*shot), ..cell(name, at_rest.clone()) };
                let glance = |(name, channels): &(&str, [Channel; 2])| channels_cell(name, channels, GLANCE);
                let blink = channels_cell("blink", &[Channel::EyeBlinkLeft, Channel::EyeBlinkRight], 1.0);
                let mut cells: Vec<Cell> = BODY.iter().map(body).collect();
                cells.extend(Viseme::ALL.iter().map(viseme));
                cells.extend(expression_names().filter(|n| *n != "neutral").map(emotion));
                cells.push(blink);
                cells.extend(GLANCES.iter().map(glance));
                cells
            }
        }
    }
}

fn cell(name: &str, pose: Pose) -> Cell {
    Cell { name: name.to_owned(), pose, shot: None, turn: 0.0, debug: None }
}

fn channels_cell(name: &str, channels: &[Channel], weight: f32) -> Cell {
    cell(name, Pose { channels: channels.iter().map(|c| (*c, weight)).collect(), ..Pose::default() })
}

/// Draws a sheet whose pictures have the size of `view`; gives it back with the pictures' names in order.
///
/// # Errors
/// When the device cannot draw it.
pub fn draw_sheet(
    production: &Production,
    renderer: &mut Renderer,
    view: &View,
    sheet: Sheet,
) -> Result<(Picture, Vec<String>), RenderError> {
    let cells = sheet.cells();
    let columns = sheet.columns();
    let rows = (cells.len() as u32).div_ceil(columns);
    let (width, height) = (view.width * columns, view.height * rows);
    let mut whole = Picture { width, height, rgba: vec![0; width as usize * height as usize * 4] };
    let mut names = Vec::new();
    let shown = renderer.debug();
    for (index, Cell { name, pose, shot, turn, debug }) in (0u32..).zip(cells) {
        let pose = if debug.is_some() { view.pose.clone() } else { pose };
        renderer.set_debug(debug.or(shown));
        let camera = view.camera.filter(|_| shot.is_none());
        let seen = View { pose, shot: shot.or(view.shot), camera, turn: view.turn + turn, ..view.clone() };
        let mut picture = draw(production, renderer, &seen)?;
        label(&mut picture, &name);
        paste(&mut whole, &picture, index % columns * view.width, index / columns * view.height);
        names.push(name);
    }
    renderer.set_debug(shown);
    Ok((whole, names))
}

/// Writes a picture's name into its lower left corner, light on a dark band.
fn label(picture: &mut Picture, name: &str) {
    let size = (picture.height as usize / 128).max(1);
    let band = lettering::height(size) + 4 * size;
    let (width, height) = (picture.width as usize, picture.height as usize);
    let top = height.saturating_sub(band);
    let end = (lettering::width(name, size) + 4 * size).min(width);
    for y in top..height {
        let row = picture.rgba.get_mut(y * width * 4..(y * width + end) * 4).unwrap_or_default();
        for pixel in row.chunks_exact_mut(4) {
            pixel.copy_from_slice(&[24, 24, 28, 255]);
        }
    }
    lettering::write(picture, name, (2 * size, top + 2 * size), size, [240; 3]);
}

fn paste(whole: &mut Picture, part: &Picture, left: u32, top: u32) {
    let row = part.width as usize * 4;
    for (y, line) in part.rgba.chunks_exact(row).enumerate() {
        let start = ((top as usize + y) * whole.width as usize + left as usize) * 4;
        if let Some(place) = whole.rgba.get_mut(start..start + row) {
            place.copy_from_slice(line);
        }
    }
}

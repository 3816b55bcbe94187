//! Contact sheets: many small pictures in one.

use super::{Pose, View, draw};
use crate::perform::expression_names;
use crate::production::Production;
use crate::render::{Picture, RenderError, Renderer};
use crate::vocabulary::Viseme;

/// What a sheet shows, in rows of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// The 15 visemes in index order.
    Visemes,
    /// All named expressions.
    Emotions,
}

const COLUMNS: u32 = 5;

impl Sheet {
    /// All kinds with the names of the `--sheet` option.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("visemes", Self::Visemes), ("emotions", Self::Emotions)];

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, sheet)| sheet)
    }

    /// What each picture shows, in order.
    pub fn poses(self) -> Vec<(String, Pose)> {
        match self {
            Self::Visemes => Viseme::ALL
                .iter()
                .map(|&v| (v.name().to_owned(), Pose { visemes: vec![(v, 1.0)], ..Pose::default() }))
                .collect(),
            Self::Emotions => expression_names()
                .map(|n| (n.to_owned(), Pose { expressions: vec![(n.to_owned(), 1.0)], ..Pose::default() }))
                .collect(),
        }
    }
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
    let poses = sheet.poses();
    let rows = (poses.len() as u32).div_ceil(COLUMNS);
    let (width, height) = (view.width * COLUMNS, view.height * rows);
    let mut whole = Picture { width, height, rgba: vec![0; width as usize * height as usize * 4] };
    let mut names = Vec::new();
    for (index, (name, pose)) in (0u32..).zip(poses) {
        let picture = draw(production, renderer, &View { pose, ..view.clone() })?;
        paste(&mut whole, &picture, index % COLUMNS * view.width, index / COLUMNS * view.height);
        names.push(name);
    }
    Ok((whole, names))
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

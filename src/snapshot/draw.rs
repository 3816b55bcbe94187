//! One picture of a production at a moment, in the pose it has then or in one that is given.

use crate::avatar::Avatar;
use crate::frame::Frame;
use crate::perform::{Acting, Worn, worn};
use crate::production::Production;
use crate::render::{LightPicture, Picture, RenderError, Renderer};
use crate::rig::Rig;
use crate::stage::{Camera, Shot};
use crate::time::Time;
use crate::vocabulary::{Channel, Viseme};

/// What a picture shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    /// When.
    pub at: Time,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Changes to the first role's acting.
    pub pose: Pose,
    /// In place of the shot that the production has then.
    pub shot: Option<Shot>,
    /// In place of both.
    pub camera: Option<Camera>,
    /// Degrees by which the camera is carried around what it looks at, towards the viewer's right.
    pub turn: f32,
}

/// Weights that replace what the acting would have, each 0..=1.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pose {
    /// When any is given, all others are 0.
    pub visemes: Vec<(Viseme, f32)>,
    /// Beside what the acting moves.
    pub channels: Vec<(Channel, f32)>,
    /// Expressions by name.
    pub expressions: Vec<(String, f32)>,
}

impl Pose {
    /// Whether nothing is posed.
    pub fn is_empty(&self) -> bool {
        self.visemes.is_empty() && self.channels.is_empty() && self.expressions.is_empty()
    }

    /// Puts them in the place of what `acting` has, for an avatar with its rig.
    pub fn apply(&self, acting: &mut Acting, avatar: &Avatar, rig: &Rig) {
        if self.is_empty() {
            return;
        }
        // A posed face keeps still: no blink, no glance.
        acting.channels = [0.0; Channel::COUNT];
        acting.expressions.clear();
        if !self.visemes.is_empty() {
            acting.visemes = [0.0; Viseme::COUNT];
        }
        for (viseme, weight) in &self.visemes {
            acting.visemes[viseme.index()] = *weight;
        }
        for (name, weight) in &self.expressions {
            match worn(name, avatar, rig) {
                Some(Worn::Channels(set)) => {
                    for (channel, strength) in set {
                        let slot = &mut acting.channels[channel.index()];
                        *slot = (*slot + strength * weight).clamp(0.0, 1.0);
                    }
                }
                Some(Worn::Own { expression, weight: most }) => {
                    acting.expressions.push((expression, most * weight));
                }
                // Names are checked where a person gives them.
                None => {}
            }
        }
        for (channel, weight) in &self.channels {
            acting.channels[channel.index()] = *weight;
        }
    }
}

/// Draws `view` with a renderer that holds the production's cast in order.
///
/// # Errors
/// When the device cannot draw it.
pub fn draw(production: &Production, renderer: &mut Renderer, view: &View) -> Result<Picture, RenderError> {
    renderer.picture(&frame(production, view), view.width, view.height)
}

/// The same as light, with a production's [`Production::light_renderer`].
///
/// # Errors
/// When the device cannot draw it.
pub fn draw_light(
    production: &Production,
    renderer: &mut Renderer,
    view: &View,
) -> Result<LightPicture, RenderError> {
    renderer.light(&frame(production, view), view.width, view.height)
}

fn frame(production: &Production, view: &View) -> Frame {
    let aspect = view.width as f32 / view.height.max(1) as f32;
    let mut frame = production.performance.first_frame(aspect);
    production.performance.evaluate_with(&mut frame, view.at, aspect, |role, acting| {
        if let Some(member) = production.cast.first().filter(|_| role == 0) {
            view.pose.apply(acting, &member.avatar, &member.rig);
        }
    });
    if let Some(shot) = view.shot {
        production.performance.aim(&mut frame, shot, aspect);
    }
    if let Some(camera) = view.camera {
        frame.camera = camera;
        // Nobody said what this lens is like.
        frame.look.focus = None;
    }
    if view.turn != 0.0 {
        frame.camera = frame.camera.turned(view.turn.to_radians());
    }
    frame
}

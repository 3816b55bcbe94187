//! Direct lights, backdrop and overlays.

use glam::Vec3;

/// What shape a light has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LightKind {
    /// Parallel rays.
    Directional,
    /// From a place in all directions.
    Point {
        /// Metres, stage space.
        position: Vec3,
        /// Metres after which it gives nothing; infinite without an end.
        range: f32,
    },
    /// From a place in a cone.
    Spot {
        /// Metres, stage space.
        position: Vec3,
        /// Metres after which it gives nothing; infinite without an end.
        range: f32,
        /// Unit vector along the middle of the cone, away from the light.
        along: Vec3,
        /// Radians from the middle where it starts to fade, below `outer`.
        inner: f32,
        /// Radians from the middle where it ends.
        outer: f32,
    },
}

/// One direct light.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Light {
    /// What shape it has.
    pub kind: LightKind,
    /// Unit vector from the subject towards the light, stage space; of no meaning for a light with a place.
    pub towards: Vec3,
    /// Linear RGB times strength: what a white matt surface that faces the light sends back, at a metre from a light with a place.
    pub radiance: Vec3,
    /// Half the angle under which the subject sees it, radians: softens highlights and shadow edges.
    pub angular_radius: f32,
    /// Whether it throws the shadow; the renderer takes the first that does. At most four lights are used.
    pub casts_shadow: bool,
}

/// What is behind the actors.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Backdrop {
    /// A soft studio wall: linear RGB in the middle and at the rim.
    Studio {
        /// Behind the head.
        center: Vec3,
        /// In the corners.
        rim: Vec3,
        /// Height of the floor that catches the shadow, metres, stage space.
        floor: f32,
    },
    /// One linear RGB colour.
    Color(Vec3),
    /// Nothing: alpha stays 0.
    Transparent,
}

/// A flat rectangle over the picture, drawn after tone mapping.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overlay {
    /// Left, top, width, height as fractions of the picture.
    pub rect: [f32; 4],
    /// sRGB-encoded RGBA, straight alpha.
    pub color: [f32; 4],
}

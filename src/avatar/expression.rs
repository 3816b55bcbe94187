//! An avatar's own expressions: what its author bound to each.
//!
//! Source: `VRMC_vrm-1.0/expressions.md`. How several are mixed is not decided here.

use crate::vocabulary::{Expression, ExpressionKind};

/// An expression as the avatar defines it: a weight in 0..=1 moves everything bound to it in proportion.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnExpression {
    /// The preset's standard name, or the avatar's own.
    pub name: String,
    /// Which preset it is.
    pub preset: Option<Expression>,
    /// Morph targets.
    pub morphs: Vec<MorphBind>,
    /// Material colours.
    pub colors: Vec<ColorBind>,
    /// Texture coordinates.
    pub uvs: Vec<UvBind>,
    /// It is either off or on: weights of at most 0.5 are 0, others 1.
    pub is_binary: bool,
    /// What it does to aa, ih, ou, ee and oh.
    pub override_mouth: Override,
    /// What it does to blink, blinkLeft and blinkRight.
    pub override_blink: Override,
    /// What it does to lookUp, lookDown, lookLeft and lookRight.
    pub override_look_at: Override,
}

impl OwnExpression {
    /// Whether anything is bound to it.
    pub fn moves_something(&self) -> bool {
        self.morphs.iter().any(|m| m.weight > 0.0) || !self.colors.is_empty() || !self.uvs.is_empty()
    }

    /// What it is about.
    pub fn kind(&self) -> ExpressionKind {
        self.preset.map_or(ExpressionKind::Face, Expression::kind)
    }

    /// What it does to expressions of `kind`; never anything to its own.
    pub fn override_of(&self, kind: ExpressionKind) -> Override {
        match kind {
            own if own == self.kind() => Override::None,
            ExpressionKind::Mouth => self.override_mouth,
            ExpressionKind::Blink => self.override_blink,
            ExpressionKind::LookAt => self.override_look_at,
            ExpressionKind::Face => Override::None,
        }
    }
}

/// What an expression does to others while it is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Override {
    /// Nothing.
    #[default]
    None,
    /// Any weight of it silences them.
    Block,
    /// They keep what its weight leaves of 1.
    Blend,
}

/// A morph target that an expression moves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MorphBind {
    /// The node that shows the mesh.
    pub node: usize,
    /// Index into the mesh's targets.
    pub target: usize,
    /// The target's weight at full strength.
    pub weight: f32,
}

/// A material's colour that an expression changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColorBind {
    /// Index into the avatar's materials.
    pub material: usize,
    /// Which of its colours.
    pub part: ColorPart,
    /// Linear RGBA at full strength; alpha counts for the base colour only.
    pub value: [f32; 4],
}

/// The colours of a material that expressions can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColorPart {
    /// Base colour with alpha.
    Base,
    /// What it sends out.
    Emissive,
    /// Of a toon material: the side away from the light.
    Shade,
    /// Of a toon material: the factor of its matcap.
    Matcap,
    /// Of a toon material: its rim.
    Rim,
    /// Of a toon material: its outline.
    Outline,
}

/// The texture coordinates of a material that an expression changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UvBind {
    /// Index into the avatar's materials.
    pub material: usize,
    /// In place of the offset of all its textures, at full strength.
    pub offset: [f32; 2],
    /// In place of the scale of all its textures, at full strength.
    pub scale: [f32; 2],
}

//! VRM 0.x and 1.0: what both have in common, and where they join the import of a glTF file.
//!
//! What a version calls things stays in its own files; both end as the same parts of an avatar.

use super::context::{Context, Notes};
use super::json::{index, list};
use super::{vrm0, vrm0_expressions, vrm0_materials, vrm1, vrm1_expressions};
use crate::avatar::{Avatar, FirstPerson, Humanoid, Material, Mesh, MorphBind, Node, OwnExpression};
use crate::vocabulary::Bone;
use serde_json::Value;
use std::collections::BTreeMap;

/// Binds of all expressions together.
const BINDS_LIMIT: usize = 1 << 16;
/// Expressions of one avatar.
pub(super) const EXPRESSIONS_LIMIT: usize = 1024;

/// The extension of a document that has one.
pub(super) enum Vrm<'a> {
    /// `extensions.VRM`.
    Zero(&'a Value),
    /// `extensions.VRMC_vrm`.
    One(&'a Value),
}

/// The extension that makes `context` an avatar; 1.0 wins where a file has both.
pub(super) fn find<'a>(context: &'a Context<'_>) -> Option<Vrm<'a>> {
    let others = &context.root.extensions.as_ref()?.others;
    let object = |name: &str| others.get(name).filter(|v| v.is_object());
    object("VRMC_vrm").map(Vrm::One).or_else(|| object("VRM").map(Vrm::Zero))
}

impl Vrm<'_> {
    /// Who sees which node's mesh. Nodes still have the document's mesh indices; those that a stage never shows
    /// lose theirs.
    pub(super) fn first_person(
        &self,
        context: &Context<'_>,
        place: &[Option<usize>],
        nodes: &mut [Node],
    ) -> Vec<(usize, FirstPerson)> {
        let mut flags = match self {
            Self::Zero(vrm) => vrm0::first_person(vrm, nodes),
            Self::One(vrm) => vrm1::first_person(vrm, context.root.nodes.len(), place),
        };
        flags.sort_by_key(|(node, _)| *node);
        flags.dedup_by_key(|(node, _)| *node);
        for (node, flag) in &flags {
            if let Some(node) = nodes.get_mut(*node).filter(|_| *flag == FirstPerson::FirstPersonOnly) {
                node.mesh = None;
                node.skin = None;
            }
        }
        flags
    }

    /// Gives materials what the extension says of them.
    pub(super) fn materials(&self, context: &Context<'_>, materials: &mut [Material], notes: &mut Notes) {
        if let Self::Zero(vrm) = self {
            vrm0_materials::apply(vrm, context, materials, notes);
        }
    }

    /// Gives the avatar all else: its materials and meshes are complete.
    pub(super) fn complete(
        &self,
        context: &Context<'_>,
        place: &[Option<usize>],
        avatar: &mut Avatar,
        notes: &mut Notes,
    ) {
        let mut humanoid = Humanoid::default();
        let named: Vec<(Option<Bone>, Option<usize>, String)> = match self {
            Self::Zero(vrm) => vrm0::bones(vrm),
            Self::One(vrm) => vrm1::bones(vrm),
        };
        for (bone, node, name) in named {
            let node = node.and_then(|n| place.get(n).copied().flatten());
            match (bone, node) {
                (Some(bone), Some(node)) if humanoid.node(bone).is_none() => humanoid.set(bone, node),
                (Some(_), Some(_)) => notes.add(format!("the humanoid names {name} twice; the first counts")),
                (None, _) => notes.add(format!("the humanoid has an unknown bone '{name}', left out")),
                (_, None) => notes.add(format!("the humanoid's {name} is no node of the scene, left out")),
            }
        }
        avatar.humanoid = Some(humanoid).filter(|h| h.iter().next().is_some());
        if avatar.humanoid.is_none() {
            notes.add("its humanoid names no bones; they are guessed by name");
        }
        let mut scope = Scope::new(context, place, avatar, notes);
        let expressions = match self {
            Self::Zero(vrm) => vrm0_expressions::expressions(vrm, &mut scope),
            Self::One(vrm) => vrm1_expressions::expressions(vrm, &mut scope),
        };
        avatar.expressions = ordered(expressions);
        (avatar.look_at, avatar.meta) = match self {
            Self::Zero(vrm) => (vrm0::look_at(vrm), vrm0::meta(vrm)),
            Self::One(vrm) => (vrm1::look_at(vrm), vrm1::meta(vrm)),
        };
    }
}

/// A toon material as it is drawn: not lit by the metallic-roughness model, without vertex colours
/// (`VRMC_materials_mtoon`, sections "Interaction with `KHR_materials_unlit`" and "Vertex Colors").
pub(super) fn settle_toon(materials: &mut [Material], meshes: &mut [Mesh]) {
    for material in materials.iter_mut().filter(|m| m.toon.is_some()) {
        material.is_unlit = true;
        material.metallic = 0.0;
    }
    for primitive in meshes.iter_mut().flat_map(|m| &mut m.primitives) {
        if primitive.material.and_then(|m| materials.get(m)).is_some_and(|m| m.toon.is_some()) {
            primitive.colors = Vec::new();
        }
    }
}

/// Presets in their order, then others as they come; of two with one name the first counts.
fn ordered(mut expressions: Vec<OwnExpression>) -> Vec<OwnExpression> {
    expressions.sort_by_key(|e| e.preset.map_or(usize::MAX, |p| p.index()));
    let mut seen: Vec<String> = Vec::new();
    expressions.retain(|e| {
        let name = e.name.to_lowercase();
        let is_new = !name.is_empty() && !seen.contains(&name);
        seen.push(name);
        is_new
    });
    expressions
}

/// What the binds of expressions refer to.
pub(super) struct Scope<'a, 'b> {
    pub(super) context: &'a Context<'b>,
    pub(super) notes: &'a mut Notes,
    place: &'a [Option<usize>],
    /// For each node the number of its mesh's targets.
    targets: Vec<usize>,
    /// For each of the document's meshes the nodes that show it.
    shown: Vec<Vec<usize>>,
    /// Where each material's base colour texture lies: offset and scale.
    pub(super) materials: Vec<([f32; 2], [f32; 2])>,
    /// Materials by name.
    by_name: BTreeMap<String, Vec<usize>>,
    left: usize,
}

impl<'a, 'b> Scope<'a, 'b> {
    fn new(
        context: &'a Context<'b>,
        place: &'a [Option<usize>],
        avatar: &Avatar,
        notes: &'a mut Notes,
    ) -> Self {
        let count =
            |node: &Node| node.mesh.and_then(|m| avatar.meshes.get(m)).map_or(0, |m| m.morph_names.len());
        let targets: Vec<usize> = avatar.nodes.iter().map(count).collect();
        let mut shown = vec![Vec::new(); context.root.meshes.len()];
        for (node, place) in context.root.nodes.iter().zip(place) {
            let place = place.filter(|p| targets.get(*p).is_some_and(|t| *t > 0));
            if let (Some(place), Some(mesh)) = (place, node.mesh.and_then(|m| shown.get_mut(m.value()))) {
                mesh.push(place);
            }
        }
        let uv = |m: &Material| m.base_color_texture.map_or(([0.0; 2], [1.0; 2]), |t| (t.offset, t.scale));
        let materials = avatar.materials.iter().map(uv).collect();
        let mut by_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (i, material) in avatar.materials.iter().enumerate() {
            by_name.entry(material.name.clone()).or_default().push(i);
        }
        Self { context, notes, place, targets, shown, materials, by_name, left: BINDS_LIMIT }
    }

    /// The materials of a name; none once there are too many binds.
    pub(super) fn materials_called(&self, name: &str) -> Vec<usize> {
        let named = self.by_name.get(name).filter(|_| self.left > 0);
        named.map_or_else(Vec::new, |all| all.iter().copied().take(self.left).collect())
    }

    /// Counts one bind; past the limit it is noted and left out.
    pub(super) fn allow(&mut self) -> bool {
        if self.left == 0 {
            self.notes.add("its expressions have too many binds; the last ones were left out");
            return false;
        }
        self.left -= 1;
        true
    }

    /// Binds a morph target of the document's node.
    pub(super) fn by_node(
        &mut self,
        node: Option<usize>,
        target: usize,
        weight: f32,
        out: &mut Vec<MorphBind>,
    ) {
        let node = node.and_then(|n| self.place.get(n).copied().flatten());
        let exists = node.and_then(|n| self.targets.get(n)).is_some_and(|count| target < *count);
        match node.filter(|_| exists) {
            Some(node) if self.allow() => {
                out.push(MorphBind { node, target, weight: weight.clamp(0.0, 1.0) });
            }
            Some(_) => {}
            None => self.missing("a morph target that does not exist"),
        }
    }

    /// Binds a morph target of the document's mesh, wherever it is shown.
    pub(super) fn by_mesh(
        &mut self,
        mesh: Option<usize>,
        target: usize,
        weight: f32,
        out: &mut Vec<MorphBind>,
    ) {
        let nodes = mesh.and_then(|m| self.shown.get(m)).cloned().unwrap_or_default();
        let mut is_bound = false;
        for node in nodes {
            if self.targets.get(node).is_some_and(|count| target < *count) {
                is_bound = true;
                if !self.allow() {
                    return;
                }
                out.push(MorphBind { node, target, weight: weight.clamp(0.0, 1.0) });
            }
        }
        if !is_bound {
            self.missing("a morph target that does not exist or is not shown");
        }
    }

    /// Notes that something bound is not there.
    pub(super) fn missing(&mut self, what: &str) {
        self.notes.add(format!("an expression is bound to {what}; that bind was left out"));
    }
}

/// Nodes and flags of first-person annotations: `name` is where an annotation says what it is about.
pub(super) fn annotations(vrm: &Value, name: &str, kind: &str) -> Vec<(usize, FirstPerson)> {
    let first_person = vrm.get("firstPerson").unwrap_or(&Value::Null);
    let one = |annotation: &Value| {
        let flag = super::json::text(annotation, kind);
        let (_, flag) = FLAGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&flag))?;
        Some((index(annotation, name)?, *flag))
    };
    list(first_person, "meshAnnotations").iter().filter_map(one).collect()
}

const FLAGS: &[(&str, FirstPerson)] = &[
    ("auto", FirstPerson::Auto),
    ("both", FirstPerson::Both),
    ("thirdPersonOnly", FirstPerson::ThirdPersonOnly),
    ("firstPersonOnly", FirstPerson::FirstPersonOnly),
];

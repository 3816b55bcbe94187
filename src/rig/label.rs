//! A node's name as bones are compared: its side, and the words that say which bone it is.

use super::bone_names::{ENDS, NOISE, NUMBERED_NOISE};
use super::words::{Side, is_number, side, side_at_start, words};
use crate::avatar::Avatar;

/// A word that so large a share of all joints begin or end with says nothing.
const SHARED: f32 = 0.8;
/// Fewer joints than this share a word by chance.
const ENOUGH_JOINTS: usize = 8;

/// See the module.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Label {
    pub(super) side: Option<Side>,
    /// Words joined; numbers without leading zeros, with `-` between two of them.
    pub(super) text: String,
    /// `text` without the last number, where a separator stood before it, as in `Head_1`.
    pub(super) bare: Option<String>,
    pub(super) is_joint: bool,
    /// Whether the name says that a chain ends here.
    pub(super) is_end: bool,
}

impl Label {
    /// The label of every node.
    pub(super) fn all(avatar: &Avatar) -> Vec<Self> {
        let mut is_joint = vec![false; avatar.nodes.len()];
        for joint in avatar.skins.iter().flat_map(|s| &s.joints) {
            if let Some(slot) = is_joint.get_mut(*joint) {
                *slot = true;
            }
        }
        let named = |(node, joint): (&crate::avatar::Node, &bool)| joint.then(|| words(own_name(&node.name)));
        let joints: Vec<Vec<String>> = avatar.nodes.iter().zip(&is_joint).filter_map(named).collect();
        let noise = [shared(&joints, |w| w.first()), shared(&joints, |w| w.last())];
        let noise: Vec<String> = noise.into_iter().flatten().collect();
        avatar.nodes.iter().zip(is_joint).map(|(node, joint)| Self::new(&node.name, joint, &noise)).collect()
    }

    /// The label of one name; `noise` are words that all of the file's joints have.
    pub(super) fn new(name: &str, is_joint: bool, noise: &[String]) -> Self {
        let name = own_name(name);
        let mut kept: Vec<String> = Vec::new();
        let mut found_side = None;
        let mut after_numbered_noise = false;
        for word in words(name) {
            let is_noise_number = after_numbered_noise && is_number(&word);
            after_numbered_noise = NUMBERED_NOISE.contains(&word.as_str());
            if let Some(side) = side(&word).filter(|_| found_side.is_none()) {
                found_side = Some(side);
            } else if !NOISE.contains(&word.as_str()) && !noise.contains(&word) && !is_noise_number {
                kept.push(word);
            }
        }
        if let Some(first) = kept.first_mut().filter(|_| found_side.is_none())
            && let Some((side, rest)) = side_at_start(first)
        {
            let rest = rest.to_owned();
            *first = rest;
            found_side = Some(side);
        }
        let is_end = kept.last().is_some_and(|w| ENDS.contains(&w.as_str()));
        let ends_apart = name.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(['_', '.', ' ', '-']);
        let bare = match kept.split_last() {
            Some((last, rest)) if is_number(last) && ends_apart && !rest.is_empty() => Some(join(rest)),
            _ => None,
        };
        Self { side: found_side, text: join(&kept), bare, is_joint, is_end }
    }
}

/// A name without the file's or character's that stands before it.
fn own_name(name: &str) -> &str {
    name.rsplit([':', '|']).find(|part| !part.is_empty()).unwrap_or(name)
}

/// The word that nearly all names have in one place.
fn shared(names: &[Vec<String>], place: impl Fn(&Vec<String>) -> Option<&String>) -> Option<String> {
    if names.len() < ENOUGH_JOINTS {
        return None;
    }
    let mut all: Vec<&String> = names.iter().filter(|w| w.len() > 1).filter_map(place).collect();
    all.sort_unstable();
    let most = all.chunk_by(|a, b| a == b).max_by_key(|same| same.len())?;
    let word = most.first().filter(|w| side(w).is_none() && !is_number(w))?;
    (most.len() as f32 >= names.len() as f32 * SHARED).then(|| (*word).clone())
}

fn join(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        if is_number(word) {
            if text.ends_with(|c: char| c.is_ascii_digit()) {
                text.push('-');
            }
            let short = word.trim_start_matches('0');
            text.push_str(if short.is_empty() { "0" } else { short });
        } else {
            text.push_str(word);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(name: &str) -> (String, Option<Side>) {
        let label = Label::new(name, true, &[]);
        (label.text, label.side)
    }

    #[test]
    fn conventions_come_to_the_same_words() {
        for name in
            ["mixamorig:LeftUpLeg", "mixamorig1:LeftUpLeg", "LeftUpLeg", "leftupleg", "Maria:LeftUpLeg"]
        {
            assert_eq!(label(name), ("upleg".to_owned(), Some(Side::Left)), "{name}");
        }
        for name in
            ["upper_arm.R", "J_Bip_R_UpperArm", "CC_Base_R_Upperarm", "upperarm_r", "RightUpperArmBone"]
        {
            assert_eq!(label(name), ("upperarm".to_owned(), Some(Side::Right)), "{name}");
        }
        assert_eq!(label("finger2-1.L").0, "finger2-1");
        assert_eq!(label("Bip001 Pelvis").0, "pelvis");
        assert_eq!(label("Character1_Hips").0, "hips");
        assert_eq!(label("Bip01 MJaw").0, "jaw");
        assert_eq!(label("index_01_l").0, "index1");
        assert_eq!(label("左人指１"), ("人指1".to_owned(), Some(Side::Left)));
        assert_eq!(label("左足ＩＫ").0, "足ik");
        assert_eq!(Label::new("Head_1", true, &[]).bare.as_deref(), Some("head"));
        assert_eq!(Label::new("Spine1", true, &[]).bare, None);
        assert!(Label::new("Bip01 L Finger0Nub", true, &[]).is_end);
    }

    #[test]
    fn what_all_joints_share_is_noise() {
        let names: Vec<Vec<String>> = (0..10).map(|i| words(&format!("Maria_Part{i}_L"))).collect();
        assert_eq!(shared(&names, |w| w.first()).as_deref(), Some("maria"));
        assert_eq!(shared(&names, |w| w.last()), None, "a side is no noise");
        assert_eq!(shared(&names[..3], |w| w.first()), None, "three are no habit");
    }
}

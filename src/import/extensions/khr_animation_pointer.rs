//! `KHR_animation_pointer`: curves that name what they move by a JSON pointer.
//!
//! Pointers to a node's translation, rotation, scale or weights become the plain channels that they equal; others
//! move what is not evaluated and are left out. So are channels without any target, which only other programs know.

use serde_json::Value;

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_animation_pointer";

/// Makes all channels of a document plain, and says how many curves were left out.
pub(in crate::import) fn resolve_all(document: &mut Value) -> usize {
    let mut left_out = 0;
    let animations = document.get_mut("animations").and_then(Value::as_array_mut);
    for animation in animations.into_iter().flatten() {
        let Some(channels) = animation.get_mut("channels").and_then(Value::as_array_mut) else { continue };
        let before = channels.len();
        channels.retain_mut(|channel| channel.get_mut("target").is_none_or(resolve));
        left_out += before - channels.len();
    }
    left_out
}

/// Makes a target plain; false where it cannot be.
fn resolve(target: &mut Value) -> bool {
    let pointer = target.pointer(&format!("/extensions/{NAME}/pointer")).and_then(Value::as_str);
    let Some(pointer) = pointer else { return target.get("node").is_some() };
    let mut parts = pointer.split('/');
    let (root, kind, node, path, rest) =
        (parts.next(), parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(""), Some("nodes"), Some(node), Some(path), None) = (root, kind, node, path, rest) else {
        return false;
    };
    let Ok(node) = node.parse::<u32>() else { return false };
    if !["translation", "rotation", "scale", "weights"].contains(&path) {
        return false;
    }
    *target = serde_json::json!({ "node": node, "path": path });
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_pointers_become_channels() {
        let target = |pointer: &str| {
            let text = format!(r#"{{"path":"pointer","extensions":{{"{NAME}":{{"pointer":"{pointer}"}}}}}}"#);
            let mut target = serde_json::from_str(&text).unwrap();
            resolve(&mut target).then_some(target)
        };
        assert_eq!(target("/nodes/3/rotation"), Some(serde_json::json!({"node":3,"path":"rotation"})));
        assert_eq!(target("/nodes/0/weights"), Some(serde_json::json!({"node":0,"path":"weights"})));
        for other in
            ["/materials/0/emissiveFactor", "/nodes/0/weights/2", "/nodes/x/scale", "nodes/0/scale", ""]
        {
            assert_eq!(target(other), None, "{other}");
        }
    }
}

//! What a picture says of how it came to be, so that whoever finds it can make it again or prove that it changed.

use super::Metadata;
use crate::host::sha256_hex;
use crate::production::{Production, Request};
use crate::render::Renderer;

/// The sentence that the picture is generated, and: `Inputs`, a line for each file with its SHA-256, `Adapter` and `Quality`.
pub fn origin(production: &Production, request: &Request, renderer: &Renderer) -> Metadata {
    let script = std::fs::read(&request.input).ok().map(|bytes| line(&request.input, &bytes));
    let avatars = (0..production.cast.len()).filter_map(|index| production.avatar_file(index, request).ok());
    let mut inputs: Vec<String> = script.into_iter().collect();
    for (name, bytes) in avatars {
        let line = line(&name, &bytes);
        if !inputs.contains(&line) {
            inputs.push(line);
        }
    }
    Metadata {
        disclosure: production.disclosure().to_owned(),
        entries: vec![
            ("Inputs".into(), inputs.join("\n")),
            ("Adapter".into(), renderer.gpu().adapter_name()),
            ("Quality".into(), renderer.quality().name().into()),
        ],
    }
}

fn line(name: &str, bytes: &[u8]) -> String {
    format!("{name} sha256:{}", sha256_hex(bytes))
}

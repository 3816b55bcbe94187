//! Addresses as a speaker reads them: web, e-mail, handles, hashtags, file names.

use super::scene::{Said, Scene, only};
use super::short::pieces;

/// Endings of names of machines and files that are read as words; others are spelt or read by the general rules.
const ENDINGS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "io", "ai", "dev", "app", "co", "uk", "de", "fr", "es", "jp", "cn",
    "eu", "us", "info", "tv", "me", "txt", "md", "rs", "py", "js", "html", "pdf", "png", "jpg", "jpeg",
    "gif", "svg", "wav", "mp3", "mp4", "json", "toml", "yaml", "xml", "csv", "zip", "exe", "doc", "docx",
    "xls", "xlsx", "ppt", "pptx", "glb", "gltf", "vrm",
];
const SIGNS: &[(char, &str)] = &[
    ('.', "dot"),
    ('/', "slash"),
    ('-', "dash"),
    ('_', "underscore"),
    ('@', "at"),
    (':', "colon"),
    ('#', "hash"),
    ('~', "tilde"),
    ('?', "question mark"),
    ('=', "equals"),
    ('&', "and"),
    ('+', "plus"),
    ('%', "percent"),
];

/// Reads `text` as an address if it looks like one.
pub(super) fn address(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let prefix = scene.token().prefix();
    if prefix.ends_with('#') && text.starts_with(char::is_alphabetic) && prefix.len() == 1 {
        return Some(only(format!("hashtag {}", spelt(text))));
    }
    if prefix.ends_with('@') && text.starts_with(char::is_alphabetic) {
        return Some(only(format!("at {}", spelt(text))));
    }
    let lower = text.to_ascii_lowercase();
    let bare =
        ["https://", "http://", "ftp://", "mailto:"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    let has_scheme = bare.is_some();
    let rest = text.get(text.len() - bare.unwrap_or(&lower).len()..)?;
    let rest = rest.trim_end_matches('/');
    if !(has_scheme || is_mail(rest) || is_host(rest)) {
        return None;
    }
    let said = match rest.strip_prefix("www.") {
        Some(host) => vec![format!("W W W dot {}", spelt(host)), spelt(host)],
        None => only(spelt(rest)),
    };
    Some(said)
}

fn is_mail(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && is_host(host))
}

fn is_host(text: &str) -> bool {
    let host = text.split('/').next().unwrap_or_default();
    let mut labels = host.rsplit('.');
    let ending = labels.next().unwrap_or_default();
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    let rest: Vec<&str> = labels.collect();
    !rest.is_empty()
        && rest.iter().all(|label| is_label(label))
        && rest.iter().any(|label| label.len() > 1)
        && ENDINGS.contains(&ending.to_lowercase().as_str())
}

/// Signs by their names, what is between them by the general rules.
fn spelt(text: &str) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut run = String::new();
    let close = |run: &mut String, said: &mut Vec<String>| {
        if !run.is_empty() {
            said.push(pieces(run, false));
            run.clear();
        }
    };
    for c in text.chars() {
        if c.is_alphanumeric() {
            run.push(c);
            continue;
        }
        close(&mut run, &mut said);
        if let Some((_, name)) = SIGNS.iter().find(|(sign, _)| *sign == c) {
            said.push((*name).to_owned());
        }
    }
    close(&mut run, &mut said);
    said.join(" ")
}

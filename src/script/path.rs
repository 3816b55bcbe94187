//! What a document may name as a file: a relative path that stays in the document's folder.
//!
//! It judges the text only; links on the disk are judged by whoever opens the file.

/// Checks that `path` is relative, uses `/`, and leads nowhere but into the folder it stands in.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn check(path: &str) -> Result<(), (&'static str, &'static str)> {
    let beside = "name a file beside this document or below it";
    if path.is_empty() {
        return Err(("a file's name is empty", beside));
    }
    if path.chars().any(char::is_control) {
        return Err(("a file's name holds a control character", "take it out"));
    }
    if path.contains("://") {
        return Err(("a network address is no file", "download it and name the file beside this document"));
    }
    if path.contains('\\') {
        return Err(("a file's name holds '\\'", "separate folders with '/'"));
    }
    if path.contains(':') {
        return Err(("a file's name holds ':'", beside));
    }
    if path.starts_with('/') {
        return Err(("an absolute path names a file", beside));
    }
    if path.split('/').any(|part| part == "..") {
        return Err(("a path leads out of its folder by '..'", beside));
    }
    if path.ends_with('/') {
        return Err(("a folder is named where a file is expected", beside));
    }
    Ok(())
}

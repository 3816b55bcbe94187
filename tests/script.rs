//! Scripts, timelines and foreign timing files: what is read, what is refused, and where it says so.

#[path = "script/timeline_file.rs"]
mod timeline_file;

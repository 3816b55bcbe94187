//! Scripts, timelines and foreign timing files: what is read, what is refused, and where it says so.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

#[path = "script/docs.rs"]
mod docs;
#[path = "script/foreign.rs"]
mod foreign;
#[path = "script/foreign_samples.rs"]
mod foreign_samples;
#[path = "script/foreign_written.rs"]
mod foreign_written;
#[path = "script/live_link.rs"]
mod live_link;
#[path = "script/malformed.rs"]
mod malformed;
#[path = "script/schema.rs"]
mod schema;
#[path = "script/songs.rs"]
mod songs;
#[path = "script/speech_file.rs"]
mod speech_file;
#[path = "script/timeline_file.rs"]
mod timeline_file;

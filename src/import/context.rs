//! What every part of an import shares: the parsed document, its bytes, and a budget for what is decoded.

use super::Options;
use super::container::Container;
use super::extensions::{ext_meshopt_compression, khr_draco_mesh_compression};
use super::limits::{Limits, mebibytes};
use super::uri;
use crate::diagnostic::Diagnostic;
use crate::source::Source;
use gltf::json::Root;
use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

/// Different warnings kept for one file.
const NOTES_LIMIT: usize = 100;

/// What a person can do about what was left out or changed.
const LOOK: &str = "look at the avatar with `inspect --sheet`; where something is amiss, export it again";

/// Warnings gathered by one part, in order, with what to do; repeated ones are kept once.
#[derive(Debug, Default)]
pub(super) struct Notes(Vec<(String, &'static str)>);

impl Notes {
    /// Something was left out or changed.
    pub(super) fn add(&mut self, message: impl Into<String>) {
        self.advise(message, LOOK);
    }

    /// As [`Self::add`], with other advice.
    pub(super) fn advise(&mut self, message: impl Into<String>, help: &'static str) {
        let message = message.into();
        if self.0.len() < NOTES_LIMIT && self.0.iter().all(|(known, _)| *known != message) {
            self.0.push((message, help));
        }
    }

    pub(super) fn append(&mut self, other: Self) {
        for (message, help) in other.0 {
            self.advise(message, help);
        }
    }

    /// The same warnings, each about `place`.
    pub(super) fn prefixed(self, place: &str) -> Self {
        Self(self.0.into_iter().map(|(message, help)| (format!("{place}: {message}"), help)).collect())
    }

    pub(super) fn into_report(self, name: &str) -> Vec<Diagnostic> {
        self.0.into_iter().map(|(message, help)| Diagnostic::warning(name, message).help(help)).collect()
    }
}

/// A document with all its buffers in memory.
pub(super) struct Context<'a> {
    pub(super) name: &'a str,
    pub(super) root: Root,
    pub(super) options: Options,
    pub(super) limits: Limits,
    pub(super) source: &'a dyn Source,
    buffers: Vec<Option<Cow<'a, [u8]>>>,
    unpacked_views: Vec<ext_meshopt_compression::Unpacked>,
    unpacked_accessors: khr_draco_mesh_compression::Unpacked,
    decoded: AtomicU64,
}

impl<'a> Context<'a> {
    /// Reads all buffers of `container`.
    pub(super) fn load(
        container: Container<'a>,
        name: &'a str,
        source: &'a dyn Source,
        options: Options,
        limits: Limits,
    ) -> Result<Self, Diagnostic> {
        let Container { root, binary, .. } = container;
        let mut buffers = Vec::new();
        for (i, buffer) in root.buffers.iter().enumerate() {
            if ext_meshopt_compression::is_fallback(buffer) {
                buffers.push(None);
                continue;
            }
            let bytes = match &buffer.uri {
                Some(uri) => Some(Cow::Owned(uri::read(uri, source).map_err(|e| {
                    Diagnostic::error(name, format!("buffer {i}: {e}"))
                        .help("keep the files that belong to the avatar together")
                })?)),
                None if i == 0 => binary.map(Cow::Borrowed),
                None => None,
            };
            let there = bytes.as_ref().map_or(0, |b| b.len() as u64);
            if bytes.is_some() && there < buffer.byte_length.0 {
                let needed = buffer.byte_length.0;
                let message = format!("buffer {i} is cut off: {there} of {needed} bytes are there");
                return Err(Diagnostic::error(name, message).help("copy or export the file again"));
            }
            buffers.push(bytes);
        }
        let mut context = Self {
            name,
            root,
            options,
            limits,
            source,
            buffers,
            unpacked_views: Vec::new(),
            unpacked_accessors: khr_draco_mesh_compression::Unpacked::new(),
            decoded: AtomicU64::new(0),
        };
        context.unpacked_views = ext_meshopt_compression::unpack_all(&context);
        context.unpacked_accessors = khr_draco_mesh_compression::unpack_all(&context);
        Ok(context)
    }

    /// The bytes of a buffer, if there are any.
    pub(super) fn buffer(&self, index: usize) -> Option<&[u8]> {
        self.buffers.get(index).and_then(Option::as_deref)
    }

    /// What an accessor has that was packed together with others, or why there is nothing.
    pub(super) fn unpacked(
        &self,
        accessor: usize,
    ) -> Option<Result<&khr_draco_mesh_compression::Elements, &str>> {
        self.unpacked_accessors.get(&accessor).map(|r| r.as_ref().map_err(String::as_str))
    }

    /// Whether an accessor's numbers were unpacked from somewhere.
    pub(super) fn is_packed(&self, accessor: usize) -> bool {
        let view = self.root.accessors.get(accessor).and_then(|a| a.buffer_view);
        let is_view = view.is_some_and(|v| matches!(self.unpacked_views.get(v.value()), Some(Some(_))));
        is_view || self.unpacked_accessors.contains_key(&accessor)
    }

    /// An error about this file.
    pub(super) fn error(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(self.name, message)
    }

    /// The bytes of a buffer view and its stride, if it states one.
    pub(super) fn view(&self, index: usize) -> Result<(&[u8], Option<usize>), Diagnostic> {
        let view = self
            .root
            .buffer_views
            .get(index)
            .ok_or_else(|| self.error(format!("buffer view {index} does not exist")))?;
        let stride = view.byte_stride.map(|s| s.0).filter(|s| *s > 0);
        match self.unpacked_views.get(index) {
            Some(Some(Ok(bytes))) => return Ok((bytes, stride)),
            Some(Some(Err(reason))) => return Err(self.error(format!("buffer view {index}: {reason}"))),
            Some(None) | None => {}
        }
        let buffer = self.buffer(view.buffer.value()).ok_or_else(|| {
            self.error(format!("buffer view {index} lies in a buffer ({}) without data", view.buffer.value()))
        })?;
        let start = view.byte_offset.map_or(0, |o| o.0);
        let bytes = slice(buffer, start, view.byte_length.0)
            .ok_or_else(|| self.error(format!("buffer view {index} reaches past the end of its buffer")))?;
        Ok((bytes, stride))
    }

    /// Counts what is about to be allocated. Many accessors may name the same bytes, so the file's size bounds nothing.
    pub(super) fn charge(&self, count: usize, bytes_each: usize) -> Result<(), Diagnostic> {
        let limit = self.limits.geometry_bytes;
        let bytes = (count as u64).saturating_mul(bytes_each as u64);
        let before = self.decoded.fetch_add(bytes.min(limit.saturating_add(1)), Ordering::Relaxed);
        if before.saturating_add(bytes) > limit {
            let message = format!("the geometry takes more than {} of memory", mebibytes(limit));
            return Err(self.error(message).help("reduce the avatar"));
        }
        Ok(())
    }
}

/// `length` bytes from `start`, if they are there.
pub(super) fn slice(bytes: &[u8], start: u64, length: u64) -> Option<&[u8]> {
    let start = usize::try_from(start).ok()?;
    let end = start.checked_add(usize::try_from(length).ok()?)?;
    bytes.get(start..end)
}

/// `name`, or the kind and number where there is none.
pub(super) fn label(kind: &str, name: Option<&str>, index: usize) -> String {
    match name {
        Some(name) if !name.is_empty() => format!("{kind} '{}'", name.chars().take(60).collect::<String>()),
        _ => format!("{kind} {index}"),
    }
}

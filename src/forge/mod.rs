//! Builds avatars from free source data. Never opens anything but the pinned source archive.

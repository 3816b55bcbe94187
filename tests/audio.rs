//! Tests of audio.

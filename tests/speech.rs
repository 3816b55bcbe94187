//! Tests of speech.

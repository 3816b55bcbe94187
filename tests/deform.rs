//! Tests of deform.

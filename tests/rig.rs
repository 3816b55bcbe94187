//! Tests of rig.

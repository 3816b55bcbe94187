//! Hair and cloth that sway: the simulation of `VRMC_springBone` 1.0 as a pure function of time.
//!
//! A simulation depends on all that came before; here that is a bounded window. One begins from rest every few
//! seconds on a fixed schedule, has a warm-up nobody sees, and fades into the one before. A moment anywhere
//! costs a bounded number of steps; what is remembered of the last moments only saves work.

mod collide;
mod joints;
mod schedule;
#[cfg(test)]
mod tests;

pub(super) use schedule::Springs;

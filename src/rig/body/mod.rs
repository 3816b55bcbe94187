//! Bodies that share movements: any clip of any humanoid as a [`Motion`](crate::avatar::Motion), and any motion on any
//! humanoid, whatever its rest pose, joint axes and proportions.
//!
//! Both ways lead through the T-pose, which every humanoid can take.

mod arms;
mod bake;
mod hands;
mod retarget;
mod soles;
mod tpose;
mod volumes;

pub use arms::{ARM_BONES, ArmMeasures, ArmTurns};
pub use bake::motion_of;
pub use retarget::{Part, Retarget};
pub use tpose::{Stature, stature};

//! Which meshes a camera in the avatar's own head sees, and which the audience.

/// Who sees a mesh (`VRMC_vrm-1.0/firstPerson.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FirstPerson {
    /// The audience; the avatar itself sees what does not belong to its head.
    #[default]
    Auto,
    /// Both.
    Both,
    /// The audience.
    ThirdPersonOnly,
    /// The avatar itself; a stage never shows it.
    FirstPersonOnly,
}

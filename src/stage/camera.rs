//! A perspective camera.

use glam::{Mat4, Vec3};

/// Where one looks from, at what, through which lens.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// Metres, stage space.
    pub eye: Vec3,
    /// Metres, stage space.
    pub target: Vec3,
    /// Vertical field of view, radians.
    pub fov_y: f32,
    /// Nearest visible distance, metres.
    pub near: f32,
    /// Farthest visible distance, metres.
    pub far: f32,
}

impl Camera {
    /// From `eye` towards `target`, with room for people before and behind it.
    pub fn looking(eye: Vec3, target: Vec3, fov_y: f32) -> Self {
        let distance = eye.distance(target);
        Self { eye, target, fov_y, near: (distance * 0.02).min(0.03), far: distance * 2.0 + 16.0 }
    }

    /// `view_from_world`: right-handed, looking along −Z.
    pub fn view_from_world(&self) -> Mat4 {
        let forward = self.target - self.eye;
        let up = if forward.cross(Vec3::Y).length_squared() < 1e-12 { Vec3::Z } else { Vec3::Y };
        glam::camera::rh::view::look_at_mat4(self.eye, self.target, up)
    }

    /// The same seen from the side: carried around what it looks at, about the vertical, `radians` towards +X.
    #[must_use]
    pub fn turned(self, radians: f32) -> Self {
        let away = self.eye - self.target;
        let (sin, cos) = (libm::sinf(radians), libm::cosf(radians));
        let away = Vec3::new(away.x * cos + away.z * sin, away.y, away.z * cos - away.x * sin);
        Self { eye: self.target + away, ..self }
    }

    /// `clip_from_view` for a picture of `aspect` = width / height; depth runs from 0 (near) to 1 (far).
    pub fn clip_from_view(&self, aspect: f32) -> Mat4 {
        glam::camera::rh::proj::directx::perspective(self.fov_y, aspect.max(1e-3), self.near, self.far)
    }
}

//! A camera that a hand turns around somebody: orbit, pan, zoom, framing, turntable.
//!
//! It knows no mouse: it is given shares of the picture, and gives a camera.

use crate::avatar::Landmarks;
use crate::stage::{Camera, Shot, frame_shot};
use glam::{Vec2, Vec3};

/// Straight up and down nothing could say which way is left.
const STEEPEST: f32 = 1.5;
/// The nearest and the farthest, in heights of who is seen.
const NEAREST: f32 = 0.02;
const FARTHEST: f32 = 40.0;
/// Dragging across the whole height of the picture turns by so much, radians.
const TURN: f32 = std::f32::consts::PI;
/// One notch of a wheel brings the eye nearer by this share.
const NOTCH: f32 = 0.12;

/// Where one looks from, as distance and two angles from what is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Orbit {
    /// Metres, stage space.
    pub target: Vec3,
    /// Metres from the target.
    pub distance: f32,
    /// Radians about +Y; at 0 the eye is at +Z of the target.
    pub yaw: f32,
    /// Radians above the target.
    pub pitch: f32,
    /// Vertical field of view, radians.
    pub fov_y: f32,
    /// How tall who is seen is, metres: the measure of near and far.
    height: f32,
}

impl Orbit {
    /// The portrait `shot` of somebody with these `landmarks`, for a picture of `aspect` = width / height.
    pub fn of_shot(landmarks: &Landmarks, shot: Shot, aspect: f32) -> Self {
        Self::of_camera(&frame_shot(landmarks, shot, aspect), landmarks.crown - landmarks.floor)
    }

    /// The same view as `camera`'s of somebody who is `height` metres tall.
    pub fn of_camera(camera: &Camera, height: f32) -> Self {
        let way = camera.eye - camera.target;
        let distance = way.length().max(1e-3);
        let pitch = libm::asinf((way.y / distance).clamp(-1.0, 1.0)).clamp(-STEEPEST, STEEPEST);
        let yaw = libm::atan2f(way.x, way.z);
        Self { target: camera.target, distance, yaw, pitch, fov_y: camera.fov_y, height: height.max(0.05) }
    }

    /// From the target to the eye, of unit length.
    fn back(&self) -> Vec3 {
        let (sin_yaw, cos_yaw) = libm::sincosf(self.yaw);
        let (sin_pitch, cos_pitch) = libm::sincosf(self.pitch);
        Vec3::new(sin_yaw * cos_pitch, sin_pitch, cos_yaw * cos_pitch)
    }

    /// What a renderer needs.
    pub fn camera(&self) -> Camera {
        let eye = self.target + self.back() * self.distance;
        let near = (self.distance * 0.02).min(self.height * 0.02);
        let far = self.distance * 2.0 + self.height * 8.0;
        Camera { eye, target: self.target, fov_y: self.fov_y, near, far }
    }

    /// Turns with a drag by `by`, in heights of the picture, to the right and downwards: what is seen follows the hand.
    pub fn turn(&mut self, by: Vec2) {
        self.yaw = wrapped(self.yaw - by.x * TURN);
        self.pitch = (self.pitch + by.y * TURN).clamp(-STEEPEST, STEEPEST);
    }

    /// Moves with a drag by `by`, in heights of the picture, so that what is at the target stays under the hand.
    pub fn pan(&mut self, by: Vec2) {
        let (right, up) = self.sides();
        let tall = 2.0 * self.distance * libm::tanf(self.fov_y * 0.5);
        self.target += (up * by.y - right * by.x) * tall;
    }

    /// Comes nearer by so many notches of a wheel, or goes farther where they are negative.
    pub fn zoom(&mut self, notches: f32) {
        let factor = libm::expf(-NOTCH * notches.clamp(-40.0, 40.0));
        self.distance = (self.distance * factor).clamp(self.height * NEAREST, self.height * FARTHEST);
    }

    /// Goes around by `radians`.
    pub fn go_around(&mut self, radians: f32) {
        self.yaw = wrapped(self.yaw + radians);
    }

    /// The point of the plane through `through`, facing the camera and `metres` nearer to it, that is seen at `at`: from the
    /// picture's middle in heights of the picture, to the right and downwards.
    pub fn point_at(&self, at: Vec2, through: Vec3, metres: f32) -> Vec3 {
        let (right, up) = self.sides();
        let camera = self.camera();
        let tan = 2.0 * libm::tanf(self.fov_y * 0.5);
        let ray = -self.back() + (right * at.x - up * at.y) * tan;
        let depth = ((camera.eye - through).dot(self.back()) - metres).max(0.05);
        camera.eye + ray * depth
    }

    fn sides(&self) -> (Vec3, Vec3) {
        let back = self.back();
        let right = Vec3::Y.cross(back).normalize_or(Vec3::X);
        (right, back.cross(right))
    }
}

fn wrapped(angle: f32) -> f32 {
    use std::f32::consts::{PI, TAU};
    (angle + PI).rem_euclid(TAU) - PI
}

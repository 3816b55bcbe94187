//! Smooth random values from a hash of the place: the same everywhere, always.

use glam::Vec3;

fn bits(x: i32, y: i32, z: i32) -> u32 {
    let mut h = (x as u32).wrapping_mul(0x8da6_b343)
        ^ (y as u32).wrapping_mul(0xd816_3841)
        ^ (z as u32).wrapping_mul(0xcb1a_b31f);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    h ^ (h >> 15)
}

fn hash(x: i32, y: i32, z: i32) -> f32 {
    (bits(x, y, z) >> 8) as f32 / (1 << 24) as f32
}

/// Value noise in -1..=1 that varies over a unit of `p`.
pub(in crate::forge) fn noise(p: Vec3) -> f32 {
    let cell = p.floor();
    let t = p - cell;
    let s = t * t * (Vec3::splat(3.0) - t * 2.0);
    let (x, y, z) = (cell.x as i32, cell.y as i32, cell.z as i32);
    let mix = |a: f32, b: f32, t: f32| a + (b - a) * t;
    let row = |dy: i32, dz: i32| mix(hash(x, y + dy, z + dz), hash(x + 1, y + dy, z + dz), s.x);
    let plane = |dz: i32| mix(row(0, dz), row(1, dz), s.y);
    mix(plane(0), plane(1), s.z) * 2.0 - 1.0
}

/// Noise of several sizes: `octaves` of them, each half as large and `keep` as strong as the one before; about -1..=1.
pub(super) fn cloud(p: Vec3, octaves: u32, keep: f32) -> f32 {
    let (mut sum, mut total, mut weight, mut at) = (0.0, 0.0, 1.0, p);
    for _ in 0..octaves {
        sum += noise(at) * weight;
        total += weight;
        weight *= keep;
        // Turned, so that the grids of the sizes never lie on each other.
        at = Vec3::new(at.x * 1.6 + at.y * 1.2, at.y * 1.6 - at.x * 1.2, at.z * 2.0) + 17.3;
    }
    sum / total
}

/// A dot strewn over space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dot {
    /// How far off its middle is, in units.
    pub(super) distance: f32,
    /// Its own random number, 0..1.
    pub(super) chance: f32,
}

/// The nearest of the dots of which one lies somewhere in each unit cube, as far as that is within half a unit.
pub(super) fn nearest_dot(p: Vec3) -> Dot {
    // Only cubes that come within half a unit are looked at.
    let first = (p - 0.5).floor();
    let (x, y, z) = (first.x as i32, first.y as i32, first.z as i32);
    let mut best = (f32::MAX, 0_u32);
    for corner in 0..8 {
        let (dx, dy, dz) = (corner & 1, (corner >> 1) & 1, corner >> 2);
        let h = bits(x + dx, y + dy, z + dz);
        let part = |shift: u32| ((h >> shift) & 0xff) as f32 / 256.0;
        let cell = first + Vec3::new(dx as f32, dy as f32, dz as f32);
        let squared = (cell + Vec3::new(part(0), part(8), part(16))).distance_squared(p);
        if squared < best.0 {
            best = (squared, h);
        }
    }
    let chance = (best.1.wrapping_mul(0x9e37_79b9) >> 8) as f32 / (1 << 24) as f32;
    Dot { distance: best.0.sqrt(), chance }
}

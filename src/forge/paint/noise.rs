//! Smooth random values from a hash of the place: the same everywhere, always.

use glam::Vec3;

fn hash(x: i32, y: i32, z: i32) -> f32 {
    let mut h = (x as u32).wrapping_mul(0x8da6_b343)
        ^ (y as u32).wrapping_mul(0xd816_3841)
        ^ (z as u32).wrapping_mul(0xcb1a_b31f);
    h = (h ^ (h >> 15)).wrapping_mul(0x2c1b_3c6d);
    h = (h ^ (h >> 12)).wrapping_mul(0x297a_2d39);
    ((h ^ (h >> 15)) >> 8) as f32 / (1 << 24) as f32
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

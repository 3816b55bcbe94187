//! What eyes, lips, spectacles and metal show of the built-in lightings: panels that stand about where the direct lights do.

use super::environment::Panel;

const fn sheet(place: (f32, f32), width: f32, height: f32, radiance: [f32; 3]) -> Panel {
    Panel { place, width, height, radiance, is_round: false }
}

const fn lamp(place: (f32, f32), across: f32, radiance: [f32; 3]) -> Panel {
    Panel { place, width: across, height: across, radiance, is_round: true }
}

/// A grey room: a large soft box, a strip for the fill, strips behind, a white ceiling, light from the floor.
pub(super) const STUDIO: &[Panel] = &[
    sheet((-34.0, 33.0), 14.0, 19.0, [14.5, 14.0, 13.1]),
    sheet((50.0, 14.0), 7.0, 52.0, [2.6, 2.8, 3.0]),
    sheet((148.0, 30.0), 7.0, 40.0, [4.2, 4.4, 4.7]),
    sheet((-150.0, 26.0), 7.0, 40.0, [2.6, 2.7, 2.9]),
    sheet((0.0, 84.0), 30.0, 30.0, [1.0, 1.0, 1.05]),
    sheet((0.0, -46.0), 44.0, 16.0, [0.35, 0.33, 0.30]),
];

/// A dark hall: spots above, coloured lamps behind, the lights of the house far off.
pub(super) const HALL: &[Panel] = &[
    lamp((-22.0, 46.0), 6.5, [20.0, 17.7, 15.0]),
    lamp((-16.0, 27.0), 6.0, [26.0, 23.5, 20.5]),
    lamp((30.0, 52.0), 5.0, [8.0, 8.0, 9.0]),
    lamp((4.0, 58.0), 4.0, [7.0, 7.0, 7.5]),
    lamp((132.0, 28.0), 9.0, [7.0, 10.5, 18.0]),
    lamp((-140.0, 24.0), 9.0, [13.0, 6.2, 7.5]),
    sheet((60.0, 8.0), 5.0, 30.0, [0.9, 1.05, 1.3]),
    sheet((0.0, -6.0), 90.0, 5.0, [0.30, 0.28, 0.34]),
];

/// Outside: the sun and its glow, a horizon, and ground that is darker than the sky above it.
pub(super) const DAYLIGHT: &[Panel] = &[
    lamp((-52.0, 50.0), 6.0, [40.0, 37.0, 32.0]),
    lamp((-52.0, 50.0), 40.0, [0.9, 0.85, 0.75]),
    lamp((0.0, -90.0), 168.0, [-0.30, -0.32, -0.36]),
    sheet((150.0, 30.0), 46.0, 18.0, [0.55, 0.56, 0.58]),
    sheet((-26.0, 27.0), 22.0, 10.0, [4.6, 4.6, 4.5]),
    sheet((20.0, 34.0), 40.0, 12.0, [0.35, 0.35, 0.36]),
];

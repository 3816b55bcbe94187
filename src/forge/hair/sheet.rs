//! A mass of hair: one closed surface of paths side by side, combed into rounded clumps that end in points.

use glam::{Vec2, Vec3};

use super::super::dress::smoothstep;
use super::super::part::{Part, Vertex};
use super::super::skeleton::Skin;
use super::chance;

/// Columns of a clump.
const ACROSS: usize = 5;
/// Where they lie on it, and how high it is there.
const PROFILE: [(f32, f32); ACROSS] = [(0.0, 0.0), (0.16, 0.62), (0.38, 0.95), (0.62, 1.0), (0.86, 0.66)];
/// How much narrower or wider than the mean clumps are, as a share.
const UNEVEN: f32 = 0.32;

/// A point of the sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    /// Metres.
    pub(super) place: Vec3,
    /// Unit length, outwards.
    pub(super) out: Vec3,
}

/// How a sheet is combed into clumps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Comb {
    /// How many clumps there are.
    pub(super) clumps: usize,
    /// How high they stand, metres.
    pub(super) relief: f32,
    /// Between which shares of the way they rise.
    pub(super) rises: [f32; 2],
    /// Between which shares of the way they flatten again.
    pub(super) sinks: [f32; 2],
    /// Where in the picture its roots are, 0 where the scalp shows between them.
    pub(super) begin: f32,
    /// How far strands of a clump end before others, and clumps before others, metres.
    pub(super) ragged: [f32; 2],
}

/// Paths side by side, each with the same number of points.
pub(super) struct Sheet {
    rows: usize,
    columns: usize,
    /// By columns.
    points: Vec<Point>,
    /// Places of the columns, 0..=1.
    shares: Vec<f32>,
    /// Metres along its column from the root.
    lengths: Vec<f32>,
    /// Where in the picture the roots are.
    begin: f32,
}

/// Where columns lie, 0..=1, in clumps of uneven width, and which share of the picture that is.
fn columns(clumps: usize) -> Vec<(f32, f32)> {
    let widths: Vec<f32> = (0..clumps).map(|n| 1.0 + UNEVEN * (2.0 * chance(n as u32, 61) - 1.0)).collect();
    let whole: f32 = widths.iter().sum();
    let mut begin = 0.0;
    let mut all = Vec::with_capacity(clumps * ACROSS + 1);
    for (n, width) in widths.iter().enumerate() {
        all.extend(
            PROFILE.map(|(f, _)| ((begin + f * width) / whole, (n as f32 + f) / clumps.max(1) as f32)),
        );
        begin += width;
    }
    all.push((1.0, 1.0));
    all
}

impl Sheet {
    /// A sheet whose column at `share` (0..=1) follows `path`, which gets denser points than there are `rows`.
    pub(super) fn of(comb: &Comb, rows: usize, path: impl Fn(f32) -> Vec<Vec3>) -> Self {
        let places = columns(comb.clumps);
        let dense: Vec<Vec<Vec3>> =
            places.iter().map(|(place, _)| evenly(&path(*place), rows, 1.0)).collect();
        let mut sheet = Self {
            rows,
            columns: places.len(),
            points: dense.iter().flatten().map(|p| Point { place: *p, out: Vec3::Y }).collect(),
            shares: places.iter().map(|(_, u)| *u).collect(),
            lengths: Vec::new(),
            begin: comb.begin,
        };
        sheet.turn_outwards();
        sheet
    }

    fn at(&self, column: usize, row: usize) -> usize {
        column * self.rows + row
    }

    /// Evens the surface out: its roots stay, its border keeps its line.
    pub(super) fn relax(&mut self, times: u32, keep_out: impl Fn(Vec3) -> Vec3) {
        for _ in 0..times {
            let before = self.points.clone();
            for column in 0..self.columns {
                for row in 1..self.rows {
                    let here = self.at(column, row);
                    let mut near = Vec::with_capacity(4);
                    if column > 0 && column + 1 < self.columns {
                        near.extend([here - self.rows, here + self.rows]);
                    }
                    if row + 1 < self.rows {
                        near.extend([here - 1, here + 1]);
                    }
                    let mean = near.iter().map(|i| before[*i].place).sum::<Vec3>() / near.len().max(1) as f32;
                    let mean = if near.is_empty() { before[here].place } else { mean };
                    self.points[here].place = keep_out(before[here].place.lerp(mean, 0.6));
                }
            }
        }
        self.turn_outwards();
    }

    /// Moves every point by what `by` says of it, its column's place and its share of the way.
    pub(super) fn shift(&mut self, by: impl Fn(&Point, f32, f32) -> Vec3) {
        for column in 0..self.columns {
            for row in 0..self.rows {
                let here = self.at(column, row);
                let share = row as f32 / (self.rows - 1).max(1) as f32;
                let moved = by(&self.points[here], self.shares[column], share);
                self.points[here].place += moved;
            }
        }
        self.turn_outwards();
    }

    /// Combs it into clumps.
    pub(super) fn comb(&mut self, comb: &Comb) {
        for column in 0..self.columns {
            let (clump, within) = (column / ACROSS, column % ACROSS);
            let height = PROFILE[within].1;
            let own = 0.75 + 0.5 * chance(clump as u32, 62);
            let path: Vec<Vec3> = (0..self.rows).map(|row| self.points[self.at(column, row)].place).collect();
            let length = length(&path);
            let strand = 0.75 * (1.0 - height) + 0.25 * chance(column as u32, 64);
            let shorter = comb.ragged[0] * strand + comb.ragged[1] * chance(clump as u32, 63);
            let path = evenly(&path, self.rows, 1.0 - shorter / length.max(0.01));
            for (row, place) in path.into_iter().enumerate() {
                let here = self.at(column, row);
                let share = row as f32 / (self.rows - 1).max(1) as f32;
                let risen = smoothstep(comb.rises[0], comb.rises[1], share)
                    * smoothstep(comb.sinks[1], comb.sinks[0], share);
                let lift = comb.relief * own * height * risen;
                self.points[here].place = place + self.points[here].out * lift;
            }
        }
        self.turn_outwards();
    }

    /// Finds normals and lengths anew.
    fn turn_outwards(&mut self) {
        self.lengths = vec![0.0; self.points.len()];
        for column in 0..self.columns {
            for row in 0..self.rows {
                let place = |c: usize, r: usize| self.points[self.at(c, r)].place;
                let across =
                    place((column + 1).min(self.columns - 1), row) - place(column.saturating_sub(1), row);
                let along =
                    place(column, (row + 1).min(self.rows - 1)) - place(column, row.saturating_sub(1));
                let here = self.at(column, row);
                if row > 0 {
                    self.lengths[here] =
                        self.lengths[here - 1] + place(column, row).distance(place(column, row - 1));
                }
                let out = across.cross(along).normalize_or(self.points[here].out);
                self.points[here].out = out;
            }
        }
    }

    /// The point at a place of the picture and a share of the way; farther than the end it goes straight on.
    pub(super) fn point(&self, share: f32, way: f32) -> Point {
        let after = self.shares.iter().position(|s| *s >= share).unwrap_or(self.columns - 1).max(1);
        let (low, high) = (self.shares[after - 1], self.shares[after]);
        let t = ((share - low) / (high - low).max(1e-6)).clamp(0.0, 1.0);
        let row = way * (self.rows - 1) as f32;
        let first = (row.max(0.0) as usize).min(self.rows - 2);
        let s = row - first as f32;
        let blend = |column: usize| {
            let (a, b) = (self.points[self.at(column, first)], self.points[self.at(column, first + 1)]);
            (a.place + (b.place - a.place) * s, a.out.lerp(b.out, s.clamp(0.0, 1.0)))
        };
        let (a, b) = (blend(after - 1), blend(after));
        Point { place: a.0.lerp(b.0, t), out: a.1.lerp(b.1, t).normalize_or(Vec3::Y) }
    }

    /// How long the mass is at a place of the picture, metres.
    pub(super) fn length(&self, share: f32) -> f32 {
        let column = self.shares.iter().position(|s| *s >= share).unwrap_or(self.columns - 1);
        self.lengths[self.at(column, self.rows - 1)]
    }

    /// The surface; `skin` tells for a place what moves it, `whole` metres of hair are as high as the picture.
    pub(super) fn part(&self, whole: f32, skin: impl Fn(Vec3) -> Skin) -> Part {
        let mut part = Part::default();
        for column in 0..self.columns {
            for row in 0..self.rows {
                let here = self.at(column, row);
                let point = self.points[here];
                part.vertex(Vertex {
                    position: point.place,
                    normal: point.out,
                    coordinate: Vec2::new(self.shares[column], self.begin + self.lengths[here] / whole),
                    skin: skin(point.place),
                    source: None,
                });
            }
        }
        for column in 1..self.columns {
            for row in 1..self.rows {
                let [a, b] = [self.at(column - 1, row), self.at(column, row)].map(|i| i as u32);
                part.quad([a - 1, b - 1, b, a]);
            }
        }
        part
    }
}

/// Steps around the rolled border.
const HEM: u32 = 4;
/// Of the picture, for each of them: the same as what is beside it.
const HEM_WORN: f32 = 0.008;

impl Sheet {
    /// The borders at both sides rolled inwards around `radius`, metres, of the share of the way.
    pub(super) fn hem(&self, whole: f32, radius: impl Fn(f32) -> f32, skin: impl Fn(Vec3) -> Skin) -> Part {
        let mut part = Part::default();
        for (column, inner) in [(0, 1), (self.columns - 1, self.columns - 2)] {
            let first = part.vertices.len() as u32;
            for row in 0..self.rows {
                let (here, beside) = (self.at(column, row), self.at(inner, row));
                let point = self.points[here];
                let away = point.place - self.points[beside].place;
                let away = (away - point.out * away.dot(point.out)).normalize_or(Vec3::X);
                let radius = radius(row as f32 / (self.rows - 1) as f32);
                for step in 0..=HEM {
                    let (sin, cos) = libm::sincosf(std::f32::consts::PI * step as f32 / HEM as f32);
                    let place = point.place + (away * sin - point.out * (1.0 - cos)) * radius;
                    part.vertex(Vertex {
                        position: place,
                        normal: (away * sin + point.out * cos).normalize_or(point.out),
                        coordinate: Vec2::new(
                            HEM_WORN * step as f32,
                            self.begin + self.lengths[here] / whole,
                        ),
                        skin: skin(point.place),
                        source: None,
                    });
                }
            }
            let at = |row: usize, step: u32| first + row as u32 * (HEM + 1) + step;
            for row in 1..self.rows {
                for step in 1..=HEM {
                    let quad = [at(row - 1, step - 1), at(row - 1, step), at(row, step), at(row, step - 1)];
                    part.quad(if column == 0 { [quad[0], quad[3], quad[2], quad[1]] } else { quad });
                }
            }
        }
        part
    }
}

/// How long a path is.
fn length(path: &[Vec3]) -> f32 {
    path.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
}

/// The first `share` of a path as `count` points at equal distances.
fn evenly(path: &[Vec3], count: usize, share: f32) -> Vec<Vec3> {
    let step = length(path) * share / (count.max(2) - 1) as f32;
    let mut out = Vec::with_capacity(count);
    let (mut at, mut passed) = (0, 0.0);
    for n in 0..count {
        let goal = step * n as f32;
        loop {
            let (Some(a), Some(b)) = (path.get(at), path.get(at + 1)) else {
                out.push(path.last().copied().unwrap_or_default());
                break;
            };
            let far = a.distance(*b);
            if passed + far >= goal {
                out.push(a.lerp(*b, ((goal - passed) / far.max(1e-9)).clamp(0.0, 1.0)));
                break;
            }
            passed += far;
            at += 1;
        }
    }
    out
}

//! People at random: one seed, one description, as a `PERSON.toml` that can be kept and changed.

use std::fmt::Write;

use super::person::Srgb;

/// Whom something suits.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Suits {
    Women,
    Men,
    All,
}

const WOMEN: [&str; 10] =
    ["Aglaia", "Kallista", "Daphne", "Elena", "Ianthe", "Lyra", "Melina", "Phoebe", "Xenia", "Zoe"];
const MEN: [&str; 10] =
    ["Ajax", "Damon", "Evander", "Hector", "Jason", "Leon", "Nestor", "Orion", "Theron", "Xander"];

const STYLES: [(&str, Suits); 7] = [
    ("knot", Suits::Women),
    ("loose", Suits::Women),
    ("curls", Suits::All),
    ("short", Suits::Men),
    ("swept", Suits::Men),
    ("fringe", Suits::Men),
    ("curtain", Suits::All),
];
const OUTFITS: [(&str, Suits); 4] =
    [("suit", Suits::Men), ("blazer", Suits::Women), ("dress", Suits::Women), ("stage", Suits::All)];

/// A share of the body's origin: its key, its lightest and darkest skin, and what its hair and eyes are like.
struct Origin {
    key: &'static str,
    light: Srgb,
    dark: Srgb,
    hair: &'static [Srgb],
    irises: &'static [Srgb],
}

const BLACK: Srgb = [0.06, 0.05, 0.05];
const DARK_BROWN: Srgb = [0.13, 0.09, 0.07];
const BROWN_EYES: Srgb = [0.24, 0.15, 0.09];

const ORIGINS: [Origin; 3] = [
    Origin {
        key: "african",
        light: [0.54, 0.36, 0.27],
        dark: [0.32, 0.21, 0.16],
        hair: &[BLACK, BLACK, DARK_BROWN],
        irises: &[[0.19, 0.11, 0.07], BROWN_EYES],
    },
    Origin {
        key: "asian",
        light: [0.87, 0.70, 0.58],
        dark: [0.72, 0.53, 0.41],
        hair: &[BLACK, DARK_BROWN],
        irises: &[[0.2, 0.12, 0.08], BROWN_EYES],
    },
    Origin {
        key: "caucasian",
        light: [0.88, 0.71, 0.62],
        dark: [0.74, 0.54, 0.43],
        hair: &[DARK_BROWN, [0.24, 0.15, 0.09], [0.34, 0.2, 0.1], [0.55, 0.4, 0.22], BLACK],
        irises: &[BROWN_EYES, [0.3, 0.38, 0.42], [0.28, 0.34, 0.22], [0.34, 0.24, 0.13]],
    },
];

/// Outer garment, what shows under it, trimmings.
const COLOURS: [[Srgb; 3]; 6] = [
    [[0.13, 0.15, 0.2], [0.93, 0.92, 0.9], [0.36, 0.1, 0.13]],
    [[0.17, 0.18, 0.19], [0.88, 0.91, 0.95], [0.16, 0.25, 0.42]],
    [[0.4, 0.15, 0.2], [0.94, 0.91, 0.86], [0.75, 0.62, 0.35]],
    [[0.16, 0.28, 0.27], [0.9, 0.88, 0.82], [0.72, 0.5, 0.3]],
    [[0.5, 0.43, 0.35], [0.95, 0.94, 0.91], [0.25, 0.2, 0.16]],
    [[0.1, 0.1, 0.13], [0.55, 0.12, 0.3], [0.8, 0.75, 0.62]],
];

/// Which share of people wears spectacles, and in which colours.
const SPECTACLED: f32 = 0.25;
const FRAMES: [Srgb; 3] = [[0.17, 0.10, 0.065], [0.05, 0.05, 0.06], [0.45, 0.42, 0.38]];

/// Details that suit everyone, and how much; a name that begins with a dash is there for each side.
const FLATTERING: [(&str, f32); 7] = [
    ("eyes/-eye-height2-incr", 0.25),
    ("cheek/-cheek-volume-decr", 0.25),
    ("ears/-ear-wing-decr", 0.5),
    ("torso/torso-scale-horiz-decr", 0.3),
    ("torso/measure-shoulder-dist-decr", 0.5),
    ("arms/-upperarm-shoulder-muscle-decr", 0.7),
    ("arms/-upperarm-fat-decr", 0.5),
];

/// Details that give faces character: less and more of the same, and around what they vary.
const FEATURES: [(&str, &str, f32); 18] = [
    ("nose/nose-scale-horiz-decr", "nose/nose-scale-horiz-incr", -0.30),
    ("nose/nose-scale-vert-decr", "nose/nose-scale-vert-incr", -0.15),
    ("nose/nose-hump-decr", "nose/nose-hump-incr", 0.0),
    ("nose/nose-point-down", "nose/nose-point-up", 0.05),
    ("chin/chin-width-decr", "chin/chin-width-incr", -0.10),
    ("chin/chin-height-decr", "chin/chin-height-incr", 0.0),
    ("chin/chin-prominent-decr", "chin/chin-prominent-incr", 0.10),
    ("mouth/mouth-scale-horiz-decr", "mouth/mouth-scale-horiz-incr", 0.20),
    ("mouth/mouth-lowerlip-volume-decr", "mouth/mouth-lowerlip-volume-incr", 0.10),
    ("mouth/mouth-upperlip-volume-decr", "mouth/mouth-upperlip-volume-incr", 0.15),
    ("head/head-scale-horiz-decr", "head/head-scale-horiz-incr", -0.45),
    ("head/head-fat-decr", "head/head-fat-incr", -0.15),
    ("forehead/forehead-scale-vert-decr", "forehead/forehead-scale-vert-incr", -0.30),
    ("eyebrows/eyebrows-angle-down", "eyebrows/eyebrows-angle-up", 0.0),
    ("cheek/-cheek-bones-decr", "cheek/-cheek-bones-incr", 0.40),
    ("eyes/-eye-scale-decr", "eyes/-eye-scale-incr", 0.70),
    ("eyes/-eye-corner2-down", "eyes/-eye-corner2-up", 0.25),
    ("ears/-ear-scale-decr", "ears/-ear-scale-incr", -0.15),
];
/// Features less pronounced than this are left out.
const PLAIN: f32 = 0.08;
/// How far features vary.
const PRONOUNCED: f32 = 0.28;

const HEADS: [&str; 5] = ["head-oval", "head-round", "head-rectangular", "head-square", "head-triangular"];

/// The description of a person; the same `seed` gives the same.
pub fn random_person(seed: u64) -> String {
    let mut dice = Dice(seed);
    let is_man = dice.share() < 0.5;
    let fits = |suits: Suits| suits == Suits::All || (suits == Suits::Men) == is_man;
    let name = *dice.pick(if is_man { &MEN } else { &WOMEN });
    let mut out =
        format!("# A person at random, from the seed {seed}.\nversion = \"2.0\"\nname = \"{name}\"\n");
    let age = dice.between(0.47, 0.8);
    let main = dice.below(ORIGINS.len());
    let mixed = dice.share() * dice.share();
    body(&mut out, &mut dice, is_man, age, |place| if place == main { 1.0 } else { mixed * 0.5 });
    details(&mut out, &mut dice);
    let origin = &ORIGINS[main];
    skin(&mut out, &mut dice, origin, is_man, age);
    section(&mut out, "eyes");
    colour(&mut out, "iris", *dice.pick(origin.irises));
    section(&mut out, "hair");
    let styles: Vec<&str> = STYLES.iter().filter(|row| fits(row.1)).map(|row| row.0).collect();
    let _ = writeln!(out, "style = \"{}\"", dice.pick(&styles));
    colour(&mut out, "colour", *dice.pick(origin.hair));
    number(&mut out, "grey", ((age - 0.6) * dice.between(0.0, 4.0)).clamp(0.0, 0.9));
    number(&mut out, "brows", if is_man { dice.between(0.5, 0.8) } else { dice.between(0.35, 0.65) });
    section(&mut out, "clothes");
    let outfits: Vec<&str> = OUTFITS.iter().filter(|row| fits(row.1)).map(|row| row.0).collect();
    let _ = writeln!(out, "outfit = \"{}\"", dice.pick(&outfits));
    let [outer, under, accent] = *dice.pick(&COLOURS);
    colour(&mut out, "main", outer);
    colour(&mut out, "under", under);
    colour(&mut out, "accent", accent);
    if dice.share() < SPECTACLED {
        colour(&mut out, "glasses", *dice.pick(&FRAMES));
    }
    colour(&mut out, "shoes", *dice.pick(&[BLACK, [0.1, 0.06, 0.05], [0.18, 0.11, 0.07]]));
    out
}

fn body(out: &mut String, dice: &mut Dice, is_man: bool, age: f32, share: impl Fn(usize) -> f32) {
    section(out, "body");
    number(out, "gender", if is_man { dice.between(0.9, 1.0) } else { dice.between(0.0, 0.1) });
    number(out, "age", age);
    number(out, "muscle", dice.around(if is_man { 0.57 } else { 0.48 }, 0.15));
    number(out, "weight", dice.around(0.48, 0.22));
    number(out, "height", dice.around(if is_man { 0.58 } else { 0.52 }, 0.15));
    number(out, "proportions", dice.between(0.6, 0.95));
    number(out, "cup", dice.around(0.48, 0.2));
    number(out, "firmness", dice.around(0.55, 0.15));
    for (place, origin) in ORIGINS.iter().enumerate() {
        number(out, origin.key, share(place));
    }
}

fn details(out: &mut String, dice: &mut Dice) {
    section(out, "details");
    let _ = writeln!(out, "\"head/{}\" = {:.2}", dice.pick(&HEADS), dice.between(0.1, 0.35));
    // Mouths at rest look sad without.
    let _ = writeln!(out, "\"mouth/mouth-angles-up\" = {:.2}", dice.between(0.5, 0.9));
    for (path, amount) in FLATTERING {
        detail(out, path, amount);
    }
    for (less, more, middle) in FEATURES {
        let amount = dice.around(middle, PRONOUNCED);
        if amount.abs() >= PLAIN {
            detail(out, if amount < 0.0 { less } else { more }, amount.abs());
        }
    }
}

fn detail(out: &mut String, path: &str, amount: f32) {
    match path.split_once("/-") {
        Some((folder, rest)) => {
            for side in ["l", "r"] {
                let _ = writeln!(out, "\"{folder}/{side}-{rest}\" = {amount:.2}");
            }
        }
        None => {
            let _ = writeln!(out, "\"{path}\" = {amount:.2}");
        }
    }
}

fn skin(out: &mut String, dice: &mut Dice, origin: &Origin, is_man: bool, age: f32) {
    section(out, "skin");
    let depth = dice.share();
    let tone: Srgb = std::array::from_fn(|i| origin.light[i] + (origin.dark[i] - origin.light[i]) * depth);
    colour(out, "colour", tone);
    // Lips are redder and darker than the skin around them.
    let [r, g, b] = tone;
    let red = dice.between(0.9, 1.1);
    colour(out, "lips", [r * 0.88 * red, g * 0.60, b * 0.66]);
    number(out, "flush", dice.between(0.15, 0.55));
    let freckled = origin.key == "caucasian" && dice.share() < 0.3;
    number(out, "freckles", if freckled { dice.between(0.2, 0.7) } else { 0.0 });
    let stubble = dice.between(0.0, 0.7);
    number(out, "stubble", if is_man { stubble } else { 0.0 });
    number(out, "lines", ((age - 0.5) * 2.4).clamp(0.0, 1.0) * dice.between(0.6, 1.0));
    let makeup = dice.between(0.35, 0.7);
    number(out, "makeup", if is_man { 0.0 } else { makeup });
}

fn section(out: &mut String, name: &str) {
    let _ = writeln!(out, "\n[{name}]");
}

fn number(out: &mut String, key: &str, value: f32) {
    let _ = writeln!(out, "{key} = {:.2}", value.clamp(0.0, 1.0));
}

fn colour(out: &mut String, key: &str, [r, g, b]: Srgb) {
    let _ = writeln!(out, "{key} = [{r:.2}, {g:.2}, {b:.2}]");
}

/// Random numbers (`SplitMix64`: Steele, Lea & Flood 2014).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0..1.
    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.share()
    }

    /// Mostly near `middle`, never further than `spread` from it.
    fn around(&mut self, middle: f32, spread: f32) -> f32 {
        middle + spread * (self.share() + self.share() - 1.0)
    }

    /// 0..`count`, which is not zero.
    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::super::person::Person;
    use super::*;

    #[test]
    fn whoever_comes_can_be_forged() {
        for seed in 0..200 {
            let text = random_person(seed);
            if let Err(error) = Person::parse(&text, "random.toml") {
                panic!("{error}\n{text}");
            }
        }
    }

    #[test]
    fn one_seed_is_one_person() {
        assert_eq!(random_person(7), random_person(7));
        assert_ne!(random_person(7), random_person(8));
    }
}

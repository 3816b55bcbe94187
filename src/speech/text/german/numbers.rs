//! German numbers, units, dates and short forms in words.

use super::super::rules::Table;

const ONES: [&str; 13] = [
    "null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf",
];
const TENS: [&str; 10] =
    ["", "zehn", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"];

/// What German says for figures and signs.
pub(in super::super) const NUMBERS: Table = Table {
    cardinal,
    ordinal,
    year,
    clock: |h, m| match m {
        0 => format!("{} uhr", hour(h)),
        _ => format!("{} uhr {}", hour(h), cardinal(m)),
    },
    ordinal_endings: &["."],
    point: "komma",
    to: "bis",
    minus: "minus",
    plus: "plus",
    units: &[
        ("%", "prozent"),
        ("€", "euro"),
        ("$", "dollar"),
        ("£", "pfund"),
        ("°C", "grad celsius"),
        ("°", "grad"),
        ("mm", "millimeter"),
        ("cm", "zentimeter"),
        ("m", "meter"),
        ("km", "kilometer"),
        ("g", "gramm"),
        ("kg", "kilogramm"),
        ("l", "liter"),
        ("ml", "milliliter"),
        ("s", "sekunden"),
        ("min", "minuten"),
        ("h", "stunden"),
        ("km/h", "kilometer pro stunde"),
        ("m²", "quadratmeter"),
        ("Hz", "hertz"),
        ("kHz", "kilohertz"),
        ("GB", "gigabyte"),
        ("MB", "megabyte"),
        ("kW", "kilowatt"),
        ("kWh", "kilowattstunden"),
        ("EUR", "euro"),
        ("Uhr", "uhr"),
    ],
    signs: &[('&', "und"), ('+', "plus"), ('=', "gleich"), ('@', "ät"), ('%', "prozent")],
    months: [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    of: "",
    short: &[
        ("z.b", "zum beispiel"),
        ("d.h", "das heißt"),
        ("u.a", "unter anderem"),
        ("usw", "und so weiter"),
        ("bzw", "beziehungsweise"),
        ("dr", "doktor"),
        ("prof", "professor"),
        ("hr", "herr"),
        ("fr", "frau"),
        ("str", "straße"),
        ("nr", "nummer"),
        ("ca", "circa"),
        ("evtl", "eventuell"),
        ("ggf", "gegebenenfalls"),
        ("inkl", "inklusive"),
        ("mio", "millionen"),
        ("mrd", "milliarden"),
        ("st", "sankt"),
        ("tel", "telefon"),
        ("v.a", "vor allem"),
    ],
    letters: [
        "a", "beh", "zeh", "deh", "e", "eff", "geh", "ha", "i", "jott", "ka", "ell", "emm", "enn", "o",
        "peh", "kuh", "err", "ess", "teh", "u", "vau", "weh", "iks", "üpsilon", "zett",
    ],
};

fn hour(h: u64) -> String {
    if h == 1 { "ein".to_owned() } else { cardinal(h) }
}

/// A number counted.
fn cardinal(n: u64) -> String {
    if n == 1 { "eins".to_owned() } else { joined(n) }
}

/// As part of a number, where one is "ein".
fn joined(n: u64) -> String {
    let one = |n: u64| if n == 1 { "ein".to_owned() } else { joined(n) };
    match n {
        0..=12 => ONES.get(n as usize).map_or(String::new(), |s| (*s).to_owned()),
        16 => "sechzehn".to_owned(),
        17 => "siebzehn".to_owned(),
        13..=19 => format!("{}zehn", joined(n - 10)),
        20..100 => {
            let tens = TENS.get(n as usize / 10).copied().unwrap_or_default();
            if n.is_multiple_of(10) { tens.to_owned() } else { format!("{}und{tens}", one(n % 10)) }
        }
        100..1000 => format!("{}hundert{}", one(n / 100), rest(n % 100)),
        1000..1_000_000 => format!("{}tausend{}", one(n / 1000), rest(n % 1000)),
        1_000_000..1_000_000_000 => large(n, 1_000_000, "million", "millionen"),
        _ => large(n, 1_000_000_000, "milliarde", "milliarden"),
    }
}

fn rest(n: u64) -> String {
    if n == 0 { String::new() } else { cardinal(n) }
}

fn large(n: u64, size: u64, single: &str, several: &str) -> String {
    let head =
        if n / size == 1 { format!("eine {single}") } else { format!("{} {several}", joined(n / size)) };
    format!("{head} {}", rest(n % size)).trim().to_owned()
}

fn ordinal(n: u64) -> Option<String> {
    Some(match n {
        0 => return None,
        1 => "erste".to_owned(),
        3 => "dritte".to_owned(),
        7 => "siebte".to_owned(),
        8 => "achte".to_owned(),
        2..20 => format!("{}te", cardinal(n)),
        _ => format!("{}ste", cardinal(n)),
    })
}

fn year(n: u64) -> String {
    match n {
        1100..2000 => format!("{}hundert{}", joined(n / 100), rest(n % 100)),
        _ => cardinal(n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted() {
        let rows = [
            (1, "eins"),
            (21, "einundzwanzig"),
            (101, "einhunderteins"),
            (2026, "zweitausendsechsundzwanzig"),
            (1_000_000, "eine million"),
            (17, "siebzehn"),
        ];
        for (n, said) in rows {
            assert_eq!(cardinal(n), said);
        }
        assert_eq!(year(1989), "neunzehnhundertneunundachtzig");
        assert_eq!(ordinal(3).as_deref(), Some("dritte"));
    }
}

//! French numbers, units, dates and short forms in words.

use super::super::rules::Table;

const ONES: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze",
    "treize", "quatorze", "quinze", "seize",
];
const TENS: [&str; 10] = [
    "",
    "dix",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "soixante",
    "quatre vingt",
    "quatre vingt",
];

/// What French says for figures and signs.
pub(in super::super) const NUMBERS: Table = Table {
    cardinal,
    ordinal,
    year: cardinal,
    clock: |h, m| match (h, m) {
        (1, 0) => "une heure".to_owned(),
        (_, 0) => format!("{} heures", cardinal(h)),
        (1, _) => format!("une heure {}", cardinal(m)),
        _ => format!("{} heures {}", cardinal(h), cardinal(m)),
    },
    ordinal_endings: &["er", "re", "e", "ème", "nd", "nde"],
    point: "virgule",
    to: "à",
    minus: "moins",
    plus: "plusse",
    units: &[
        ("%", "pour cent"),
        ("€", "euros"),
        ("$", "dollars"),
        ("£", "livres"),
        ("°C", "degrés celsius"),
        ("°", "degrés"),
        ("mm", "millimètres"),
        ("cm", "centimètres"),
        ("m", "mètres"),
        ("km", "kilomètres"),
        ("g", "grammes"),
        ("kg", "kilos"),
        ("l", "litres"),
        ("ml", "millilitres"),
        ("s", "secondes"),
        ("min", "minutes"),
        ("h", "heures"),
        ("km/h", "kilomètres heure"),
        ("m²", "mètres carrés"),
        ("Hz", "hertz"),
        ("Go", "gigaoctets"),
        ("Mo", "mégaoctets"),
        ("EUR", "euros"),
    ],
    signs: &[('&', "et"), ('+', "plusse"), ('=', "égale"), ('@', "arobase"), ('%', "pour cent")],
    months: [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    of: "",
    short: &[
        ("m", "monsieur"),
        ("mm", "messieurs"),
        ("mme", "madame"),
        ("mlle", "mademoiselle"),
        ("dr", "docteur"),
        ("pr", "professeur"),
        ("etc", "et cétéra"),
        ("n°", "numéro"),
        ("tél", "téléphone"),
        ("av", "avenue"),
        ("bd", "boulevard"),
        ("st", "saint"),
        ("c.-à-d", "c'est à dire"),
    ],
    letters: [
        "a",
        "bé",
        "cé",
        "dé",
        "e",
        "èfe",
        "gé",
        "ache",
        "i",
        "ji",
        "ka",
        "èle",
        "ème",
        "ène",
        "o",
        "pé",
        "cu",
        "ère",
        "èce",
        "té",
        "u",
        "vé",
        "double vé",
        "ixe",
        "i grec",
        "zède",
    ],
};

/// A number counted.
fn cardinal(n: u64) -> String {
    let with = |head: String, low: u64| if low == 0 { head } else { format!("{head} {}", cardinal(low)) };
    let times = |high: u64, word: &str| {
        if high == 1 { word.to_owned() } else { format!("{} {word}", cardinal(high)) }
    };
    match n {
        0..=16 => ONES.get(n as usize).map_or(String::new(), |s| (*s).to_owned()),
        17..20 => format!("dix {}", cardinal(n - 10)),
        20..100 => {
            let (tens, low) = if matches!(n / 10, 7 | 9) { (n / 10, n % 20) } else { (n / 10, n % 10) };
            let head = TENS.get(tens as usize).copied().unwrap_or_default();
            match low {
                0 => head.to_owned(),
                1 | 11 if tens < 8 => format!("{head} et {}", cardinal(low)),
                _ => format!("{head} {}", cardinal(low)),
            }
        }
        100..1000 => with(times(n / 100, "cent"), n % 100),
        1000..1_000_000 => with(times(n / 1000, "mille"), n % 1000),
        1_000_000..1_000_000_000 => with(format!("{} million", cardinal(n / 1_000_000)), n % 1_000_000),
        _ => with(format!("{} milliard", cardinal(n / 1_000_000_000)), n % 1_000_000_000),
    }
}

fn ordinal(n: u64) -> Option<String> {
    let said = cardinal(n);
    Some(match n {
        0 => return None,
        1 => "premier".to_owned(),
        _ if said.ends_with("neuf") => format!("{}vième", said.trim_end_matches('f')),
        _ if said.ends_with("cinq") => format!("{said}uième"),
        _ => format!("{}ième", said.trim_end_matches('e')),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted() {
        let rows = [
            (21, "vingt et un"),
            (71, "soixante et onze"),
            (80, "quatre vingt"),
            (95, "quatre vingt quinze"),
            (2026, "deux mille vingt six"),
        ];
        for (n, said) in rows {
            assert_eq!(cardinal(n), said);
        }
        assert_eq!(ordinal(9).as_deref(), Some("neuvième"));
        assert_eq!(ordinal(2).as_deref(), Some("deuxième"));
    }
}

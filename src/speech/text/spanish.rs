//! Spanish by its spelling rules (RAE, *Ortografía de la lengua española*): Latin American sounds, numbers in words.

use super::rules::Table;
use crate::speech::utterance::RawPhone;
use crate::vocabulary::Phone;

const ONES: [&str; 30] = [
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: [&str; 10] =
    ["", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"];
const HUNDREDS: [&str; 10] = [
    "",
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];
const ORDINALS: [&str; 11] = [
    "", "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo",
];

/// What Spanish says for figures and signs.
pub(super) const NUMBERS: Table = Table {
    cardinal,
    ordinal: |n| ORDINALS.get(n as usize).filter(|_| n > 0).map(|s| (*s).to_owned()),
    year: cardinal,
    clock: |h, m| {
        if m == 0 {
            format!("{} en punto", cardinal(h))
        } else {
            format!("{} y {}", cardinal(h), cardinal(m))
        }
    },
    ordinal_endings: &["º", "ª", "er", "ro"],
    point: "coma",
    to: "a",
    minus: "menos",
    plus: "más",
    units: &[
        ("%", "por ciento"),
        ("€", "euros"),
        ("$", "dólares"),
        ("£", "libras"),
        ("°C", "grados celsius"),
        ("°", "grados"),
        ("mm", "milímetros"),
        ("cm", "centímetros"),
        ("m", "metros"),
        ("km", "kilómetros"),
        ("g", "gramos"),
        ("kg", "kilos"),
        ("l", "litros"),
        ("ml", "mililitros"),
        ("s", "segundos"),
        ("min", "minutos"),
        ("h", "horas"),
        ("km/h", "kilómetros por hora"),
        ("Hz", "hercios"),
        ("kHz", "kilohercios"),
        ("GB", "gigabytes"),
        ("MB", "megabytes"),
        ("EUR", "euros"),
        ("USD", "dólares"),
    ],
    signs: &[('&', "y"), ('+', "más"), ('=', "igual a"), ('@', "arroba"), ('%', "por ciento")],
    months: [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    of: "de",
    short: &[
        ("sr", "señor"),
        ("sra", "señora"),
        ("srta", "señorita"),
        ("dr", "doctor"),
        ("dra", "doctora"),
        ("ud", "usted"),
        ("uds", "ustedes"),
        ("etc", "etcétera"),
        ("pág", "página"),
        ("núm", "número"),
        ("tel", "teléfono"),
        ("ee.uu", "estados unidos"),
        ("av", "avenida"),
        ("y", "y"),
    ],
    letters: [
        "a",
        "be",
        "ce",
        "de",
        "e",
        "efe",
        "ge",
        "hache",
        "i",
        "jota",
        "ka",
        "ele",
        "eme",
        "ene",
        "o",
        "pe",
        "cu",
        "erre",
        "ese",
        "te",
        "u",
        "uve",
        "doble uve",
        "equis",
        "ye",
        "zeta",
    ],
};

/// A number counted.
fn cardinal(n: u64) -> String {
    let parts = |high: u64, word: &str, low: u64| {
        let low = if low == 0 { String::new() } else { format!(" {}", cardinal(low)) };
        let head = if high == 1 { String::new() } else { format!("{} ", apocope(&cardinal(high))) };
        format!("{head}{word}{low}")
    };
    match n {
        0..30 => ONES.get(n as usize).map_or(String::new(), |s| (*s).to_owned()),
        30..100 => {
            let tens = TENS.get(n as usize / 10).copied().unwrap_or_default();
            if n.is_multiple_of(10) { tens.to_owned() } else { format!("{tens} y {}", cardinal(n % 10)) }
        }
        100 => "cien".to_owned(),
        101..1000 => {
            let hundreds = HUNDREDS.get(n as usize / 100).copied().unwrap_or_default();
            if n.is_multiple_of(100) {
                hundreds.to_owned()
            } else {
                format!("{hundreds} {}", cardinal(n % 100))
            }
        }
        1000..1_000_000 => parts(n / 1000, "mil", n % 1000),
        1_000_000..2_000_000 => format!("un {}", parts(1, "millón", n % 1_000_000)),
        _ => parts(n / 1_000_000, "millones", n % 1_000_000),
    }
}

/// Before a noun, uno is un.
fn apocope(said: &str) -> String {
    match said.strip_suffix("uno") {
        Some("veinti") => "veintiún".to_owned(),
        Some(stem) => format!("{stem}un"),
        None => said.to_owned(),
    }
}

/// Spelling (longest first) and phones; what depends on what follows is in [`sound`].
const SPELT: &[(&str, &str)] = &[
    ("ch", "tʃ"),
    ("ll", "ʝ"),
    ("rr", "r"),
    ("qu", "k"),
    ("gü", "ɡ w"),
    ("sh", "ʃ"),
    ("ph", "f"),
    ("á", "a"),
    ("é", "e"),
    ("í", "i"),
    ("ó", "o"),
    ("ú", "u"),
    ("ü", "w"),
    ("ñ", "ɲ"),
    ("a", "a"),
    ("b", "b"),
    ("d", "d"),
    ("e", "e"),
    ("f", "f"),
    ("h", ""),
    ("i", "i"),
    ("j", "x"),
    ("k", "k"),
    ("l", "l"),
    ("m", "m"),
    ("n", "n"),
    ("o", "o"),
    ("p", "p"),
    ("q", "k"),
    ("s", "s"),
    ("t", "t"),
    ("u", "u"),
    ("v", "b"),
    ("w", "w"),
    ("x", "k s"),
    ("z", "s"),
];

/// The phones of a word in small letters.
pub(super) fn read(word: &str) -> Vec<RawPhone> {
    let letters: Vec<char> =
        word.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphabetic()).take(100).collect();
    let mut phones: Vec<RawPhone> = Vec::new();
    // For each vowel phone: whether it carries a written accent.
    let mut accented = None;
    let mut at = 0;
    while let Some(c) = letters.get(at) {
        let (length, ipa) = sound(&letters, at);
        for symbol in ipa.split(' ').filter(|s| !s.is_empty()) {
            if "áéíóú".contains(*c) {
                accented = Some(phones.len());
            }
            phones.push(RawPhone { ipa: symbol.to_owned(), ..RawPhone::default() });
        }
        at += length.max(1);
    }
    stress(&mut phones, accented, letters.last().copied());
    phones
}

/// How many letters are read at `at`, and their phones.
fn sound(letters: &[char], at: usize) -> (usize, &'static str) {
    let letter = |offset: usize| letters.get(at + offset).copied().unwrap_or(' ');
    let before = at.checked_sub(1).and_then(|b| letters.get(b)).copied().unwrap_or(' ');
    let is_front = |c: char| matches!(c, 'e' | 'i' | 'é' | 'í');
    let is_vowel = |c: char| "aeiouáéíóúü".contains(c);
    match letter(0) {
        'c' if letter(1) == 'c' && is_front(letter(2)) => (2, "k s"),
        'c' if letter(1) == 'h' => (2, "tʃ"),
        'c' => (1, if is_front(letter(1)) { "s" } else { "k" }),
        'g' if letter(1) == 'u' && is_front(letter(2)) => (2, "ɡ"),
        'g' if letter(1) == 'ü' => (2, "ɡ w"),
        'g' => (1, if is_front(letter(1)) { "x" } else { "ɡ" }),
        'y' if is_vowel(letter(1)) => (1, "ʝ"),
        'y' => (1, if is_vowel(before) { "j" } else { "i" }),
        'r' if letter(1) == 'r' => (2, "r"),
        'r' => (1, if before == ' ' || matches!(before, 'n' | 'l' | 's') { "r" } else { "ɾ" }),
        'n' if matches!(letter(1), 'p' | 'b' | 'v' | 'm') => (1, "m"),
        'n' if matches!(letter(1), 'c' | 'k' | 'g' | 'q' | 'j') && !is_front(letter(2)) => (1, "ŋ"),
        'x' if before == ' ' => (1, "s"),
        // Weak vowels beside others are glides.
        'i' if is_vowel(letter(1)) && !matches!(before, ' ') => (1, "j"),
        'u' if is_vowel(letter(1)) && letter(1) != 'u' => (1, "w"),
        'i' if matches!(before, 'a' | 'e' | 'o' | 'á' | 'é' | 'ó') => (1, "j"),
        'u' if matches!(before, 'a' | 'e' | 'o' | 'á' | 'é' | 'ó') => (1, "w"),
        _ => {
            let two: String = [letter(0), letter(1)].iter().collect();
            let row = SPELT.iter().find(|(spelt, _)| two.starts_with(spelt));
            row.map_or((1, ""), |(spelt, ipa)| (spelt.chars().count(), *ipa))
        }
    }
}

/// The written accent; else the last syllable but one after a vowel, n or s, the last one after other letters.
fn stress(phones: &mut [RawPhone], accented: Option<usize>, last_letter: Option<char>) {
    let is_vowel = |p: &RawPhone| Phone::from_ipa(&p.ipa).is_some_and(Phone::is_vowel);
    let vowels: Vec<usize> = phones.iter().enumerate().filter(|(_, p)| is_vowel(p)).map(|(i, _)| i).collect();
    let is_late = last_letter.is_some_and(|c| !"aeiouáéíóúns".contains(c));
    let place = accented.or_else(|| {
        let back = if is_late || vowels.len() == 1 { 1 } else { 2 };
        vowels.len().checked_sub(back).and_then(|i| vowels.get(i)).copied()
    });
    if let Some(phone) = place.and_then(|place| phones.get_mut(place)) {
        phone.stress = 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_by_their_spelling() {
        let ipa = |word: &str| read(word).iter().map(|p| p.ipa.as_str()).collect::<Vec<_>>().join(" ");
        let rows = [
            ("buenos", "b w e n o s"),
            ("gracias", "ɡ ɾ a s j a s"),
            ("guitarra", "ɡ i t a r a"),
            ("que", "k e"),
            ("mañana", "m a ɲ a n a"),
            ("llueve", "ʝ w e b e"),
            ("gente", "x e n t e"),
            ("hoy", "o j"),
            ("rey", "r e j"),
            ("pingüino", "p i ŋ ɡ w i n o"),
            ("chico", "tʃ i k o"),
            ("enviar", "e m b j a ɾ"),
        ];
        for (word, phones) in rows {
            assert_eq!(ipa(word), phones, "{word}");
        }
        let stressed = |word: &str| read(word).iter().position(|p| p.stress == 1);
        assert_eq!((stressed("canto"), stressed("cantó"), stressed("hablar")), (Some(1), Some(4), Some(3)));
    }

    #[test]
    fn numbers_are_counted() {
        let rows = [
            (21, "veintiuno"),
            (100, "cien"),
            (1999, "mil novecientos noventa y nueve"),
            (2026, "dos mil veintiséis"),
            (1_000_000, "un millón"),
            (31_000, "treinta y un mil"),
        ];
        for (n, said) in rows {
            assert_eq!(cardinal(n), said);
        }
    }
}

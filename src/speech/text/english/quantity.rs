//! Numbers that count or measure: money, units, percentages, fractions, ordinals, ranges, plain numbers.

use super::clock::lone_year;
use super::numbers::{cardinal, decimal, in_name, is_digits, ordinal, ordinal_of, pairs, plain_digits};
use super::scene::{Said, Scene, only};
use super::tables::{CURRENCIES, FRACTIONS, MAGNITUDES, ONLY_TOUCHING, SIGNS, UNITS};

/// Signs of a range between two numbers.
const RANGE: [char; 3] = ['-', '–', '—'];

/// A number that begins a word, as written, and what follows it there.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let end = text.get(..end)?.trim_end_matches(['.', ',']).len();
    (end > 0).then(|| text.split_at_checked(end)).flatten()
}

/// The sign that touches the number from the left.
fn sign(scene: &Scene<'_>) -> &'static str {
    let prefix = scene.token().prefix();
    let bare = prefix.trim_end_matches(|c: char| CURRENCIES.iter().any(|(symbol, ..)| symbol.starts_with(c)));
    let name = |c: char| SIGNS.iter().find(|(sign, _)| *sign == c).map_or("", |(_, name)| *name);
    match (bare.chars().next_back(), bare.chars().count()) {
        // A dash behind a word is no sign.
        (Some('-' | '−' | '+'), 2..) if !bare.starts_with(['(', '[', '"', '“']) => "",
        (Some('-' | '+'), 1)
            if scene.previous().is_some() && !scene.token().before.starts_with(char::is_whitespace) =>
        {
            ""
        }
        (Some(c), _) => name(c),
        _ => "",
    }
}

fn signed(sign: &str, said: String) -> String {
    if sign.is_empty() { said } else { format!("{sign} {said}") }
}

/// `$5`, `$5.99`, `$1.5bn`, `US$20`, `5€`, `20 €`; before `million` only the number, which then takes the currency.
pub(super) fn money(scene: &Scene<'_>) -> Option<Said> {
    if let Some(currency) = currency_before(&scene.previous()?).filter(|_| scene.is_after_number())
        && let Some((_, magnitude)) = MAGNITUDES.iter().find(|(short, _)| *short == scene.text())
    {
        return Some(only(format!("{magnitude} {}", currency.2)));
    }
    None
}

/// The amount itself.
pub(super) fn amount(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let currency = currency_before(scene).or_else(|| currency_behind(scene))?;
    let inner = CURRENCIES.iter().find_map(|(symbol, ..)| text.strip_prefix(symbol)).unwrap_or(text);
    let (number, rest) = split_number(inner)?;
    let rest = CURRENCIES.iter().find_map(|(symbol, ..)| rest.strip_suffix(symbol)).unwrap_or(rest);
    let sign = sign(scene);
    if let Some((_, magnitude)) = MAGNITUDES.iter().find(|(short, _)| *short == rest) {
        return Some(only(signed(sign, format!("{} {magnitude} {}", decimal(number)?, currency.2))));
    }
    if let Some(high) = rest.strip_prefix(RANGE) {
        let high = CURRENCIES.iter().find_map(|(symbol, ..)| high.strip_prefix(symbol)).unwrap_or(high);
        let (number_high, tail) = split_number(high)?;
        let magnitude = MAGNITUDES.iter().find(|(short, _)| *short == tail).map_or("", |(_, name)| *name);
        let said = format!("{} to {} {magnitude}", decimal(number)?, decimal(number_high)?);
        return Some(only(format!("{} {}", said.trim(), currency.2)));
    }
    if !rest.is_empty() {
        return None;
    }
    let has_magnitude =
        scene.next().is_some_and(|next| MAGNITUDES.iter().any(|(_, name)| *name == next.text()));
    if has_magnitude {
        return Some(only(signed(sign, decimal(number)?)));
    }
    let (whole, cents) = number.split_once('.').map_or((number, None), |(w, c)| (w, Some(c)));
    let digits = plain_digits(whole)?;
    let name = |one: bool| if one { currency.1 } else { currency.2 };
    let units = format!("{} {}", cardinal(&digits), name(digits == "1"));
    let said = match cents {
        None | Some("00") => vec![units],
        Some(cents) if cents.len() == 2 && is_digits(cents) && !currency.3.is_empty() => {
            let small = format!("{} {}", cardinal(cents), hundredth(currency.3, cents == "01"));
            if digits == "0" {
                vec![small]
            } else {
                vec![
                    format!("{units} and {small}"),
                    format!("{} {}", cardinal(&digits), cardinal(cents)),
                    format!("{units} {small}"),
                ]
            }
        }
        Some(_) => vec![format!("{} {}", decimal(number)?, currency.2)],
    };
    Some(said.into_iter().map(|said| signed(sign, said)).collect())
}

fn hundredth(name: &str, is_one: bool) -> String {
    match (name, is_one) {
        (_, true) => name.to_owned(),
        ("penny", _) => "pence".to_owned(),
        _ => format!("{name}s"),
    }
}

type Currency = (&'static str, &'static str, &'static str, &'static str);

fn currency_before(scene: &Scene<'_>) -> Option<Currency> {
    let prefix = scene.token().prefix().trim_end_matches(['-', '−', '~']);
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let row = CURRENCIES.iter().find(|(symbol, ..)| {
        prefix.ends_with(symbol) && is_number(scene.text())
            || scene.text().strip_prefix(symbol).is_some_and(is_number)
    });
    row.copied()
}

fn currency_behind(scene: &Scene<'_>) -> Option<Currency> {
    let after = scene.token().after.trim_start_matches([' ', '\u{a0}']);
    let is_number = scene.text().starts_with(|c: char| c.is_ascii_digit());
    let row = CURRENCIES.iter().find(|(symbol, ..)| {
        let touches_next =
            after.strip_prefix(symbol).is_some_and(|rest| rest.is_empty() && scene.is_before_number());
        after.starts_with(symbol) && !touches_next || scene.text().ends_with(symbol)
    });
    row.copied().filter(|_| is_number)
}

/// `1st`, `2/3`, `1½`, `3-5`, `16:9`, `1920x1080`, `10x`, `6'`, `5'11`.
pub(super) fn shaped(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    ordinal_number(text)
        .or_else(|| fraction(scene))
        .or_else(|| by(text))
        .or_else(|| range(scene))
        .or_else(|| ratio(text))
        .or_else(|| feet(scene))
        .map(|said| said.into_iter().map(|s| signed(sign(scene), s)).collect())
}

fn ordinal_number(text: &str) -> Option<Said> {
    let (number, ending) = split_number(text)?;
    let is_ending = ["st", "nd", "rd", "th"].contains(&ending.to_lowercase().as_str());
    is_ending.then(|| plain_digits(number)).flatten().map(|digits| only(ordinal(&digits)))
}

fn fraction(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let last = text.chars().next_back()?;
    if let Some((_, name)) = FRACTIONS.iter().find(|(c, _)| *c == last) {
        let whole = text.strip_suffix(last)?;
        return match plain_digits(whole) {
            Some(digits) => Some(only(format!("{} and {}", cardinal(&digits), as_part(name)))),
            None => whole.is_empty().then(|| only(*name)),
        };
    }
    let (over, under) = text.split_once('/')?;
    if !is_digits(over) || !is_digits(under) || over.len() > 3 || under.len() > 3 {
        return None;
    }
    let names = |under: &str| match under {
        "2" => "half".to_owned(),
        "4" => "quarter".to_owned(),
        _ => ordinal(under),
    };
    let is_usual = matches!(
        under,
        "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "10" | "12" | "16" | "20" | "32" | "64" | "100"
    );
    let spoken = if !is_usual || over.len() > under.len().max(2) {
        format!("{} over {}", cardinal(over), cardinal(under))
    } else if over == "1" {
        format!("one {}", names(under))
    } else if under == "2" {
        format!("{} halves", cardinal(over))
    } else {
        format!("{} {}s", cardinal(over), names(under))
    };
    let is_mixed = scene.previous().is_some_and(|p| is_digits(p.text())) && scene.token().before == " ";
    Some(if is_mixed {
        only(format!("and {}", as_part(&spoken)))
    } else {
        vec![spoken, format!("{} slash {}", cardinal(over), cardinal(under))]
    })
}

/// Behind a whole number, "a half" rather than "one half".
fn as_part(name: &str) -> String {
    name.strip_prefix("one ").map_or(name.to_owned(), |rest| format!("a {rest}"))
}

fn by(text: &str) -> Option<Said> {
    let (left, right) = text.split_once(['x', '×'])?;
    let number = |text: &str| match text.len() {
        4 if is_digits(text) && !text.ends_with("000") => Some(pairs(text)),
        _ => decimal(text),
    };
    match (number(left), right) {
        (Some(times), "") => Some(vec![format!("{times} times"), format!("{times} X")]),
        (Some(left), right) => {
            let (right, unit) = split_number(right)?;
            let unit = unit_name(unit, false)
                .map(|u| format!(" {u}"))
                .or_else(|| unit.is_empty().then(String::new))?;
            Some(only(format!("{left} by {}{unit}", number(right)?)))
        }
        (None, _) => None,
    }
}

fn range(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let (left, right) = text.split_once(RANGE)?;
    let (high, unit) = split_number(right)?;
    let unit = match unit {
        "" if scene.token().suffix().starts_with('%') => " percent".to_owned(),
        "" => String::new(),
        unit => format!(" {}", unit_name(unit, false)?),
    };
    let (low, low_unit) = split_number(left)?;
    if !low_unit.is_empty() && unit_name(low_unit, false).is_none() {
        return None;
    }
    let both_years =
        low.len() == 4 && matches!(high.len(), 2 | 4) && is_digits(low) && is_digits(high) && unit.is_empty();
    let read = |number: &str| match (both_years, number.len()) {
        (true, 4) => Some(super::numbers::year(number)),
        _ => decimal(number),
    };
    Some(only(format!("{} to {}{unit}", read(low)?, read(high)?)))
}

fn ratio(text: &str) -> Option<Said> {
    let (left, right) = text.split_once(':')?;
    (is_digits(left) && is_digits(right)).then(|| only(format!("{} to {}", cardinal(left), cardinal(right))))
}

fn feet(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let mark = ['\'', '′', '’'];
    if let Some((feet, inches)) = text.split_once(mark) {
        let is_height = is_digits(feet) && is_digits(inches) && inches.len() <= 2;
        return is_height.then(|| only(format!("{} foot {}", cardinal(feet), cardinal(inches))));
    }
    let suffix = scene.token().suffix();
    let unit = match suffix.chars().next()? {
        '′' => "feet",
        '″' => "inches",
        '\'' if !scene.token().prefix().ends_with(mark) => "feet",
        _ => return None,
    };
    is_digits(text)
        .then(|| only(format!("{} {}", cardinal(text), if text == "1" { one_of(unit) } else { unit })))
}

fn one_of(unit: &str) -> &'static str {
    if unit == "feet" { "foot" } else { "inch" }
}

/// The name of a unit's symbol, also of one unit per another; `one` for the singular.
fn unit_name(symbol: &str, one: bool) -> Option<String> {
    if let Some((_, single, several)) = UNITS.iter().find(|(s, ..)| *s == symbol) {
        return Some(if one { *single } else { *several }.to_owned());
    }
    let (over, under) = symbol.split_once('/')?;
    let (_, single, several) = UNITS.iter().find(|(s, ..)| *s == over)?;
    let under = UNITS.iter().find(|(s, ..)| *s == under).map(|(_, single, _)| *single)?;
    Some(format!("{} per {under}", if one { single } else { several }))
}

/// A unit's symbol behind a number: in a word of its own.
pub(super) fn unit(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let lower = text.to_lowercase();
    let gap = scene.token().before;
    if gap.ends_with('°') && matches!(text, "C" | "F") {
        return Some(only(if text == "C" { "celsius" } else { "fahrenheit" }));
    }
    let before = scene.previous_lower();
    let is_squared = matches!(before.as_str(), "sq" | "cu" | "fl");
    if matches!(lower.as_str(), "sq" | "cu" | "fl") && scene.is_after_number() {
        return Some(only(match lower.as_str() {
            "sq" => "square",
            "cu" => "cubic",
            _ => "fluid",
        }));
    }
    if !(scene.is_after_number() || is_squared) || ONLY_TOUCHING.contains(&text) {
        return None;
    }
    let is_one = scene.previous().is_some_and(|p| p.text() == "1");
    if let Some((_, single, several, _)) =
        CURRENCIES.iter().find(|(code, ..)| *code == text && text.len() == 3)
    {
        return Some(only(if is_one { *single } else { *several }));
    }
    Some(vec![unit_name(text, is_one)?, unit_name(text, !is_one)?])
}

/// `5`, `1,000`, `3.14`, `-5`, `#1`, `10%`, `25°`, `60fps`, `2.4GHz`.
pub(super) fn plain(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let (number, rest) = split_number(text)?;
    let number = number.trim_end_matches(['.', ',']);
    let sign = sign(scene);
    let is_one = number == "1";
    if !rest.is_empty() {
        let symbol = rest.strip_prefix('-').unwrap_or(rest);
        if let Some(magnitude) = magnitude_behind(symbol) {
            return Some(only(signed(sign, format!("{} {magnitude}", decimal(number)?))));
        }
        let (first, second) = (unit_name(symbol, is_one)?, unit_name(symbol, !is_one)?);
        let number = decimal(number)?;
        return Some([first, second].map(|unit| signed(sign, format!("{number} {unit}"))).to_vec());
    }
    let after = scene.token().after;
    let close = after.trim_start_matches([' ', '\u{a0}']);
    if close.starts_with(['%', '‰']) {
        let unit = if close.starts_with('%') { "percent" } else { "per mille" };
        return Some(only(signed(sign, format!("{} {unit}", decimal(number)?))));
    }
    if close.starts_with('°') {
        let unit = if is_one { "degree" } else { "degrees" };
        return Some(only(signed(sign, format!("{} {unit}", decimal(number)?))));
    }
    let measures = scene.next().is_some_and(|next| unit(&next).is_some());
    if let Some(years) = lone_year(scene).filter(|_| sign.is_empty() && !measures) {
        return Some(years);
    }
    let mut said = only(signed(sign, decimal(number)?));
    // Four figures behind capitals are the name of a thing.
    if is_digits(number) && number.len() == 4 && scene.previous().is_some_and(|p| p.token().is_capitals()) {
        said.insert(0, in_name(number));
    }
    if is_digits(number) && number.len() == 3 && sign.is_empty() {
        said.push(in_name(number));
    }
    if let Some(rest) = said
        .first()
        .and_then(|s| s.strip_prefix("one "))
        .filter(|rest| rest.starts_with(['h', 't', 'm', 'b']))
    {
        said.push(format!("a {rest}"));
    }
    if let Some(part) = said.first().and_then(|s| s.strip_prefix("zero point")) {
        said.push(format!("oh point{part}"));
    }
    Some(said)
}

/// Only the magnitudes that no unit of the same letter rivals.
fn magnitude_behind(symbol: &str) -> Option<&'static str> {
    let is_clear = matches!(symbol, "M" | "B" | "bn" | "mn" | "mln" | "tn");
    MAGNITUDES.iter().find(|(short, _)| is_clear && *short == symbol).map(|(_, name)| *name)
}

/// `1st-3rd`, `1-3rd`.
pub(super) fn ordinal_range(scene: &Scene<'_>) -> Option<Said> {
    let (left, right) = scene.text().split_once(RANGE)?;
    let read = |part: &str| ordinal_number(part).and_then(|said| said.into_iter().next());
    match (read(left), read(right)) {
        (Some(left), Some(right)) => Some(only(format!("{left} to {right}"))),
        (None, Some(right)) => Some(only(format!("{} to {right}", ordinal_of(&decimal(left)?)))),
        _ => None,
    }
}

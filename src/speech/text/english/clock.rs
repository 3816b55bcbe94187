//! Times of day and dates, as English says them.

use super::numbers::{cardinal, is_digits, ordinal, year};
use super::scene::{Said, Scene, month, only};
use super::tables::MONTHS;

/// `3:45`, `3:45pm`, `15:00`, `3 p.m.`, `1:02:03`.
pub(super) fn time(scene: &Scene<'_>) -> Option<Said> {
    let lower = scene.text().to_lowercase();
    if let Some(half) = half_of_day(&lower) {
        return scene.is_after_number().then(|| only(half));
    }
    let has_half = half_of_day(&scene.next_lower()).is_some();
    if let Some((from, to)) = lower.split_once(['-', '–'])
        && let (Some(from), Some(to)) = (time_of_day(from, has_half), time_of_day(to, has_half))
    {
        return Some(only(format!("{} to {}", from.first()?, to.first()?)));
    }
    time_of_day(&lower, has_half)
}

/// A time written in figures; `has_half`: a.m. or p.m. stands behind it.
fn time_of_day(lower: &str, has_half: bool) -> Option<Said> {
    let (clock, half) = split_half(lower);
    let mut parts = clock.split(':');
    let hour = parts.next().filter(|h| is_digits(h) && h.len() <= 2)?;
    let rest: Vec<&str> = parts.collect();
    let value: u32 = hour.parse().ok()?;
    if value > 24 || rest.len() > 2 || !rest.iter().all(|part| is_minute(part)) {
        return None;
    }
    let has_half = half.is_some() || has_half;
    let said = match rest.as_slice() {
        [] if half.is_none() => return None,
        [] => cardinal(hour),
        ["00"] if has_half => cardinal(hour),
        ["00"] if (1..=12).contains(&value) => format!("{} o'clock", cardinal(hour)),
        ["00"] => format!("{} hundred", cardinal(hour)),
        parts => parts.iter().fold(cardinal(hour), |said, part| format!("{said} {}", minute(part))),
    };
    let with_half = |said: &str| format!("{said} {}", half.unwrap_or_default()).trim().to_owned();
    let mut all = only(with_half(&said));
    if rest == ["00"] {
        all.push(with_half(&cardinal(hour)));
    }
    Some(all)
}

fn is_minute(part: &str) -> bool {
    part.len() == 2 && part.parse::<u32>().is_ok_and(|minute| minute < 60)
}

fn minute(part: &str) -> String {
    match part.strip_prefix('0') {
        Some("0") => "zero zero".to_owned(),
        Some(unit) => format!("oh {}", cardinal(unit)),
        None => cardinal(part),
    }
}

fn half_of_day(lower: &str) -> Option<&'static str> {
    match lower {
        "am" | "a.m" => Some("A M"),
        "pm" | "p.m" => Some("P M"),
        _ => None,
    }
}

fn split_half(lower: &str) -> (&str, Option<&'static str>) {
    for ending in ["a.m", "p.m", "am", "pm"] {
        if let Some(clock) =
            lower.strip_suffix(ending).filter(|clock| clock.ends_with(|c: char| c.is_ascii_digit()))
        {
            return (clock, half_of_day(ending));
        }
    }
    (lower, None)
}

/// `2026-11-24`, `11/24/2026`, `24.11.2026`, a day beside a month's name, a month written short, a decade.
pub(super) fn date(scene: &Scene<'_>) -> Option<Said> {
    numeric_date(scene.text()).or_else(|| short_month(scene)).or_else(|| day(scene)).or_else(|| decade(scene))
}

fn numeric_date(text: &str) -> Option<Said> {
    let separator = ['-', '/', '.'].into_iter().find(|s| text.matches(*s).count() == 2)?;
    let parts: Vec<&str> = text.split(separator).collect();
    let &[a, b, c] = parts.as_slice() else { return None };
    if !parts.iter().all(|part| is_digits(part)) {
        return None;
    }
    let number = |part: &str| part.parse::<usize>().unwrap_or(0);
    let (y, m, d) = match (a.len(), c.len(), separator) {
        (4, 1..=2, _) => (a, number(b), number(c)),
        (1..=2, 4, '/') | (1..=2, 2, '/') if number(a) <= 12 => (c, number(a), number(b)),
        (1..=2, 4, _) | (1..=2, 2, '/') => (c, number(b), number(a)),
        _ => return None,
    };
    let name = MONTHS.get(m.checked_sub(1)?)?.0;
    if !(1..=31).contains(&d) {
        return None;
    }
    let spoken_year = if y.len() == 2 { short_year(y) } else { year(y) };
    let day = ordinal(&d.to_string());
    Some(vec![format!("{name} {day} {spoken_year}"), format!("the {day} of {name} {spoken_year}")])
}

fn short_year(two: &str) -> String {
    match two.strip_prefix('0') {
        Some(unit) => format!("oh {}", cardinal(unit)),
        None => cardinal(two),
    }
}

/// `Nov 24`, `24 Nov`: a short month beside a number.
fn short_month(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let index = month(text).filter(|_| text.starts_with(char::is_uppercase) && text.len() <= 4)?;
    let is_beside = scene.is_before_number() || scene.is_after_number();
    is_beside.then(|| only(MONTHS.get(index - 1).map_or("", |(name, _)| name)))
}

fn day(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let value: u32 = text.parse().ok().filter(|_| is_digits(text) && text.len() <= 2)?;
    if !(1..=31).contains(&value) || scene.token().suffix().starts_with('%') {
        return None;
    }
    let is_month = |scene: Option<Scene<'_>>| {
        scene.is_some_and(|s| month(s.text()).is_some() && s.text().starts_with(char::is_uppercase))
    };
    let gap = scene.token().before;
    if is_month(scene.previous()) && gap.trim_matches([' ', '.', '\u{a0}']).is_empty() {
        return Some(vec![ordinal(text), format!("the {}", ordinal(text)), cardinal(text)]);
    }
    if is_month(scene.next()) && scene.token().after.trim().is_empty() {
        return Some(vec![ordinal(text), format!("the {} of", ordinal(text)), cardinal(text)]);
    }
    None
}

/// `1990s`, `'90s`, `the 80s`.
fn decade(scene: &Scene<'_>) -> Option<Said> {
    let digits =
        scene.text().strip_suffix('s').map(|d| d.trim_end_matches(['\'', '’'])).filter(|d| is_digits(d))?;
    let before = scene.previous_lower();
    let is_said = scene.token().prefix().ends_with(['\'', '’'])
        || ["the", "mid", "early", "late"].contains(&before.as_str());
    if !digits.ends_with('0') || !(digits.len() == 4 || digits.len() == 2 && is_said && digits != "10") {
        return None;
    }
    let single = if digits.len() == 4 { year(digits) } else { cardinal(digits) };
    Some(only(match single.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{single}s"),
    }))
}

/// Four digits that may be a year: read as one first, as a number else.
pub(super) fn lone_year(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let value: u32 = text.parse().ok().filter(|_| is_digits(text) && text.len() == 4)?;
    let is_shortened = scene.token().prefix().ends_with(['\'', '’']);
    if (1100..2100).contains(&value) && !is_shortened {
        return Some(vec![year(text), cardinal(text)]);
    }
    None
}

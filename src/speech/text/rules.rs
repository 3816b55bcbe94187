//! Numbers and short forms of European languages by one set of rules, with a table of words for each language.
//!
//! Decimal commas, points between thousands, 24-hour clocks; how a number is counted is each language's own function.

use super::token::Token;

/// What a language says for what is written in figures and signs.
pub(super) struct Table {
    /// A number counted.
    pub(super) cardinal: fn(u64) -> String,
    /// A number in a row; `None` where the language has no short word for it.
    pub(super) ordinal: fn(u64) -> Option<String>,
    /// A year of four digits.
    pub(super) year: fn(u64) -> String,
    /// A time of day: hours and minutes.
    pub(super) clock: fn(u64, u64) -> String,
    /// Endings that make figures an ordinal, such as `º`.
    pub(super) ordinal_endings: &'static [&'static str],
    /// Between a number and its decimals.
    pub(super) point: &'static str,
    /// Between the ends of a range.
    pub(super) to: &'static str,
    pub(super) minus: &'static str,
    pub(super) plus: &'static str,
    /// Signs and units behind a number, with what is said.
    pub(super) units: &'static [(&'static str, &'static str)],
    /// Signs between words.
    pub(super) signs: &'static [(char, &'static str)],
    /// Months, in order.
    pub(super) months: [&'static str; 12],
    /// Between day and month, and month and year, of a date.
    pub(super) of: &'static str,
    /// Short forms in lower case, without their full stop.
    pub(super) short: &'static [(&'static str, &'static str)],
    /// Names of the letters a to z.
    pub(super) letters: [&'static str; 26],
}

/// Longer words are read only to here.
const LONGEST: usize = 300;

/// All ways to say the word at `at`, the likeliest first.
pub(super) fn say(tokens: &[Token<'_>], at: usize, table: &Table) -> Vec<String> {
    let Some(token) = tokens.get(at) else { return Vec::new() };
    let text = token.text;
    let next = tokens.get(at + 1).map_or("", |next| next.text);
    let said = if text.starts_with(|c: char| c.is_ascii_digit()) && text.len() < 40 {
        number(token, next, table).unwrap_or_else(|| vec![pieces(text, table)])
    } else {
        unit_behind(tokens, at, table).unwrap_or_else(|| vec![word(token, table)])
    };
    let sign = lone_sign(token, table);
    if sign.is_empty() { said } else { said.into_iter().map(|way| format!("{sign} {way}")).collect() }
}

fn lone_sign(token: &Token<'_>, table: &Table) -> &'static str {
    let lone = token.before.trim();
    let mut chars = lone.chars();
    let is_lone =
        token.before.starts_with(char::is_whitespace) && token.before.ends_with(char::is_whitespace);
    // A percent sign belongs to the number before it.
    match (chars.next(), chars.next()) {
        (Some(c), None) if is_lone && c != '%' => {
            table.signs.iter().find(|(sign, _)| *sign == c).map_or("", |(_, said)| *said)
        }
        _ => "",
    }
}

fn unit_behind(tokens: &[Token<'_>], at: usize, table: &Table) -> Option<Vec<String>> {
    let token = tokens.get(at)?;
    let before = tokens.get(at.checked_sub(1)?)?;
    let is_behind = before.text.ends_with(|c: char| c.is_ascii_digit()) && token.before.trim().is_empty();
    let symbol =
        if token.before.trim() == "°" { format!("°{}", token.text) } else { token.text.to_owned() };
    let row = table.units.iter().find(|(unit, _)| *unit == symbol)?;
    (is_behind || symbol.starts_with('°')).then(|| vec![row.1.trim_start_matches("° ").to_owned()])
}

fn digits(text: &str) -> Option<u64> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) && text.len() <= 15)
        .then(|| text.parse().ok())
        .flatten()
}

fn number(token: &Token<'_>, next: &str, table: &Table) -> Option<Vec<String>> {
    let text = token.text;
    let sign = match token.prefix().chars().next_back() {
        Some('-' | '−') => format!("{} ", table.minus),
        Some('+') => format!("{} ", table.plus),
        _ => String::new(),
    };
    let said = clock(text, table)
        .or_else(|| date(text, table))
        .or_else(|| ordinal(token, next, table))
        .or_else(|| telephone(token, table))
        .or_else(|| range(text, table))
        .or_else(|| plain(token, table))?;
    Some(said.into_iter().map(|way| format!("{sign}{way}")).collect())
}

/// `14:30`, `14h30`, `14.30 Uhr` is left to the decimals.
fn clock(text: &str, table: &Table) -> Option<Vec<String>> {
    let (hours, minutes) = text.split_once([':', 'h'])?;
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    let (hours, minutes) =
        (digits(hours).filter(|h| *h <= 24)?, digits(minutes).filter(|m| *m < 60 && minutes.len() == 2)?);
    Some(vec![(table.clock)(hours, minutes)])
}

/// `24.11.2026`, `24/11/2026`, `2026-11-24`.
fn date(text: &str, table: &Table) -> Option<Vec<String>> {
    let parts: Vec<&str> = text.split(['.', '/', '-']).collect();
    let &[a, b, c] = parts.as_slice() else { return None };
    let (year, day) = if a.len() == 4 { (a, c) } else { (c, a) };
    let (day, month, year) = (digits(day)?, digits(b)?, digits(year).filter(|_| year.len() == 4)?);
    let name = table.months.get((month as usize).checked_sub(1)?)?;
    if !(1..=31).contains(&day) {
        return None;
    }
    let spoken_day =
        (table.ordinal)(day).filter(|_| table.of.is_empty()).unwrap_or_else(|| (table.cardinal)(day));
    let said = [spoken_day.as_str(), table.of, name, table.of, &(table.year)(year)].join(" ");
    Some(vec![said.split_whitespace().collect::<Vec<_>>().join(" ")])
}

fn ordinal(token: &Token<'_>, next: &str, table: &Table) -> Option<Vec<String>> {
    let text = token.text;
    let ending = table.ordinal_endings.iter().find(|ending| text.ends_with(**ending));
    if let Some(number) = ending.and_then(|ending| digits(text.strip_suffix(ending)?)) {
        return (table.ordinal)(number).map(|said| vec![said]);
    }
    // A full stop behind figures and before a word of the same sentence, where the language writes ordinals so.
    let is_stop =
        table.ordinal_endings.contains(&".") && token.after == ". " && next.starts_with(char::is_alphabetic);
    let number = digits(text).filter(|n| is_stop && *n < 100)?;
    (table.ordinal)(number).map(|said| vec![said, (table.cardinal)(number)])
}

fn telephone(token: &Token<'_>, table: &Table) -> Option<Vec<String>> {
    let text = token.text;
    let groups: Vec<&str> = text.split(['-', '/', ' ']).collect();
    let all: String = groups.concat();
    let is_number = digits(all.get(..all.len().min(15))?).is_some()
        && (text.starts_with('0') && all.len() > 1
            || token.prefix().ends_with('+') && all.len() > 1
            || groups.len() > 2
            || all.len() > 9);
    is_number.then(|| vec![one_by_one(&all, table)])
}

fn one_by_one(figures: &str, table: &Table) -> String {
    let name = |b: u8| (table.cardinal)(u64::from(b.wrapping_sub(b'0')));
    figures.bytes().filter(u8::is_ascii_digit).map(name).collect::<Vec<_>>().join(" ")
}

fn range(text: &str, table: &Table) -> Option<Vec<String>> {
    let (low, high) = text.split_once(['-', '–'])?;
    Some(vec![format!("{} {} {}", decimal(low, table)?, table.to, decimal(high, table)?)])
}

/// A number with a decimal comma and points or narrow spaces between thousands.
fn decimal(text: &str, table: &Table) -> Option<String> {
    let (whole, part) = text.split_once(',').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let groups: Vec<&str> = whole.split(['.', '\u{a0}', '\'']).collect();
    let is_grouped =
        groups.len() > 1 && groups.iter().skip(1).all(|g| g.len() == 3) && part.is_none_or(|p| p.len() != 3);
    if groups.len() == 2 && !is_grouped && part.is_none() {
        // A decimal point, as other languages write it.
        let (whole, part) = (digits(groups.first()?)?, groups.get(1)?);
        digits(part)?;
        return Some(format!("{} {} {}", (table.cardinal)(whole), table.point, one_by_one(part, table)));
    }
    let number = digits(&if is_grouped { groups.concat() } else { whole.to_owned() })?;
    let is_year = groups.len() == 1 && whole.len() == 4 && (1100..2100).contains(&number) && part.is_none();
    let said = if is_year { (table.year)(number) } else { (table.cardinal)(number) };
    match part {
        None => Some(said),
        Some(part) => {
            digits(part)?;
            let decimals = if part.len() == 1 || part.starts_with('0') || part.len() > 2 {
                one_by_one(part, table)
            } else {
                (table.cardinal)(digits(part)?)
            };
            Some(format!("{said} {} {decimals}", table.point))
        }
    }
}

fn plain(token: &Token<'_>, table: &Table) -> Option<Vec<String>> {
    let text = token.text;
    let end =
        text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | '\u{a0}'))).unwrap_or(text.len());
    let (figures, symbol) = text.split_at_checked(end)?;
    let said = decimal(figures.trim_end_matches(['.', ',']), table)?;
    let unit = |symbol: &str| table.units.iter().find(|(unit, _)| *unit == symbol).map(|(_, said)| *said);
    if !symbol.is_empty() {
        return unit(symbol).map(|name| vec![format!("{said} {name}")]);
    }
    let after = token.after.trim_start_matches([' ', '\u{a0}']);
    let prefix = token.prefix();
    let behind = table
        .units
        .iter()
        .find(|(unit, _)| !unit.starts_with(char::is_alphabetic) && after.starts_with(unit));
    let before =
        table.units.iter().find(|(unit, _)| !unit.starts_with(char::is_alphabetic) && prefix.ends_with(unit));
    Some(vec![match behind.or(before) {
        Some((_, name)) => format!("{said} {name}"),
        None => said,
    }])
}

fn word(token: &Token<'_>, table: &Table) -> String {
    let lower = token.text.to_lowercase();
    if let Some((_, said)) = table.short.iter().find(|(short, _)| *short == lower) {
        return (*said).to_owned();
    }
    pieces(token.text, table)
}

/// A word of letters, figures and signs by its parts.
fn pieces(text: &str, table: &Table) -> String {
    let kind = |c: char| {
        if c.is_ascii_digit() {
            1
        } else if c.is_alphanumeric() || c == '\'' || c == '’' {
            2
        } else {
            0
        }
    };
    let mut said: Vec<String> = Vec::new();
    let mut run = String::new();
    let mut last = 0;
    for c in text.chars().take(LONGEST).chain([' ']) {
        if kind(c) != last && !run.is_empty() {
            said.push(match last {
                1 => digits(&run).map_or_else(|| one_by_one(&run, table), table.cardinal),
                _ => letters(&run, table),
            });
            run.clear();
        }
        last = kind(c);
        if last > 0 {
            run.push(c);
        } else if let Some((_, name)) = table.signs.iter().find(|(sign, _)| *sign == c) {
            said.push((*name).to_owned());
        }
    }
    said.retain(|piece| !piece.is_empty());
    said.join(" ")
}

/// Capitals without vowels, and up to three of them, are spelt.
fn letters(run: &str, table: &Table) -> String {
    let count = run.chars().count();
    let is_capitals = count > 1 && run.chars().all(|c| c.is_ascii_uppercase());
    let has_vowel = run.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let is_spelt = is_capitals && (count <= 3 || !has_vowel && count <= 6);
    if !is_spelt {
        return run.to_lowercase();
    }
    let name = |b: u8| table.letters.get(usize::from(b.to_ascii_lowercase().wrapping_sub(b'a'))).copied();
    run.bytes().filter_map(name).collect::<Vec<_>>().join(" ")
}

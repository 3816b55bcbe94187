//! Numbers that count nothing: telephone numbers, addresses of machines, versions, long codes.

use super::numbers::{cardinal, in_name, is_digits, one_by_one, with_oh};
use super::scene::{Said, Scene, only};

/// Words behind which a number is dialled.
const DIALLING: &[&str] =
    &["call", "calling", "called", "dial", "dialing", "dialed", "dialled", "ring", "text", "phone", "zip"];

/// Telephone numbers, in one word or in several.
pub(super) fn telephone(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let groups: Vec<&str> = text.split(['-', '.', '‑']).collect();
    let digits = groups.iter().filter(|g| is_digits(g)).map(|g| g.len()).sum::<usize>();
    let lengths: Vec<usize> = groups.iter().map(|g| g.len()).collect();
    let all_digits = groups.iter().all(|g| is_digits(g));
    let is_vanity = matches!(groups.as_slice(), ["1", area, name] if is_digits(area) && area.len() == 3 && name.chars().all(|c| c.is_ascii_uppercase()));
    if is_vanity {
        let (area, name) = (groups.get(1)?, groups.get(2)?);
        return Some(only(format!("one {} {}", area_code(area), name.to_lowercase())));
    }
    if !all_digits || text.contains('.') && lengths.len() < 3 {
        return None;
    }
    let is_written_so = matches!(
        lengths.as_slice(),
        [3, 4] | [3, 3, 4] | [1, 3, 3, 4] | [2, 3, 3, 4] | [3, 2, 4] | [5, 6] | [4, 3, 3] | [3, 4, 4]
    );
    // A range of round numbers is none.
    let is_written_so = is_written_so && !(lengths.len() == 2 && text.ends_with("00"));
    let is_international = scene.token().prefix().ends_with('+') && (digits >= 7 || continues(scene));
    let is_dialled = lengths.len() == 1
        && (3..=5).contains(&digits)
        && DIALLING.contains(&scene.previous_lower().as_str());
    if !(is_written_so || is_international || is_dialled || is_in_number(scene)) {
        return None;
    }
    let plus = if is_international { "plus " } else { "" };
    let said = groups.iter().map(|group| area_code(group)).collect::<Vec<_>>().join(" ");
    let zeros = groups.iter().map(|group| one_by_one(group)).collect::<Vec<_>>().join(" ");
    Some(vec![format!("{plus}{said}"), format!("{plus}{zeros}")])
}

/// `800` is eight hundred, other groups go digit by digit.
fn area_code(group: &str) -> String {
    if group.len() == 3 && group.ends_with("00") && !group.starts_with('0') {
        cardinal(group)
    } else {
        with_oh(group)
    }
}

fn is_group(text: &str) -> bool {
    !text.is_empty() && text.split(['-', '.', '‑']).all(|group| is_digits(group) && group.len() <= 8)
}

/// Whether groups of digits follow, seven digits or more in all.
fn continues(scene: &Scene<'_>) -> bool {
    let mut digits = scene.text().len();
    let mut here = *scene;
    while let Some(next) = here.next().filter(|next| is_group(next.text()) && is_joint(next.token().before)) {
        digits += next.text().len();
        here = next;
    }
    digits >= 7
}

fn is_joint(gap: &str) -> bool {
    !gap.is_empty() && gap.len() <= 3 && gap.chars().all(|c| matches!(c, ' ' | '(' | ')' | '\u{a0}' | '-'))
}

/// Whether the groups before lead back to a `+` or to an area code in brackets.
fn is_in_number(scene: &Scene<'_>) -> bool {
    if !is_group(scene.text()) {
        return false;
    }
    let mut here = *scene;
    for _ in 0..8 {
        let token = here.token();
        let is_bracketed =
            token.prefix().ends_with('(') && token.suffix().starts_with(')') && here.text().len() <= 5;
        if token.prefix().ends_with('+') && continues(&here)
            || is_bracketed && is_digits(here.text()) && continues(&here)
        {
            return true;
        }
        match here.previous().filter(|p| is_group(p.text()) && is_joint(token.before)) {
            Some(previous) => here = previous,
            None => return false,
        }
    }
    false
}

/// `192.168.0.1`, `v1.2.3`, `1.2.3`, `007`, `1234567`, `978-3-16-148410-0`.
pub(super) fn code(scene: &Scene<'_>) -> Option<Said> {
    let text = scene.text();
    let bare = text.strip_prefix(['v', 'V']).filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let parts: Vec<&str> = bare.unwrap_or(text).split('.').collect();
    let all_digits = parts.iter().all(|part| is_digits(part) && part.len() <= 8);
    if all_digits && parts.len() == 4 && bare.is_none() {
        let group = |part: &&str| if *part == "0" { "zero".to_owned() } else { in_name(part) };
        return Some(only(parts.iter().map(group).collect::<Vec<_>>().join(" dot ")));
    }
    if all_digits && (parts.len() > 2 || bare.is_some()) {
        let numbers = parts.iter().map(|part| cardinal(part)).collect::<Vec<_>>().join(" point ");
        let said = if bare.is_some() { format!("version {numbers}") } else { numbers };
        return Some(only(said));
    }
    let is_long = is_digits(text) && text.len() >= 7 && !text.ends_with("000");
    if is_digits(text) && (text.len() > 1 && text.starts_with('0') || is_long) {
        return Some(vec![with_oh(text), one_by_one(text)]);
    }
    let groups: Vec<&str> = text.split('-').collect();
    if groups.len() >= 3 && groups.iter().all(|group| is_digits(group)) {
        return Some(vec![groups.iter().map(|g| with_oh(g)).collect::<Vec<_>>().join(" ")]);
    }
    None
}

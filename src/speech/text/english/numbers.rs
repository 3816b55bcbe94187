//! Numbers in English words: cardinal, ordinal, years, digit by digit.
//!
//! Digits in, words out; what a number means in its sentence is not known here.

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const GROUPS: [&str; 12] = [
    "",
    "thousand",
    "million",
    "billion",
    "trillion",
    "quadrillion",
    "quintillion",
    "sextillion",
    "septillion",
    "octillion",
    "nonillion",
    "decillion",
];
/// Ordinals that are not the cardinal and "th".
const ORDINALS: &[(&str, &str)] = &[
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("five", "fifth"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("twelve", "twelfth"),
];

/// The digits of a number without thousands separators; `None` where there is something else in it.
pub(super) fn plain_digits(text: &str) -> Option<String> {
    if !text.contains(',') {
        return is_digits(text).then(|| text.to_owned());
    }
    let mut groups = text.split(',');
    let first = groups.next().filter(|g| is_digits(g) && g.len() <= 3)?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !is_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// Whether there is at least one character and all are ASCII digits.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `1234` → one thousand two hundred thirty four; numbers beyond names digit by digit.
pub(super) fn cardinal(digits: &str) -> String {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return ONES[0].to_owned();
    }
    if digits.len() > GROUPS.len() * 3 || !is_digits(digits) {
        return one_by_one(digits);
    }
    let padded = format!("{digits:0>width$}", width = digits.len().div_ceil(3) * 3);
    let count = padded.len() / 3;
    let mut words: Vec<&str> = Vec::new();
    for group in 0..count {
        let value: usize =
            padded.get(group * 3..group * 3 + 3).and_then(|g| g.parse().ok()).unwrap_or_default();
        below_thousand(value, &mut words);
        if let Some(name) = GROUPS.get(count - 1 - group).filter(|name| value > 0 && !name.is_empty()) {
            words.push(name);
        }
    }
    words.join(" ")
}

fn below_thousand(value: usize, words: &mut Vec<&'static str>) {
    if value >= 100 {
        words.extend(ONES.get(value / 100));
        words.push("hundred");
    }
    below_hundred(value % 100, words);
}

fn below_hundred(value: usize, words: &mut Vec<&'static str>) {
    if value >= 20 {
        words.extend(TENS.get(value / 10));
    }
    let rest = if value >= 20 { value % 10 } else { value };
    words.extend(ONES.get(rest).filter(|_| rest > 0));
}

/// `21` → twenty first.
pub(super) fn ordinal(digits: &str) -> String {
    ordinal_of(&cardinal(digits))
}

/// The ordinal of a cardinal in words.
pub(super) fn ordinal_of(cardinal: &str) -> String {
    let (head, last) = cardinal.rsplit_once(' ').map_or(("", cardinal), |(head, last)| (head, last));
    let last = match ORDINALS.iter().find(|(name, _)| *name == last) {
        Some((_, ordinal)) => (*ordinal).to_owned(),
        None => match last.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{last}th"),
        },
    };
    format!("{head} {last}").trim().to_owned()
}

/// Every digit by its name, `zero` for 0.
pub(super) fn one_by_one(digits: &str) -> String {
    names(digits, "zero")
}

/// Every digit by its name, `oh` for 0, as in telephone numbers.
pub(super) fn with_oh(digits: &str) -> String {
    names(digits, "oh")
}

fn names(digits: &str, zero: &'static str) -> String {
    let name =
        |b: u8| if b == b'0' { Some(zero) } else { ONES.get(usize::from(b.wrapping_sub(b'0'))).copied() };
    digits.bytes().filter(u8::is_ascii_digit).filter_map(name).collect::<Vec<_>>().join(" ")
}

/// A year of one to four digits: `1905` nineteen oh five, `1900` nineteen hundred, `2000` two thousand, `2007` two
/// thousand seven, `2026` twenty twenty six.
pub(super) fn year(digits: &str) -> String {
    let Ok(value) = digits.parse::<usize>() else { return one_by_one(digits) };
    if digits.len() != 4 || value % 1000 < 10 {
        return cardinal(digits);
    }
    pairs(digits)
}

/// Four digits as two numbers: `4090` forty ninety, `1500` fifteen hundred, `1505` fifteen oh five.
pub(super) fn pairs(digits: &str) -> String {
    let (Some(high), Some(low)) = (digits.get(..2), digits.get(2..4)) else { return cardinal(digits) };
    match (low, low.strip_prefix('0')) {
        ("00", _) => format!("{} hundred", cardinal(high)),
        (_, Some(unit)) => format!("{} oh {}", cardinal(high), cardinal(unit)),
        _ => format!("{} {}", cardinal(high), cardinal(low)),
    }
}

/// A number in a name, as of a product: `100` one hundred, `320` three twenty, `4090` forty ninety, `90210` digit by digit.
pub(super) fn in_name(digits: &str) -> String {
    match digits.len() {
        0..=2 if !digits.starts_with('0') => cardinal(digits),
        3 if digits.ends_with("00") && !digits.starts_with('0') => cardinal(digits),
        3 if !digits.starts_with('0') => {
            let (high, low) = digits.split_at(1);
            match low.strip_prefix('0') {
                Some(unit) => format!("{} oh {}", cardinal(high), cardinal(unit)),
                None => format!("{} {}", cardinal(high), cardinal(low)),
            }
        }
        4 if digits.ends_with("000") => cardinal(digits),
        4 if !digits.starts_with('0') => pairs(digits),
        _ => with_oh(digits),
    }
}

/// `3.14` → three point one four; `1,000.5` too. `None` where it is no number.
pub(super) fn decimal(text: &str) -> Option<String> {
    match text.split_once('.') {
        None => plain_digits(text).map(|digits| cardinal(&digits)),
        Some((whole, part)) if is_digits(part) => {
            let whole = if whole.is_empty() { String::new() } else { cardinal(&plain_digits(whole)?) };
            Some(format!("{whole} point {}", one_by_one(part)).trim().to_owned())
        }
        Some(_) => None,
    }
}

/// The value of a Roman numeral of capitals in its usual form, up to 3999.
pub(super) fn roman(text: &str) -> Option<usize> {
    const PARTS: [(&str, usize); 13] = [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let (mut rest, mut value) = (text, 0);
    let mut written = String::new();
    for (part, worth) in PARTS {
        let mut times = 0;
        while let Some(tail) = rest.strip_prefix(part).filter(|_| times < 3) {
            (rest, times, value) = (tail, times + 1, value + worth);
            written.push_str(part);
        }
    }
    (rest.is_empty()
        && !text.is_empty()
        && !["IVI", "IXI", "VV", "LL", "DD"].iter().any(|odd| text.contains(odd)))
    .then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        assert_eq!(cardinal("0"), "zero");
        assert_eq!(
            cardinal("1234567"),
            "one million two hundred thirty four thousand five hundred sixty seven"
        );
        assert_eq!(cardinal("1000000"), "one million");
        assert_eq!(cardinal(&"9".repeat(40)).split(' ').count(), 40);
        assert_eq!(ordinal("21"), "twenty first");
        assert_eq!(ordinal("30"), "thirtieth");
        assert_eq!(ordinal("112"), "one hundred twelfth");
        assert_eq!(decimal("3.14").as_deref(), Some("three point one four"));
        assert_eq!(decimal(".5").as_deref(), Some("point five"));
        assert_eq!(decimal("1,00"), None);
        assert_eq!(plain_digits("1,234,567").as_deref(), Some("1234567"));
    }

    #[test]
    fn years_and_names_are_read_in_pairs() {
        let read = |years: [&str; 6]| years.map(year);
        let said = [
            "nineteen oh five",
            "nineteen hundred",
            "two thousand",
            "two thousand seven",
            "twenty twenty six",
            "eighty seven",
        ];
        assert_eq!(read(["1905", "1900", "2000", "2007", "2026", "87"]), said);
        assert_eq!(in_name("320"), "three twenty");
        assert_eq!(in_name("4090"), "forty ninety");
        assert_eq!(in_name("007"), "oh oh seven");
    }

    #[test]
    fn roman_numerals_count() {
        assert_eq!(["IV", "VIII", "XIX", "MMXXVI"].map(roman), [Some(4), Some(8), Some(19), Some(2026)]);
        assert_eq!(["", "IIII", "MIX", "ABC"].map(roman), [None, None, Some(1009), None]);
    }
}

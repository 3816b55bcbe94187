//! Numbers in Chinese characters: counted, digit by digit, as years and telephone numbers.

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
/// The names of groups of four digits, up to 10^16.
const GROUPS: [&str; 5] = ["", "万", "亿", "万亿", "亿亿"];

/// Whether there is at least one character and all are ASCII digits.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The digits of a number without thousands separators.
pub(super) fn plain_digits(text: &str) -> Option<String> {
    let mut groups = text.split([',', '，']);
    let first = groups.next().filter(|g| is_digits(g))?;
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !is_digits(group) || first.len() > 3 {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// Digit by digit, as in a year: 2026 二零二六.
pub(super) fn one_by_one(digits: &str) -> String {
    digits.bytes().filter_map(|b| DIGITS.get(usize::from(b.wrapping_sub(b'0')))).collect()
}

/// Digit by digit with 幺 for 1, as in telephone and room numbers.
pub(super) fn telephone(digits: &str) -> String {
    one_by_one(digits).replace('一', "幺")
}

/// Counted: 12345 一万两千三百四十五. Numbers beyond names go digit by digit.
pub(super) fn cardinal(digits: &str) -> String {
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return "零".to_owned();
    }
    if digits.len() > GROUPS.len() * 4 || !is_digits(digits) {
        return one_by_one(digits);
    }
    let padded = format!("{digits:0>width$}", width = digits.len().div_ceil(4) * 4);
    let count = padded.len() / 4;
    let mut said = String::new();
    let mut is_gap = false;
    for group in 0..count {
        let four = padded.get(group * 4..group * 4 + 4).unwrap_or_default();
        let value: u32 = four.parse().unwrap_or_default();
        if value == 0 {
            is_gap = !said.is_empty();
            continue;
        }
        if !said.is_empty() && (is_gap || value < 1000) {
            said.push('零');
        }
        is_gap = false;
        let name = GROUPS.get(count - 1 - group).copied().unwrap_or_default();
        let spoken = below_ten_thousand(four, said.is_empty());
        // Before 万 and 亿 two is 两.
        said.push_str(if spoken == "二" && !name.is_empty() { "两" } else { &spoken });
        said.push_str(name);
    }
    said
}

/// Four digits, without the zeros in front; `first` at the beginning of a number, where 10 is 十 and not 一十.
fn below_ten_thousand(four: &str, first: bool) -> String {
    const PLACES: [&str; 4] = ["千", "百", "十", ""];
    let mut said = String::new();
    let mut is_gap = false;
    for (byte, place) in four.bytes().zip(PLACES) {
        let digit = usize::from(byte.wrapping_sub(b'0'));
        if digit == 0 {
            is_gap = !said.is_empty();
            continue;
        }
        if is_gap {
            said.push('零');
        }
        is_gap = false;
        match (digit, place) {
            (1, "十") if said.is_empty() && first => {}
            (2, "千") => said.push('两'),
            _ => said.extend(DIGITS.get(digit)),
        }
        said.push_str(place);
    }
    said
}

/// 3.14 三点一四; also without a point. `None` where it is no number.
pub(super) fn decimal(text: &str) -> Option<String> {
    match text.split_once('.') {
        None => plain_digits(text).map(|digits| cardinal(&digits)),
        Some((whole, part)) if is_digits(part) => {
            let whole = if whole.is_empty() { "零".to_owned() } else { cardinal(&plain_digits(whole)?) };
            Some(format!("{whole}点{}", one_by_one(part)))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_counted() {
        let rows = [
            ("0", "零"),
            ("10", "十"),
            ("15", "十五"),
            ("20", "二十"),
            ("105", "一百零五"),
            ("110", "一百一十"),
            ("200", "二百"),
            ("2000", "两千"),
            ("2026", "两千零二十六"),
            ("10000", "一万"),
            ("12345", "一万两千三百四十五"),
            ("20000", "两万"),
            ("100005", "十万零五"),
            ("1000000", "一百万"),
            ("100000000", "一亿"),
            ("120000000", "一亿两千万"),
            ("1010", "一千零一十"),
            ("10010", "一万零一十"),
        ];
        for (digits, said) in rows {
            assert_eq!(cardinal(digits), said, "{digits}");
        }
        assert_eq!(decimal("3.14").as_deref(), Some("三点一四"));
        assert_eq!(decimal("1,234").as_deref(), Some("一千二百三十四"));
        assert_eq!(telephone("110"), "幺幺零");
    }
}

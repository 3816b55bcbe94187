//! Numbers, dates, times, units and telephone numbers of Chinese text as characters.
//!
//! A word (as the text is split) in, the characters that are said for it out; names of Latin letters stand as capitals
//! between spaces.

use super::numbers::{cardinal, decimal, is_digits, one_by_one, telephone};
use super::tables::{BEFORE_DIGITS, CURRENCIES, LINES, LONE_SYMBOLS, MAGNITUDES, MEASURES, SIGNS, UNITS};
use crate::speech::text::token::Token;

/// Words of a text and the place of one among them.
struct Scene<'a> {
    tokens: &'a [Token<'a>],
    at: usize,
}

impl<'a> Scene<'a> {
    fn token(&self) -> Token<'a> {
        self.tokens.get(self.at).copied().unwrap_or(Token { text: "", before: "", after: "" })
    }

    /// The text of the word `steps` behind (or before), if nothing but spaces stand between.
    fn near(&self, steps: isize) -> &'a str {
        let Some(at) = self.at.checked_add_signed(steps) else { return "" };
        let first = if steps > 0 { self.at } else { at };
        let count = steps.unsigned_abs();
        let gaps = self.tokens.get(first..first + count).unwrap_or_default();
        let is_close = gaps.iter().all(|t| t.after.chars().all(char::is_whitespace));
        self.tokens.get(at).filter(|_| is_close).map_or("", |t| t.text)
    }
}

/// A rule gives all ways to say a word that it knows.
type Rule = fn(&Scene<'_>) -> Option<Vec<String>>;

/// All ways to say the word at `at`, the likeliest first; `None` where it holds no number.
pub(super) fn say(tokens: &[Token<'_>], at: usize) -> Option<Vec<String>> {
    let scene = Scene { tokens, at };
    let text = scene.token().text;
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return unit_of_number(&scene).map(|said| vec![said]);
    }
    const RULES: &[Rule] = &[date, clock, dialled, money, fraction, range, measured, plain, coded];
    let said = RULES.iter().find_map(|rule| rule(&scene))?;
    let symbols = lone_symbols(tokens, at);
    Some(said.into_iter().map(|way| format!("{symbols}{way}")).collect())
}

/// Symbols between the word before and the one at `at`, spoken.
pub(super) fn lone_symbols(tokens: &[Token<'_>], at: usize) -> String {
    let gap = tokens.get(at).map_or("", |token| token.before);
    let lone: Vec<char> = gap.chars().filter(|c| !c.is_whitespace()).collect();
    let &[symbol] = lone.as_slice() else { return String::new() };
    let joins = at > 0 && gap.len() == symbol.len_utf8() && symbol != '<';
    if !joins && !gap.ends_with(char::is_whitespace) {
        return String::new();
    }
    LONE_SYMBOLS.iter().find(|(s, _)| *s == symbol).map_or(String::new(), |(_, said)| (*said).to_owned())
}

fn sign(scene: &Scene<'_>) -> &'static str {
    let prefix = scene.token().prefix();
    let bare = prefix.trim_end_matches(|c: char| CURRENCIES.iter().any(|(symbol, _)| symbol.starts_with(c)));
    match bare.chars().next_back() {
        Some('-' | '+') if scene.at > 0 && scene.token().before.chars().count() == 1 && bare.len() == 1 => "",
        Some(c) => SIGNS.iter().find(|(sign, _)| *sign == c).map_or("", |(_, said)| *said),
        None => "",
    }
}

fn one(said: impl Into<String>) -> Option<Vec<String>> {
    Some(vec![said.into()])
}

/// `2026-11-24`, `2026/11/24`; `2026` before 年.
fn date(scene: &Scene<'_>) -> Option<Vec<String>> {
    let text = scene.token().text;
    if let Some(separator) = ['-', '/', '.'].into_iter().find(|s| text.matches(*s).count() == 2) {
        let parts: Vec<&str> = text.split(separator).collect();
        if let &[y, m, d] = parts.as_slice()
            && parts.iter().all(|p| is_digits(p))
            && y.len() == 4
        {
            let in_range = |part: &str, most: u32| part.parse::<u32>().is_ok_and(|n| (1..=most).contains(&n));
            if in_range(m, 12) && in_range(d, 31) {
                return one(format!("{}年{}月{}日", one_by_one(y), cardinal(m), cardinal(d)));
            }
        }
    }
    // The 80s: 80年代 is counted.
    let is_decade = scene.near(1) == "年" && scene.near(2) == "代";
    if is_decade && is_digits(text) && text.len() == 2 {
        return one(cardinal(text));
    }
    let is_year = BEFORE_DIGITS.contains(&scene.near(1)) && is_digits(text) && matches!(text.len(), 2 | 4);
    let is_span = matches!(scene.near(2), "间" | "来" | "后" | "前" | "内" | "里" | "级")
        && !(text.len() == 4 && text.starts_with(['1', '2']));
    if is_year && !is_span && (text.len() == 4 || text.starts_with(['0', '9', '8', '7'])) {
        return one(one_by_one(text));
    }
    let years: Vec<&str> = text.split(['-', '–', '~', '—']).collect();
    if let &[from, to] = years.as_slice()
        && scene.near(1) == "年"
        && [from, to].iter().all(|y| is_digits(y) && y.len() == 4)
    {
        return one(format!("{}到{}", one_by_one(from), one_by_one(to)));
    }
    None
}

/// `3:45` 三点四十五分, `15:00` 十五点, `12:30:05`.
fn clock(scene: &Scene<'_>) -> Option<Vec<String>> {
    let text = scene.token().text;
    let parts: Vec<&str> = text.split(':').collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] => (*hour, *minute, None),
        [hour, minute, second] => (*hour, *minute, Some(*second)),
        _ => return None,
    };
    let is_part = |part: &str| part.len() == 2 && part.parse::<u32>().is_ok_and(|n| n < 60);
    if !hour.parse::<u32>().is_ok_and(|h| h <= 24) || !is_part(minute) || second.is_some_and(|s| !is_part(s))
    {
        // A score or a ratio.
        let all_digits = parts.len() == 2 && parts.iter().all(|p| is_digits(p));
        return all_digits.then(|| vec![format!("{}比{}", cardinal(hour), cardinal(minute))]);
    }
    let hours = if hour.trim_start_matches('0') == "2" { "两".to_owned() } else { cardinal(hour) };
    let mut said = format!("{hours}点");
    if minute != "00" || second.is_some() {
        let zero = if minute.starts_with('0') && minute != "00" { "零" } else { "" };
        said = format!("{said}{zero}{}分", cardinal(minute));
    }
    if let Some(second) = second {
        said = format!("{said}{}秒", cardinal(second));
    }
    let mut ways = vec![said.clone()];
    if minute == "30" {
        ways.push(said.replace("三十分", "半"));
    }
    if let Some(short) = said.strip_suffix('分') {
        ways.push(short.to_owned());
    }
    Some(ways)
}

/// Telephone numbers: mobile numbers, numbers with an area code, service lines.
fn dialled(scene: &Scene<'_>) -> Option<Vec<String>> {
    let text = scene.token().text;
    let groups: Vec<&str> = text.split('-').collect();
    if !groups.iter().all(|g| is_digits(g)) {
        return None;
    }
    let lengths: Vec<usize> = groups.iter().map(|g| g.len()).collect();
    let digits: usize = lengths.iter().sum();
    let plus = scene.token().prefix().ends_with('+');
    let before = [scene.near(-2), scene.near(-1)].concat();
    let is_asked =
        ["电话", "手机", "号码", "拨打", "热线", "致电", "房间", "拨"].iter().any(|w| before.ends_with(w))
            || before.ends_with("打");
    let is_number = match lengths.as_slice() {
        [11] => text.starts_with('1'),
        [3, 4, 4] | [3, 8] | [4, 7] | [4, 8] | [3, 3, 4] | [3, 4] => true,
        [8 | 7] => is_asked,
        [3..=6] => is_asked || LINES.contains(&text) && !scene.near(1).starts_with(MEASURES),
        _ => false,
    };
    if is_number
        || plus
            && digits >= 2
            && !text.contains('.')
            && scene.near(1).chars().all(|c| c.is_ascii_digit() || c == '-')
            && digits > 6
    {
        let said: String = groups.iter().map(|g| telephone(g)).collect();
        let other: String = groups.iter().map(|g| one_by_one(g)).collect();
        let head = if plus { "加" } else { "" };
        return Some(vec![format!("{head}{said}"), format!("{head}{other}")]);
    }
    None
}

/// The number that begins a word, and what follows it there.
fn split_number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let end = text.get(..end)?.trim_end_matches(['.', ',']).len();
    (end > 0).then(|| text.split_at_checked(end)).flatten()
}

/// `$5`, `¥19.9`, `5€`; before 万 and 亿 the currency waits for them.
fn money(scene: &Scene<'_>) -> Option<Vec<String>> {
    let token = scene.token();
    let (text, prefix) = (token.text, token.prefix());
    let starts =
        |symbol: &str| text.strip_prefix(symbol).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    let before = CURRENCIES.iter().find(|(s, _)| prefix.ends_with(s) || starts(s));
    let behind =
        CURRENCIES.iter().find(|(s, _)| token.after.trim_start().starts_with(s) || text.ends_with(s));
    let (symbol, name) = before.or(behind)?;
    let bare = text.strip_prefix(symbol).or_else(|| text.strip_suffix(symbol)).unwrap_or(text);
    let (number, rest) = split_number(bare)?;
    if !rest.is_empty() {
        return None;
    }
    let waits = scene.near(1).starts_with(MAGNITUDES);
    let amount = if number.contains('.') && number.ends_with('0') {
        decimal(number.trim_end_matches('0').trim_end_matches('.'))?
    } else {
        decimal(number)?
    };
    one(format!("{}{}{}", sign(scene), two(&amount, true), if waits { "" } else { name }))
}

/// Of a unit or a currency's 万: what the number before left open.
fn unit_of_number(scene: &Scene<'_>) -> Option<String> {
    let text = scene.token().text;
    let before = scene.at.checked_sub(1).and_then(|at| scene.tokens.get(at))?;
    let follows_number =
        before.text.ends_with(|c: char| c.is_ascii_digit()) && scene.token().before.trim().is_empty();
    if text.starts_with(MAGNITUDES) && text.chars().count() == 1 && follows_number {
        let (_, name) = CURRENCIES.iter().find(|(s, _)| {
            before.prefix().ends_with(s)
                || before.text.strip_prefix(s).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()))
        })?;
        // 5亿 of $5亿 is followed by nothing that belongs to the number.
        return (!scene.near(1).starts_with(MAGNITUDES)).then(|| format!("{text}{name}"));
    }
    if !(follows_number || scene.token().before.trim() == "°" && matches!(text, "C" | "F")) {
        return None;
    }
    if scene.token().before.trim() == "°" {
        return Some(if text == "C" { "摄氏度" } else { "华氏度" }.to_owned());
    }
    unit(text)
}

/// A unit's name, also of one unit per another.
pub(super) fn unit(symbol: &str) -> Option<String> {
    if let Some((_, name)) = UNITS.iter().find(|(s, _)| *s == symbol) {
        return Some((*name).to_owned());
    }
    let (over, under) = symbol.split_once('/')?;
    let name = |symbol: &str| UNITS.iter().find(|(s, _)| *s == symbol).map(|(_, name)| *name);
    Some(format!("{}每{}", name(over)?, name(under)?))
}

/// `1/2` 二分之一, `½`.
fn fraction(scene: &Scene<'_>) -> Option<Vec<String>> {
    let (over, under) = scene.token().text.split_once('/')?;
    if !is_digits(over) || !is_digits(under) || under.len() > 4 {
        return None;
    }
    one(format!("{}分之{}", cardinal(under), cardinal(over)))
}

/// `5-10`, `5~10%`, `3–5km`.
fn range(scene: &Scene<'_>) -> Option<Vec<String>> {
    let text = scene.token().text;
    let (low, high) = text.split_once(['-', '–', '~', '～', '—'])?;
    let (low, low_unit) = split_number(low)?;
    let (high, high_unit) = split_number(high)?;
    let percent = percent(scene);
    let ending = if high_unit.is_empty() { String::new() } else { unit(high_unit)? };
    let allowed = low_unit.is_empty() || low_unit == high_unit || low_unit == "%";
    if !allowed {
        return None;
    }
    let both = if low_unit == "%" { percent } else { "" };
    one(format!("{percent}{}到{both}{}{ending}", decimal(low)?, decimal(high)?))
}

fn percent(scene: &Scene<'_>) -> &'static str {
    let after = scene.token().after.trim_start();
    match after.chars().next() {
        Some('%' | '％') => "百分之",
        Some('‰') => "千分之",
        _ => "",
    }
}

/// `10km`, `25°C`, `3.5kg`, `60fps`.
fn measured(scene: &Scene<'_>) -> Option<Vec<String>> {
    let (number, symbol) = split_number(scene.token().text)?;
    let sign = sign(scene);
    let is_degree =
        symbol.contains(['°', '℃', '℉']) || matches!(scene.token().suffix().chars().next(), Some('℃' | '°'));
    let sign = if is_degree && sign == "负" { "零下" } else { sign };
    if symbol.is_empty() && is_degree {
        let has_letter = matches!(scene.near_any(1), "C" | "F");
        let name = if scene.token().suffix().starts_with('℃') {
            "摄氏度"
        } else if has_letter {
            ""
        } else {
            "度"
        };
        return one(format!("{sign}{}{name}", decimal(number)?));
    }
    let name = unit(symbol)?;
    one(format!("{sign}{}{name}", two(&decimal(number)?, !name.starts_with("摄"))))
}

impl<'a> Scene<'a> {
    /// The text of the word `steps` behind, whatever stands between.
    fn near_any(&self, steps: usize) -> &'a str {
        self.tokens.get(self.at + steps).map_or("", |t| t.text)
    }
}

/// Two of something is 两.
fn two(said: &str, counts: bool) -> String {
    if counts && said == "二" { "两".to_owned() } else { said.to_owned() }
}

/// A number by itself, or before a character.
fn plain(scene: &Scene<'_>) -> Option<Vec<String>> {
    let text = scene.token().text;
    let (number, rest) = split_number(text)?;
    if !rest.is_empty() {
        return None;
    }
    let percent = percent(scene);
    if !percent.is_empty() {
        return one(format!("{}{percent}{}", sign(scene), decimal(number)?));
    }
    if number.matches('.').count() > 1 {
        let parts: Option<Vec<String>> = number.split('.').map(decimal).collect();
        return one(parts?.join("点"));
    }
    if is_digits(number) && (number.len() > 1 && number.starts_with('0') || number.len() > 12) {
        return Some(vec![one_by_one(number), telephone(number)]);
    }
    let said = decimal(number)?;
    let counts =
        scene.near(1).starts_with(MEASURES) && scene.near(-1) != "第" && !matches!(scene.near(1), "月");
    // 2月2日 and 第2 are 二; 分 of a fraction of an hour is 两分钟, of a time 二分.
    let counts = counts
        && !(scene.near(1) == "分" && scene.near(2) != "钟")
        && !(scene.near(1) == "年" && scene.near(2) == "级");
    let mut ways = vec![two(&said, counts)];
    if is_digits(number) && number.len() == 4 && number.starts_with(['1', '2']) {
        ways.push(one_by_one(number));
    }
    if let Some(rest) = said.strip_prefix("二百") {
        ways.push(format!("两百{rest}"));
    }
    Some(ways.into_iter().map(|way| format!("{}{way}", sign(scene))).collect())
}

/// `MP3`, `5G`, `H100`, `2+3=5`: letters by name, figures counted where they are few, signs by name.
fn coded(scene: &Scene<'_>) -> Option<Vec<String>> {
    let text = scene.token().text;
    let kind = |c: char| if c.is_ascii_digit() || c == '.' { 1 } else { u8::from(c.is_alphabetic()) * 2 };
    let mut said: Vec<String> = Vec::new();
    let mut run = String::new();
    for (c, next) in text.chars().zip(text.chars().skip(1).map(Some).chain([None])) {
        run.push(c);
        if next.is_some_and(|next| kind(next) == kind(c) && kind(c) > 0) {
            continue;
        }
        let piece = std::mem::take(&mut run);
        match kind(c) {
            1 => said.push(figures(piece.trim_matches('.'))),
            2 if piece.chars().all(|c| c.is_ascii_uppercase())
                && (piece.len() <= 3 || !piece.contains(['A', 'E', 'I', 'O', 'U'])) =>
            {
                said.extend(piece.chars().map(|c| format!(" {c} ")));
            }
            2 => said.push(format!(" {} ", piece.to_lowercase())),
            _ => said.extend(LONE_SYMBOLS.iter().find(|(s, _)| *s == c).map(|(_, name)| (*name).to_owned())),
        }
    }
    let said = said.concat();
    one(said.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn figures(text: &str) -> String {
    let is_counted = text.len() <= 2 && !text.starts_with('0')
        || text.ends_with("00")
        || text.contains('.')
        || text == "0";
    match decimal(text) {
        Some(said) if is_counted => said,
        _ => one_by_one(text),
    }
}

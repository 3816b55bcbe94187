//! Tones in context: 一, 不, and third tones before third tones (Duanmu, *The Phonology of Standard Chinese*, ch. 11).

/// A syllable: its character, its letters, its tone (5 for none).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Syllable {
    pub(super) character: char,
    pub(super) letters: String,
    pub(super) tone: u8,
}

const NUMERALS: &[char] =
    &['零', '〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '幺', '点'];
/// Behind 一 it is a date or a rank, which keeps its tone.
const RANKS: &[char] = &['月', '号', '日', '等', '级', '流', '班', '楼', '中'];

/// Changes the tones of one stretch of speech without a pause. `ends`: of each word, the index behind its last syllable.
pub(super) fn apply(syllables: &mut [Syllable], ends: &[usize]) {
    yi_and_bu(syllables);
    let mut start = 0;
    for end in ends {
        if let Some(word) = syllables.get_mut(start..*end) {
            for index in 0..word.len().saturating_sub(1) {
                if tone(word, index) == 3 && tone(word, index + 1) == 3 {
                    set(word, index, 2);
                }
            }
        }
        start = *end;
    }
    // Between words from the end, so that a changed tone changes none before it.
    for end in ends.iter().rev() {
        let Some(last) = end.checked_sub(1) else { continue };
        if tone(syllables, last) == 3 && tone(syllables, *end) == 3 {
            set(syllables, last, 2);
        }
    }
}

fn tone(syllables: &[Syllable], index: usize) -> u8 {
    syllables.get(index).map_or(0, |s| s.tone)
}

fn set(syllables: &mut [Syllable], index: usize, tone: u8) {
    if let Some(syllable) = syllables.get_mut(index) {
        syllable.tone = tone;
    }
}

fn yi_and_bu(syllables: &mut [Syllable]) {
    for index in 0..syllables.len() {
        let character = |at: Option<usize>| at.and_then(|at| syllables.get(at)).map(|s| s.character);
        let (before, here, behind) =
            (character(index.checked_sub(1)), character(Some(index)), character(Some(index + 1)));
        let next = tone(syllables, index + 1);
        let is_doubled = before.is_some() && before == behind;
        let changed = match here {
            Some('一' | '不') if is_doubled && tone(syllables, index) != 5 => Some(5),
            Some('一') if tone(syllables, index) == 1 && next > 0 => {
                let is_rank = before == Some('第') || behind.is_some_and(|c| RANKS.contains(&c));
                let is_counting = [before, behind].iter().flatten().any(|c| NUMERALS.contains(c));
                match next {
                    _ if is_rank || is_counting => None,
                    4 => Some(2),
                    // 个 has lost its fourth tone, not its effect.
                    5 if behind == Some('个') => Some(2),
                    5 => None,
                    _ => Some(4),
                }
            }
            Some('不') if tone(syllables, index) == 4 && next == 4 => Some(2),
            _ => None,
        };
        if let Some(changed) = changed {
            set(syllables, index, changed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tones(text: &str, tones: &[u8], ends: &[usize]) -> Vec<u8> {
        let mut syllables: Vec<Syllable> = text
            .chars()
            .zip(tones)
            .map(|(character, tone)| Syllable { character, letters: String::new(), tone: *tone })
            .collect();
        apply(&mut syllables, ends);
        syllables.iter().map(|s| s.tone).collect()
    }

    #[test]
    fn tones_change_before_others() {
        assert_eq!(tones("你好", &[3, 3], &[2]), [2, 3]);
        assert_eq!(tones("展览馆", &[3, 3, 3], &[3]), [2, 2, 3]);
        assert_eq!(tones("我很好", &[3, 3, 3], &[1, 2, 3]), [3, 2, 3]);
        assert_eq!(tones("不是", &[4, 4], &[2]), [2, 4]);
        assert_eq!(tones("不好", &[4, 3], &[2]), [4, 3]);
        assert_eq!(tones("一样", &[1, 4], &[2]), [2, 4]);
        assert_eq!(tones("一天", &[1, 1], &[2]), [4, 1]);
        assert_eq!(tones("第一天", &[4, 1, 1], &[2, 3]), [4, 1, 1]);
        assert_eq!(tones("看一看", &[4, 1, 4], &[3]), [4, 5, 4]);
        assert_eq!(tones("二零一九", &[4, 2, 1, 3], &[4]), [4, 2, 1, 3]);
    }
}

//! The packed Chinese dictionary, version `RLM1`.
//!
//! ```text
//! "RLM1"  syllables u16, each: length u8, letters and tone digit
//! first character u32  characters u32, for each its reading: 0 none, else 1 + number of the syllable, u16
//! words of one, two, three and four characters: count u32, then rows sorted by characters: UTF-16 units, cost u8
//! ```
//! The cost is −ln(frequency ÷ all frequencies) in eighths.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;
const LONGEST: usize = 4;
/// Rarer words are left out.
const RAREST: u64 = 12;

pub fn pack(readings: &str, words: &str) -> Result<Vec<u8>, Box<dyn Error>> {
    let readings: BTreeMap<char, &str> = readings
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(c, reading)| Some((c.chars().next()?, reading.trim())))
        .collect();
    let syllables: BTreeSet<&str> = readings.values().copied().collect();
    let syllables: Vec<&str> = syllables.into_iter().collect();
    let mut packed = b"RLM1".to_vec();
    packed.extend((syllables.len() as u16).to_le_bytes());
    for syllable in &syllables {
        packed.push(syllable.len() as u8);
        packed.extend(syllable.as_bytes());
    }
    packed.extend(FIRST.to_le_bytes());
    packed.extend((LAST - FIRST + 1).to_le_bytes());
    let mut missing = 0;
    for code in FIRST..=LAST {
        let reading = char::from_u32(code).and_then(|c| readings.get(&c));
        let number = reading.and_then(|r| syllables.binary_search(r).ok()).map_or(0, |index| index as u16 + 1);
        missing += usize::from(number == 0);
        packed.extend(number.to_le_bytes());
    }
    println!("{} syllables, {missing} characters without a reading", syllables.len());
    let mut tables: Vec<BTreeMap<Vec<u16>, u64>> = vec![BTreeMap::new(); LONGEST];
    let mut total = 0;
    for line in words.lines() {
        let mut fields = line.split_whitespace();
        let (Some(word), Some(count)) = (fields.next(), fields.next().and_then(|f| f.parse::<u64>().ok())) else {
            continue;
        };
        total += count;
        let units: Vec<u16> = word.encode_utf16().collect();
        let is_han = word.chars().all(|c| (FIRST..=LAST).contains(&u32::from(c)));
        if is_han && units.len() <= LONGEST && (count >= RAREST || units.len() == 1) {
            tables[units.len() - 1].insert(units, count.max(1));
        }
    }
    for table in &tables {
        packed.extend((table.len() as u32).to_le_bytes());
        for (units, count) in table {
            units.iter().for_each(|unit| packed.extend(unit.to_le_bytes()));
            let cost = -(*count as f64 / total as f64).ln() * 8.0;
            packed.push(cost.round().clamp(0.0, 255.0) as u8);
        }
        println!("{} words", table.len());
    }
    println!("{} bytes", packed.len());
    Ok(packed)
}

//! `KHR_texture_basisu`: KTX2 pictures in Basis Universal's two codings, ETC1S and UASTC.
//!
//! The header and every range that it names are checked (KTX 2.0 sections 3 and 4) before the decoder sees a byte:
//! it trusts sizes. Only the largest level is decoded to texels; the file goes along for cards that read blocks.

use basisu::{DecodeFlags, TargetFormat, Transcoder};

/// As files name it.
pub(in crate::import) const NAME: &str = "KHR_texture_basisu";

const MAGIC: [u8; 12] = *b"\xABKTX 20\xBB\r\n\x1A\n";
const HEADER: usize = 80;
const LEVEL: usize = 24;
const LEVELS_LIMIT: usize = 16;

/// Supercompression schemes.
const PLAIN: u32 = 0;
const BASIS_LZ: u32 = 1;
const ZSTANDARD: u32 = 2;

/// Bytes of a block of 4×4 texels in UASTC.
const BLOCK: u64 = 16;

/// Whether `bytes` claim to be KTX2.
pub(in crate::import) fn is_ktx2(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Width and height, after every check that needs no decoding.
pub(in crate::import) fn dimensions(bytes: &[u8]) -> Result<(u32, u32), String> {
    let cut_off = || "it is cut off".to_owned();
    let word = |at: usize| word(bytes, at).ok_or_else(cut_off);
    if bytes.len() < HEADER {
        return Err(cut_off());
    }
    let (format, width, height) = (word(12)?, word(20)?, word(24)?);
    if format != 0 {
        return Err(format!("it is KTX2 in the GPU format {format}, only Basis Universal is read"));
    }
    let (depth, layers, faces, levels) = (word(28)?, word(32)?, word(36)?, word(40)? as usize);
    if width == 0 || height == 0 || depth != 0 || layers > 1 || faces != 1 {
        return Err("it is not a single flat picture".to_owned());
    }
    if levels == 0 || levels > LEVELS_LIMIT {
        return Err(format!("it has {levels} levels, 1 to {LEVELS_LIMIT} are read"));
    }
    let scheme = word(44)?;
    if ![PLAIN, BASIS_LZ, ZSTANDARD].contains(&scheme) {
        return Err(format!("its supercompression scheme {scheme} is not known"));
    }
    let index = long(bytes, 64).zip(long(bytes, 72)).ok_or_else(cut_off)?;
    let ranges =
        [(u64::from(word(48)?), u64::from(word(52)?)), (u64::from(word(56)?), u64::from(word(60)?)), index];
    if ranges.iter().any(|(start, length)| !is_inside(bytes, *start, *length)) {
        return Err(cut_off());
    }
    for level in 0..levels {
        check_level(bytes, level, scheme, (width, height))?;
    }
    Ok((width, height))
}

/// One entry of the level index: inside the file, and as large as its picture needs.
fn check_level(bytes: &[u8], level: usize, scheme: u32, (width, height): (u32, u32)) -> Result<(), String> {
    let at = HEADER + level * LEVEL;
    let entry = (long(bytes, at), long(bytes, at + 8), long(bytes, at + 16));
    let (Some(start), Some(length), Some(unpacked)) = entry else {
        return Err("its list of levels is cut off".to_owned());
    };
    if length == 0 || !is_inside(bytes, start, length) {
        return Err(format!("its level {level} reaches past its end"));
    }
    let blocks = |side: u32| u64::from((side >> level).max(1).div_ceil(4));
    let needed = blocks(width).saturating_mul(blocks(height)).saturating_mul(BLOCK);
    let is_sound = match scheme {
        PLAIN => length == needed,
        ZSTANDARD => unpacked == needed,
        _ => unpacked == 0,
    };
    if is_sound { Ok(()) } else { Err(format!("its level {level} has another size than its picture needs")) }
}

fn is_inside(bytes: &[u8], start: u64, length: u64) -> bool {
    start.checked_add(length).is_some_and(|end| end <= bytes.len() as u64)
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// The picture as `width × height × 4` bytes. Call [`dimensions`] first.
pub(in crate::import) fn rgba8(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let damaged = |error: basisu::Error| format!("it is damaged ({error:?})");
    let transcoder = Transcoder::new(bytes).map_err(damaged)?;
    transcoder.transcode(0, TargetFormat::Rgba32, DecodeFlags::NONE).map_err(damaged)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header for a plain UASTC picture of 8 × 4 texels with one level.
    fn header() -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for word in [0u32, 1, 8, 4, 0, 0, 1, 1, 0, 104, 0, 104, 0] {
            bytes.extend(word.to_le_bytes());
        }
        for long in [0u64, 0, 104, 32, 32] {
            bytes.extend(long.to_le_bytes());
        }
        bytes.extend([0; 32]);
        bytes
    }

    #[test]
    fn sizes_are_checked_before_decoding() {
        assert_eq!(dimensions(&header()), Ok((8, 4)));
        assert!(dimensions(&header()[..103]).is_err());
        let damaged = |at: usize, value: u64| {
            let mut bytes = header();
            bytes.splice(at..at + 8, value.to_le_bytes());
            dimensions(&bytes)
        };
        for (at, value) in [(80, u64::MAX), (88, 1 << 47), (88, 31), (80, 105), (64, u64::MAX)] {
            assert!(damaged(at, value).is_err(), "{at} {value}");
        }
        let with = |at: usize, value: u32| {
            let mut bytes = header();
            bytes.splice(at..at + 4, value.to_le_bytes());
            dimensions(&bytes)
        };
        for (at, value) in [(12, 37), (20, 0), (20, 9), (28, 1), (32, 2), (36, 6), (40, 0), (40, 17), (44, 3)]
        {
            assert!(with(at, value).is_err(), "{at} {value}");
        }
    }
}

//! Pictures in Basis Universal, which become what a graphics card reads without being unpacked: a quarter of the memory.
//!
//! What the card reads is the renderer's knowledge; here is only how the blocks are made.

use basisu::{DecodeFlags, TargetFormat, Transcoder};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Block codings that graphics cards read; all take 16 bytes for a block, with alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockCoding {
    /// ASTC 4×4: newer phones.
    Astc,
    /// BC7: desktops.
    Bc7,
    /// ETC2 with EAC alpha: older phones.
    Etc2,
}

impl BlockCoding {
    /// Columns and rows of a block.
    pub const SIDE: u32 = 4;

    const fn target(self) -> TargetFormat {
        match self {
            Self::Astc => TargetFormat::Astc4x4Rgba,
            Self::Bc7 => TargetFormat::Bc7Rgba,
            Self::Etc2 => TargetFormat::Etc2Rgba,
        }
    }
}

/// A checked KTX2 file with all its mip maps.
#[derive(Debug, Clone, PartialEq)]
pub struct Universal {
    ktx2: Arc<[u8]>,
    levels: u32,
}

impl Universal {
    /// Of a KTX2 file whose largest level was decoded without a fault; `None` where it has not every mip map down to
    /// one texel, or is no multiple of a block: then a card would need texels.
    pub fn new(ktx2: &[u8], width: u32, height: u32) -> Option<Self> {
        let transcoder = Transcoder::new(ktx2).ok()?;
        let all = width.max(height).checked_ilog2()? + 1;
        let is_whole = transcoder.level_count() == all;
        let fits = [width, height].iter().all(|side| side % BlockCoding::SIDE == 0);
        (is_whole && fits).then(|| Self { ktx2: ktx2.into(), levels: all })
    }

    /// The blocks of every level, the largest first; `None` where the file turns out to be damaged.
    pub fn blocks(&self, coding: BlockCoding) -> Option<Vec<Vec<u8>>> {
        // The decoder may panic on what its checks of the largest level did not meet.
        catch_unwind(AssertUnwindSafe(|| {
            let transcoder = Transcoder::new(&self.ktx2).ok()?;
            let level = |n| transcoder.transcode(n, coding.target(), DecodeFlags::NONE).ok();
            (0..self.levels).map(level).collect()
        }))
        .ok()
        .flatten()
    }
}

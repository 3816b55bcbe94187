//! Letters: those that come with the program, and for what they lack those of the system.
//!
//! Where the system has none of them, boxes stand in their place.

use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// No font file is larger.
const MOST_BYTES: u64 = 64 << 20;

/// Where systems have letters of the phonetic alphabet, and Chinese and Japanese ones; the first that is there is taken.
const SYSTEM: &[(&str, &[&str])] = &[
    (
        "phonetic",
        &[
            "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
            "/usr/share/fonts/TTF/DejaVuSans.ttf",
            "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
            "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
            "/usr/share/fonts/noto/NotoSans-Regular.ttf",
            "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
            "C:\\Windows\\Fonts\\segoeui.ttf",
        ],
    ),
    (
        "han",
        &[
            "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
            "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
            "/System/Library/Fonts/PingFang.ttc",
            "C:\\Windows\\Fonts\\msyh.ttc",
        ],
    ),
];

/// What the window writes with.
pub(super) fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, places) in SYSTEM {
        let Some(bytes) = places.iter().find_map(|place| read(place)) else { continue };
        fonts.font_data.insert((*name).to_owned(), Arc::new(FontData::from_owned(bytes)));
        for family in [FontFamily::Proportional, FontFamily::Monospace] {
            fonts.families.entry(family).or_default().push((*name).to_owned());
        }
    }
    fonts
}

fn read(place: &str) -> Option<Vec<u8>> {
    let found = std::fs::metadata(place).ok()?;
    (found.is_file() && found.len() <= MOST_BYTES).then(|| std::fs::read(place).ok()).flatten()
}

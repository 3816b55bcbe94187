//! Pictures in memory, and how they come back from the adapter.

/// A picture in memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width × height × 4` bytes, top row first: sRGB-encoded red, green, blue and straight alpha.
    pub rgba: Vec<u8>,
}

//! What can go wrong between a frame and pixels.

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// This machine has nothing to draw with: the environment's fault, not the input's.
    #[error(
        "no graphics adapter{asked}; install a Vulkan driver (on Linux without a GPU: mesa-vulkan-drivers), or unset WGPU_BACKEND and WGPU_ADAPTER_NAME"
    )]
    NoAdapter {
        /// What was asked for, with a leading space, or nothing.
        asked: String,
    },
    /// The adapter is there but gives no device.
    #[error("the graphics adapter {adapter} refuses to work: {reason}")]
    NoDevice {
        /// Its name.
        adapter: String,
        /// The driver's words.
        reason: String,
    },
    /// The device went away (driver reset, unplugged, out of memory).
    #[error("the graphics device was lost: {0}; create it anew")]
    Lost(String),
    /// The picture asked for is empty or larger than the device can hold.
    #[error("a picture of {width}x{height} pixels cannot be drawn here; the largest side is {limit}")]
    Size {
        /// Columns.
        width: u32,
        /// Rows.
        height: u32,
        /// The most columns or rows.
        limit: u32,
    },
    /// The driver reported an error while drawing.
    #[error("the graphics driver reports: {0}")]
    Driver(String),
}

//! From a frame to pixels, with wgpu. It holds no time and never sees a window.

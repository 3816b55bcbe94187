//! The presenter's window.

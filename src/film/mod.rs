//! From times to frames to a PNG sequence or an encoder.

//! Decoding, mixing, the output stream and the audible position.

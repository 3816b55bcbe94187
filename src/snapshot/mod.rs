//! One picture of a moment, and the comparison of pictures.

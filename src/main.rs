//! The `rhetor` program.

fn main() {}

//! The browser tests.
fn main() {}

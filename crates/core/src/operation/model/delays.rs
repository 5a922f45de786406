//! How long is waited before another look.

/// How long to wait before each look for a lost item, and between failed reads: milliseconds. A listing may lag
/// (F-ITEM-5).
pub const PAUSES_MS: [u32; 3] = [2_000, 5_000, 10_000];

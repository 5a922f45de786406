//! Delays before another look.

use crate::timestamp::Timestamp;

/// Delays before each search for a lost item and between failed reads, in milliseconds. A listing may lag (F-ITEM-5).
pub const PAUSES_MS: [u32; 3] = [2_000, 5_000, 10_000];
/// The time after sending in which a request may take effect, in milliseconds: callers time out after 30 seconds.
pub const LATEST_MS: u32 = 40_000;

/// The rest of `latest_ms` after `asked`. A clock that was set back in between does not lengthen it.
pub fn rest_ms(asked: Option<Timestamp>, now: Timestamp, latest_ms: u32) -> u32 {
    let age = asked.map_or(i64::MAX, |asked| now.millis_since(asked));
    u32::try_from(age.max(0)).map_or(0, |passed| latest_ms.saturating_sub(passed))
}

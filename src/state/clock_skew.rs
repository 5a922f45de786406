//! Corrects a wrong clock: dates are then based on the clock of the host that serves the page.

use super::App;
use crate::platform::{config, session_storage, time};

/// The key under which this tab stores the clock's offset in milliseconds, across the sign-in.
const CLOCK_OFFSET_KEY: &str = "akw.behind";
/// Smaller offsets are ignored, because minutes rarely change a date. In milliseconds.
const TOLERANCE_MS: i64 = 10 * 60 * 1000;

/// Restores the offset found before the sign-in. Call it before anything reads the time.
pub fn recall() {
    let kept = session_storage::get(CLOCK_OFFSET_KEY).and_then(|text| text.parse().ok());
    time::set_offset(kept.unwrap_or(0));
}

impl App {
    /// Reads the host's time in the background and corrects the clock. The suggested date of an untouched draft moves with it.
    pub(super) async fn set_clock(self) {
        let Some(host) = config::host_clock().await else { return };
        let behind = host.millis_since(time::by_the_browser());
        let behind = if behind.abs() > TOLERANCE_MS { behind } else { 0 };
        let is_untouched = self.draft.read_once(|draft| draft.is_untouched());
        time::set_offset(behind);
        // If storage is blocked, the page is not left, so it keeps the offset in memory.
        let _ = session_storage::set(CLOCK_OFFSET_KEY, &behind.to_string());
        if is_untouched {
            self.draft.edit(|draft| draft.suggest_expiration(time::today()));
        }
    }
}

//! A clock that is wrong: dates are then reckoned by the clock of the host that serves the page.

use key_wizard_core::credential::draft::Draft;

use super::App;
use crate::platform::{config, session_storage, time};

/// Where this tab keeps how far its clock is behind, in milliseconds, over the way to the portal and back.
const CLOCK_OFFSET_KEY: &str = "akw.behind";
/// Less is not worth a word: minutes make no other date. In milliseconds.
const TOLERANCE_MS: i64 = 10 * 60 * 1000;

/// What was found out before the sign-in. To be called before anything asks for the time.
pub fn recall() {
    let kept = session_storage::get(CLOCK_OFFSET_KEY).and_then(|text| text.parse().ok());
    time::set_offset(kept.unwrap_or(0));
}

impl App {
    /// Asks the host for the time, unseen, and sets the clock right. A date nobody has touched moves with it.
    pub(super) async fn set_clock(self) {
        let Some(host) = config::host_clock().await else { return };
        let behind = host.millis_since(time::by_the_browser());
        let behind = if behind.abs() > TOLERANCE_MS { behind } else { 0 };
        let is_untouched = self.draft.is_untouched();
        time::set_offset(behind);
        // Where storage is blocked this page is not left, and knows it as it is.
        let _ = session_storage::set(CLOCK_OFFSET_KEY, &behind.to_string());
        if is_untouched {
            // The portal may be chosen already.
            self.draft.edit(|draft| draft.expiration = Draft::new(time::today()).expiration);
        }
    }
}

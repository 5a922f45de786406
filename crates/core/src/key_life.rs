//! The display time of a key: ten minutes, extended as often as the person wants (WCAG 2.2.1), and the reason it ends.

use crate::timestamp::Timestamp;

/// The display time of a key unless extended, in milliseconds: ten minutes.
pub const SHOWN_FOR_MS: i64 = 10 * 60 * 1000;
/// When the warning appears, in seconds before the end.
const SOON_S: u32 = 2 * 60;

/// The time that a key on the screen has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLeft {
    /// Whole seconds, rounded up.
    pub seconds: u32,
}

impl TimeLeft {
    /// The time until `deadline`; zero once it has passed.
    pub fn until(deadline: Timestamp, now: Timestamp) -> Self {
        let ms = deadline.millis_since(now).clamp(0, SHOWN_FOR_MS);
        Self { seconds: ms.unsigned_abs().div_ceil(1000) as u32 }
    }

    /// Whether the time is over.
    pub fn is_over(self) -> bool {
        self.seconds == 0
    }

    /// The minutes to warn about, rounded up; `None` while there is plenty of time or after the end.
    pub fn warning(self) -> Option<u32> {
        (1..=SOON_S).contains(&self.seconds).then(|| self.seconds.div_ceil(60))
    }
}

/// Why a key is hidden that is not confirmed as saved, or whose operation is another tab's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyHidden {
    /// Its time on the screen ran out.
    TimeOver,
    /// The person left its page.
    PageLeft,
    /// The person confirmed that it is saved, but another tab has taken over the operation.
    Saved,
    /// Another tab has replaced or revoked it.
    Ended,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_a_key_is_counted_down_and_warned_of_near_its_end() {
        let deadline = Timestamp(1_795_435_200_000);
        for (left_ms, seconds, warning) in [
            // A clock that was set back does not give a key more than its ten minutes.
            (3 * SHOWN_FOR_MS, 600, None),
            (SHOWN_FOR_MS, 600, None),
            (SHOWN_FOR_MS - 1, 600, None),
            (120_001, 121, None),
            (120_000, 120, Some(2)),
            (60_001, 61, Some(2)),
            (60_000, 60, Some(1)),
            (1, 1, Some(1)),
            (0, 0, None),
            (-5_000, 0, None),
        ] {
            let left = TimeLeft::until(deadline, deadline.plus_millis(-left_ms));
            assert_eq!((left.seconds, left.warning(), left.is_over()), (seconds, warning, seconds == 0), "{left_ms}");
        }
    }
}

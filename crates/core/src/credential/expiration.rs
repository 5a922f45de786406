//! The day a key stops working: from tomorrow to at most one year ahead, counted in UTC as the portal does.
//!
//! The portal rounds to the end of the day in UTC (F-DATE-4), so that is the moment we request and show.

mod pasted;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::timestamp::Timestamp;

pub use pasted::pasted_date;

const DAY_MS: i64 = 86_400_000;

/// The maximum lifetime of a key, in days. Some portals may count a year as 365 days, so leap years get no more.
const YEAR: i64 = 365;

/// The number chrono gives to 1970-01-01 when days are counted from the year 1.
const EPOCH_DAY: i64 = 719_163;

/// A checked date and the moment it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expiration {
    date: NaiveDate,
}

/// Why a date was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpirationProblem {
    /// The date is missing.
    Missing,
    /// The text is not a calendar date of the form `YYYY-MM-DD`.
    NotADate,
    /// The date is before the first one allowed.
    TooEarly {
        /// The first date allowed.
        earliest: NaiveDate,
        /// The last date allowed.
        latest: NaiveDate,
    },
    /// The date is after the last one allowed.
    TooLate {
        /// The first date allowed.
        earliest: NaiveDate,
        /// The last date allowed.
        latest: NaiveDate,
    },
}

/// The lifetimes offered as buttons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// Seven days from today.
    Days7,
    /// Thirty days from today.
    Days30,
    /// Ninety days from today.
    Days90,
    /// The last date the portal allows.
    Year1,
}

impl Lifetime {
    /// Every one, shortest first.
    pub const ALL: [Lifetime; 4] = [Lifetime::Days7, Lifetime::Days30, Lifetime::Days90, Lifetime::Year1];

    /// The date it means on the person's calendar, which shows `today`.
    pub fn date(self, today: NaiveDate, now: Timestamp) -> NaiveDate {
        let days = match self {
            Lifetime::Days7 => 7,
            Lifetime::Days30 => 30,
            Lifetime::Days90 => 90,
            Lifetime::Year1 => return range(now).1,
        };
        clamp(today.checked_add_days(Days::new(days)).unwrap_or(today), now)
    }
}

impl Expiration {
    /// Accepts a date within [`range`].
    pub fn on(date: NaiveDate, now: Timestamp) -> Result<Self, ExpirationProblem> {
        let (earliest, latest) = range(now);
        if date < earliest {
            return Err(ExpirationProblem::TooEarly { earliest, latest });
        }
        if date > latest {
            return Err(ExpirationProblem::TooLate { earliest, latest });
        }
        Ok(Self { date })
    }

    /// Accepts a date as typed.
    pub fn parse(text: &str, now: Timestamp) -> Result<Self, ExpirationProblem> {
        if text.trim().is_empty() {
            return Err(ExpirationProblem::Missing);
        }
        Self::on(parse_date(text).ok_or(ExpirationProblem::NotADate)?, now)
    }

    /// The date in UTC, on whose last millisecond the key stops working.
    pub fn date(self) -> NaiveDate {
        self.date
    }

    /// 23:59:59.999 UTC of the date.
    pub fn at(self) -> Timestamp {
        let day = i64::from(self.date.num_days_from_ce()) - EPOCH_DAY;
        Timestamp((day + 1) * DAY_MS - 1)
    }
}

/// The first and the last date allowed: the UTC day after `now`, and the last day that ends within 365 days of `now`.
pub fn range(now: Timestamp) -> (NaiveDate, NaiveDate) {
    // A clock further off than this is broken; chrono counts to the year 262,000.
    let now = now.0.clamp(-20_000_000 * DAY_MS, 20_000_000 * DAY_MS);
    let latest = (now + 1).div_euclid(DAY_MS) + YEAR - 1;
    (date_of_day(now.div_euclid(DAY_MS) + 1), date_of_day(latest))
}

/// One month after `today`, or the last day of that month: the date Esri's tutorial asks for (F-PAGE-2).
pub fn month_after(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(1)).unwrap_or(today)
}

/// The date of a moment in UTC.
pub fn utc_date(at: Timestamp) -> NaiveDate {
    date_of_day(at.0.div_euclid(DAY_MS).clamp(-20_000_000, 20_000_000))
}

/// Parses `YYYY-MM-DD`, the format of a browser's date field; ignores surrounding white space.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let is_shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    if !is_shaped {
        return None;
    }
    let year = text[..4].parse().ok()?;
    let month = text[5..7].parse().ok()?;
    NaiveDate::from_ymd_opt(year, month, text[8..].parse().ok()?)
}

/// Formats as `YYYY-MM-DD`. By hand, because chrono's formatter is larger than this whole module.
pub fn format_date(date: NaiveDate) -> String {
    let mut text = String::with_capacity(10);
    push_number(&mut text, date.year().unsigned_abs(), 1000);
    text.push('-');
    push_number(&mut text, date.month(), 10);
    text.push('-');
    push_number(&mut text, date.day(), 10);
    text
}

fn push_number(text: &mut String, number: u32, mut place: u32) {
    while place > 0 {
        let digit = number / place % 10;
        text.extend(char::from_digit(digit, 10));
        place /= 10;
    }
}

/// The date, or the nearest allowed one.
pub(super) fn clamp(date: NaiveDate, now: Timestamp) -> NaiveDate {
    let (earliest, latest) = range(now);
    date.clamp(earliest, latest)
}

fn date_of_day(day: i64) -> NaiveDate {
    let from_ce = i32::try_from(day + EPOCH_DAY).expect("days are clamped by every caller");
    NaiveDate::from_num_days_from_ce_opt(from_ce).expect("days are clamped by every caller")
}

#[cfg(test)]
mod tests;

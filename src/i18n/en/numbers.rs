//! Numbers, plurals, lists and instants in English, formatted by the browser.

use key_wizard_core::{credential::expiration::utc_date, timestamp::Timestamp};

use crate::platform::intl::{self, Plural};

/// The language of plurals, lists and numbers.
pub(super) const LANGUAGE: &str = "en";

pub(super) fn plural(count: usize) -> Plural {
    intl::plural(LANGUAGE, count as u64)
}

pub(super) fn number(number: usize) -> String {
    intl::number(LANGUAGE, number as i64)
}

/// Joins words in a sentence.
pub(super) fn list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    intl::list(LANGUAGE, &words)
}

pub(super) fn seconds(ms: u32) -> usize {
    ms.div_ceil(1000) as usize
}

pub(super) fn minutes_of(minutes: i64) -> String {
    match intl::plural(LANGUAGE, minutes.unsigned_abs()) {
        Plural::One => format!("{minutes} minute"),
        _ => format!("{} minutes", intl::number(LANGUAGE, minutes)),
    }
}

/// The end of a day in UTC, which the portal uses; in the reader's time zone it may be another day.
pub(super) fn instant(at: Timestamp) -> String {
    let (date, time) = (intl::date(utc_date(at)), intl::utc_time(at));
    match intl::is_utc(at) {
        true => format!("{date}, {time} UTC"),
        false => format!("{date}, {time} UTC ({} your time)", intl::instant(at)),
    }
}

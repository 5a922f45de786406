//! A date as people copy it from a letter, a calendar or a program. Ambiguous texts are refused; a time without a zone
//! keeps its date.

use chrono::NaiveDate;

use super::{parse_date, utc_date};
use crate::timestamp::Timestamp;

/// The maximum length of a text, in bytes.
const MAX: usize = 90;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Parses `2027-03-01`, `2027/3/1`, `1.3.2027`, `March 1, 2027`, `Mon, 1 Mar 2027`, an instant in UTC in the format of
/// programs or of this page, and the seconds or milliseconds of an instant.
pub fn pasted_date(text: &str) -> Option<NaiveDate> {
    let text = without_label(text.trim());
    if text.len() > MAX {
        return None;
    }
    if is_digits(text) {
        return digits(text);
    }
    // The format of an instant in calendar files.
    if let Some((day, time)) = text.split_once('T')
        && has_digits(day, 8)
        && has_digits(time.strip_suffix('Z').unwrap_or(time), 6)
    {
        return digits(day);
    }
    let text = without_time(text)?;
    if let Some(date) = text.get(..10).and_then(parse_date) {
        return (text.len() == 10).then_some(date);
    }
    let parts = text.split(|character: char| !character.is_ascii_alphanumeric());
    let mut parts = parts.filter(|part| !part.is_empty() && !WEEKDAYS.iter().any(|name| begins(name, part)));
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if first.len() == 4 && number(first).is_some() {
        return date(first, month(second)?, third);
    }
    match (month_named(first), month_named(second)) {
        (Some(month), _) => date(third, month, second),
        (_, Some(month)) => date(third, month, first),
        _ if text.contains('.') => date(third, month(second)?, first),
        // Day and month come in either order.
        _ => match (month(first), month(second)) {
            (Some(one), Some(other)) if one != other => None,
            (Some(month), _) => date(third, month, second),
            (_, Some(month)) => date(third, month, first),
            _ => None,
        },
    }
}

/// Parses a text of digits: `20270301`, or an instant since 1970.
fn digits(text: &str) -> Option<NaiveDate> {
    match text.len() {
        8 => date(&text[..4], month(&text[4..6])?, &text[6..]),
        10 => Some(utc_date(Timestamp(text.parse::<i64>().ok()? * 1000))),
        13 => Some(utc_date(Timestamp(text.parse().ok()?))),
        _ => None,
    }
}

/// The text without a label such as `expires`.
fn without_label(text: &str) -> &str {
    let rest = ["expires", "valid until", "until"].iter().find_map(|label| {
        let start = text.get(..label.len())?;
        start.eq_ignore_ascii_case(label).then(|| &text[label.len()..])
    });
    rest.map_or(text, |rest| rest.trim_start_matches([':', ' ', '\n']))
}

/// The text without the time at its end; `None` if its zone may change the day.
fn without_time(text: &str) -> Option<&str> {
    let Some(colon) = text.find(':') else { return Some(text) };
    let (date, time) =
        text.split_at(text[..colon].trim_end_matches(|character: char| character.is_ascii_digit()).len());
    let zone =
        time.trim_start_matches(|character: char| character.is_ascii_digit() || character == ':' || character == '.');
    // The name of the zone may follow, or the same instant in local time.
    let zone = zone.split(" (").next().unwrap_or_default().trim();
    let keeps_date = AFTER_TIME.iter().any(|name| zone.eq_ignore_ascii_case(name));
    keeps_date.then(|| date.trim_end_matches("at ").trim_end_matches([' ', ',', 'T']))
}

const AFTER_TIME: [&str; 9] = ["", "Z", "UTC", "GMT", "+00:00", "+0000", "GMT+0000", "AM", "PM"];

fn month_named(word: &str) -> Option<u32> {
    let place = MONTHS.iter().position(|name| begins(name, word))?;
    u32::try_from(place + 1).ok()
}

/// Whether a word is a name, or at least the first three letters of it.
fn begins(name: &str, word: &str) -> bool {
    word.len() >= 3 && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// A month by its number.
fn month(text: &str) -> Option<u32> {
    number(text).filter(|month| (1..=12).contains(month))
}

fn date(year: &str, month: u32, day: &str) -> Option<NaiveDate> {
    let day = ["st", "nd", "rd", "th"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    let year = number(year).filter(|_| year.len() == 4)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, number(day)?)
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|_| text.len() <= 4 && is_digits(text))
}

fn has_digits(text: &str, count: usize) -> bool {
    text.len() == count && is_digits(text)
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_date_is_read_as_people_and_programs_write_it() {
        let written = [
            "2027-03-01",
            " 2027-03-01\n",
            "2027-3-1",
            "2027/03/01",
            "2027.03.01",
            "1.3.2027",
            "01.03.2027",
            "1. 3. 2027",
            "March 1, 2027",
            "Mar 1 2027",
            "march 1st, 2027",
            "1 March 2027",
            "Monday, March 1, 2027",
            "Mon, 01 Mar 2027",
            "01-Mar-2027",
            "2027-03-01T23:59:59Z",
            "2027-03-01T23:59:59.999Z",
            "2027-03-01T00:00:00+00:00",
            "2027-03-01 23:59 UTC",
            "2027-03-01T12:00",
            "2027/03/01 23:59",
            "March 1, 2027 at 11:59 PM",
            "Mon, 01 Mar 2027 23:59:59 GMT",
            "Mon Mar 01 2027 23:59:59 GMT+0000 (Coordinated Universal Time)",
            "March 1, 2027, 23:59 UTC",
            "March 1, 2027, 23:59 UTC (Mar 2, 2027, 12:59 AM your time)",
            "Expires\nMarch 1, 2027, 23:59 UTC",
            "20270301",
            "20270301T235959Z",
            "1803945599",
            "Expires: 1803945599",
            "Valid until 20270301",
            "until 20270301T235959Z",
            "1803945599999",
        ];
        for text in written {
            assert_eq!(pasted_date(text), NaiveDate::from_ymd_opt(2027, 3, 1), "{text}");
        }
        assert_eq!(pasted_date("12/31/2026"), NaiveDate::from_ymd_opt(2026, 12, 31));
        assert_eq!(pasted_date("31/12/2026"), NaiveDate::from_ymd_opt(2026, 12, 31));
        assert_eq!(pasted_date("1/1/2027"), NaiveDate::from_ymd_opt(2027, 1, 1));
        assert_eq!(pasted_date("Sept. 9, 2027"), NaiveDate::from_ymd_opt(2027, 9, 9));
    }

    proptest! {
        /// Also at the places where a text is cut.
        #[test]
        fn no_text_breaks_the_reader(text in "[0-9a-z :T.é年/-]{0,12}[0-9é]{0,9}T?[0-9é:]{0,9}Z?") {
            let _ = pasted_date(&text);
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_no_date() {
        let refused = [
            "",
            "3/1/2027",
            "1-3-2027",
            "1.3.27",
            "2027-02-30",
            "Ma 1, 2027",
            "Smarch 1, 2027",
            "March 2027",
            "2027-03-01T00:30:00+02:00",
            "2027-03-01T23:59:59 PST",
            "Mon Mar 01 2027 00:30:00 GMT+0200 (Central European Standard Time)",
            "01032027",
            "2027030",
            "12:00",
            "2027-03-01 or later",
            "2027-03-01 2027",
            "2027-03-01 ....",
            "2027-03-012",
            "90d",
            "1.13.2027",
            "0.1.2027",
            "March 1, 2027, or later than that by a day or two or three or so",
            "２０２７-03-01",
            "aaaéaaaT000000",
            "20270301Tabcdef",
            "20270301T0000",
        ];
        for text in refused {
            assert_eq!(pasted_date(text), None, "{text}");
        }
    }
}

//! A calendar entry (RFC 5545) that reminds the owner to replace a key in time.

use chrono::{NaiveDate, TimeDelta};
use ics::properties::{Description, DtStart, Summary, Trigger};
use ics::{Alarm, Event, ICalendar, escape_text, parameters};

use crate::credential::expiration::{format_date, utc_date};
use crate::timestamp::Timestamp;
use crate::urlencoded;

/// Days between the reminder and the expiration.
const AHEAD: TimeDelta = TimeDelta::days(7);

/// The day of the entry, in UTC: a week before the key expires, or one day before if it expires soon.
pub fn day(expires: Timestamp, now: Timestamp) -> NaiveDate {
    let (end, today) = (utc_date(expires), utc_date(now));
    let ahead = if end - today > AHEAD * 2 { AHEAD } else { TimeDelta::days(1) };
    end.checked_sub_signed(ahead).unwrap_or(end).max(today)
}

/// The text of a calendar file with one entry, which lasts a whole day. `item_page` describes it and is its unique id
/// (UID).
pub fn calendar(item_page: &str, day: NaiveDate, now: Timestamp, summary: &str) -> String {
    let mut start = DtStart::new(digits(day));
    start.append(parameters!("VALUE" => "DATE"));
    let mut event = Event::new(item_page, digits(utc_date(now)) + "T000000Z");
    event.push(start);
    event.push(Summary::new(escape_text(summary)));
    event.push(Description::new(escape_text(item_page)));
    // At nine on that day. Calendars that ignore it use their default alarm.
    event.add_alarm(Alarm::display(Trigger::new("PT9H"), Description::new(escape_text(summary))));
    let mut calendar = ICalendar::new("2.0", "-//ArcGIS Key Wizard//EN");
    calendar.add_event(event);
    calendar.to_string()
}

fn digits(date: NaiveDate) -> String {
    format_date(date).replace('-', "")
}

/// The `data:` URL of this calendar.
pub fn address(calendar: &str) -> String {
    urlencoded::file("text/calendar;charset=utf-8", calendar)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_435_200_000); // 2026-11-23T12:00:00Z

    fn in_days(days: i64) -> NaiveDate {
        day(NOW.plus_millis(days * 24 * 60 * 60 * 1000), NOW)
    }

    #[test]
    fn a_key_is_replaced_a_week_before_its_end_or_the_day_before_where_that_is_near() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        assert_eq!(in_days(365), date("2027-11-16"));
        assert_eq!(in_days(15), date("2026-12-01"));
        assert_eq!(in_days(14), date("2026-12-06"));
        assert_eq!(in_days(1), date("2026-11-23"));
        assert_eq!(in_days(0), date("2026-11-23"), "no day that has passed");
    }

    #[test]
    fn a_title_cannot_leave_its_line() {
        let text = calendar("https://example.com/item", in_days(30), NOW, "Maps; \"a\", b\nEND:VCALENDAR");
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(lines[0], "BEGIN:VCALENDAR", "{text}");
        assert!(lines.contains(&"DTSTART;VALUE=DATE:20261216"), "{text}");
        assert!(lines.contains(&"SUMMARY:Maps\\; \"a\"\\, b\\nEND:VCALENDAR"), "{text}");
        assert!(lines.contains(&"DESCRIPTION:https://example.com/item"), "{text}");
        assert_eq!(lines.iter().filter(|line| **line == "END:VCALENDAR").count(), 1, "{text}");
        assert!(lines.contains(&"TRIGGER:PT9H"), "{text}");
        let long = calendar("1@x", in_days(30), NOW, &"ä".repeat(250));
        // RFC 5545, 3.1: about 75 octets. This library writes 76 in continuation lines.
        assert!(long.split("\r\n").all(|line| line.len() <= 76), "{long}");
    }
}

use super::*;

fn utc(date: &str, hour: i64, minute: i64) -> Timestamp {
    let midnight = i64::from(day(date).num_days_from_ce()) - EPOCH_DAY;
    Timestamp(midnight * DAY_MS + (hour * 60 + minute) * 60_000)
}

fn day(date: &str) -> NaiveDate {
    parse_date(date).expect("a date written in a test")
}

#[track_caller]
fn check_range(now: Timestamp, earliest: &str, latest: &str) {
    assert_eq!(range(now), (day(earliest), day(latest)), "{now:?}");
}

/// The default expiration date, clamped to its range.
fn default_date(today: NaiveDate, now: Timestamp) -> NaiveDate {
    clamp(month_after(today), now)
}

#[track_caller]
fn check_default(today: &str, now: Timestamp, expected: &str) {
    assert_eq!(format_date(default_date(day(today), now)), expected);
}

#[test]
fn the_range_starts_tomorrow_and_ends_within_a_year() {
    check_range(utc("2026-11-23", 12, 0), "2026-11-24", "2027-11-22");
}

#[test]
fn the_range_moves_on_at_midnight_utc_and_not_before() {
    check_range(utc("2026-11-23", 23, 59), "2026-11-24", "2027-11-22");
    check_range(utc("2026-11-24", 0, 0), "2026-11-25", "2027-11-23");
}

#[test]
fn a_leap_day_takes_a_day_off_the_calendar_year() {
    check_range(utc("2027-06-15", 8, 0), "2027-06-16", "2028-06-13");
    check_range(utc("2028-02-28", 8, 0), "2028-02-29", "2029-02-26");
}

#[test]
fn no_moment_of_the_year_allows_more_than_365_days_or_less_than_364() {
    for hours in 0..24 * 800 {
        let now = utc("2026-01-01", 0, 0).plus_millis(hours * 3_600_000 - 1);
        let (earliest, latest) = range(now);
        let last = Expiration::on(latest, now).expect("the last date is allowed").at();
        let first = Expiration::on(earliest, now).expect("the first date is allowed").at();
        assert!(last.millis_since(now) <= 365 * DAY_MS, "{now:?}");
        assert!(last.millis_since(now) > 364 * DAY_MS, "{now:?}");
        assert!(first.millis_since(now) >= DAY_MS, "{now:?}");
    }
}

#[test]
fn a_key_ends_with_the_last_millisecond_of_its_day_in_utc() {
    let expiration = Expiration::parse(" 2026-12-23 ", utc("2026-11-23", 9, 30)).expect("a month is allowed");
    assert_eq!(expiration.at(), Timestamp(1_798_070_399_999));
    assert_eq!(expiration.date(), day("2026-12-23"));
}

#[test]
fn one_month_from_today_stays_inside_the_month_it_reaches() {
    check_default("2026-01-31", utc("2026-01-31", 12, 0), "2026-02-28");
    check_default("2028-01-31", utc("2028-01-31", 12, 0), "2028-02-29");
    check_default("2026-03-31", utc("2026-03-31", 12, 0), "2026-04-30");
    check_default("2026-12-15", utc("2026-12-15", 12, 0), "2027-01-15");
}

#[test]
fn the_persons_own_date_may_differ_from_the_date_in_utc() {
    // Kiritimati is 14 hours ahead, so its date is tomorrow's; in Honolulu it is still yesterday.
    check_default("2026-11-24", utc("2026-11-23", 11, 0), "2026-12-24");
    check_default("2026-11-22", utc("2026-11-23", 5, 0), "2026-12-22");
}

#[test]
fn a_default_from_a_wrong_calendar_is_held_within_the_range() {
    let now = utc("2026-11-23", 12, 0);
    check_default("2020-01-01", now, "2026-11-24");
    check_default("2040-01-01", now, "2027-11-22");
}

#[test]
fn presets_count_from_the_persons_own_date() {
    let now = utc("2026-11-23", 12, 0);
    let dates = Lifetime::ALL.map(|lifetime| format_date(lifetime.date(day("2026-11-23"), now)));
    assert_eq!(dates, ["2026-11-30", "2026-12-23", "2027-02-21", "2027-11-22"]);
}

#[test]
fn a_refused_date_comes_with_the_range() {
    let now = utc("2026-11-23", 12, 0);
    let (earliest, latest) = range(now);
    let early = ExpirationProblem::TooEarly { earliest, latest };
    let late = ExpirationProblem::TooLate { earliest, latest };
    assert_eq!(Expiration::on(day("2026-11-23"), now), Err(early));
    assert_eq!(Expiration::on(day("2027-11-23"), now), Err(late));
}

#[test]
fn what_is_not_a_date_is_not_guessed_at() {
    let now = utc("2026-11-23", 12, 0);
    assert_eq!(Expiration::parse(" \u{a0}", now), Err(ExpirationProblem::Missing));
    let wrong = [
        "2026-02-30",
        "2027-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026-12-00",
        "26-12-01",
        "2026/12/01",
        "01.12.2026",
        "2026-1-01",
        "+026-12-01",
        "2026-12-+1",
        "２０２６-１２-０１",
        "2026-12-01T00:00",
        "tomorrow",
        "١٢",
        "----------",
    ];
    for text in wrong {
        assert_eq!(Expiration::parse(text, now), Err(ExpirationProblem::NotADate), "{text}");
    }
}

#[test]
fn a_date_is_written_as_it_is_read() {
    for text in ["0001-01-01", "1970-01-01", "2026-11-23", "2028-02-29", "9999-12-31"] {
        assert_eq!(format_date(day(text)), text);
    }
}

#[test]
fn a_broken_clock_breaks_nothing() {
    for now in [i64::MIN, -1, 0, i64::MAX] {
        let (earliest, latest) = range(Timestamp(now));
        assert!(earliest < latest);
        assert!(utc_date(Timestamp(now)) < latest);
        default_date(day("2026-11-23"), Timestamp(now));
    }
}

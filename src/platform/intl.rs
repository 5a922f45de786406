//! Plurals, lists, numbers and dates in the browser's `Intl` format. Native tests get a small English replacement.

/// The plural categories of the Unicode CLDR.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(target_arch = "wasm32"), expect(dead_code, reason = "English has two of them"))]
pub enum Plural {
    /// As in Arabic for 0.
    Zero,
    /// As in English for 1.
    One,
    /// As in Arabic for 2.
    Two,
    /// As in Polish for 2 to 4.
    Few,
    /// As in Polish for 5 to 21.
    Many,
    /// Every other number.
    Other,
}

#[cfg(target_arch = "wasm32")]
pub use browser::{date, instant, is_utc, list, number, plural, utc_time};
#[cfg(not(target_arch = "wasm32"))]
pub use stand_in::{date, instant, is_utc, list, number, plural, utc_time};

#[cfg(target_arch = "wasm32")]
mod browser {
    use chrono::{Datelike, NaiveDate};
    use js_sys::{
        Array, Date,
        Intl::{ListFormat, PluralRules},
        JsString, Number, Object, Reflect,
    };
    use key_wizard_core::timestamp::Timestamp;
    use wasm_bindgen::JsValue;

    use super::Plural;
    use crate::platform::embedder;

    /// The plural category of a count in a language.
    pub fn plural(language: &str, count: u64) -> Plural {
        let rules = PluralRules::new(&locales(language), &Object::new());
        match String::from(rules.select(count as f64)).as_str() {
            "zero" => Plural::Zero,
            "one" => Plural::One,
            "two" => Plural::Two,
            "few" => Plural::Few,
            "many" => Plural::Many,
            _ => Plural::Other,
        }
    }

    /// A list in a language: `a, b, and c`.
    pub fn list(language: &str, entries: &[String]) -> String {
        let entries: Array = entries.iter().map(|entry| JsValue::from_str(entry)).collect();
        ListFormat::new(&locales(language), &Object::new()).format(&entries).into()
    }

    /// A number in the format of a language: `10,000`.
    pub fn number(language: &str, number: i64) -> String {
        Number::from(number as f64).to_locale_string(language).into()
    }

    /// A date in the format of the reader's language: `December 23, 2026`.
    pub fn date(date: NaiveDate) -> String {
        let local = Date::new_with_year_month_day(date.year() as u32, date.month0() as i32, date.day() as i32);
        local.to_locale_date_string(&locale(), &options(&[("dateStyle", "long")])).into()
    }

    /// An instant in the reader's own time zone: `Dec 24, 2026, 12:59 AM`.
    pub fn instant(at: Timestamp) -> String {
        date_of(at).to_locale_string(&locale(), &options(&[("dateStyle", "medium"), ("timeStyle", "short")])).into()
    }

    /// An instant in UTC: `2026-12-23 23:59 UTC`.
    fn utc_instant(at: Timestamp) -> String {
        // `2026-12-23T23:59:59.999Z`, for every instant that can occur here.
        let iso: String = date_of(at).to_iso_string().into();
        let (date, time) = iso.split_once('T').unwrap_or((&iso, ""));
        [date, " ", time.get(..5).unwrap_or(time), " UTC"].concat()
    }

    /// The time of an instant in UTC: `23:59`.
    pub fn utc_time(at: Timestamp) -> String {
        utc_instant(at).split(' ').nth(1).unwrap_or_default().to_owned()
    }

    /// Whether the reader's clock shows UTC at this instant.
    pub fn is_utc(at: Timestamp) -> bool {
        date_of(at).get_timezone_offset() == 0.0
    }

    fn date_of(at: Timestamp) -> Date {
        Date::new(&JsValue::from_f64(at.0 as f64))
    }

    fn locales(language: &str) -> Array {
        Array::of1(&JsString::from(language))
    }

    fn locale() -> String {
        embedder::get("locale").unwrap_or_default()
    }

    fn options(pairs: &[(&str, &str)]) -> JsValue {
        let object = Object::new();
        for (name, value) in pairs {
            Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value))
                .expect("a plain object takes any property");
        }
        object.into()
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod stand_in {
    use chrono::NaiveDate;
    use key_wizard_core::{
        credential::expiration::{format_date, utc_date},
        timestamp::Timestamp,
    };

    use super::Plural;

    /// The plural category of a count in English.
    pub fn plural(_language: &str, count: u64) -> Plural {
        if count == 1 { Plural::One } else { Plural::Other }
    }

    /// A list in English: `a, b, and c`.
    pub fn list(_language: &str, entries: &[String]) -> String {
        match entries {
            [first, second] => format!("{first} and {second}"),
            [rest @ .., last] if !rest.is_empty() => format!("{}, and {last}", rest.join(", ")),
            few => few.concat(),
        }
    }

    /// A number in English: `10,000`.
    pub fn number(_language: &str, number: i64) -> String {
        let digits = number.unsigned_abs().to_string();
        let groups: Vec<&str> =
            digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
        [if number < 0 { "-" } else { "" }, &groups.join(",")].concat()
    }

    /// A date in ISO 8601 format.
    pub fn date(date: NaiveDate) -> String {
        format_date(date)
    }

    /// An instant in UTC, since tests have no time zone.
    pub fn instant(at: Timestamp) -> String {
        utc_instant(at)
    }

    /// The time of an instant in UTC: `23:59`.
    pub fn utc_time(at: Timestamp) -> String {
        utc_instant(at).split(' ').nth(1).unwrap_or_default().to_owned()
    }

    /// Tests have no time zone.
    pub fn is_utc(_at: Timestamp) -> bool {
        true
    }

    /// An instant in UTC: `2026-12-23 23:59 UTC`.
    fn utc_instant(at: Timestamp) -> String {
        let minutes = at.0.div_euclid(60_000).rem_euclid(24 * 60);
        format!("{} {:02}:{:02} UTC", format_date(utc_date(at)), minutes / 60, minutes % 60)
    }
}

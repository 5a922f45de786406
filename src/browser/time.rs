//! The clock, the local calendar and waiting.

use chrono::{Datelike, NaiveDate};
use js_sys::{Date, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::{host::host, window};
use crate::timestamp::Timestamp;

/// Now, by the browser's clock.
pub fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// Today's date where the person is.
pub fn today() -> NaiveDate {
    let date = Date::new_0();
    NaiveDate::from_ymd_opt(date.get_full_year() as i32, date.get_month() + 1, date.get_date())
        .expect("the browser's clock gives a date of the calendar")
}

/// A date in words of the person's language, such as `23 December 2026`.
pub fn date_in_words(date: NaiveDate) -> String {
    let local = Date::new_with_year_month_day(date.year() as u32, date.month0() as i32, date.day() as i32);
    local.to_locale_date_string(&host().locale(), &options(&[("dateStyle", "long")])).into()
}

/// An instant in the person's own time zone, such as `24 Dec 2026, 00:59`.
pub fn local_instant(at: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    date.to_locale_string(&host().locale(), &options(&[("dateStyle", "medium"), ("timeStyle", "short")])).into()
}

/// An instant in UTC, such as `2026-12-23 23:59 UTC`.
pub fn utc_instant(at: Timestamp) -> String {
    // `2026-12-23T23:59:59.999Z`, for every instant that the calendar here can make.
    let iso: String = Date::new(&JsValue::from_f64(at.0 as f64)).to_iso_string().into();
    let (date, time) = iso.split_once('T').unwrap_or((&iso, ""));
    format!("{date} {} UTC", time.get(..5).unwrap_or(time))
}

/// Waits. The promise resolves in the browser's own time; a hidden tab may take longer.
pub async fn wait(milliseconds: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds as i32)
            .expect("a window has timers");
    });
    // A timer's promise is never rejected.
    let _ = JsFuture::from(promise).await;
}

fn options(pairs: &[(&str, &str)]) -> JsValue {
    let object = js_sys::Object::new();
    for (name, value) in pairs {
        js_sys::Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value))
            .expect("a plain object takes any property");
    }
    object.into()
}

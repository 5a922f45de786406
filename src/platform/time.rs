//! The clock, today's date and timers.

use std::cell::Cell;

use chrono::NaiveDate;
use js_sys::{Date, Promise};
use key_wizard_core::timestamp::Timestamp;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

use super::window;

thread_local! {
    /// The true time minus the browser's clock, in milliseconds.
    static CLOCK_OFFSET: Cell<i64> = const { Cell::new(0) };
}

/// Sets how far the browser's clock is behind the true time, in milliseconds.
pub fn set_offset(milliseconds: i64) {
    CLOCK_OFFSET.set(milliseconds);
}

/// The current time, corrected by the known offset of the browser's clock.
pub fn now() -> Timestamp {
    Timestamp(by_the_browser().0 + CLOCK_OFFSET.get())
}

/// The current time by the browser's clock, uncorrected.
pub fn by_the_browser() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// Parses a `Date` header.
pub fn parse(header: &str) -> Option<Timestamp> {
    let milliseconds = Date::parse(header);
    milliseconds.is_finite().then_some(Timestamp(milliseconds as i64))
}

/// Today's date in the person's time zone.
pub fn today() -> NaiveDate {
    let date = Date::new(&JsValue::from_f64(now().0 as f64));
    NaiveDate::from_ymd_opt(date.get_full_year() as i32, date.get_month() + 1, date.get_date())
        .expect("the browser's clock gives a date of the calendar")
}

/// Calls back after a second.
pub fn after_a_second(run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(run);
    window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), 1000)
        .expect("a window has timers");
}

/// Waits. In a hidden tab it may take longer.
pub async fn wait(milliseconds: u32) {
    let promise = Promise::new(&mut |resolve, _| {
        window()
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds as i32)
            .expect("a window has timers");
    });
    // A timer's promise is never rejected.
    let _ = JsFuture::from(promise).await;
}

/// Lets the browser handle input and draw a frame. A timer would add its minimum delay of 4 ms to each pause.
pub async fn yield_to_browser() {
    let channel = MessageChannel::new().expect("a window has channels");
    let promise = Promise::new(&mut |resolve, _| {
        channel.port1().set_onmessage(Some(&resolve));
        channel.port2().post_message(&JsValue::NULL).expect("null can be sent");
    });
    // It is never rejected.
    let _ = JsFuture::from(promise).await;
    // Open ports are kept for the life of the page.
    channel.port1().close();
}

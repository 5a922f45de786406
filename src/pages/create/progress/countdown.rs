//! The seconds until a call is retried.

use leptos::prelude::*;

use crate::{
    i18n::{Message, text},
    platform::time,
    ui::dom::{El, el},
};

/// The time left. Only visual: a screen reader announces it once.
pub fn countdown(ms: u32) -> El {
    let left = RwSignal::new(ms.div_ceil(1000));
    tick(left);
    el("p").class("hint").attr("aria-hidden", "true").text(move || text(Message::Countdown(left.get())))
}

/// Counts down once a second, until zero or until it is removed.
fn tick(left: RwSignal<u32>) {
    time::after_a_second(move || {
        let now = left.try_update(|left| {
            *left = left.saturating_sub(1);
            *left
        });
        if now.is_some_and(|left| left > 0) {
            tick(left);
        }
    });
}

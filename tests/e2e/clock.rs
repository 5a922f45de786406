//! Controls the timers of a page: a test fires them or speeds them up, so that no test waits for a timer or races one.

use crate::page::Page;

/// Timers of two seconds or more that the page sets from now on fire after a fifteenth of their time.
pub const QUICK_TIMERS: &str = "void (() => { const later = setTimeout; \
    globalThis.setTimeout = (run, ms, ...rest) => later(run, ms >= 2000 ? ms / 15 : ms, ...rest) })()";

/// Holds every timer of half a second or more that the page sets from now on.
pub async fn stop_timers(page: &Page) {
    let stop = "void (() => { const real = window.setTimeout, held = []; let now = 0; \
        window.setTimeout = (run, ms = 0, ...rest) => \
        ms < 500 ? real.call(window, run, ms, ...rest) : (held.push({ at: now + ms, run: () => run(...rest) }), 0); \
        window.akwPass = ms => { now += ms; \
        for (let due; (due = held.findIndex(timer => timer.at <= now)) >= 0;) held.splice(due, 1)[0].run() }; \
        window.akwStart = () => { window.setTimeout = real; akwPass(Infinity) } })()";
    page.js(stop).await;
}

/// Advances the held timers by this time.
pub async fn pass(page: &Page, ms: u32) {
    page.js(&format!("akwPass({ms})")).await;
}

/// Runs timers normally again, and fires the held ones at once.
pub async fn start_timers(page: &Page) {
    page.js("akwStart()").await;
}

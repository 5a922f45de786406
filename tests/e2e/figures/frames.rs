//! Whether frames are dropped while a megabyte of code is parsed and the user types.

use serde_json::json;

use super::{PACES, numbers, quantile};
use crate::journey;
use crate::journey::Wish;
use crate::page::Page;
use crate::pages::PrivilegesStep;
use crate::world::World;

/// The code to parse: programs that need something, repeated.
const PROGRAMS: &str = include_str!("../../../crates/core/src/credential/code/corpus.txt");

/// Records the time between frames for the life of the page, and when the results are listed.
const WATCH: &str = r#"(() => { let last; globalThis.akwFrames = [];
  const frame = now => {
    if (last) akwFrames.push(now - last);
    last = now;
    globalThis.akwRead ??= document.querySelector('[aria-label="Found in your code"]') && now;
    requestAnimationFrame(frame) };
  requestAnimationFrame(frame) })()"#;

/// A longer interval means a dropped frame at 60 frames a second; in milliseconds.
const DROPPED_MS: f64 = 25.0;

/// Prints the table.
pub async fn print() {
    println!("\nA megabyte of code: milliseconds between frames (median / 95th of a hundred / worst), frames left out");
    for pace in &PACES[..2] {
        let world = World::signed_in("jane").await;
        let page = world.page();
        journey::credentials(page, &Wish::small()).await;
        PrivilegesStep(page).wait().await;
        page.button("Paste code").click().await;
        page.textbox("Your code").wait().await;
        page.textbox("Start from a tutorial or task").click().await;
        let text = json!(PROGRAMS.repeat(1_000_000 / PROGRAMS.len()));
        page.js(&format!("(() => {{ globalThis.akwText = {text} }})()")).await;
        page.js(WATCH).await;
        pace.set(page).await;
        line(page, "typing, nothing to read", pace.name, page.keys("zzzz zzzz zzzz zzzz")).await;
        let typing = async {
            page.js(PASTE).await;
            while page.js("!globalThis.akwRead").await.as_bool() == Some(true) {
                page.keys("z").await;
            }
        };
        line(page, "pasted, typing until it is read", pace.name, typing).await;
        let read = page.js("akwRead - akwPasted").await.as_f64().unwrap_or_default();
        println!("{:<33} {:<20} {read:>5.0} until it is read", "", pace.name);
        line(page, "typing once it is read", pace.name, page.keys("zzzz zzzz zzzz zzzz")).await;
        world.end().await;
    }
}

/// Pastes the text into the field.
const PASTE: &str = "(() => { const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', akwText);
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  globalThis.akwPasted = performance.now();
  document.querySelector('#your-code').dispatchEvent(paste) })()";

async fn line(page: &Page, what: &str, pace: &str, act: impl Future<Output = ()>) {
    page.forget_accessibility().await;
    page.next_frame().await;
    page.js("akwFrames.length = 0").await;
    act.await;
    let mut gaps = numbers(&page.js("akwFrames").await);
    let left_out = |gap: &f64| (gap / (1000.0 / 60.0)).round() - 1.0;
    let dropped: f64 = gaps.iter().filter(|gap| **gap > DROPPED_MS).map(left_out).fold(0.0, |sum, count| sum + count);
    let [middle, most, worst] = [0.5, 0.95, 1.0].map(|share| quantile(&mut gaps, share));
    println!("{what:<33} {pace:<20} {middle:>5.0} {most:>5.0} {worst:>5.0} {dropped:>4} of {}", gaps.len());
}

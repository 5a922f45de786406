//! How long a key press takes to show, in the two places with long lists, and in a field without a list.

use practice_portal::Portal;
use serde_json::json;

use super::{PACES, numbers, quantile};
use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{CredentialsStep, ItemAccessStep, PrivilegesStep};
use crate::world::World;

/// Records for each input event the time until the frame with its effect is painted, and the time until the browser
/// is idle again.
const WATCH: &str = r#"(() => {
  globalThis.akwTimes = [];
  addEventListener('keydown', event => {
    const began = event.timeStamp;
    requestAnimationFrame(() => { const channel = new MessageChannel();
      channel.port1.onmessage = () => akwTimes.push(performance.now() - began);
      channel.port2.postMessage(0) });
  }, true);
})()"#;

/// Prints the table.
pub async fn print() {
    println!("\nKeystroke to paint, milliseconds (median / 95th of a hundred / worst)");
    for pace in &PACES[..2] {
        let world = World::prepared(three_hundred_privileges).await;
        world.sign_in("max").await;
        let page = world.page();
        CredentialsStep(page).wait().await;
        page.js(WATCH).await;
        pace.set(page).await;
        page.textbox(CredentialsStep::REFERRERS).click().await;
        line("no list", pace.name, &mut typed(page).await);
        CredentialsStep(page).next().await;
        PrivilegesStep(page).wait().await;
        page.textbox("Search privileges").click().await;
        line("300 privileges", pace.name, &mut typed(page).await);
        journey::privileges(page, &Wish::small()).await;
        ItemAccessStep(page).browse().await.it().checkbox("*").first().wait().await;
        page.dialog("Browse items").textbox("Search items").click().await;
        line("10,000 items", pace.name, &mut typed(page).await);
        world.end().await;
    }
}

/// More than any account has; the additional ones are in no catalog.
fn three_hundred_privileges(portal: &mut Portal) {
    let max = portal.user_mut("max").expect("the demo has max");
    let more = max.privileges.len()..300;
    max.privileges.extend(more.map(|number| format!("premium:user:practice{number}")));
}

fn line(place: &str, pace: &str, times: &mut [f64]) {
    let [middle, most, worst] = [0.5, 0.95, 1.0].map(|share| quantile(times, share));
    println!("{place:<20} {pace:<20} {middle:>5.0} {most:>5.0} {worst:>5.0}  ({} keys)", times.len());
}

/// Types and deletes a word repeatedly; returns the time of each key.
async fn typed(page: &Page) -> Vec<f64> {
    page.forget_accessibility().await;
    page.js("akwTimes.length = 0").await;
    for word in ["geocod", "map", "premium", "layer 12"] {
        for letter in word.chars() {
            key(page, &letter.to_string(), &letter.to_string()).await;
        }
        for _ in word.chars() {
            key(page, "Backspace", "").await;
        }
    }
    numbers(&page.js("akwTimes").await)
}

/// One key, and a few frames after it, so that keys do not queue.
async fn key(page: &Page, name: &str, text: &str) {
    let code = if name == "Backspace" { 8 } else { 0 };
    let before = page.js("akwTimes.length").await;
    let down = json!({ "type": "keyDown", "key": name, "text": text, "windowsVirtualKeyCode": code });
    page.cdp("Input.dispatchKeyEvent", down).await;
    page.cdp("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": name })).await;
    page.until("the key was painted", async || page.js("akwTimes.length").await != before).await;
    for _ in 0..4 {
        page.js("new Promise(requestAnimationFrame)").await;
    }
}

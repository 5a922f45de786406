//! Cold loads: a new browser with an empty profile each time, to the first paint and to a button one can press.

use serde_json::{Value, json};

use super::{PACES, Pace, quantile};
use crate::page::Page;
use crate::pages::{CredentialsStep, PortalPage, SignInPage};
use crate::world::{Setup, World};

/// Marks the moment at which a heading's page can be used: the button that goes on is there.
const MARK: &str = r#"(() => {
  const look = () => {
    const found = [...document.querySelectorAll('button')].find(it => ['Sign in', 'Next'].includes(it.textContent.trim()));
    if (!found || found.disabled) return;
    observer.disconnect();
    performance.mark('akw-ready');
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
})()"#;

/// Since the navigation began, in milliseconds: first paint, and the mark.
const READ: &str = "(() => { const at = (entries) => entries[0] ? entries[0].startTime : null; return [
  at(performance.getEntriesByName('first-paint')), at(performance.getEntriesByName('akw-ready'))] })()";

/// Prints a table: the median of so many runs at each pace.
pub async fn print(runs: usize) {
    println!(
        "\nCold load, milliseconds, median of {runs} (first paint / sign-in page ready / after sign-in: step 1 ready)"
    );
    for pace in PACES {
        let mut columns = [const { Vec::new() }; 3];
        for _ in 0..runs {
            for (column, value) in columns.iter_mut().zip(load(pace).await) {
                column.push(value);
            }
        }
        let [paint, ready, step] = columns.each_mut().map(|it| quantile(it, 0.5));
        println!("{:<20} {paint:>7.0} {ready:>7.0} {step:>7.0}", pace.name);
    }
}

async fn load(pace: Pace) -> [f64; 3] {
    let world = World::unopened(Setup::default()).await;
    let page = world.page();
    page.before_each_document(MARK).await;
    pace.set(page).await;
    page.goto(world.site_url()).await;
    SignInPage(page).wait().await;
    let [paint, ready] = read(page).await;
    SignInPage(page).sign_in().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    let [_, step] = read(page).await;
    world.end().await;
    [paint, ready, step]
}

async fn read(page: &Page) -> [f64; 2] {
    page.until("the moments are measured", async || {
        page.js(READ).await.as_array().is_some_and(|it| it.iter().all(Value::is_number))
    })
    .await;
    let moments = page.js(READ).await;
    [0, 1].map(|at| moments[at].as_f64().unwrap_or(f64::NAN))
}

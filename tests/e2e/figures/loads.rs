//! Cold loads with an immediate press: a new browser with an empty profile each time. Also measures the two pages of
//! `tests/peers`, which have only a sign-in.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use xtask::site;

use super::{PACES, Pace, quantile};
use crate::browser::port;
use crate::pages::{CredentialsStep, PortalPage, SignInPage};
use crate::world::{CLIENT, Setup, World};

/// Records the time of first paint, in milliseconds since the navigation began.
const PAINT: &str = r#"new PerformanceObserver((list) => window.painted ??= list.getEntries()[0].startTime)
  .observe({ type: 'paint', buffered: true })"#;

/// Records the time of the request for the portal's sign-in page, in milliseconds since the navigation began; and,
/// after the return, the time until step 1 is shown.
const NOTE: &str = r#"(() => {
  if (!location.href.startsWith('SITE')) return;
  const note = (name) => sessionStorage[`bench.${name}`] ??= performance.now();
  const isReady = () => [...document.querySelectorAll('button')].some((button) => button.textContent.trim() === 'Next');
  const look = () => isReady() ? note('step') : requestAnimationFrame(look);
  if (sessionStorage['bench.left']) look();
  else navigation.addEventListener('navigate', ({ destination }) => destination.url.startsWith('SITE') || note('left'));
})()"#;

/// Presses `Sign in` in every frame until the page handles it, and records when.
const PRESS: &str = r#"(() => {
  if (!location.href.startsWith('SITE') || sessionStorage['bench.left']) return;
  let pressed;
  const press = () => {
    const signIn = [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Sign in');
    if (signIn?.getAttribute('aria-disabled') === 'true') return sessionStorage['bench.taken'] ??= pressed;
    pressed = performance.now();
    signIn?.click();
    requestAnimationFrame(press);
  };
  requestAnimationFrame(press);
})()"#;

/// The recorded times, in the order of the table.
const READ: &str = "['taken', 'left', 'step'].map(name => Number(sessionStorage[`bench.${name}`] ?? NaN))";

/// The minimum time that a user spends on the portal's sign-in page.
const SIGNING_IN: Duration = Duration::from_secs(10);

/// Prints two tables: the median of this many runs of each page at each pace.
pub async fn print(runs: usize) {
    println!("\nCold load with a press at once, milliseconds, median of {runs}");
    println!("{:<32} first paint  press taken  portal asked  step 1 after the return", "");
    for pace in PACES {
        for peer in [None, Some("preact"), Some("react")] {
            let mut columns = [const { Vec::new() }; 4];
            for _ in 0..runs {
                let [taken, left, step] = press_at_once(pace, peer).await;
                for (column, value) in columns.iter_mut().zip([first_paint(pace, peer).await, taken, left, step]) {
                    column.push(value);
                }
            }
            let [paint, taken, left, step] = columns.each_mut().map(|column| quantile(column, 0.5));
            let name = format!("{}, {}", pace.name, peer.unwrap_or("this page"));
            println!("{name:<32} {paint:>11.0} {taken:>12.0} {left:>13.0} {step:>24.0}");
        }
    }
    println!(
        "\nStep 1 after the return of somebody who pressed when the wizard was there, milliseconds, median of {runs}"
    );
    for pace in PACES {
        let mut steps = Vec::new();
        for _ in 0..runs {
            steps.push(press_later(pace).await);
        }
        println!("{:<32} {:>11.0}", pace.name, quantile(&mut steps, 0.5));
    }
}

/// A page that leaves at once is never painted, so this one is not pressed.
async fn first_paint(pace: Pace, peer: Option<&str>) -> f64 {
    let world = opened(pace, peer, PAINT).await;
    let page = world.page();
    page.until("the page is painted", async || page.js("window.painted !== undefined").await == true).await;
    let painted = page.js("window.painted").await;
    world.end().await;
    painted.as_f64().unwrap_or(f64::NAN)
}

async fn press_at_once(pace: Pace, peer: Option<&str>) -> [f64; 3] {
    let world = opened(pace, peer, &[NOTE, PRESS].join(";\n")).await;
    let page = world.page();
    PortalPage(page).wait().await;
    match peer {
        Some(_) => page.goto(world.site_url()).await,
        None => {
            let asked = Instant::now();
            page.until("the person has signed in", async || asked.elapsed() > SIGNING_IN).await;
            PortalPage(page).allow("jane").await;
            CredentialsStep(page).wait().await;
            page.next_frame().await;
        }
    }
    let noted = page.js(READ).await;
    world.end().await;
    [0, 1, 2].map(|at| noted[at].as_f64().unwrap_or(f64::NAN))
}

async fn press_later(pace: Pace) -> f64 {
    let world = opened(pace, None, NOTE).await;
    world.is_taken_over().await;
    let page = world.page();
    SignInPage(page).sign_in().await;
    PortalPage(page).wait().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    page.next_frame().await;
    let noted = page.js(READ).await;
    world.end().await;
    noted[2].as_f64().unwrap_or(f64::NAN)
}

/// A page opened at this pace in a new browser, with a script that runs before its own.
async fn opened(pace: Pace, peer: Option<&str>, script: &str) -> World {
    let mut world = World::unopened(Setup::default()).await;
    if let Some(peer) = peer {
        world.serve_peer(peer);
    }
    let page = world.page();
    page.before_each_document(&script.replace("SITE", world.site_url())).await;
    pace.set(page).await;
    page.goto(world.site_url()).await;
    world
}

impl World {
    /// Serves a page of `tests/peers` instead of this one.
    fn serve_peer(&mut self, name: &str) {
        let folder = std::env::var("AKW_PEERS").expect("cargo xtask bench says where they are");
        let folder = Path::new(&folder).join(name);
        let site = site::start_other(&[("", &folder)], Vec::new(), port()).expect("the page is there");
        let html = String::from_utf8(site.bytes("index.html").expect("it has one")).expect("it is text");
        let html = html.replace("PORTAL", &self.portal_url()).replace("CLIENT", CLIENT);
        site.replace("index.html", html.into_bytes());
        let uri = site.url.clone();
        self.portal(|portal| portal.register_client(CLIENT, "ArcGIS Key Wizard", &[&uri]));
        self.site = site;
    }
}

//! The measuring program of `cargo xtask bench`: prints figures and never fails because of one.
//!
//! It drives the same page with the same helpers as the browser tests.
#![allow(dead_code, unused_imports, reason = "a measurement uses a part of the hands and eyes the tests need")]

mod axe;
mod bidi;
mod browser;
mod cdp;
mod chromium;
mod complaints;
mod engine;
mod figures;
mod firefox;
mod hands;
mod journey;
mod leaks;
mod page;
mod pages;
mod practice;
mod suite;
mod target;
mod watch;
mod world;

#[tokio::main]
async fn main() {
    let runs = std::env::var("AKW_RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(9);
    let all = async {
        figures::loads::print(runs).await;
        figures::requests::print().await;
        figures::keystrokes::print().await;
        figures::frames::print().await;
    };
    suite::in_engine(engine::Kind::Chromium, all).await;
}

//! How many requests run between `Create` and the key, and how long they take on loopback.

use std::time::Instant;

use crate::journey::{self, Wish};
use crate::pages::{KeyStep, SummaryStep};
use crate::world::World;

/// Prints the figures with and without a new folder.
pub async fn print() {
    println!("\nFrom Create to the key, loopback");
    let world = World::signed_in("jane").await;
    let page = world.page();
    for folder in ["with a new folder", "without"] {
        journey::to_summary(page, &Wish::small()).await;
        let before = world.portal_calls().await.len();
        let pressed = Instant::now();
        SummaryStep(page).create().await;
        KeyStep(page).key().await;
        let took = pressed.elapsed().as_millis();
        let calls = world.portal_calls().await.len() - before;
        println!("{folder:<20} {calls} requests, {took} ms");
        KeyStep(page).saved().await;
        world.start_over().await;
    }
    world.end().await;
}

//! For those who cannot use this page: the portal's own dialog value by value, the requests of `Create`, and scripts.

use crate::journey::Wish;
use crate::pages::{OpenTask, SummaryStep};
use crate::world::World;

async fn the_summary_shows_the_way_by_hand_the_requests_and_a_script() {
    let world = World::at_summary(&Wish { folder: Some("Keys of ours"), ..Wish::whole() }).await;
    let page = world.page();
    page.allow_clipboard(true).await;
    page.listen_to_clipboard().await;
    page.button("In the portal's own pages").click().await;
    page.shows("Where it is used: choose Public application.").await;
    page.button("Copy http://localhost:5173").click().await;
    page.announces("Copied").await;
    assert_eq!(page.clipboard().await, "http://localhost:5173");
    let address = page.link("Open your content in the portal").js("function () { return this.href }").await;
    assert_eq!(address, format!("{}/home/content.html", world.portal_url()));
    page.button("What Create will send").click().await;
    page.shows("/content/users/jane/<folder id>/addItem").await;
    page.shows("client_secret = <client secret>").await;
    page.button("As a script").click().await;
    page.shows("await request(").await;
    page.button("curl").click().await;
    page.shows("--data-urlencode title='My API key credential'").await;
    page.button("Copy script").click().await;
    page.until("the script is copied", async || page.clipboard().await.starts_with("#!/usr/bin/env bash")).await;
    page.is_accessible("the Summary with all its folds open").await;
    page.photograph_all("5-summary-by-hand").await;
    world.end().await;
}

async fn a_portal_that_registers_nothing_for_apps_leads_to_its_own_dialog_and_nothing_is_lost() {
    let world = World::prepared(|portal| portal.switches.oauth_tokens_manage_keys = false).await;
    world.sign_in("jane").await;
    world.to_summary(&Wish::whole()).await;
    let page = world.page();
    SummaryStep(page).create().await;
    page.shows("This portal does not let this app register credentials").await;
    page.shows("Item access: choose these items.").await;
    page.button("Copy My API key credential").wait().await;
    assert!(world.credentials_of("jane").is_empty(), "what was made is taken back");
    page.is_accessible("the page of a portal that registers nothing").await;
    page.photograph_all("6-registration-closed").await;
    page.button(OpenTask::TO_SUMMARY).click().await;
    SummaryStep(page).wait().await;
    page.shows("https://app.example.com").await;
    world.end().await;
}

crate::suite::tests! {
    one: [
        the_summary_shows_the_way_by_hand_the_requests_and_a_script,
        a_portal_that_registers_nothing_for_apps_leads_to_its_own_dialog_and_nothing_is_lost,
    ]
}

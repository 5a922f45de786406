//! Alternatives for users who cannot use this page: the values for the portal's own dialog, the requests of `Create`,
//! and scripts.

use crate::journey::{self, Wish};
use crate::pages::{ItemAccessStep, OpenTask, Prefilled, PrivilegesStep, SignInPage, SummaryStep};
use crate::world::{Setup, World};

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
    page.heading("This portal does not let this app register credentials").wait().await;
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

async fn who_cannot_sign_in_is_led_to_the_guide_and_an_account_that_comes_later_is_compared() {
    let world = World::start().await;
    let page = world.page();
    let items = world.portal(|portal| portal.items_of("jane"));
    let item = items.into_iter().find(|item| item.title.ends_with("0002")).expect("the demo has it");
    let id = &item.id;
    page.button(SignInPage::USE_WITHOUT_SIGNING_IN).click().await;
    page.shows("Not signed in").await;
    page.is_accessible("the first step without a sign-in").await;
    page.photograph_all("1-by-hand").await;
    journey::credentials(page, &Wish { referrers: vec!["https://app.example.com"], ..Wish::small() }).await;
    let privileges = PrivilegesStep(page);
    privileges.wait().await;
    page.shows("cannot tell what your account can grant").await;
    page.shows("A web map or an app cannot be read without a sign-in.").await;
    for label in ["Basemap styles service", "Geocode (stored)"] {
        privileges.choose(label).await;
    }
    privileges.search("elevation").await;
    privileges.choose("Elevation service").await;
    privileges.counts(3).await;
    page.photograph_all("2-privileges-by-hand").await;
    journey::next(page).await;
    let items = ItemAccessStep(page);
    items.wait().await;
    page.textbox(ItemAccessStep::BY_ADDRESS).fill("Parks").await;
    page.announces("No item id was found").await;
    journey::next(page).await;
    page.shows("“Parks” is not an item id.").await;
    page.photograph_all("3-items-unfinished").await;
    page.textbox(ItemAccessStep::BY_ADDRESS).fill(&format!("{}/home/item.html?id={id}", world.portal_url())).await;
    items.remove(id).wait().await;
    assert_eq!(page.textbox(ItemAccessStep::BY_ADDRESS).value().await, "");
    page.is_accessible("items without a sign-in").await;
    page.photograph_all("3-items-by-hand").await;

    page.reload().await;
    items.wait().await;
    items.remove(id).wait().await;
    page.back().await;
    privileges.wait().await;
    page.forward().await;
    items.wait().await;
    journey::next(page).await;
    journey::details(page, &Wish::small()).await;
    let summary = SummaryStep(page);
    page.heading(SummaryStep::HEADING).wait().await;
    page.shows("Privileges: choose these and no others.").await;
    assert!(!page.button(SummaryStep::CREATE).exists().await, "nothing can be created");
    page.button("What Create will send").click().await;
    page.shows("/content/users/<username>/createFolder").await;
    page.button("As a script").click().await;
    page.shows("authentication.getUsername()").await;
    page.is_accessible("the Summary without a sign-in").await;
    page.photograph_all("5-summary-without-sign-in").await;
    assert_eq!(world.live_sessions(), 0);

    page.button(SignInPage::SIGN_IN).click().await;
    SignInPage(page).wait().await;
    page.back().await;
    page.shows("Privileges: choose these and no others.").await;
    page.forward().await;
    world.sign_in("jane").await;
    summary.wait().await;
    Prefilled(page).titled(Prefilled::BY_HAND).wait().await;
    Prefilled(page).open_left_out().await;
    page.shows("premium:user:elevation was left out: your account does not have this privilege.").await;
    page.shows("your account has premium:user:geocode instead").await;
    page.shows(id).await;
    page.shows(&item.title).await;
    world.end().await;
}

async fn the_way_without_a_sign_in_is_begun_before_the_wizard_is_there_and_keeps_a_link() {
    let world = World::unopened(Setup::default()).await;
    let page = world.page();
    world.site.hold(&world.file("key-wizard-"));
    page.goto(&format!("{}#/new?title=Linked+map", world.site_url())).await;
    page.button(SignInPage::USE_WITHOUT_SIGNING_IN).click().await;
    world.site.release(&world.file("key-wizard-"));
    Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
    page.shows("Not signed in").await;
    page.until("the address is its own", async || page.url().await.ends_with("#/by-hand/credentials")).await;
    world.end().await;
}

async fn a_typed_portal_outlasts_a_reload_without_a_sign_in() {
    let world = World::configured(|root| World::config(root).replace("Portals\":false", "Portals\":true")).await;
    let page = world.page();
    world.is_taken_over().await;
    world.choose_portal("Another portal").await;
    page.textbox("Portal address").fill("https://gis.example.com/portal").await;
    page.button(SignInPage::USE_WITHOUT_SIGNING_IN).click().await;
    page.shows("Not signed in").await;
    page.reload().await;
    page.shows("Not signed in").await;
    page.button(SignInPage::SIGN_IN).click().await;
    assert_eq!(page.textbox("Portal address").value().await, "https://gis.example.com/portal");
    world.end().await;
}

crate::suite::tests! {
    one: [
        who_cannot_sign_in_is_led_to_the_guide_and_an_account_that_comes_later_is_compared,
        the_way_without_a_sign_in_is_begun_before_the_wizard_is_there_and_keeps_a_link,
        a_typed_portal_outlasts_a_reload_without_a_sign_in,
        the_summary_shows_the_way_by_hand_the_requests_and_a_script,
        a_portal_that_registers_nothing_for_apps_leads_to_its_own_dialog_and_nothing_is_lost,
    ]
}

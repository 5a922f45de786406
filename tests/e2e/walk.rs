//! The main task, and going back and forth through its steps.

use std::collections::BTreeSet;

use practice_portal::endpoint::Endpoint;
use serde_json::json;

use crate::journey::{self, Wish};
use crate::pages::{
    CredentialsStep, DetailsStep, Header, ItemAccessStep, KeyStep, PrivilegesStep, SummaryStep, Wizard,
};
use crate::world::World;

/// The labels of fields, and those that are part of another name: users' scripts find a field by part of its label,
/// as most tools do.
const LABELS: &str = "(() => { const names = [...document.querySelectorAll('main [aria-label]')].map(element => element.ariaLabel.toLowerCase()); \
    const labels = [...document.querySelectorAll('label.field__label')].map(label => label.textContent.toLowerCase()); \
    return [labels.length, labels.filter(label => names.some(name => name.includes(label)))] })()";

/// Checks that the step shows the user and the portal; returns the window title.
async fn says_who(world: &World, heading: &str) -> String {
    let page = world.page();
    page.heading(heading).wait().await;
    let text = page.text().await;
    assert!(text.contains("jane") && text.contains(&world.portal_host()), "{heading}: {text}");
    assert!(page.button(Header::SIGN_OUT).exists().await, "{heading}");
    page.title().await
}

/// The same for the next step, whose heading must have the focus.
async fn comes_next(world: &World, heading: &str) -> String {
    let page = world.page();
    page.heading(heading).wait().await;
    page.until("the heading has the focus", async || page.focused().await.name == heading).await;
    says_who(world, heading).await
}

async fn the_whole_walk_says_where_one_is_and_gives_a_key_with_exactly_those_rights() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let wish = Wish::whole();
    let mut titles = vec![says_who(&world, CredentialsStep::HEADING).await];
    journey::credentials(page, &wish).await;
    titles.push(comes_next(&world, PrivilegesStep::HEADING).await);
    journey::privileges(page, &wish).await;
    titles.push(comes_next(&world, ItemAccessStep::HEADING).await);
    journey::items(page, &wish).await;
    titles.push(comes_next(&world, DetailsStep::HEADING).await);
    journey::details(page, &wish).await;
    titles.push(comes_next(&world, SummaryStep::HEADING).await);
    assert_eq!(titles.iter().collect::<BTreeSet<_>>().len(), 5, "each step has its own title: {titles:?}");

    for heading in [DetailsStep::HEADING, ItemAccessStep::HEADING, PrivilegesStep::HEADING, CredentialsStep::HEADING] {
        page.back().await;
        page.heading(heading).wait().await;
    }
    for heading in [PrivilegesStep::HEADING, ItemAccessStep::HEADING, DetailsStep::HEADING, SummaryStep::HEADING] {
        page.forward().await;
        page.heading(heading).wait().await;
    }
    page.shows("My API key credential").await;

    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    let answer = world.whoami(&key, Some("https://app.example.com/")).await;
    let mut granted = answer.privileges();
    granted.sort();
    let mut wanted = world.item_rights_of_newest_app("jane");
    assert_eq!(wanted.len(), 2, "two items were granted");
    wanted.extend(["premium:user:basemaps", "premium:user:geocode", "premium:user:geoenrichment"].map(str::to_owned));
    wanted.sort();
    assert_eq!(granted, wanted);
    assert!(world.whoami(&key, Some("http://localhost:5173/map")).await.is_accepted());
    assert!(!world.whoami(&key, Some("https://evil.example/")).await.is_accepted());
    assert!(!world.whoami(&key, None).await.is_accepted());
    assert_eq!(world.folders_of("jane").iter().filter(|title| *title == "Developer credentials").count(), 1);
    world.end().await;
}

async fn create_pressed_again_and_again_sends_six_requests_with_a_new_folder_and_five_without() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let expected = [
        Endpoint::CreateFolder,
        Endpoint::AddItem,
        Endpoint::RegisterApp,
        Endpoint::UpdateItem,
        Endpoint::ReadItem,
        Endpoint::Token,
    ];
    let mut keys = BTreeSet::new();
    // A folder is reused case-insensitively.
    for (folder, expected) in [("Keys of ours", &expected[..]), ("KEYS of ours", &expected[1..])] {
        world.to_summary(&Wish { folder: Some(folder), ..Wish::small() }).await;
        let asked =
            || world.portal(|portal| portal.log().iter().filter_map(|request| request.endpoint).collect::<Vec<_>>());
        let before = asked().len();
        let create = page.button(SummaryStep::CREATE);
        if keys.is_empty() {
            create.js("function () { this.click(); this.click(); this.click() }").await;
        } else {
            create.focus().await;
            page.press("Enter").await;
            page.press("Enter").await;
        }
        keys.insert(KeyStep(page).key().await);
        assert_eq!(asked().split_off(before), expected);
        KeyStep(page).saved().await;
        page.until("nothing of it is awaited", async || !page.stored().await.contains("akw.operation")).await;
        world.start_over().await;
    }
    assert_eq!((keys.len(), world.live_keys(), world.credentials_of("jane").len()), (2, 2, 2));
    let folders = world.folders_of("jane");
    assert_eq!(folders.iter().filter(|title| title.eq_ignore_ascii_case("keys of ours")).count(), 1, "{folders:?}");
    world.end().await;
}

async fn from_the_summary_back_and_change_lead_to_each_answer_and_a_key_can_be_left_for_later() {
    let referrers = vec!["https://app.example.com"];
    let world = World::at_summary(&Wish { referrers, ..Wish::small() }).await;
    let page = world.page();
    for heading in [DetailsStep::HEADING, ItemAccessStep::HEADING, PrivilegesStep::HEADING, CredentialsStep::HEADING] {
        page.button(Wizard::BACK).click().await;
        page.heading(heading).wait().await;
        if heading == DetailsStep::HEADING {
            assert_eq!(page.js(LABELS).await, json!([4, []]));
        }
    }
    CredentialsStep(page).remove("https://app.example.com").wait().await;
    assert_eq!(page.js(LABELS).await, json!([2, []]));
    page.link(SummaryStep::HEADING).click().await;
    SummaryStep(page).wait().await;

    for (what, heading) in [
        ("Expiration date", CredentialsStep::HEADING),
        ("Referrers", CredentialsStep::HEADING),
        ("Title", DetailsStep::HEADING),
        ("Privileges", PrivilegesStep::HEADING),
        ("Item access", ItemAccessStep::HEADING),
        ("Folder", DetailsStep::HEADING),
        ("Tags", DetailsStep::HEADING),
        ("Summary", DetailsStep::HEADING),
    ] {
        SummaryStep(page).change(what).await;
        page.heading(heading).wait().await;
        match what {
            "Title" => DetailsStep(page).fill(DetailsStep::TITLE, "Another title").await,
            "Privileges" => PrivilegesStep(page).choose("Geocoding").await,
            _ => {
                page.back().await;
                SummaryStep(page).wait().await;
                continue;
            }
        }
        // Returns to the Summary, not to the next step.
        journey::next(page).await;
        SummaryStep(page).wait().await;
    }
    let rows = SummaryStep(page).rows().await;
    assert_eq!(rows["Title"], "Another title");
    assert!(rows["Privileges"].contains("Geocoding"), "{rows:?}");

    page.radio(SummaryStep::LATER).click().await;
    SummaryStep(page).create().await;
    page.heading(KeyStep::FOR_LATER).wait().await;
    page.shows("Another title").await;
    page.photograph_all("8-later").await;
    assert!(!page.heading(KeyStep::HEADING).exists().await);
    assert_eq!((world.live_keys(), world.credentials_of("jane").len()), (0, 1));
    world.end().await;
}

async fn a_reload_keeps_the_step_and_what_was_typed_and_chosen_on_all_of_them() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let wish = Wish::whole();
    let step = CredentialsStep(page);
    step.add_referrer("https://app.example.com").await;
    world.reload_signed_in("jane").await;
    step.wait().await;
    step.remove("https://app.example.com").wait().await;
    step.next().await;
    PrivilegesStep(page).wait().await;
    for label in &wish.privileges {
        PrivilegesStep(page).choose(label).await;
    }
    world.reload_signed_in("jane").await;
    PrivilegesStep(page).counts(3).await;
    journey::next(page).await;
    let titles = journey::items(page, &wish).await;
    let details = DetailsStep(page);
    details.wait().await;
    details.fill(DetailsStep::TITLE, "Typed before the reload").await;
    details.fill(DetailsStep::TAGS, "maps, keys").await;
    world.reload_signed_in("jane").await;
    details.wait().await;
    assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Typed before the reload");
    assert_eq!(page.textbox(DetailsStep::TAGS).value().await, "maps, keys");
    journey::next(page).await;
    SummaryStep(page).wait().await;
    for title in &titles {
        page.shows(title.split(',').next().unwrap_or(title)).await;
    }
    let rows = SummaryStep(page).rows().await;
    assert_eq!((&*rows["Referrers"], &*rows["Title"]), ("https://app.example.com", "Typed before the reload"));
    assert_eq!(rows["Privileges"].matches("premium:").count(), 3, "{rows:?}");
    world.end().await;
}

crate::suite::tests! {
    both: [
        the_whole_walk_says_where_one_is_and_gives_a_key_with_exactly_those_rights,
    ],
    one: [
        a_reload_keeps_the_step_and_what_was_typed_and_chosen_on_all_of_them,
        create_pressed_again_and_again_sends_six_requests_with_a_new_folder_and_five_without,
        from_the_summary_back_and_change_lead_to_each_answer_and_a_key_can_be_left_for_later,
    ]
}

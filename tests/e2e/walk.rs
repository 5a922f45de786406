//! The main job and the ways back and forth through it.

use practice_portal::endpoint::Endpoint;

use crate::journey::{self, Wish};
use crate::pages::{
    CredentialsStep, DetailsStep, Header, ItemAccessStep, KeyStep, PrivilegesStep, SummaryStep, Wizard,
};
use crate::world::World;

async fn the_whole_walk_gives_a_key_with_exactly_those_rights() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let wish = Wish::whole();
    journey::to_summary(page, &wish).await;
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
    assert_eq!(world.folders_of("jane").iter().filter(|it| *it == "Developer credentials").count(), 1);
    world.end().await;
}

async fn create_sends_six_requests_with_a_new_folder_and_five_without() {
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
    for expected in [&expected[..], &expected[1..]] {
        world.to_summary(&Wish::small()).await;
        let asked = || world.portal(|portal| portal.log().iter().filter_map(|it| it.endpoint).collect::<Vec<_>>());
        let before = asked().len();
        SummaryStep(page).create().await;
        KeyStep(page).key().await;
        assert_eq!(asked().split_off(before), expected);
        KeyStep(page).saved().await;
        page.until("nothing of it is awaited", async || !page.stored().await.contains("akw.operation")).await;
        world.start_over().await;
    }
    world.end().await;
}

async fn a_key_can_be_left_for_later() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    page.radio(SummaryStep::LATER).click().await;
    SummaryStep(page).create().await;
    page.shows("My API key credential").await;
    page.heading(KeyStep::FOR_LATER).wait().await;
    page.photograph_all("8-later").await;
    assert!(!page.heading(KeyStep::HEADING).exists().await);
    assert_eq!(world.live_keys(), 0);
    assert_eq!(world.credentials_of("jane").len(), 1);
    world.end().await;
}

async fn the_browsers_back_and_forward_walk_the_steps() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    journey::to_summary(page, &Wish::small()).await;
    for heading in [DetailsStep::HEADING, ItemAccessStep::HEADING, PrivilegesStep::HEADING, CredentialsStep::HEADING] {
        page.back().await;
        page.heading(heading).wait().await;
    }
    for heading in [PrivilegesStep::HEADING, ItemAccessStep::HEADING, DetailsStep::HEADING, SummaryStep::HEADING] {
        page.forward().await;
        page.heading(heading).wait().await;
    }
    page.shows("My API key credential").await;
    world.end().await;
}

async fn the_back_button_of_each_step_goes_one_step_back() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    journey::to_summary(page, &Wish::small()).await;
    for heading in [DetailsStep::HEADING, ItemAccessStep::HEADING, PrivilegesStep::HEADING, CredentialsStep::HEADING] {
        page.button(Wizard::BACK).click().await;
        page.heading(heading).wait().await;
    }
    world.end().await;
}

async fn change_leads_to_the_answer_and_back_to_the_summary() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    SummaryStep(page).change("Title").await;
    DetailsStep(page).wait().await;
    DetailsStep(page).fill(DetailsStep::TITLE, "Another title").await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    page.shows("Another title").await;
    SummaryStep(page).change("Privileges").await;
    let privileges = PrivilegesStep(page);
    privileges.wait().await;
    privileges.choose("Geocoding").await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    page.shows("Geocoding").await;
    page.shows("Another title").await;
    world.end().await;
}

async fn every_change_button_leads_to_its_step() {
    let world = World::at_summary(&Wish::small()).await;
    let page = world.page();
    let ways = [
        ("Expiration date", CredentialsStep::HEADING),
        ("Referrers", CredentialsStep::HEADING),
        ("Privileges", PrivilegesStep::HEADING),
        ("Item access", ItemAccessStep::HEADING),
        ("Title", DetailsStep::HEADING),
        ("Folder", DetailsStep::HEADING),
        ("Tags", DetailsStep::HEADING),
        ("Summary", DetailsStep::HEADING),
    ];
    for (what, heading) in ways {
        SummaryStep(page).change(what).await;
        page.heading(heading).wait().await;
        page.back().await;
        SummaryStep(page).wait().await;
    }
    world.end().await;
}

async fn a_reload_on_any_step_keeps_the_draft() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let wish = Wish::whole();
    let step = CredentialsStep(page);
    step.wait().await;
    step.add_referrer("https://app.example.com").await;
    world.reload_signed_in("jane").await;
    step.wait().await;
    step.remove("https://app.example.com").wait().await;
    step.next().await;
    journey::privileges(page, &wish).await;
    page.back().await;
    world.reload_signed_in("jane").await;
    PrivilegesStep(page).counts(3).await;
    journey::next(page).await;
    let titles = journey::items(page, &wish).await;
    page.back().await;
    world.reload_signed_in("jane").await;
    for title in &titles {
        page.shows(title.split(',').next().unwrap_or(title)).await;
    }
    journey::next(page).await;
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
    world.reload_signed_in("jane").await;
    SummaryStep(page).wait().await;
    page.shows("Typed before the reload").await;
    world.end().await;
}

async fn each_step_has_its_own_title_and_takes_the_focus_to_its_heading() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let wish = Wish::small();
    let mut titles = vec![page.title().await];
    journey::credentials(page, &wish).await;
    for (heading, step) in [
        (PrivilegesStep::HEADING, 2),
        (ItemAccessStep::HEADING, 3),
        (DetailsStep::HEADING, 4),
        (SummaryStep::HEADING, 5),
    ] {
        page.heading(heading).wait().await;
        page.until("the heading has the focus", async || page.focused().await.name == heading).await;
        titles.push(page.title().await);
        match step {
            2 => journey::privileges(page, &wish).await,
            3 => drop(journey::items(page, &wish).await),
            4 => journey::details(page, &wish).await,
            _ => {}
        }
    }
    let distinct: std::collections::BTreeSet<_> = titles.iter().collect();
    assert_eq!(distinct.len(), titles.len(), "{titles:?}");
    world.end().await;
}

/// People's scripts find a field by a part of its label, as most tools do.
async fn the_label_of_a_field_is_part_of_no_other_name() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let script = "(() => { const names = [...document.querySelectorAll('main [aria-label]')].map(it => it.ariaLabel.toLowerCase()); \
                  const labels = [...document.querySelectorAll('label.field__label')].map(it => it.textContent.toLowerCase()); \
                  return [labels.length, labels.filter(label => names.some(name => name.includes(label)))] })()";
    journey::credentials(page, &Wish { referrers: vec!["https://app.example.com"], ..Wish::small() }).await;
    page.back().await;
    CredentialsStep(page).remove("https://app.example.com").wait().await;
    assert_eq!(page.js(script).await, serde_json::json!([2, []]));
    journey::next(page).await;
    journey::privileges(page, &Wish::small()).await;
    journey::items(page, &Wish::small()).await;
    DetailsStep(page).wait().await;
    assert_eq!(page.js(script).await, serde_json::json!([4, []]));
    world.end().await;
}

async fn every_step_says_who_is_signed_in_where() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    journey::to_summary(page, &Wish::small()).await;
    for heading in [
        SummaryStep::HEADING,
        DetailsStep::HEADING,
        ItemAccessStep::HEADING,
        PrivilegesStep::HEADING,
        CredentialsStep::HEADING,
    ] {
        page.heading(heading).wait().await;
        let text = page.text().await;
        assert!(text.contains("jane") && text.contains(&world.portal_host()), "{heading}: {text}");
        assert!(page.button(Header::SIGN_OUT).exists().await, "{heading}");
        page.back().await;
    }
    world.end().await;
}

async fn an_existing_folder_is_reused_whatever_its_case() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    for folder in ["Keys of ours", "KEYS of ours"] {
        let wish = Wish { folder: Some(folder), ..Wish::small() };
        world.to_summary(&wish).await;
        SummaryStep(page).create().await;
        KeyStep(page).key().await;
        KeyStep(page).saved().await;
        world.start_over().await;
    }
    let folders = world.folders_of("jane");
    assert_eq!(folders.iter().filter(|it| it.eq_ignore_ascii_case("keys of ours")).count(), 1, "{folders:?}");
    assert_eq!(world.credentials_of("jane").len(), 2);
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_reload_on_any_step_keeps_the_draft,
        the_whole_walk_gives_a_key_with_exactly_those_rights,
        the_browsers_back_and_forward_walk_the_steps,
        each_step_has_its_own_title_and_takes_the_focus_to_its_heading,
    ],
    one: [
        create_sends_six_requests_with_a_new_folder_and_five_without,
        a_key_can_be_left_for_later,
        the_back_button_of_each_step_goes_one_step_back,
        change_leads_to_the_answer_and_back_to_the_summary,
        every_change_button_leads_to_its_step,
        the_label_of_a_field_is_part_of_no_other_name,
        every_step_says_who_is_signed_in_where,
        an_existing_folder_is_reused_whatever_its_case,
    ]
}

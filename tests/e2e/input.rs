//! What users type, and how the page reacts. Tables in `key-wizard-core` cover what is accepted and rejected:
//! `credential/referrer`, `referrer_list`, `expiration` and `check`.

use arcgis_key_wizard::i18n::text;
use serde_json::json;

use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, DetailsStep, KeyStep, PrivilegesStep, Problem, SummaryStep};
use crate::world::World;

async fn a_problem_is_in_a_summary_that_takes_the_focus_each_time_and_leaves_when_it_is_fixed() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    journey::to_details(page, &Wish::small()).await;
    assert!(page.textbox(DetailsStep::TITLE).value().await.starts_with("API key, "), "a title is suggested");
    DetailsStep(page).fill(DetailsStep::TITLE, "").await;
    let in_summary = || async {
        let script = "document.activeElement.id === 'error-summary'";
        page.until("the summary has the focus", async || page.js(script).await == true).await;
    };
    journey::next(page).await;
    page.heading(Problem::IN_FORM).wait().await;
    in_summary().await;
    page.announces(&text(Problem::IN_FORM)).await;
    assert!(page.title().await.starts_with("Error: "), "{}", page.title().await);
    let title = page.textbox(DetailsStep::TITLE).wait().await;
    assert!(title.is("invalid"), "{title:?}");
    let links = page.link("*").all().await;
    let link = links.iter().find(|link| !link.name.is_empty() && title.description.contains(&link.name));
    let link = link.unwrap_or_else(|| panic!("no link says what the field says ({:?}): {links:?}", title.description));
    page.link(&link.name).click().await;
    page.until("the field has the focus", async || page.focused().await.name == "Title").await;
    page.is_accessible("the error summary").await;

    page.textbox(DetailsStep::TAGS).focus().await;
    journey::next(page).await;
    in_summary().await;
    page.announces("There is still a problem").await;
    DetailsStep(page).fill(DetailsStep::TITLE, "By Enter").await;
    page.heading("There is*").gone().await;
    assert!(!page.textbox(DetailsStep::TITLE).is("invalid").await);
    assert!(!page.title().await.starts_with("Error: "), "{}", page.title().await);
    assert_eq!(page.focused().await.name, "Title", "typing keeps the focus");
    // Enter acts like `Next`.
    page.press("Enter").await;
    SummaryStep(page).wait().await;
    page.shows("By Enter").await;
    world.end().await;
}

async fn the_expiration_starts_at_one_month_is_set_by_presets_and_refused_beyond_its_limits() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let step = CredentialsStep(page);
    let start = step.days_left().await;
    assert!((28..=31).contains(&start), "one month from today, not {start} days");
    for (name, days) in [("7 days", 7..=7), ("30 days", 30..=30), ("90 days", 90..=90), ("1 year", 363..=366)] {
        step.preset(name).await;
        let found = step.days_left().await;
        assert!(days.contains(&found), "{name}: {found}");
        let pressed = "[...document.querySelectorAll('[aria-pressed=true]')].map(button => button.textContent)";
        assert_eq!(page.js(pressed).await, json!([name]));
    }
    page.shows("UTC").await;
    // The user's own time is shown only if it differs.
    assert!(!page.text().await.contains("your time"));
    page.js("void (Date.prototype.getTimezoneOffset = () => 480)").await;
    step.preset("30 days").await;
    page.shows("your time").await;
    assert_eq!(page.text().await.matches("UTC").count(), 1, "an instant is written once");
    for date in ["2020-01-01", "2031-05-05"] {
        step.set_date(date).await;
        step.next().await;
        page.heading(Problem::IN_FORM).wait().await;
        assert!(page.textbox(CredentialsStep::EXPIRATION).is("invalid").await);
        assert_eq!(step.date().await, date, "nothing typed is lost");
    }
    // A date field does not accept pasted text by itself. Copies and pastes by keys: a synthetic event has no text in
    // Firefox.
    let referrers = page.textbox(CredentialsStep::REFERRERS);
    referrers.fill("3 March 2021").await;
    page.press("Control+a").await;
    page.press("Control+c").await;
    referrers.fill("").await;
    page.textbox(CredentialsStep::EXPIRATION).focus().await;
    page.press("Control+v").await;
    page.until("the date is pasted", async || step.date().await != "2031-05-05").await;
    assert_eq!(step.date().await, "2021-03-03");
    step.preset("30 days").await;
    step.next().await;
    PrivilegesStep(page).wait().await;
    world.end().await;
}

async fn referrers_are_taken_apart_refused_with_what_is_allowed_and_removed_in_turn() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let step = CredentialsStep(page);
    step.add_referrer("https://a.example https://b.example https://c.example").await;
    page.announces("Added 3.").await;
    assert_eq!(page.focused().await.name, "Referrers", "the next one can be typed");
    for (gone, next) in [("b", "Remove https://c.example"), ("c", "Remove https://a.example"), ("a", "Referrers")] {
        let gone = format!("https://{gone}.example");
        step.remove(&gone).enter().await;
        page.until(&format!("{next} has the focus"), async || page.focused().await.name == next).await;
        page.announces(&format!("Removed {gone}.")).await;
    }
    step.add_referrer("https://a.example https://b.example https://c.example").await;
    page.button("Remove all").click().await;
    page.announces("Removed 3.").await;
    page.until("the field has the focus", async || page.focused().await.name == "Referrers").await;
    page.button("Remove all").gone().await;

    step.add_referrer("| Live | https://app.example.com | | Here | `localhost:5173` | | Old | old.example/map |").await;
    step.remove("https://app.example.com").wait().await;
    assert_eq!(page.textbox(CredentialsStep::REFERRERS).value().await, "localhost:5173 old.example/map");
    page.announces("2 of these addresses cannot be used as they are.").await;
    page.is_accessible("doubtful referrers").await;
    page.photograph_all("1-doubtful").await;
    let has_focus = async || page.focused().await.name == "Referrers";
    for (doubtful, meant) in [("http://localhost:5173", true), ("https://old.example", false)] {
        page.button(&format!("Use {doubtful}")).click().await;
        step.remove(doubtful).wait().await;
        page.until("the field has the focus", has_focus).await;
        assert_eq!(page.textbox(CredentialsStep::REFERRERS).value().await.is_empty(), !meant, "after {doubtful}");
    }
    step.add_referrer("https://bücher.example").await;
    step.remove("https://xn--bcher-kva.example").wait().await;
    page.button("localhost:3000").click().await;
    step.remove("http://localhost:3000").wait().await;
    page.button("localhost:3000").click().await;
    step.remove("http://localhost:3000").gone().await;

    for entry in ["https://app.example.com/path", "https://a.*.example", "javascript:alert(1)"] {
        step.add_referrer(entry).await;
        page.until(&format!("{entry} is refused with words"), async || {
            let field = page.textbox(CredentialsStep::REFERRERS).all().await.pop();
            field.is_some_and(|field| field.is("invalid") && field.description.contains(&format!("“{entry}”")))
        })
        .await;
        assert_eq!(page.textbox(CredentialsStep::REFERRERS).value().await, entry, "nothing typed is lost");
        assert!(!step.remove(entry).exists().await, "{entry} was added");
    }
    step.add_referrer("https://*.example.com").await;
    step.remove("https://*.example.com").wait().await;
    step.add_referrer("https://*.example.com").await;
    page.shows("in the list already").await;
    world.end().await;
}

async fn five_hundred_referrers_one_that_was_not_added_and_a_strange_title_reach_the_portal() {
    let world = World::signed_in("jane").await;
    let page = world.page();
    let step = CredentialsStep(page);
    let many: Vec<String> = (0..500).map(|number| format!("https://site{number}.example.com")).collect();
    step.add_referrer(&many.join(" ")).await;
    step.remove("https://site499.example.com").wait().await;
    // `Next` adds the pending entry.
    page.textbox(CredentialsStep::REFERRERS).fill("https://late.example.com").await;
    step.next().await;
    let wish = Wish::small();
    journey::privileges(page, &wish).await;
    journey::items(page, &wish).await;
    let title = "🗝️ مفتاح الخرائط <b>&amp;";
    DetailsStep(page).wait().await;
    page.textbox(DetailsStep::TITLE).fill(&"x".repeat(10_000)).await;
    journey::next(page).await;
    page.heading(Problem::IN_FORM).wait().await;
    page.textbox(DetailsStep::TITLE).fill(&format!("  {title}  ")).await;
    journey::next(page).await;
    SummaryStep(page).wait().await;
    page.shows(title).await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    for site in ["site250", "late"] {
        let referer = format!("https://{site}.example.com/");
        assert!(world.whoami(&key, Some(&referer)).await.is_accepted(), "{site}");
    }
    assert_eq!(world.credentials_of("jane"), [title]);
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_problem_is_in_a_summary_that_takes_the_focus_each_time_and_leaves_when_it_is_fixed,
    ],
    one: [
        referrers_are_taken_apart_refused_with_what_is_allowed_and_removed_in_turn,
        the_expiration_starts_at_one_month_is_set_by_presets_and_refused_beyond_its_limits,
        five_hundred_referrers_one_that_was_not_added_and_a_strange_title_reach_the_portal,
    ]
}

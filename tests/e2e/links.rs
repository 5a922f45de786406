//! Links into the wizard and recipe files: what they fill in, what is rejected, and how to create them.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;
use practice_portal::state::item::{Access, Item};

use crate::complaints::Complaint;
use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{
    CredentialsStep, DetailsStep, Header, KeyStep, Prefilled, PrivilegesStep, Question, RecipeField, Reuse, SignInPage,
    SummaryStep,
};
use crate::world::World;

/// Opens the page by a link, as from a documentation page.
async fn open(world: &World, query: &str) {
    world.page().goto("about:blank").await;
    world.page().goto(&format!("{}#/new?{query}", world.site_url())).await;
}

/// The ids of a user's items with this access.
fn items_shared(world: &World, access: Access) -> Vec<String> {
    let items = world.portal(|portal| portal.items_of("jane"));
    items.into_iter().filter(|item| item.access == access).map(|item| item.id).collect()
}

async fn a_link_with_every_key_gives_a_key_with_exactly_that_and_the_next_link_waits_for_it() {
    let world = World::of_two_portals().await;
    let page = world.page();
    let item = items_shared(&world, Access::Private).remove(0);
    let title = world.portal(|portal| portal.item_mut(&item).expect("it was listed").title.clone());
    let query = format!(
        "expires=90d&referrers=https://app.example.com,http://localhost:5173\
         &privileges=premium:user:basemaps,premium:user:geoenrichment&items={item}&title=Store+finder\
         &folder=Keys%20of%20ours&tags=maps,keys&summary=For%20the%20shop%20%26%20more&portal=practice&usage=scripts"
    );
    open(&world, &query).await;
    SignInPage(page).wait().await;
    Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
    assert!(!page.url().await.contains("Store"), "the address forgets the link");
    page.is_accessible("the start page after a link").await;
    world.sign_in("jane").await;
    journey::arrived(page).await;
    page.shows("Expiration date, Referrers, Privileges, Item access, Title, Folder, Tags, and Summary.").await;
    assert!(!page.text().await.contains("replaced"), "nothing was");
    SummaryStep(page).expires_in(90).await;
    for text in [
        "https://app.example.com",
        "http://localhost:5173",
        "premium:user:basemaps",
        "premium:user:geoenrichment",
        &title,
        &item,
        "Store finder",
        "Keys of ours",
        "maps,keys",
        "For the shop & more",
        "My own scripts, notebooks and servers",
    ] {
        page.shows(text).await;
    }
    assert!(!page.text().await.contains("left out"));
    Reuse(page).open().await;
    page.shows("portal=practice").await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    page.shows("send no referrer").await;
    let mut granted = world.whoami(&key, Some("https://app.example.com/")).await.privileges();
    granted.sort();
    let item = format!("portal:app:access:item:{item}");
    assert_eq!(granted, [item.as_str(), "premium:user:basemaps", "premium:user:geoenrichment"]);
    page.js("location.hash = '#/new?title=Other'").await;
    page.announces("This page is creating a key").await;
    page.photograph_all("7-link-refused").await;
    assert!(!page.button(Question::STAY).exists().await, "nothing is asked");
    assert_eq!(KeyStep(page).key().await, key);
    KeyStep(page).saved().await;
    world.start_over().await;
    assert!(!page.text().await.contains("This page is creating a key"));
    world.end().await;
}

async fn what_a_bad_link_asks_for_is_listed_and_the_rest_applies_in_place_of_what_was_typed() {
    let world = World::start().await;
    let page = world.page();
    let public = items_shared(&world, Access::Public).remove(0);
    let query = format!(
        "expires=400d&referrers=https://app.example.com,evil&colour=red&title=Kept&title=Twice&token=abc&preset=Maps\
         &privileges=premium:user:basemaps,premium:user:places,premium:user:geocode:stored,nonsense%20here\
         &items={public},0123456789abcdef0123456789abcdef&summary=%zz&portal=elsewhere&code=abc&state=def&access_token=0123"
    );
    open(&world, &query).await;
    Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
    assert!(!page.text().await.contains("colour was left out"), "what concerns its author is folded");
    Prefilled(page).open_left_out().await;
    for text in ["colour was left out", "token was left out", "portal was left out", "preset was left out"] {
        page.shows(text).await;
    }
    // It is not treated as an OAuth response.
    page.shows("access_token was left out").await;
    assert!(!page.url().await.contains("0123"), "the address forgets it");
    assert!(!page.text().await.contains(SignInPage::KEPT), "they came with the link");
    page.reload().await;
    page.shows(SignInPage::KEPT).await;
    world.sign_in("jane").await;
    let step = CredentialsStep(page);
    step.wait().await;
    step.remove("https://app.example.com").wait().await;
    assert!((28..=31).contains(&step.days_left().await), "a lifetime that is too long stays at one month");
    Prefilled(page).open_left_out().await;
    for text in [
        "expires was left out: The expiration date is too late",
        "evil was left out",
        "title was left out: it appears twice",
        "summary was left out",
        "nonsense here was left out",
        "premium:user:places was left out: your account does not have",
        "premium:user:geocode:stored was left out: your account has premium:user:geocode instead",
        &format!("{public} was left out: everybody can open"),
        "0123456789abcdef0123456789abcdef was left out",
    ] {
        page.shows(text).await;
    }
    page.is_accessible("step 1 after a bad link").await;
    page.photograph_all("1-credentials-bad-link").await;
    step.next().await;
    PrivilegesStep(page).counts(1).await;
    page.shows("Filled in: Privileges. Check these answers before you create the key.").await;
    Prefilled(page).open_left_out().await;
    page.shows("premium:user:places was left out").await;
    Prefilled(page).hide().await;
    Prefilled(page).titled(Prefilled::BY_LINK).gone().await;
    assert_eq!(page.focused().await.name, PrivilegesStep::HEADING);
    journey::next(page).await;
    page.shows("0 of 100").await;
    journey::next(page).await;
    DetailsStep(page).wait().await;
    assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Kept");
    links_opened_while_signed_in(&world).await;
    world.end().await;
}

/// Each link replaces the draft and says so, except one that is too long.
async fn links_opened_while_signed_in(world: &World) {
    let page = world.page();
    let (step, notice) = (CredentialsStep(page), Prefilled(page));
    let open = async |query: &str| page.js(&format!("location.hash = '#/new?{query}'")).await;
    open("referrers=https://first.example.com").await;
    step.remove("https://first.example.com").wait().await;
    open(&format!("title={}", "x".repeat(20_000))).await;
    notice.titled(Prefilled::LINK_REFUSED).wait().await;
    page.shows("too long").await;
    step.remove("https://first.example.com").wait().await;
    assert!(page.url().await.len() < 100);
    let item = items_shared(world, Access::Org).remove(0);
    open(&format!("privileges=premium:user:places&items={item},00ff&referrers=https://b.example")).await;
    step.remove("https://b.example").wait().await;
    page.shows("Earlier answers in this tab were replaced.").await;
    notice.open_left_out().await;
    page.shows("premium:user:places was left out").await;
    page.shows("00ff was left out").await;
    assert!(!step.remove("https://first.example.com").exists().await);
    // If its items cannot be looked up, the page gives that as the reason.
    world.expect(Complaint::Unanswered("EMPTY_RESPONSE"));
    world.fault(Endpoint::Search, Fault::DropBefore);
    open(&format!("items={item}&referrers=https://c.example")).await;
    step.remove("https://c.example").wait().await;
    notice.open_left_out().await;
    page.shows("items was left out").await;
    world.clear_faults();
    page.link("Summary").click().await;
    SummaryStep(page).wait().await;
    page.shows("The portal did not say whether these items exist.").await;
    page.photograph_all("5-items-not-looked-up").await;
    page.group(Prefilled::UNRESOLVED).button("Try again").click().await;
    page.group(Prefilled::UNRESOLVED).gone().await;
}

async fn administrative_privileges_are_added_only_when_the_person_says_so() {
    let world = World::start().await;
    let page = world.page();
    let query = "privileges=premium:user:basemaps,portal:admin:viewUsers,portal:admin:manageWebsite&title=T";
    open(&world, query).await;
    world.sign_in("ada").await;
    Prefilled(page).question().wait().await;
    Prefilled(page).open_left_out().await;
    page.shows("portal:admin:manageWebsite was left out").await;
    page.is_accessible("the question about administrative privileges").await;
    page.photograph_all("2-administrative-question").await;
    for (answer, count) in [("Add these privileges", 2), ("Leave them out", 1)] {
        // The question is still open on the Summary; the answer applies at once.
        page.js("location.hash = '#/new/summary'").await;
        SummaryStep(page).wait().await;
        Prefilled(page).question().button(answer).click().await;
        Prefilled(page).question().gone().await;
        SummaryStep(page).change("Privileges").await;
        PrivilegesStep(page).counts(count).await;
        world.reload_signed_in("ada").await;
        PrivilegesStep(page).counts(count).await;
        assert!(!Prefilled(page).question().exists().await, "an answer is not asked for twice");
        // A new link asks again.
        page.js(&format!("location.hash = '#/new?{query}'")).await;
        Prefilled(page).question().wait().await;
    }
    world.end().await;
}

async fn a_restriction_that_could_not_be_applied_holds_create_until_the_person_decides() {
    let world = World::start().await;
    let page = world.page();
    let query = "referrers=https://mailx.github.io/detect,*.com,localhost:5173\
                 &privileges=premium:user:basemaps&title=T";
    open(&world, query).await;
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    page.group(Prefilled::UNRESOLVED).wait().await;
    page.is_accessible("restrictions that could not be applied").await;
    page.photograph_all("1-unresolved").await;
    world.reload_signed_in("jane").await;
    page.group(Prefilled::UNRESOLVED).wait().await;
    page.js("location.hash = '#/new/summary'").await;
    SummaryStep(page).wait().await;
    SummaryStep(page).create().await;
    page.shows("There is a problem").await;
    assert_eq!(world.credentials_of("jane").len(), 0, "nothing was made");
    Reuse(page).open_unresolved().await;
    page.photograph_all("5-summary-unresolved").await;
    page.button("Use http://localhost:5173").click().await;
    page.announces("Added http://localhost:5173.").await;
    page.until("what is left has the focus", async || page.focused().await.name == Prefilled::UNRESOLVED).await;
    page.button("Use https://mailx.github.io").click().await;
    page.button("Leave it out: *.com").click().await;
    page.announces("Removed *.com.").await;
    page.group(Prefilled::UNRESOLVED).gone().await;
    page.until("nothing is left", async || page.focused().await.name == SummaryStep::HEADING).await;
    page.shows("referrers=http://localhost:5173,https://mailx.github.io").await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, Some("http://localhost:5173/")).await.is_accepted());
    assert!(!world.whoami(&key, Some("https://evil.example/")).await.is_accepted());
    KeyStep(page).saved().await;
    world.start_over().await;
    // An unrestricted key requires the user's confirmation.
    page.js("location.hash = '#/new?referrers=*.com&privileges=premium:user:basemaps&title=Open'").await;
    page.group(Prefilled::UNRESOLVED).wait().await;
    page.js("location.hash = '#/new/summary'").await;
    SummaryStep(page).wait().await;
    SummaryStep(page).create().await;
    page.shows("There is a problem").await;
    assert!(!page.button("Leave it out*").exists().await, "the last one is not left out in silence");
    page.button("Let the key work from any website").click().await;
    page.group(Prefilled::UNRESOLVED).gone().await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    assert_eq!(world.credentials_of("jane").len(), 2);
    world.end().await;
}

/// Checks that everything in [`Wish::whole`] is on the Summary.
async fn all_is_there(page: &Page, items: &[Item]) {
    journey::arrived(page).await;
    for text in ["https://app.example.com", "premium:user:geocode", "My API key credential"] {
        page.shows(text).await;
    }
    for item in items {
        page.shows(&item.title).await;
    }
}

async fn the_summary_makes_a_link_and_a_recipe_that_lead_back_to_it_also_through_reloads() {
    let world = World::at_summary(&Wish::whole()).await;
    let page = world.page();
    let items = world.plain_items(Wish::whole().items);
    page.allow_clipboard(true).await;
    page.listen_to_clipboard().await;
    Reuse(page).open().await;
    page.is_accessible("the Summary with its link and recipe").await;
    page.photograph_all("5-summary-reuse").await;
    let link = Reuse(page).copy("Copy link").await;
    let html = Reuse(page).copy("Copy HTML button").await;
    assert_eq!(html, format!("<a href=\"{}\">Get an API key</a>", link.replace('&', "&amp;")));
    assert!(link.starts_with(world.site_url()) && link.contains("#/new?expires="), "{link}");
    let element = Reuse(page).copy("Copy element").await;
    let start = format!("<arcgis-key-wizard portal=\"{}\" client-id=\"YOUR_CLIENT_ID\" expires=", world.portal_url());
    assert!(element.contains(&start) && element.contains(&html), "{element}");
    let text = Reuse(page).download(&world.downloads()).await;
    let recipe: serde_json::Value = serde_json::from_str(&text).expect("a recipe is JSON");
    assert_eq!(recipe["referrers"][1], "http://localhost:5173");
    page.goto("about:blank").await;
    page.goto(&link).await;
    Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
    page.reload().await;
    Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
    world.sign_in("jane").await;
    all_is_there(page, &items).await;
    SummaryStep(page).change("Referrers").await;
    CredentialsStep(page).remove("https://app.example.com").click().await;
    CredentialsStep(page).remove("https://app.example.com").gone().await;
    world.reload_signed_in("jane").await;
    CredentialsStep(page).remove("http://localhost:5173").wait().await;
    assert!(!CredentialsStep(page).remove("https://app.example.com").exists().await, "what is changed stays changed");
    Header::sign_out_with_answers(page).await;
    SignInPage(page).wait().await;
    RecipeField(page).choose(&text).await;
    Prefilled(page).titled(Prefilled::BY_RECIPE).wait().await;
    page.until("the notice has the focus", async || page.focused().await.name == Prefilled::BY_RECIPE).await;
    world.sign_in("jane").await;
    all_is_there(page, &items).await;
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    assert_eq!(world.whoami(&key, Some("https://app.example.com/")).await.privileges().len(), 5);
    world.end().await;
}

async fn a_recipe_is_read_strictly_and_can_be_dropped_anywhere_on_the_first_page() {
    let world = World::start().await;
    let page = world.page();
    world.is_taken_over().await;
    RecipeField(page).choose("title: not JSON").await;
    Prefilled(page).titled(Prefilled::RECIPE_REFUSED).wait().await;
    RecipeField(page).choose(&format!("{{\"title\": \"{}\"}}", "x".repeat(1_100_000))).await;
    page.shows("too long").await;
    let beside = RecipeField::file(r#"{"title": "Dropped beside"}"#);
    page.heading(SignInPage::HEADING).drop_file(&beside).await;
    Prefilled(page).titled(Prefilled::BY_RECIPE).wait().await;
    page.button(SignInPage::SIGN_IN).drop_file(&RecipeField::file("[]")).await;
    Prefilled(page).titled(Prefilled::RECIPE_REFUSED).wait().await;
    RecipeField(page).drop(r#"{"title": "Dropped", "summary": ["a"], "apiKey": "AAPTsecret"}"#).await;
    Prefilled(page).titled(Prefilled::BY_RECIPE).wait().await;
    Prefilled(page).open_left_out().await;
    page.shows("summary was left out: its value must be a text").await;
    page.shows("apiKey was left out").await;
    assert!(!page.text().await.contains("AAPTsecret") && !page.stored().await.contains("AAPTsecret"));
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    page.js("location.hash = '#/new/details'").await;
    DetailsStep(page).wait().await;
    assert_eq!(page.textbox(DetailsStep::TITLE).value().await, "Dropped");
    world.end().await;
}

crate::suite::tests! {
    both: [
        the_summary_makes_a_link_and_a_recipe_that_lead_back_to_it_also_through_reloads,
        a_recipe_is_read_strictly_and_can_be_dropped_anywhere_on_the_first_page,
    ],
    one: [
        a_link_with_every_key_gives_a_key_with_exactly_that_and_the_next_link_waits_for_it,
        what_a_bad_link_asks_for_is_listed_and_the_rest_applies_in_place_of_what_was_typed,
        administrative_privileges_are_added_only_when_the_person_says_so,
        a_restriction_that_could_not_be_applied_holds_create_until_the_person_decides,
    ]
}

//! The first screen does not wait: it is in `index.html`, and handles a press before the wizard has loaded.

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;
use serde_json::{Value, json};

use crate::complaints::Complaint;
use crate::engine::Kind;
use crate::page::{Focused, Page};
use crate::pages::{CredentialsStep, PortalPage, Prefilled, RecipeField, SignInPage};
use crate::suite;
use crate::world::{IS_TAKEN_OVER, Setup, World};

/// The position of everything visible, by its text.
const BOXES: &str = "[...document.querySelectorAll('#app :is(h1, p, label, select, button, input, summary, .card)')] \
    .filter(element => element.checkVisibility({ visibilityProperty: true }) && (element.textContent || element.localName === 'input')) \
    .map(element => { const box = element.getBoundingClientRect(); return [element.matches('#portal, .card') ? '' : element.textContent.trim(), \
    box.x, box.y, box.width, box.height].join(' ') })";
/// Layout shifts that the user did not cause, as reported by the browser; nothing in browsers without that API.
const SHIFTS: &str = "new Promise(done => { const moved = []; \
    const note = entries => entries.filter(entry => entry.startTime >= (globalThis.akwSince ?? 0)).forEach(entry => entry.sources.forEach(({ node, previousRect, currentRect }) => \
        moved.push([node?.localName, node?.textContent, previousRect.y, currentRect.y].join(' ')))); \
    const observer = new PerformanceObserver(list => note(list.getEntries())); \
    observer.observe({ type: 'layout-shift', buffered: true }); \
    requestAnimationFrame(() => requestAnimationFrame(() => { note(observer.takeRecords()); done(moved) })) })";

impl World {
    /// The name of the page's own file with this prefix.
    pub fn file(&self, start: &str) -> String {
        let paths = self.site.paths();
        let mut found = paths.into_iter().filter(|path| !path.contains('/') && path.starts_with(start));
        found.next_back().unwrap_or_else(|| panic!("no {start} in the page"))
    }

    /// Opens the page, but holds the wizard until it is released.
    async fn without_wizard(setup: Setup) -> World {
        let mut world = World::unopened(setup).await;
        // While the first screen is shown, the page contacts a configured portal.
        world.others.push("https://portal.example".to_owned());
        world.site.hold(&world.file("key-wizard-"));
        world.open().await;
        SignInPage(world.page()).wait().await;
        world
    }

    /// Releases the wizard, and waits until it has taken over.
    async fn let_wizard_come(&self) {
        self.site.release(&self.file("key-wizard-"));
        self.is_taken_over().await;
    }

    /// Returns from the portal, after checking that the page left for it only once.
    async fn comes_back_after_one_way_out(self) {
        let page = self.page();
        PortalPage(page).wait().await;
        let sent = page.seen().await.requests;
        let ways_out = sent.iter().filter(|request| request.url.contains("oauth2/authorize")).count();
        assert_eq!(ways_out, 1, "one press, one way out");
        self.site.release(&self.file("key-wizard-"));
        PortalPage(page).allow("jane").await;
        CredentialsStep(page).wait().await;
        assert!(!page.stored().await.contains("verifier"), "the record is used up");
        self.end().await;
    }
}

fn two_portals() -> Setup {
    let other = r#"{"id":"other","name":"Elsewhere","url":"https://portal.example/gis","clientId":"x"},"#;
    let config = move |root: &str| Some(World::config(root).replacen('[', &format!("[{other}"), 1));
    Setup { config: Box::new(config), ..Setup::default() }
}

fn with_another_portal() -> Setup {
    let config = |root: &str| Some(World::config(root).replace("Portals\":false", "Portals\":true"));
    Setup { config: Box::new(config), ..Setup::default() }
}

async fn focus_is_on(page: &Page, role: &str, name: &str) {
    let expected = Focused { role: role.to_owned(), name: name.to_owned() };
    assert_eq!(page.focused().await, expected);
}

async fn a_press_by_enter_before_any_code_but_the_first_is_shown_and_two_are_one() {
    let world = World::unopened(Setup::default()).await;
    for start in ["key-wizard-", "sign-in-start-", "config.json"] {
        world.site.hold(&world.file(start));
    }
    world.open().await;
    let page = world.page();
    SignInPage(page).wait().await;
    page.tab_to("button", "Sign in").await;
    page.press("Enter").await;
    page.announces("Opening your portal's sign-in page").await;
    assert!(page.button("Sign in").is("disabled").await);
    page.js("document.getElementById('sign-in').click()").await;
    page.is_accessible("0-first-screen-pressed").await;
    world.site.release("config.json");
    world.site.release(&world.file("sign-in-start-"));
    world.comes_back_after_one_way_out().await;
}

async fn a_press_by_space_that_its_own_code_cannot_carry_out_is_carried_out_by_the_wizard() {
    let world = World::unopened(Setup::default()).await;
    world.expect(Complaint::Status(404));
    world.expect(Complaint::Integrity);
    world.site.remove(&world.file("sign-in-start-"));
    world.site.hold(&world.file("key-wizard-"));
    world.open().await;
    let page = world.page();
    SignInPage(page).wait().await;
    page.tab_to("button", "Sign in").await;
    page.press("Space").await;
    page.announces("Opening your portal's sign-in page").await;
    world.site.release(&world.file("key-wizard-"));
    world.comes_back_after_one_way_out().await;
}

async fn a_press_before_the_wizard_is_there_goes_to_the_chosen_portal_once() {
    let world = World::without_wizard(two_portals()).await;
    world.choose_portal("Practice portal").await;
    SignInPage(world.page()).sign_in().await;
    world.comes_back_after_one_way_out().await;
}

async fn a_start_that_stalls_does_not_keep_the_wizard_away() {
    let world = World::unopened(Setup::default()).await;
    let start = world.file("sign-in-start-");
    world.site.hold(&start);
    world.open().await;
    world.is_taken_over().await;
    world.sign_in("jane").await;
    world.site.release(&start);
    CredentialsStep(world.page()).wait().await;
    world.end().await;
}

async fn the_wizard_takes_over_without_moving_anything_or_taking_the_focus() {
    for (width, height) in [(1280, 900), (320, 700)] {
        let world = World::unopened(Setup::default()).await;
        world.site.hold(&world.file("key-wizard-"));
        let page = world.page();
        page.set_size(width, height).await;
        world.open().await;
        page.shows("Practice portal (").await;
        page.tab_to("button", "Sign in").await;
        if width == 320 {
            // The portal's name wraps to two lines here once it is known.
            page.js("globalThis.akwSince = performance.now()").await;
        }
        let before = page.js(BOXES).await;
        world.let_wizard_come().await;
        assert_eq!(page.js(BOXES).await, before, "at {width} pixels");
        focus_is_on(page, "button", "Sign in").await;
        assert_eq!(page.js("scrollY").await, 0);
        if page.js("PerformanceObserver.supportedEntryTypes.includes('layout-shift')").await == true {
            assert_eq!(page.js(SHIFTS).await, json!([]), "at {width} pixels");
        }
        page.set_size(0, 0).await;
        world.end().await;
    }
}

async fn a_link_does_not_wait_for_the_wizard_and_fills_in_after_the_return_also_from_a_refusal() {
    let world = World::unopened(Setup::default()).await;
    let page = world.page();
    let link = format!("{}#/new?title=Linked+map", world.site_url());
    for is_refused in [true, false] {
        world.site.hold(&world.file("key-wizard-"));
        page.goto("about:blank").await;
        page.goto(&link).await;
        SignInPage(page).sign_in().await;
        PortalPage(page).wait().await;
        world.site.release(&world.file("key-wizard-"));
        if is_refused {
            PortalPage(page).cancel().await;
            SignInPage(page).wait().await;
        } else {
            PortalPage(page).allow("jane").await;
            CredentialsStep(page).wait().await;
        }
        Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
        assert!(!page.url().await.contains("Linked"), "a reload keeps what was changed since");
        page.until("the answer is kept", async || page.stored().await.contains("Linked map")).await;
    }
    world.end().await;
}

async fn the_notice_of_a_link_moves_nothing_when_the_wizard_takes_over() {
    let world = World::unopened(Setup::default()).await;
    let page = world.page();
    world.site.hold(&world.file("key-wizard-"));
    page.goto(&format!("{}#/new?title=Linked+map", world.site_url())).await;
    page.shows("Practice portal (").await;
    page.tab_to("button", "Sign in").await;
    world.let_wizard_come().await;
    Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
    page.next_frame().await;
    focus_is_on(page, "button", "Sign in").await;
    if page.js("PerformanceObserver.supportedEntryTypes.includes('layout-shift')").await == true {
        assert_eq!(page.js(SHIFTS).await, json!([]));
    }
    world.end().await;
}

async fn a_choice_of_portals_moves_nothing_either_and_outlasts_the_start_and_a_reload() {
    let world = World::without_wizard(two_portals()).await;
    let page = world.page();
    world.choose_portal("Practice portal").await;
    let before = page.js(BOXES).await;
    world.let_wizard_come().await;
    assert_eq!(page.js(BOXES).await, before);
    assert!(chosen(page).await.starts_with("Practice portal"));
    page.until("the choice is kept", async || page.stored().await.contains("practice")).await;
    page.reload().await;
    page.until("the choice is there again", async || chosen(page).await.starts_with("Practice portal")).await;
    world.sign_in("jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

/// The text of the selected option.
async fn chosen(page: &Page) -> String {
    let text = page.js("document.getElementById('portal')?.selectedOptions[0]?.text").await;
    text.as_str().unwrap_or_default().to_owned()
}

async fn what_is_chosen_opened_and_pressed_before_the_wizard_is_there_when_it_comes() {
    let world = World::without_wizard(with_another_portal()).await;
    let page = world.page();
    assert!(!page.text().await.contains(world.site_url()), "it is for few, so it is folded away");
    page.allow_clipboard(true).await;
    page.listen_to_clipboard().await;
    world.choose_portal("Another portal").await;
    page.button("Running this page yourself?").click().await;
    page.shows(world.site_url()).await;
    page.button("Copy redirect URI").click().await;
    world.let_wizard_come().await;
    page.until("the redirect URI is copied", async || page.clipboard().await == world.site_url()).await;
    page.shows(world.site_url()).await;
    focus_is_on(page, "button", "Copy redirect URI").await;
    page.button("Copy redirect URI").click().await;
    page.announces("Copied").await;
    page.textbox("Portal address").wait().await;
    assert_eq!(chosen(page).await, "Another portal");
    world.end().await;
}

async fn a_recipe_chosen_before_the_wizard_is_opened_when_it_comes() {
    let world = World::without_wizard(with_another_portal()).await;
    let page = world.page();
    world.choose_portal("Another portal").await;
    RecipeField(page).choose(r#"{"title":"Chosen early"}"#).await;
    world.let_wizard_come().await;
    Prefilled(page).titled(Prefilled::BY_RECIPE).wait().await;
    page.textbox("Portal address").wait().await;
    assert_eq!(chosen(page).await, "Another portal");
    assert!(page.stored().await.contains("Chosen early"));
    world.end().await;
}

async fn an_open_list_of_portals_is_not_taken_away() {
    let world = World::without_wizard(two_portals()).await;
    world.expect(Complaint::Unanswered("NAME_NOT_RESOLVED"));
    let page = world.page();
    page.choice("Portal").focus().await;
    // In every frame, the wizard checks whether it may take over.
    let count = "void (globalThis.akwLooks = 0, ((next) => globalThis.requestAnimationFrame = (run) => (akwLooks++, next(run)))\
        (requestAnimationFrame.bind(globalThis)))";
    page.js(count).await;
    world.site.release(&world.file("key-wizard-"));
    page.until("the wizard waits", async || page.js("akwLooks > 2").await == true).await;
    assert_eq!(page.js(IS_TAKEN_OVER).await, false, "the list may be open");
    page.press("Tab").await;
    world.is_taken_over().await;
    focus_is_on(page, "button", "Sign in").await;
    world.end().await;
}

async fn missing_files_are_reported() {
    for start in ["boot-", "wizard-", "key-wizard-"] {
        let world = World::unopened(Setup::default()).await;
        world.expect(Complaint::Status(404));
        match start {
            "key-wizard-" => world.expect(Complaint::Integrity),
            // For a module, Chromium reports only the status.
            "wizard-" if suite::kind() == Kind::Chromium => {}
            _ => world.expect(Complaint::NoScript),
        }
        world.site.remove(&world.file(start));
        world.open().await;
        world.page().shows("The page's code could not be loaded").await;
        world.page().button("Reload").wait().await;
        assert!(!world.page().button("Sign in").exists().await, "{start}");
        world.end().await;
    }
}

async fn a_page_none_of_whose_code_comes_says_so_after_a_while() {
    let world = World::unopened(Setup::default()).await;
    world.expect(Complaint::Status(404));
    world.expect(Complaint::NoScript);
    for start in ["boot-", "wizard-"] {
        world.site.remove(&world.file(start));
    }
    world.open().await;
    let page = world.page();
    let late = "document.getElementById('late').checkVisibility({ visibilityProperty: true })";
    assert_eq!(page.js(late).await, false);
    page.js("document.getAnimations().forEach(animation => animation.finish())").await;
    assert_eq!(page.js(late).await, true);
    page.shows("This takes longer than it should").await;
    world.end().await;
}

async fn no_answer_is_waited_for_after_the_press_and_who_comes_back_finds_the_wizard_in_the_cache() {
    let world = World::unopened(Setup::default()).await;
    let page = world.page();
    world.fault_once(Endpoint::ValidateRedirectUri, Fault::Held);
    world.open().await;
    world.is_taken_over().await;
    world.holds(Endpoint::ValidateRedirectUri).await;
    // In the page after the return.
    let seen = "(() => { const look = () => { const button = document.getElementById('sign-in'); \
        if (button?.checkVisibility()) sessionStorage.seen = 1; requestAnimationFrame(look) }; look() })()";
    page.before_each_document(seen).await;
    SignInPage(page).sign_in().await;
    PortalPage(page).wait().await;
    world.release(Endpoint::ValidateRedirectUri);
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    assert_eq!(page.js("sessionStorage.seen ?? null").await, Value::Null, "the sign-in screen was seen again");
    for start in ["key-wizard-", "wizard-", "boot-", "style-"] {
        assert_eq!(world.site.asked_for(&world.file(start)), 1, "{start}");
    }
    world.end().await;
}

crate::suite::tests! {
    both: [
        a_press_by_enter_before_any_code_but_the_first_is_shown_and_two_are_one,
        a_press_by_space_that_its_own_code_cannot_carry_out_is_carried_out_by_the_wizard,
        a_press_before_the_wizard_is_there_goes_to_the_chosen_portal_once,
        the_wizard_takes_over_without_moving_anything_or_taking_the_focus,
        a_choice_of_portals_moves_nothing_either_and_outlasts_the_start_and_a_reload,
        what_is_chosen_opened_and_pressed_before_the_wizard_is_there_when_it_comes,
        a_link_does_not_wait_for_the_wizard_and_fills_in_after_the_return_also_from_a_refusal,
        the_notice_of_a_link_moves_nothing_when_the_wizard_takes_over,
        a_recipe_chosen_before_the_wizard_is_opened_when_it_comes,
        an_open_list_of_portals_is_not_taken_away,
        missing_files_are_reported,
        no_answer_is_waited_for_after_the_press_and_who_comes_back_finds_the_wizard_in_the_cache,
    ],
    one: [
        a_start_that_stalls_does_not_keep_the_wizard_away,
        a_page_none_of_whose_code_comes_says_so_after_a_while,
    ]
}

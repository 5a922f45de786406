//! The element on a third-party documentation page.

use practice_portal::endpoint::Endpoint;

use crate::docs::{Docs, ELEMENT, ELEMENT_BUTTON, FILLED};
use crate::journey::{self, Wish};
use crate::pages::{CredentialsStep, DetailsStep, ItemAccessStep, KeyStep, PortalPage, SignInPage, SummaryStep};
use crate::world::{Setup, World, is_long};

async fn embed_a_reader_gets_a_key_that_works_without_leaving_the_page() {
    let (world, docs) = Docs::open("").await;
    docs.write("", &format!("<label>Search <input id=search autofocus></label>{ELEMENT}"));
    let page = world.page();
    page.goto(&docs.site.url).await;
    page.button(SignInPage::SIGN_IN).wait().await;
    assert_eq!(page.js("document.activeElement.id").await, "search", "the focus is the reader's");
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    assert_eq!(page.js("document.activeElement.localName").await, "arcgis-key-wizard", "the new step has the focus");
    let key = journey::to_key(world.page()).await;
    assert!(world.whoami(&key, None).await.is_accepted());
    assert_eq!(page.url().await, docs.site.url, "the address is the host's own");
    assert_eq!(page.title().await, "Docs");
    let created = Docs::events_named(page, "created").await;
    assert_eq!(created.len(), 1);
    assert_eq!(created[0]["title"], "My API key credential");
    assert_eq!(created[0]["slot"], 1);
    assert!(created[0]["expires"].as_str().is_some_and(|date| date.ends_with('Z')), "{created:?}");
    KeyStep(page).saved().await;
    page.heading(KeyStep::DONE).wait().await;
    let events = Docs::events(page).await;
    let names: Vec<&str> = events.iter().map(|event| event.0.as_str()).collect();
    let steps = ["step"; 5];
    assert_eq!(names[..2], ["ready", "signed-in"]);
    assert_eq!(names[2..7], steps);
    world.end().await;
}

async fn embed_two_elements_know_nothing_of_each_other_and_fill_the_same_example_in_turn() {
    let example = "<code data-arcgis-key>YOUR <b>KEY</b></code>";
    let names = ["First", "Second"];
    let buttons = names.map(|name| format!("<arcgis-key-wizard title={name} mode=button>{name}</arcgis-key-wizard>"));
    let (world, _docs) = Docs::open(&format!("{example}{}", buttons.concat())).await;
    let page = world.page();
    let dialog = page.dialog(SignInPage::HEADING);
    for name in names {
        page.button(name).enter().await;
        Docs::sign_in(&world, "jane").await;
        dialog.heading(CredentialsStep::HEADING).wait().await;
        page.press("Escape").await;
        dialog.gone().await;
    }
    assert_eq!(Docs::events_named(page, "cancelled").await.len(), 2, "each was closed without a key");
    let mut keys = Vec::new();
    for name in names {
        page.button(name).enter().await;
        journey::credentials(page, &Wish::small()).await;
        journey::privileges(page, &Wish::small()).await;
        page.button(ItemAccessStep::SKIP).click().await;
        assert_eq!(page.textbox(DetailsStep::TITLE).value().await, name);
        journey::next(page).await;
        SummaryStep(page).wait().await;
        SummaryStep(page).create().await;
        keys.push(KeyStep(page).key().await);
        page.button(KeyStep::FILL).click().await;
        page.press("Escape").await;
        dialog.gone().await;
    }
    let example = async || page.js("document.querySelector('[data-arcgis-key]').innerHTML").await;
    assert_eq!(example().await, keys[1].as_str(), "the last one fills it");
    for name in names {
        page.button(name).enter().await;
        KeyStep(page).saved().await;
        page.heading(KeyStep::DONE).wait().await;
        page.press("Escape").await;
        dialog.gone().await;
    }
    assert_eq!(example().await, "YOUR <b>KEY</b>", "no key is taken for the words of the page");
    assert_eq!(Docs::events_named(page, "cancelled").await.len(), 2, "nothing that was made is cancelled");
    world.end().await;
}

async fn embed_a_blocked_window_becomes_a_redirect_that_comes_back_to_the_same_place() {
    let (world, docs) = Docs::open("").await;
    docs.write("guide/", &format!("<p>Guide{ELEMENT}"));
    let page = world.page();
    page.goto(&format!("{}guide/?q=1#part", docs.site.url)).await;
    Docs::sign_in_by_redirect(&world, "jane").await;
    assert_eq!(page.url().await, format!("{}guide/?q=1#part", docs.site.url));
    // Also on a page whose host rewrites its address, as hosts do that redirect `/book` to `/book/`.
    docs.site.replace(
        "respell.js",
        b"addEventListener('click', () => history.replaceState(null, '', '/book/'), true)".to_vec(),
    );
    docs.write("book/", &format!("<script src=/respell.js></script>{ELEMENT}"));
    page.goto(&format!("{}book/index.html", docs.site.url)).await;
    Docs::sign_in_by_redirect(&world, "jane").await;
    assert_eq!(page.url().await, format!("{}book/", docs.site.url));
    let kept = page.js("Object.keys(sessionStorage).filter(name => /answer|back/.test(name)).join()").await;
    assert_eq!(kept, "", "the code is nowhere");
    world.end().await;
}

async fn embed_after_a_closed_window_or_a_denied_sign_in_the_person_can_sign_in_again() {
    let (world, _docs) = Docs::open(ELEMENT).await;
    let page = world.page();
    page.button(SignInPage::SIGN_IN).click().await;
    Docs::in_window(&world, async || {
        PortalPage(page).wait().await;
        page.client.close_window().await.expect("the window closes");
    })
    .await;
    page.shows("If you closed it, press Sign in again").await;
    page.button(SignInPage::SIGN_IN).click().await;
    Docs::in_window(&world, async || PortalPage(page).cancel().await).await;
    page.shows("You did not allow this page to sign in").await;
    assert_eq!(Docs::events_named(page, "cancelled").await.len(), 1);
    Docs::sign_in(&world, "jane").await;
    CredentialsStep(page).wait().await;
    world.end().await;
}

/// Each policy of a host once, and each of a portal; all nine pairs under `AKW_LONG`.
async fn embed_no_opener_policy_of_host_or_portal_keeps_a_reader_from_signing_in() {
    let hosts = ["unsafe-none", "same-origin-allow-popups", "same-origin"];
    let portals = [Some("same-origin"), Some("same-origin-allow-popups"), None];
    let mut world = World::unopened(Setup::default()).await;
    for (place, of_host) in hosts.into_iter().enumerate() {
        let docs = Docs::headed(&mut world, ELEMENT, &[("Cross-Origin-Opener-Policy", of_host)]).await;
        let with = portals.into_iter().enumerate().filter(|(at, _)| *at == place || is_long());
        for (_, of_portal) in with {
            world.portal(|portal| portal.switches.sign_in.opener_policy = of_portal.map(str::to_owned));
            world.page().goto(&docs.site.url).await;
            Docs::sign_in(&world, "jane").await;
            CredentialsStep(world.page()).wait().await;
        }
    }
    world.end().await;
}

async fn embed_no_style_of_the_host_breaks_the_wizard() {
    let style = "<style>* { all: unset !important } html { font-size: 60px !important } \
        body * { font: 60px/3 fantasy !important; text-transform: uppercase !important; letter-spacing: 20px !important; \
        color: red !important; z-index: 2147483647 !important; display: inline !important; visibility: hidden !important } \
        .button, .frame__main { position: fixed !important; inset: 0 !important }</style>";
    let (world, _docs) = Docs::open(&format!("{style}<arcgis-key-wizard {FILLED}></arcgis-key-wizard>")).await;
    let page = world.page();
    // The host's styles may have pushed the element far down.
    page.js("document.querySelector('arcgis-key-wizard').open()").await;
    Docs::sign_in(&world, "jane").await;
    Docs::to_summary(page).await;
    let measured = "function () { const style = getComputedStyle(this); return [style.fontSize, style.letterSpacing, style.textTransform, style.position, style.visibility].join() }";
    let button = page.button(SummaryStep::CREATE).js(measured).await;
    assert_eq!(button, "16px,normal,none,static,visible");
    let width = "document.querySelector('arcgis-key-wizard').getBoundingClientRect().width > 600";
    assert_eq!(page.js(width).await, true);
    SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    assert!(world.whoami(&key, None).await.is_accepted());
    world.end().await;
}

async fn embed_whatever_is_around_it_the_element_has_a_width_reads_from_the_left_and_is_as_dark_as_the_page() {
    let boxes = ["display: flex", "display: grid; justify-items: start", "float: right", "display: flex; width: 300px"];
    let boxes = boxes.map(|style| format!("<section dir=rtl style='{style}'>{ELEMENT}</section>")).concat();
    let (world, docs) = Docs::open(&format!("<style>html {{ font-size: 62.5% }}</style>{boxes}")).await;
    let page = world.page();
    page.js("document.querySelectorAll('arcgis-key-wizard').forEach(element => element.open())").await;
    page.until("all are ready", async || Docs::events_named(page, "ready").await.len() == 4).await;
    let width = "[...document.querySelectorAll('arcgis-key-wizard')].map(element => element.offsetWidth).join()";
    assert_eq!(page.js(width).await, "768,768,768,300");
    let direction =
        "getComputedStyle(document.querySelector('arcgis-key-wizard').shadowRoot.querySelector('.akw')).direction";
    assert_eq!(page.js(direction).await, "ltr");

    docs.write("plain/", ELEMENT);
    page.goto(&format!("{}plain/", docs.site.url)).await;
    let ground = async |scheme: &str| {
        page.js(&format!("void (document.documentElement.style.colorScheme = '{scheme}')")).await;
        page.button(SignInPage::SIGN_IN).js("function () { return getComputedStyle(this).backgroundColor }").await
    };
    page.button(SignInPage::SIGN_IN).wait().await;
    let (light, dark) = (ground("light").await, ground("dark").await);
    assert_ne!(light, dark);
    page.js("document.querySelector('arcgis-key-wizard').theme = 'light'").await;
    assert_eq!(ground("dark").await, light, "what the page says of the element counts");
    world.end().await;
}

async fn embed_dates_are_in_the_language_of_the_element_and_a_language_that_is_none_is_the_readers_own() {
    let (world, docs) = Docs::open("").await;
    let page = world.page();
    for (locale, language) in [("de-CH", "'de-CH'"), ("de_CH", "undefined")] {
        // A separate path, so that it does not find the other draft.
        docs.write(&format!("{locale}/"), &format!("<arcgis-key-wizard locale={locale}></arcgis-key-wizard>"));
        page.goto(&format!("{}{locale}/", docs.site.url)).await;
        Docs::sign_in(&world, "jane").await;
        CredentialsStep(page).wait().await;
        let instant = format!("{}T23:59:59.999Z", CredentialsStep(page).date().await);
        let words = |language: &str| {
            format!("new Date('{instant}').toLocaleDateString({language}, {{ dateStyle: 'long', timeZone: 'UTC' }})")
        };
        let [german, own] = [page.js(&words("'de-CH'")).await, page.js(&words("undefined")).await];
        assert_ne!(german, own, "the reader's own language is another one");
        page.shows(page.js(&words(language)).await.as_str().expect("a date in words")).await;
    }
    world.end().await;
}

async fn embed_in_a_dialog_a_key_is_made_although_it_is_closed_and_a_link_as_its_label_leads_nowhere() {
    let body = "<arcgis-key-wizard mode=button> <a href=/other/>Get a key</a> </arcgis-key-wizard>";
    let (world, docs) = Docs::open(body).await;
    let page = world.page();
    page.button("Get a key").wait().await;
    assert!(!page.link("Get a key").exists().await, "it is one button and no link");
    page.button("Get a key").click().await;
    page.dialog(SignInPage::HEADING).button(SignInPage::SIGN_IN).wait().await;
    assert_eq!(page.url().await, docs.site.url);

    docs.write("filled/", &format!("<arcgis-key-wizard mode=button {FILLED}></arcgis-key-wizard>"));
    page.goto(&format!("{}filled/", docs.site.url)).await;
    let cancelled = async || Docs::events_named(page, "cancelled").await.len();
    page.button(ELEMENT_BUTTON).enter().await;
    Docs::sign_in(&world, "jane").await;
    Docs::to_summary(page).await;
    world.hold(Endpoint::RegisterApp).await;
    SummaryStep(page).create().await;
    world.holds(Endpoint::RegisterApp).await;
    page.press("Escape").await;
    page.dialog(SignInPage::HEADING).gone().await;
    world.release(Endpoint::RegisterApp);
    page.until("it is made all the same", async || Docs::events_named(page, "created").await.len() == 1).await;
    page.button(ELEMENT_BUTTON).enter().await;
    let key = KeyStep(page).key().await;
    page.press("Escape").await;
    page.shows("You have not copied your key yet. Press the button again to see it.").await;
    page.photograph_all("embed-key-waiting").await;
    page.button(ELEMENT_BUTTON).enter().await;
    assert_eq!(KeyStep(page).key().await, key);
    KeyStep(page).saved().await;
    page.button(KeyStep::ANOTHER).click().await;
    CredentialsStep(page).wait().await;
    assert_eq!(cancelled().await, 0);
    page.press("Escape").await;
    page.until("nothing of the second one was made", async || cancelled().await == 1).await;
    world.end().await;
}

async fn embed_the_page_around_is_said_to_be_able_to_read_along() {
    let (world, _docs) = Docs::open(ELEMENT).await;
    let page = world.page();
    page.button(SignInPage::SIGN_IN).wait().await;
    page.shows("The page around this form can read what you enter here, and your key").await;
    assert!(!page.text().await.contains("no server in between"), "that says less than is true here");
    world.end().await;
}

crate::suite::tests! {
    both: [
        embed_a_reader_gets_a_key_that_works_without_leaving_the_page,
        embed_a_blocked_window_becomes_a_redirect_that_comes_back_to_the_same_place,
        embed_after_a_closed_window_or_a_denied_sign_in_the_person_can_sign_in_again,
        embed_no_opener_policy_of_host_or_portal_keeps_a_reader_from_signing_in,
        embed_no_style_of_the_host_breaks_the_wizard,
        embed_whatever_is_around_it_the_element_has_a_width_reads_from_the_left_and_is_as_dark_as_the_page,
    ],
    one: [
        embed_two_elements_know_nothing_of_each_other_and_fill_the_same_example_in_turn,
        embed_dates_are_in_the_language_of_the_element_and_a_language_that_is_none_is_the_readers_own,
        embed_in_a_dialog_a_key_is_made_although_it_is_closed_and_a_link_as_its_label_leads_nowhere,
        embed_the_page_around_is_said_to_be_able_to_read_along,
    ]
}

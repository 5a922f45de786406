//! `config.json`: one build serves every deployment, and the page reports a bad file instead of guessing.

use xtask::finish::integrity;

use crate::complaints::Complaint;
use crate::docs::Docs;
use crate::journey::{self, Wish};
use crate::page::Page;
use crate::pages::{CredentialsStep, PrivilegesStep, SignInPage};
use crate::world::{Setup, World};

/// The content of the file, and the page's messages.
const BAD: [(&str, &[&str]); 7] = [
    ("<html>", &["config.json"]),
    ("", &["config.json"]),
    ("{}", &["portals"]),
    (r#"{"portals":[],"allowOtherPortals":false,"colour":"red"}"#, &["colour"]),
    (
        r#"{"portals":[{"id":"a","name":"A","url":"http://portal.example","clientId":"x"}],"allowOtherPortals":false}"#,
        &["portals[0].url"],
    ),
    (
        r#"{"portals":[{"id":"a","name":"A","url":"https://a.example","clientId":""},{"id":"a","name":"B","url":"https://b.example","clientId":"y"}],"allowOtherPortals":false}"#,
        &["portals[0].clientId", "portals[1].id"],
    ),
    // The message says what to register.
    (
        r#"{"portals":[{"id":"a","name":"A","url":"https://a.example","clientId":"YOUR_CLIENT_ID"}],"allowOtherPortals":false}"#,
        &["portals[0].clientId"],
    ),
];

async fn a_missing_or_bad_configuration_is_reported_with_the_key_at_fault() {
    let world = World::without_config().await;
    world.expect(Complaint::Status(404));
    let page = world.page();
    page.shows("config.json").await;
    for (config, texts) in BAD {
        world.site.replace("config.json", config.as_bytes().to_vec());
        world.open().await;
        for text in texts {
            page.shows(text).await;
        }
        assert!(!page.button(SignInPage::SIGN_IN).exists().await, "{config}");
    }
    // The by-hand route does not bypass an invalid configuration either.
    page.js("location.hash = '#/by-hand'").await;
    page.next_frame().await;
    page.shows("What is wrong").await;
    assert!(!page.button(SignInPage::SIGN_IN).exists().await, "there is no portal to sign in to");
    world.end().await;
}

async fn the_page_works_below_any_path() {
    let world = World::below("/tools/key-wizard/").await;
    SignInPage(world.page()).wait().await;
    world.sign_in("jane").await;
    CredentialsStep(world.page()).wait().await;
    world.end().await;
}

/// A sandboxed frame runs no script, like a browser with scripts disabled.
async fn without_scripts_the_page_says_what_it_needs_and_another_way() {
    let (mut world, docs) = Docs::open("").await;
    world.expect(Complaint::ScriptForbidden);
    world.may_be_framed_by(&[docs.site.url.trim_end_matches('/')]);
    docs.write("", &format!("<iframe title=Wizard sandbox=allow-same-origin src='{}'></iframe>", world.site_url()));
    let page = world.page();
    page.goto(&docs.site.url).await;
    page.look_into_frame(true).await;
    page.heading(SignInPage::HEADING).wait().await;
    page.shows("This page needs JavaScript and WebAssembly").await;
    page.shows("New item › Developer credentials › API key credentials").await;
    page.look_into_frame(false).await;
    world.end().await;
}

/// A custom WebAssembly section, which has no effect on the code.
pub const CUSTOM_SECTION: &[u8] = b"\x00\x09\x08tampered";

/// Valid additions to each type of file, detectable where the file is used.
const ADDITIONS: [(&str, &[u8]); 3] = [
    (".wasm", CUSTOM_SECTION),
    (".js", b"\nglobalThis.akwTampered = true;\n"),
    (".css", b"\nbody { outline-style: dashed }\n"),
];

/// The page on a host where an attacker has appended this to its files with these extensions. An attacker who can
/// change `index.html` too updates the hash there: the file then works, so only the hash protects it.
async fn changed_on_the_host(additions: &[(&str, &[u8])], also_index: bool) -> World {
    let world = World::unopened(Setup::default()).await;
    let paths = world.site.paths();
    for (ending, addition) in additions {
        let is_built = |path: &&String| !path.contains('/') && path.contains('-') && path.ends_with(ending);
        let path = paths.iter().find(is_built);
        let path = path.unwrap_or_else(|| panic!("no {ending} in {paths:?}"));
        let original = world.site.bytes(path).expect("the path was listed");
        let changed = [&*original, *addition].concat();
        if also_index {
            let index = world.site.bytes("index.html").expect("there is a page");
            let index = String::from_utf8(index).expect("it is text");
            let rebound = index.replace(&integrity(&original), &integrity(&changed));
            assert_ne!(rebound, index, "{path} is bound to index.html");
            world.site.replace("index.html", rebound.into_bytes());
        }
        world.site.replace(path, changed);
    }
    world.open().await;
    world
}

/// True if the additions to script and style are in effect.
async fn is_used(page: &Page) -> [bool; 2] {
    let found =
        page.js("[globalThis.akwTampered === true, getComputedStyle(document.body).outlineStyle === 'dashed']").await;
    serde_json::from_value(found).expect("two answers")
}

async fn code_and_style_that_were_changed_on_the_host_are_refused_and_the_page_says_so() {
    let [wasm, script, style] = ADDITIONS;
    for added in [wasm, script] {
        let world = changed_on_the_host(&[added], false).await;
        world.expect(Complaint::Integrity);
        let page = world.page();
        page.shows("The page's code could not be loaded.").await;
        assert!(!page.button(SignInPage::SIGN_IN).exists().await, "{} ran", added.0);
        assert_eq!(is_used(page).await, [false, false], "{} ran", added.0);
        world.end().await;
    }
    let world = changed_on_the_host(&[style], false).await;
    world.expect(Complaint::Integrity);
    SignInPage(world.page()).wait().await;
    assert_eq!(is_used(world.page()).await, [false, false]);
    world.end().await;
}

async fn data_that_was_changed_on_the_host_is_not_used_and_the_search_says_so() {
    let world = changed_on_the_host(&[(".json", b" ")], false).await;
    world.expect(Complaint::Integrity);
    let page = world.page();
    world.sign_in("jane").await;
    journey::credentials(page, &Wish::small()).await;
    let step = PrivilegesStep(page);
    step.wait().await;
    page.shows("The search covers only labels and ids").await;
    step.search("geocoding").await;
    step.choose("Geocoding").await;
    world.end().await;
}

/// The modified files of the tests above would work.
async fn files_that_were_changed_together_with_their_hash_are_used() {
    let world = changed_on_the_host(&ADDITIONS, true).await;
    SignInPage(world.page()).wait().await;
    world.is_taken_over().await;
    assert_eq!(is_used(world.page()).await, [true, true]);
    world.end().await;
}

async fn a_host_that_does_not_know_what_webassembly_is_called_serves_the_page_all_the_same() {
    let renamed = "{ const real = fetch; globalThis.fetch = async (...parts) => { const answer = await real(...parts); \
        return /[.]wasm$/.test(answer.url) ? new Response(answer.body) : answer } }";
    let world = World::unopened(Setup::default()).await;
    let page = world.page();
    page.before_each_document(renamed).await;
    world.expect(Complaint::MimeType);
    world.open().await;
    SignInPage(page).wait().await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        without_scripts_the_page_says_what_it_needs_and_another_way,
        code_and_style_that_were_changed_on_the_host_are_refused_and_the_page_says_so,
        data_that_was_changed_on_the_host_is_not_used_and_the_search_says_so,
        files_that_were_changed_together_with_their_hash_are_used,
        a_host_that_does_not_know_what_webassembly_is_called_serves_the_page_all_the_same,
    ],
    one: [
        the_page_works_below_any_path,
        a_missing_or_bad_configuration_is_reported_with_the_key_at_fault,
    ]
}

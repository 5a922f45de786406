//! `config.json`: one build serves every deployment, and a bad file is named, not guessed at.

use crate::pages::SignInPage;
use crate::world::{Setup, World};

/// Opens the page with this file and waits until it shows all of these texts.
async fn check(config: &str, texts: &[&str]) {
    let text = config.to_owned();
    let world = World::configured(move |_| text.clone()).await;
    let page = world.page();
    for text in texts {
        page.shows(text).await;
    }
    assert!(!page.button("Sign in").exists().await, "{config}");
    world.end().await;
}

async fn a_bad_configuration_is_told_with_the_key_at_fault() {
    check("<html>", &["config.json"]).await;
    check("", &["config.json"]).await;
    check("{}", &["portals"]).await;
    check(r#"{"portals":[],"allowOtherPortals":false,"colour":"red"}"#, &["colour"]).await;
    check(
        r#"{"portals":[{"id":"a","name":"A","url":"http://portal.example","clientId":"x"}],"allowOtherPortals":false}"#,
        &["portals[0].url"],
    )
    .await;
    check(
        r#"{"portals":[{"id":"a","name":"A","url":"https://a.example","clientId":""},{"id":"a","name":"B","url":"https://b.example","clientId":"y"}],"allowOtherPortals":false}"#,
        &["portals[0].clientId", "portals[1].id"],
    )
    .await;
}

async fn a_placeholder_client_id_is_told_with_what_to_register() {
    let config = r#"{"portals":[{"id":"a","name":"A","url":"https://a.example","clientId":"YOUR_CLIENT_ID"}],"allowOtherPortals":false}"#;
    check(config, &["portals[0].clientId"]).await;
}

async fn a_missing_configuration_is_told() {
    let mut world = World::without_config().await;
    world.expect_console("404");
    world.page().shows("config.json").await;
    world.end().await;
}

async fn the_page_works_below_any_path() {
    let world = World::below("/tools/key-wizard/").await;
    SignInPage(world.page()).wait().await;
    world.sign_in("jane").await;
    crate::pages::CredentialsStep(world.page()).wait().await;
    world.end().await;
}

async fn without_scripts_the_page_says_what_it_needs() {
    let world = World::start().await;
    let html = reqwest::get(world.site_url()).await.expect("the site answers").text().await.expect("it is text");
    let inside = html.split_once("<noscript>").and_then(|(_, rest)| rest.split_once("</noscript>"));
    assert!(inside.is_some_and(|(text, _)| text.contains("JavaScript")), "{html}");
    assert!(html.contains("<h1"), "a shell is painted before any script");
    world.end().await;
}

async fn files_changed_on_the_host_are_refused() {
    for ending in [".js", ".wasm", ".css"] {
        let mut world = World::tampered(ending).await;
        world.expect_console("integrity");
        world.expect_console("Failed");
        let page = world.page();
        if ending == ".css" {
            SignInPage(page).wait().await;
            let rules = "[...document.styleSheets].flatMap(it => [...it.cssRules]).length";
            assert_eq!(page.js(rules).await, 0, "the changed style is not used");
        } else {
            assert!(!page.button("Sign in").exists().await, "{ending} ran although it was changed");
        }
        world.end().await;
    }
}

async fn a_host_that_does_not_know_what_webassembly_is_called_serves_the_page_all_the_same() {
    let renamed = "{ const real = fetch; globalThis.fetch = async (...it) => { const answer = await real(...it); \
        return /[.]wasm$/.test(answer.url) ? new Response(answer.body) : answer } }";
    let world = World::unopened(Setup::default()).await;
    let page = world.page();
    page.before_each_document(renamed).await;
    world.open().await;
    SignInPage(page).wait().await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        the_page_works_below_any_path,
        without_scripts_the_page_says_what_it_needs,
        files_changed_on_the_host_are_refused,
        a_host_that_does_not_know_what_webassembly_is_called_serves_the_page_all_the_same,
    ],
    one: [
        a_bad_configuration_is_told_with_the_key_at_fault,
        a_placeholder_client_id_is_told_with_what_to_register,
        a_missing_configuration_is_told,
    ]
}

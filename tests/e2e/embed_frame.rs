//! The page in a frame. The port is not part of a site, so 127.0.0.1 is the same site everywhere, and `localhost` a
//! different one.

use crate::complaints::Complaint;
use crate::docs::Docs;
use crate::journey::{self};
use crate::pages::CredentialsStep;
use crate::world::{Setup, World};

/// A documentation site whose page frames the wizard; the wizard's configuration lists these sites.
async fn framed(world: &mut World, lists: &[&str]) -> Docs {
    let docs = Docs::with(world, "").await;
    let port = docs.site.url.rsplit(':').next().expect("there is a port").trim_end_matches('/').to_owned();
    let origins: Vec<String> = lists.iter().map(|host| format!("http://{host}:{port}")).collect();
    world.may_be_framed_by(&origins.iter().map(String::as_str).collect::<Vec<_>>());
    let address = format!("{}#/new?title=Framed", world.site_url());
    docs.write(
        "",
        &format!("<iframe title=Wizard width=900 height=700 allow=clipboard-write src='{address}'></iframe>"),
    );
    docs
}

async fn enter(world: &World, address: &str) {
    let page = world.page();
    page.goto(address).await;
    page.client.enter_frame(0).await.expect("there is a frame");
}

/// The text visible in the frame.
async fn frame_text(world: &World) -> String {
    let text = world.page().client.execute("return document.body.innerText", vec![]).await;
    text.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
}

async fn embed_a_frame_on_the_same_site_is_a_whole_wizard_and_keeps_what_was_typed() {
    let mut world = World::unopened(Setup::default()).await;
    let docs = framed(&mut world, &["127.0.0.1"]).await;
    let page = world.page();
    page.goto(&docs.site.url).await;
    Docs::sign_in_in_frame(&world, "jane").await;
    CredentialsStep(page).add_referrer("https://app.example.com").await;
    CredentialsStep(page).remove("https://app.example.com").wait().await;
    page.look_into_frame(false).await;
    page.goto(&docs.site.url).await;
    Docs::sign_in_in_frame(&world, "jane").await;
    CredentialsStep(page).remove("https://app.example.com").wait().await;
    let key = journey::to_key(page).await;
    assert!(world.whoami(&key, Some("https://app.example.com/")).await.is_accepted());
    world.end().await;
}

async fn embed_a_frame_on_another_site_only_opens_a_tab_with_the_same_answers() {
    let mut world = World::unopened(Setup::default()).await;
    // Firefox reports the cookie that is set as a probe.
    world.expect(Complaint::Cookie);
    let docs = framed(&mut world, &["127.0.0.1", "localhost"]).await;
    let page = world.page();
    enter(&world, &docs.site.url.replace("127.0.0.1", "localhost")).await;
    page.until("the launcher is shown", async || frame_text(&world).await.contains("in a tab of its own")).await;
    let link = "return (() => { const link = document.querySelector('a'); return [link.href, link.target, link.rel].join(' ') })()";
    let link = page.client.execute(link, vec![]).await.expect("there is a link");
    assert_eq!(link, format!("{}#/new?title=Framed _blank noopener", world.site_url()));
    let asked = page.seen().await.requests;
    assert!(
        !asked.iter().any(|request| request.url.starts_with(&world.portal_url())),
        "nothing was sent to the portal"
    );
    world.end().await;
}

async fn embed_a_site_that_is_not_listed_cannot_frame_the_page() {
    let mut world = World::unopened(Setup::default()).await;
    world.expect(Complaint::Policy("frame-ancestors"));
    // From the browser's own error page.
    world.expect(Complaint::Sink("innerHTML"));
    let docs = framed(&mut world, &["127.0.0.2"]).await;
    enter(&world, &docs.site.url).await;
    let page = world.page();
    // Before the browser decides, the frame is as empty as after a refusal.
    page.until("the browser has refused the frame", async || {
        page.seen().await.log.iter().any(|line| line.contains("frame-ancestors"))
    })
    .await;
    let address =
        page.client.execute("return document.documentURI", vec![]).await.expect("the frame can be looked into");
    assert!(!address.as_str().is_some_and(|address| world.is_ours(address)), "{address}");
    assert!(!frame_text(&world).await.contains("Create an API key"));
    world.end().await;
}

async fn embed_without_headers_a_frame_that_is_not_listed_shows_only_the_launcher() {
    let (mut world, docs) = Docs::open("").await;
    let bare = xtask::site::start_other(&[("", &crate::world::dist())], Vec::new(), crate::browser::port())
        .expect("a free port");
    bare.replace("config.json", World::config(&world.portal_url()).into_bytes());
    world.others.push(bare.url.clone());
    docs.write("", &format!("<iframe title=Wizard src='{}'></iframe>", bare.url));
    enter(&world, &docs.site.url).await;
    let page = world.page();
    page.until("the launcher is shown", async || frame_text(&world).await.contains("in a tab of its own")).await;
    world.end().await;
}

crate::suite::tests! {
    both: [
        embed_a_frame_on_the_same_site_is_a_whole_wizard_and_keeps_what_was_typed,
        embed_a_frame_on_another_site_only_opens_a_tab_with_the_same_answers,
        embed_without_headers_a_frame_that_is_not_listed_shows_only_the_launcher,
    ],
    // The headless shell does not log which frame it blocked.
    whole: [embed_a_site_that_is_not_listed_cannot_frame_the_page]
}

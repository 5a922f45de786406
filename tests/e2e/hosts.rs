//! The page on each real server, with its header file, below a path.

use xtask::servers::{self, Server};

use crate::pages::{CredentialsStep, PortalPage, SignInPage};
use crate::world::{Setup, World, dist};

async fn a_person_signs_in_behind(server: Server) {
    let mut world = World::unopened(Setup::default()).await;
    let running = tokio::task::spawn_blocking(move || servers::start(server, &dist(), "/tools/key/"));
    let running = running.await.expect("it does not panic").unwrap_or_else(|failure| panic!("{failure}"));
    std::fs::write(running.page.join("config.json"), World::config(&world.portal_url())).expect("the copy is writable");
    world.portal(|portal| portal.register_client("key-wizard-demo", "ArcGIS Key Wizard", &[&running.url]));
    world.others.push(running.url.clone());
    let page = world.page();
    page.goto(&running.url).await;
    SignInPage(page).wait().await;
    page.button("Sign in").click().await;
    PortalPage(page).allow("jane").await;
    CredentialsStep(page).wait().await;
    assert!(page.url().await.starts_with(&running.url));
    world.end().await;
}

async fn a_person_signs_in_behind_nginx() {
    a_person_signs_in_behind(Server::Nginx).await;
}

async fn a_person_signs_in_behind_apache() {
    a_person_signs_in_behind(Server::Apache).await;
}

async fn a_person_signs_in_behind_caddy() {
    a_person_signs_in_behind(Server::Caddy).await;
}

crate::suite::tests! {
    one: [a_person_signs_in_behind_nginx, a_person_signs_in_behind_apache, a_person_signs_in_behind_caddy],
}

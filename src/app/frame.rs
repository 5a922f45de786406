//! What stands around every page: the product's name, who is signed in where, and the way out.

use leptos::prelude::*;

use super::{App, Phase};
use crate::{
    html,
    ui::button::{Button, Look},
};

/// The id of the heading that takes focus when a page opens.
pub const HEADING: &str = "page-heading";

/// Header and main part of a page.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    html! {
        <header class="frame__header">
            <div class="frame__bar">
                <span class="frame__name">{"ArcGIS Key Wizard"}</span>
                <Account />
            </div>
        </header>
        <main class="frame__main">{children()}</main>
    }
}

#[component]
fn Account() -> impl IntoView {
    let app = App::here();
    let signed_in = move || {
        let Phase::SignedIn(account) = app.phase.get() else { return None };
        let portal = app.portal_host();
        Some(html! {
            <p class="frame__account" translate="no">
                <b><bdi>{account.full_name}</bdi></b>
                {" ("}<bdi>{account.username.0}</bdi>{")"}
                <br />
                <bdi>{account.org_name}</bdi>
                {" · "}
                <bdi>{portal}</bdi>
            </p>
            <Button words="Sign out" look=Look::Small on_press=move || app.ask_to_sign_out() />
        })
    };
    html! { {signed_in} }
}

/// The heading of a page: takes focus when the page opens, and gives the document its title.
#[component]
pub fn Heading(#[prop(into)] words: String) -> impl IntoView {
    let title = match words.as_str() {
        "Create an API key" => words.clone(),
        _ => format!("{words} – Create an API key"),
    };
    crate::browser::page::set_title(&title);
    crate::browser::focus::on_heading(HEADING);
    html! { <h1 id=HEADING tabindex="-1">{words}</h1> }
}

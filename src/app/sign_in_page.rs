//! The first page: what this is, which portal, and the way in.

use leptos::prelude::*;

use super::{App, frame::Heading, other_portal::OtherPortal};
use crate::{
    browser::location,
    config::PortalId,
    html,
    i18n::News,
    ui::{
        button::{Button, Look},
        copy_button::CopyButton,
        field::SelectField,
        notice::{Notice, Tone},
    },
};

/// The value of the `Portal` choice that stands for an address typed by the person.
const OTHER: &str = "\u{0}other";

/// The sign-in page, with news if there is any.
#[component]
pub fn SignInPage(news: Option<News>) -> impl IntoView {
    let app = App::here();
    let chosen =
        RwSignal::new(app.config(|config| config.portals.first().map_or(OTHER.to_owned(), |it| it.id.0.clone())));
    let other = move || chosen.with(|chosen| chosen == OTHER);
    let sign_in = move || app.sign_in_to(PortalId(chosen.get_untracked()));
    html! {
        <Heading words="Create an API key" />
        {news.map(|news| html! { <NewsBox news=news /> })}
        <p class="lead">
            {"Choose what your key may do, where it may be used and how long it works. Then copy it, once."}
        </p>
        <div class="card">
            <PortalChoice chosen=chosen />
            <Show when=other fallback=move || html! {
                <div class="button-row">
                    <Button words="Sign in" look=Look::Primary disabled=app.leaving on_press=sign_in />
                </div>
            }>
                <OtherPortal />
            </Show>
            <p class="hint" role="status">{move || if app.leaving.get() { "Asking the portal…" } else { "" }}</p>
            <p class="hint">
                {"You sign in on your portal's own page. This page talks to your portal straight from your browser; "}
                {"no server in between sees your password, your session or your key."}
            </p>
        </div>
        <Registration />
    }
}

/// A notice made of news.
#[component]
pub fn NewsBox(news: News, #[prop(optional)] tone: Option<Tone>) -> impl IntoView {
    html! {
        <Notice tone=tone.unwrap_or(Tone::Warning) title=news.title>
            <p>{news.text}</p>
            <p>{news.advice}</p>
        </Notice>
    }
}

#[component]
fn PortalChoice(chosen: RwSignal<String>) -> impl IntoView {
    let app = App::here();
    let mut options: Vec<(String, String)> = app.config(|config| {
        let row = |it: &crate::config::ConfiguredPortal| (it.id.0.clone(), format!("{} ({})", it.name, it.root.host()));
        config.portals.iter().map(row).collect()
    });
    if app.config(|config| config.allow_other_portals) {
        options.push((OTHER.to_owned(), "Another portal".to_owned()));
    }
    if options.len() == 1 {
        let words = options.remove(0).1;
        return html! { <p>{"Portal: "}<b><bdi>{words}</bdi></b></p> }.into_any();
    }
    html! {
        <SelectField id="portal" label="Portal" options=options value=chosen on_change=move |id| chosen.set(id) />
    }
    .into_any()
}

/// What whoever registers this page with a portal needs to copy.
#[component]
fn Registration() -> impl IntoView {
    let address = location::redirect_uri();
    html! {
        <details>
            <summary>{"Running this page yourself?"}</summary>
            <div class="stack stack--close">
                <p>{"Register it in your portal as OAuth 2.0 credentials with exactly this redirect URI:"}</p>
                <p><code translate="no">{address.clone()}</code></p>
                <CopyButton
                    words="Copy redirect URI"
                    done="Copied."
                    denied="Your browser does not allow copying. Select the address and copy it yourself."
                    text=address
                />
            </div>
        </details>
    }
}

//! Which page is on the screen.

use leptos::prelude::*;

use super::{
    App, Leave, Phase, config_page::ConfigPage, frame::Frame, missing_privileges::MissingPrivileges,
    sign_in_page::SignInPage,
};
use crate::{
    credential::privilege,
    html,
    portal::account::Account,
    ui::{
        button::{Button, Look},
        dialog::Dialog,
        notice::{Notice, Tone},
    },
    wizard::Walk,
};

/// The page.
#[component]
pub fn Page() -> impl IntoView {
    let app = App::here();
    let page = move || match app.phase.get() {
        Phase::Starting => html! { <Waiting words="Loading…" /> }.into_any(),
        Phase::SigningIn => html! { <Waiting words="Signing you in…" /> }.into_any(),
        Phase::Misconfigured(faults) => html! { <ConfigPage faults=faults /> }.into_any(),
        Phase::SignedOut(news) => html! { <SignInPage news=news /> }.into_any(),
        Phase::SignedIn(account) => html! { <SignedIn account=account /> }.into_any(),
    };
    html! {
        <Frame>
            <Show when=move || app.storage_blocked.get()>
                <Notice tone=Tone::Warning title="Your browser keeps nothing for this page">
                    <p>{"Everything works, but reloading this tab or signing in again will lose what you typed."}</p>
                </Notice>
            </Show>
            {page}
        </Frame>
        <LeaveQuestion />
    }
}

/// Stands where the shell's heading stood, so that nothing jumps.
#[component]
fn Waiting(words: &'static str) -> impl IntoView {
    html! {
        <h1>{"Create an API key"}</h1>
        <p class="lead" role="status">{words}</p>
    }
}

#[component]
fn SignedIn(account: Account) -> impl IntoView {
    let missing = privilege::can_create(&account.privileges);
    let told = RwSignal::new(missing.is_empty());
    move || {
        if !told.get() {
            let missing = missing.clone();
            return html! { <MissingPrivileges missing=missing on_anyway=move || told.set(true) /> }.into_any();
        }
        html! { <Walk /> }.into_any()
    }
}

/// Asked before the key is left without having been saved.
#[component]
fn LeaveQuestion() -> impl IntoView {
    let app = App::here();
    let stay = move || app.question.set(None);
    let question = move |leave: Leave| {
        html! {
            <Dialog id="leave-question" title="Leave without saving the key?" on_close=stay>
                <p>{"This is the only time the key can be seen. If you leave now it is wiped, and you have to generate a new one."}</p>
                <div class="button-row">
                    <Button words="Stay" look=Look::Primary on_press=stay />
                    <Button words="Leave" look=Look::Danger on_press=move || app.leave_key(leave) />
                </div>
            </Dialog>
        }
    };
    move || app.question.get().map(question)
}

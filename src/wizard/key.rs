//! Step 7: the key, once; or, for `generate later`, what was made and how to generate it.

use leptos::prelude::*;

use crate::{
    app::{App, frame::Heading},
    browser::{page, time},
    html, i18n,
    operation::{Event, Stage, State},
    ui::{
        button::{Button, Look},
        notice::{Notice, Tone},
        secret_once::{self, SecretOnce},
    },
};

const WORDS: secret_once::Words = secret_once::Words {
    label: "API key",
    copy: "Copy",
    copied: "Copied. Paste it where you keep secrets; your clipboard's history may keep it too.",
    denied: "Your browser did not allow copying. The key is selected: copy it with Ctrl+C or ⌘C.",
};

/// The page.
#[component]
pub fn Key() -> impl IntoView {
    let app = App::here();
    let stage = Memo::new(move |_| app.operation.with(|state| state.as_ref().map(|state| state.stage.clone())));
    move || match (stage.get(), app.key_gone.get()) {
        (Some(Stage::KeyShown), false) => html! { <Shown /> }.into_any(),
        (Some(Stage::KeyShown), true) => html! { <Wiped /> }.into_any(),
        (Some(Stage::Acknowledged), _) => html! { <Saved /> }.into_any(),
        (Some(Stage::Made), _) => html! { <Later /> }.into_any(),
        _ => ().into_any(),
    }
}

#[component]
fn Shown() -> impl IntoView {
    let app = App::here();
    page::ask_before_leaving(move || app.key_is_shown());
    html! {
        <Heading words="Copy your API key" />
        <Notice tone=Tone::Warning title="This is the only time you can see this key">
            <p>{"Copy it now and store it in a safe place. It is wiped from this page in 10 minutes, or when you leave."}</p>
            <Replaced />
        </Notice>
        <div class="card">
            <SecretOnce held=app.key words=WORDS on_wiped=move || app.key_gone.set(true) />
            <div class="button-row">
                <Button words="I have saved the key" on_press=move || app.acknowledge() />
            </div>
        </div>
        <About />
    }
}

/// A key whose answer was lost has been replaced by the one shown.
#[component]
fn Replaced() -> impl IntoView {
    let app = App::here();
    let replaced = app.operation.with(|state| state.as_ref().is_some_and(|state| state.work.made.key_replaced));
    replaced.then(|| {
        html! { <p>{"The portal's first answer was lost on the way, so this is a second key. The first one was never seen and no longer works."}</p> }
    })
}

/// What the key is, beside it.
#[component]
fn About() -> impl IntoView {
    let app = App::here();
    let Some(state) = app.operation.get_untracked() else { return ().into_any() };
    let rows = rows(app, &state);
    html! {
        <div class="card">
            <h2>{"What this key is"}</h2>
            <dl class="summary_list">
                {rows.into_iter().map(|(name, values)| row(name, values)).collect_view()}
            </dl>
            <ItemLink />
        </div>
    }
    .into_any()
}

fn rows(app: App, state: &State) -> Vec<(&'static str, Vec<String>)> {
    let plan = &state.work.plan;
    let expires = state.work.made.item_read.as_ref().and_then(|item| item.expires(plan.slot)).unwrap_or(plan.expires);
    let or_none = |values: Vec<String>, none: &str| if values.is_empty() { vec![none.to_owned()] } else { values };
    vec![
        ("Expires", vec![i18n::works_until(&time::utc_instant(expires), &time::local_instant(expires))]),
        ("Privileges", or_none(app.privilege_labels(), i18n::NONE)),
        (
            "Referrers",
            or_none(app.draft_untracked(|draft| draft.referrers.clone()), "Any: the key works from everywhere"),
        ),
        (
            "Items",
            or_none(app.draft_untracked(|draft| draft.items.iter().map(|it| it.title.clone()).collect()), i18n::NONE),
        ),
        ("Title", vec![plan.details.title.clone()]),
        ("Folder", vec![plan.folder.title().unwrap_or("Your content, in no folder").to_owned()]),
        ("Slot", vec![format!("API key {} of 2", plan.slot.digit())]),
    ]
}

fn row(name: &'static str, values: Vec<String>) -> impl IntoView {
    let values = values.into_iter().map(|value| html! { <li><bdi>{value}</bdi></li> }).collect_view();
    html! {
        <div class="summary_list__row">
            <dt class="summary_list__key">{name}</dt>
            <dd class="summary_list__value"><ul class="summary_list__values">{values}</ul></dd>
        </div>
    }
}

/// The item's page in the portal: built from the configured address, never from an answer.
#[component]
fn ItemLink() -> impl IntoView {
    let app = App::here();
    app.item_page().map(|address| {
        html! {
            <p>
                <a href=address target="_blank" rel="noopener noreferrer">{"Open the item in the portal"}</a>
            </p>
        }
    })
}

/// Ten minutes have gone by, or the page was left and came back.
#[component]
fn Wiped() -> impl IntoView {
    let app = App::here();
    html! {
        <Heading words="The key is no longer shown" />
        <Notice tone=Tone::Warning title="The key was wiped from this page">
            <p>{"It was on the screen for 10 minutes, or you left the page. It cannot be shown again."}</p>
        </Notice>
        <div class="button-row">
            <Button words="I have saved the key" look=Look::Primary on_press=move || app.acknowledge() />
            <Button words="Generate a new key instead" on_press=move || app.replace_key() />
            <Button words="Delete what was made" look=Look::Danger on_press=move || app.tell(Event::Discarded) />
        </div>
        <About />
    }
}

#[component]
fn Saved() -> impl IntoView {
    let app = App::here();
    html! {
        <Heading words="Your key is ready" />
        <Notice tone=Tone::Good title="The key is wiped from this page">
            <p>{"Nothing of it is kept here. You can revoke it, or generate its successor, on the item's page in the portal."}</p>
        </Notice>
        <About />
        <div class="button-row">
            <Button words="Create another key" on_press=move || app.start_over() />
        </div>
    }
}

#[component]
fn Later() -> impl IntoView {
    let app = App::here();
    html! {
        <Heading words="Credential created" />
        <Notice tone=Tone::Good title="The credential is ready, and has no key yet">
            <p>
                {"To generate its key, open the item in the portal, choose Settings, and press Generate API key. "}
                {"The key is shown once, so have a safe place for it at hand."}
            </p>
            <ItemLink />
        </Notice>
        <About />
        <div class="button-row">
            <Button words="Create another key" on_press=move || app.start_over() />
        </div>
    }
}

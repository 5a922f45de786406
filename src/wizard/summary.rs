//! Step 5: everything chosen, and whether the key is generated now.

use leptos::prelude::*;

use crate::{
    app::App,
    browser::time,
    credential::{draft::KeyChoice, expiration::Expiration},
    html, i18n,
    route::Step,
    ui::{
        button::{Button, Look},
        notice::{Notice, Tone},
    },
};

/// The fields of the step.
#[component]
pub fn Summary() -> impl IntoView {
    let app = App::here();
    html! {
        <dl class="summary_list">
            <Row name="Expiration date" step=Step::Credentials values=move || vec![expiration(app)] />
            <Row name="Referrers" step=Step::Credentials values=move || referrers(app) />
            <Row name="Privileges" step=Step::Privileges values=move || privileges(app) />
            <Row name="Item access" step=Step::ItemAccess values=move || items(app) />
            <Row name="Title" step=Step::Details values=move || vec![app.draft(|draft| draft.title.trim().to_owned())] />
            <Row name="Folder" step=Step::Details values=move || vec![folder(app)] />
            <Row name="Tags" step=Step::Details values=move || vec![app.draft(|draft| draft.tags.clone())] />
            <Row name="Summary" step=Step::Details values=move || vec![app.draft(|draft| draft.summary.clone())] />
        </dl>
        <Warnings />
        <fieldset class="stack stack--close">
            <legend class="field__label">{"The API key"}</legend>
            <Choice
                choice=KeyChoice::Now
                words="Generate the API key now. I am ready to copy and save the key."
            />
            <Choice choice=KeyChoice::Later words="Create the credential and generate the key later." />
        </fieldset>
    }
}

#[component]
fn Row(name: &'static str, step: Step, values: impl Fn() -> Vec<String> + Send + Sync + 'static) -> impl IntoView {
    let app = App::here();
    let id = format!("summary-{}", name.to_lowercase().replace(' ', "-"));
    let value = move || {
        let values = values();
        let lines = values.into_iter().map(|line| {
            let line = if line.trim().is_empty() { i18n::NONE.to_owned() } else { line };
            html! { <li><bdi>{line}</bdi></li> }
        });
        html! { <ul class="summary_list__values">{lines.collect_view()}</ul> }
    };
    html! {
        <div class="summary_list__row">
            <dt class="summary_list__key" id=id.clone()>{name}</dt>
            <dd class="summary_list__value">{value}</dd>
            <dd class="summary_list__action">
                <Button words="Change" look=Look::Link about=id on_press=move || app.change(step) />
            </dd>
        </div>
    }
}

fn expiration(app: App) -> String {
    let typed = app.draft(|draft| draft.expiration.clone());
    match Expiration::parse(&typed, time::now()) {
        Ok(expiration) => i18n::works_until(&time::utc_instant(expiration.at()), &time::local_instant(expiration.at())),
        Err(_) => typed,
    }
}

fn referrers(app: App) -> Vec<String> {
    let referrers = app.draft(|draft| draft.referrers.clone());
    if referrers.is_empty() { vec!["Any: the key works from everywhere".to_owned()] } else { referrers }
}

fn privileges(app: App) -> Vec<String> {
    let labels = app.privilege_labels();
    if labels.is_empty() { vec![i18n::NONE.to_owned()] } else { labels }
}

fn items(app: App) -> Vec<String> {
    let items = app.draft(|draft| {
        draft.items.iter().map(|item| format!("{} ({}, {})", item.title, item.kind, item.id.0)).collect::<Vec<_>>()
    });
    if items.is_empty() { vec![i18n::NONE.to_owned()] } else { items }
}

fn folder(app: App) -> String {
    let folder = app.draft(|draft| draft.folder.trim().to_owned());
    if folder.is_empty() { "Your content, in no folder".to_owned() } else { folder }
}

/// What a person should know before pressing `Create`.
#[component]
fn Warnings() -> impl IntoView {
    let app = App::here();
    let personal = move || app.draft(|draft| draft.privileges.iter().any(crate::credential::privilege::is_personal));
    html! {
        <Show when=personal>
            <Notice tone=Tone::Warning title="Keep this key out of public pages">
                <p>
                    {"Some of these privileges act on your content, members or organization. Whoever reads the key can "}
                    {"use them in your name. Use it in private apps and scripts only."}
                </p>
            </Notice>
        </Show>
    }
}

#[component]
fn Choice(choice: KeyChoice, words: &'static str) -> impl IntoView {
    let app = App::here();
    html! {
        <label class="choice choice--boxed">
            <input
                type="radio"
                name="key-choice"
                class="choice__mark"
                prop:checked=move || app.draft(|draft| draft.key == choice)
                on:change=move |_| app.edit(|draft| draft.key = choice)
            />
            <span>{words}</span>
        </label>
    }
}

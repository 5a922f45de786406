//! Step 1: how long the key works, and where it may be used.

use leptos::{ev::KeyboardEvent, prelude::*};

use crate::{
    app::App,
    browser::time,
    credential::{
        expiration::{self, Expiration, Preset},
        problem::Field as Name,
    },
    html, i18n,
    ui::{
        button::{Button, Look},
        field::{Field, described_by, input_class},
        picked::{Entry, Picked},
    },
};

/// The fields of the step.
#[component]
pub fn Credentials() -> impl IntoView {
    html! {
        <ExpirationDate />
        <Referrers />
    }
}

#[component]
fn ExpirationDate() -> impl IntoView {
    let app = App::here();
    let id = Name::Expiration.id();
    let error = app.error_of(Name::Expiration);
    let (earliest, latest) = expiration::range(time::now());
    let hint = format!(
        "From {} to {}. A key cannot be used after this day, and never longer than one year.",
        time::date_in_words(earliest),
        time::date_in_words(latest)
    );
    html! {
        <div class="stack stack--close">
            <Field id=id label="Expiration date" hint=hint error=error>
                <input
                    id=id
                    type="date"
                    min=expiration::format_date(earliest)
                    max=expiration::format_date(latest)
                    autocomplete="off"
                    class=move || format!("{} field__input--short", input_class(error.with(Option::is_some)))
                    aria-required="true"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=format!("{} expiration-instant", described_by(id))
                    prop:value=move || app.draft(|draft| draft.expiration.clone())
                    on:input=move |event| app.edit(|draft| draft.expiration = event_target_value(&event))
                />
            </Field>
            <div class="button-row button-row--close" role="group" aria-label="Set the expiration date to">
                {Preset::ALL.into_iter().map(move |preset| preset_button(app, preset)).collect_view()}
            </div>
            <p class="field__result" id="expiration-instant" role="status">{move || instant_in_words(app)}</p>
        </div>
    }
}

fn preset_button(app: App, preset: Preset) -> impl IntoView {
    let press = move || {
        let date = preset.date(time::today(), time::now());
        app.edit(|draft| draft.expiration = expiration::format_date(date));
    };
    html! { <Button words=i18n::preset(preset) look=Look::Small on_press=press /> }
}

fn instant_in_words(app: App) -> String {
    let typed = app.draft(|draft| draft.expiration.clone());
    match Expiration::parse(&typed, time::now()) {
        Ok(expiration) => i18n::works_until(&time::utc_instant(expiration.at()), &time::local_instant(expiration.at())),
        Err(_) => "Choose a date to see when the key stops working.".to_owned(),
    }
}

#[component]
fn Referrers() -> impl IntoView {
    let app = App::here();
    let id = Name::Referrers.id();
    let error = app.error_of(Name::Referrers);
    let add = move || app.wizard.update(|wizard| wizard.add_referrer());
    let enter = move |event: KeyboardEvent| {
        // Enter in a field with text adds it; in an empty one it is the form's `Next`.
        if event.key() == "Enter" && app.draft(|draft| !draft.referrer_entry.trim().is_empty()) {
            event.prevent_default();
            add();
        }
    };
    let entries = Signal::derive(move || {
        app.draft(|draft| {
            draft.referrers.iter().map(|words| Entry { words: words.clone(), about: String::new() }).collect::<Vec<_>>()
        })
    });
    let hint = "The web addresses whose pages may use the key, such as https://app.example.com or \
                https://*.example.com. Several at once are fine. Without any, the key works from anywhere.";
    html! {
        <div class="stack stack--close">
            <Field id=id label="Referrers" hint=hint error=error>
                <div class="field__row">
                    <input
                        id=id
                        type="text"
                        inputmode="url"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        translate="no"
                        class=move || input_class(error.with(Option::is_some))
                        aria-invalid=move || error.with(Option::is_some).then_some("true")
                        aria-describedby=described_by(id)
                        prop:value=move || app.draft(|draft| draft.referrer_entry.clone())
                        on:input=move |event| app.edit(|draft| draft.referrer_entry = event_target_value(&event))
                        on:keydown=enter
                    />
                    <Button words="Add referrer" on_press=add />
                </div>
            </Field>
            <Picked
                label="Chosen referrers"
                remove="Remove"
                entries=entries
                on_remove=move |place| app.edit(|draft| { draft.referrers.remove(place); })
            />
        </div>
    }
}

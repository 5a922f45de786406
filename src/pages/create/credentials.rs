//! Step 1: how long the key works, and where it may be used.

use key_wizard_core::credential::{
    draft::Usage,
    expiration::{self, Expiration, Preset},
    problem::Field as Name,
};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, Node};

use crate::{
    i18n::{Label, Message, text},
    pages::{labels::error_of, words},
    platform::time,
    state::App,
    ui::{
        button::{Variant, button},
        dom::{El, act, el, group, read},
        field::{Words, field, text_control},
        removable_list::{self, picked},
    },
};

/// The fields of the step.
pub fn credentials(app: App) -> Node {
    group([usage(app).into(), expiration_date(app).into(), referrers(app).into()])
}

/// The question that the rest depends on; not to answer it is an answer.
fn usage(app: App) -> El {
    let choices = Usage::ALL.into_iter().map(|usage| {
        let words = match usage {
            Usage::WebPage => Label::UsageWebPage,
            Usage::Scripts => Label::UsageScripts,
            Usage::Native => Label::UsageNative,
            Usage::Unsure => Label::UsageUnsure,
        };
        let mark = el("input")
            .attr("type", "radio")
            .attr("name", "usage")
            .class("choice__mark")
            .live_checked(move || app.draft.read(|draft| draft.usage == usage))
            .on("change", move |_| app.draft.edit(|draft| draft.usage = usage));
        el("label").class("choice").with(mark).with(el("span").text(&text(words))).into()
    });
    el("fieldset").with(el("legend").class("field__label").text(&text(Label::UsageQuestion))).with_all(choices)
}

fn expiration_date(app: App) -> El {
    let (earliest, latest) = expiration::range(time::now());
    let hint = text(Message::ExpirationRange { earliest, latest });
    let words = Words {
        id: Name::Expiration.id(),
        label: text(Label::ExpirationDate),
        hint: read(move || hint.clone()),
        error: error_of(app, Name::Expiration),
    };
    let value = read(move || app.draft.read(|draft| draft.expiration.clone()));
    let change = act(move |text| app.draft.edit(|draft| draft.set_expiration(text)));
    let control = text_control("input", &words, value, change)
        .attr("type", "date")
        .attr("min", &expiration::format_date(earliest))
        .attr("max", &expiration::format_date(latest))
        .attr("aria-required", "true")
        .live_class("field__input--short", || true);
    let presets = el("div")
        .class("button-row button-row--close")
        .attr("role", "group")
        .attr("aria-label", &text(Label::ExpirationPresets))
        .with_all(Preset::ALL.into_iter().map(|preset| preset_button(app, preset).into()));
    el("div")
        .class("stack stack--close")
        .with(field(&words, control))
        .with(presets)
        .with(el("p").class("field__result").attr("role", "status").live_text(move || instant_in_words(app)))
}

fn preset_button(app: App, preset: Preset) -> El {
    button(&text(Message::Preset(preset)), Variant::Small, move || {
        let date = preset.date(time::today(), time::now());
        app.draft.edit(|draft| draft.set_expiration(expiration::format_date(date)));
    })
}

/// The end of the typed date in both clocks.
fn instant_in_words(app: App) -> String {
    let typed = app.draft.read(|draft| draft.expiration.clone());
    match Expiration::parse(&typed, time::now()) {
        Ok(expiration) => text(Message::ExpiresAt(expiration.at())),
        Err(_) => text(Label::ExpirationMissing),
    }
}

fn referrers(app: App) -> El {
    let hint = read(move || {
        let more = match app.draft.read(|draft| draft.usage) {
            Usage::WebPage => Label::ReferrersNeeded,
            Usage::Scripts | Usage::Native => Label::ReferrersUnsent,
            Usage::Unsure => return text(Label::ReferrersHint),
        };
        [text(more), text(Label::ReferrersHint)].join(" ")
    });
    let words =
        Words { id: Name::Referrers.id(), label: text(Label::Referrers), hint, error: error_of(app, Name::Referrers) };
    let value = read(move || app.draft.read(|draft| draft.referrer_entry.clone()));
    let change = act(move |text| app.draft.edit(|draft| draft.referrer_entry = text));
    let entry = text_control("input", &words, value, change)
        .attr("type", "text")
        .attr("inputmode", "url")
        .attr("autocapitalize", "none")
        .on("keydown", move |event| add_on_enter(app, &event));
    let add = button(&text(Label::AddReferrer), Variant::Plain, move || app.draft.add_referrer());
    let entries = read(move || {
        app.draft.read(|draft| draft.referrers.iter().map(|referrer| words::entry(referrer, String::new())).collect())
    });
    let remove = act(move |place| app.draft.edit(|draft| drop(draft.referrers.remove(place))));
    let added = removable_list::Words { list: text(Label::ReferrersAdded), remove: text(Label::Remove) };
    el("div")
        .class("stack stack--close")
        .with(field(&words, el("div").class("field__row").with(entry).with(add)))
        .with(picked(added, entries, remove))
}

/// Enter in a field with text adds it; in an empty one it is the form's `Next`.
fn add_on_enter(app: App, event: &Event) {
    let is_enter = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Enter");
    if is_enter && app.draft.read_once(|draft| !draft.referrer_entry.trim().is_empty()) {
        event.prevent_default();
        app.draft.add_referrer();
    }
}

//! Step 7: the key, once; or, for `generate later`, what was made and how to generate it.

use key_wizard_core::{
    credential::{draft::Draft, privilege},
    key_life::WhyHidden,
    operation::{Event, Stage, State},
};
use leptos::prelude::*;
use web_sys::Node;

use super::{
    progress::in_another_tab,
    summary::{lines, share::reuse},
};
use crate::{
    i18n::{Label, Message, text},
    pages::{
        labels::{granted_title, privilege_label},
        layout::heading,
    },
    platform::{embedder, focus, time, window_events},
    state::{App, key::KeyStore, navigation::Confirmation},
    ui::{
        button::{Variant, button, row},
        dialog::dialog,
        dom::{self, Act, El, act, el, group, nothing, show, switch, watch},
        notice::{Severity, notice, paragraph},
        secret_once::{self, SecretOnce, secret_once},
    },
};

/// The id of the button `I have saved the key`.
const SAVED: &str = "key-saved";

/// The page.
pub fn key(app: App) -> Node {
    let stage = move || {
        let hidden = app.key.why_hidden();
        // A key on the screen stays there while another tab takes over.
        (app.jobs.read(|state| state.stage.clone()), hidden, hidden.is_some() && app.jobs.is_held_by_other_tab())
    };
    switch(stage, move |stage| match stage {
        (Some(Stage::KeyShown), None, _) => shown(app),
        (Some(Stage::KeyShown), _, true) => group([heading(&text(Label::HeldByOtherTab)), in_another_tab(app)]),
        (Some(Stage::KeyShown), Some(why), _) => hidden(app, *why),
        (Some(Stage::Acknowledged), ..) => saved(app),
        (Some(Stage::CreatedWithoutKey), ..) => later(app),
        _ => nothing(),
    })
}

fn shown(app: App) -> Node {
    window_events::ask_before_leaving(move || app.key.is_unsaved());
    watch(Box::new(move || embedder::tell_busy(app.key.is_shown() && !app.key.is_copied())));
    on_cleanup(|| embedder::tell_busy(false));
    let once = notice(Severity::Warning, &text(Label::KeyShownOnce))
        .with(paragraph(&text(Label::KeyShownOnceAdvice)))
        .with(replaced(app))
        .with(show(move || app.jobs.is_held_by_other_tab(), || paragraph(&text(Label::OtherTabMayEndKey)).into()));
    let words = secret_once::Words {
        label: text(Label::ApiKey),
        copy: text(Label::Copy),
        copied: text(Label::KeyCopied),
        denied: text(Label::KeyCopyDenied),
    };
    let is_asking = RwSignal::new(false);
    let acts = secret_once::Acts {
        wiped: act(move |()| app.key.hide(WhyHidden::PageLeft)),
        copied: act(move |()| {
            app.jobs.note_copied();
            if is_asking.get_untracked() {
                answer(is_asking);
            }
        }),
        denied: act(move |()| is_asking.set(false)),
    };
    let SecretOnce { part, copy } = secret_once(app.key.slot(), words, acts);
    let saved = button(&text(Label::KeySaved), Variant::Plain, move || match app.key.is_unsaved() {
        true => is_asking.set(true),
        false => app.jobs.acknowledge(),
    });
    let card = el("div").class("card").with(part).with(time_left(app)).with(row([saved.id(SAVED)]));
    let question = show(move || is_asking.get(), move || uncopied_question(app, is_asking, copy.clone()));
    group([heading(&text(Label::CopyKeyTitle)), once.into(), card.into(), about(app), question])
}

/// The key goes for good, so whoever never copied it is asked first.
fn uncopied_question(app: App, is_asking: RwSignal<bool>, copy: Act) -> Node {
    let buttons = row([
        button(&text(Label::CopyKey), Variant::Primary, move || copy(())),
        button(&text(Label::SavedWithoutCopy), Variant::Danger, move || app.jobs.acknowledge()),
        button(&text(Label::Stay), Variant::Plain, move || answer(is_asking)),
    ]);
    let consequence = paragraph(&text(Label::UncopiedConsequence));
    dialog("uncopied-question", &text(Label::UncopiedQuestion), act(move |()| answer(is_asking)), |body| {
        body.with(consequence).with(buttons)
    })
}

/// Back to the button that asked.
fn answer(is_asking: RwSignal<bool>) {
    is_asking.set(false);
    focus::on(SAVED);
}

/// How long the key is still shown: counted for the eye, said aloud only near the end, and prolonged by a press.
fn time_left(app: App) -> El {
    let was_prolonged = RwSignal::new(false);
    count(app.key, RwSignal::new(()));
    let said = move || match (app.key.time_left().warning(), was_prolonged.get()) {
        (Some(minutes), _) => text(Message::KeyHiddenSoon(minutes)),
        (None, true) => text(Label::ShownLonger),
        (None, false) => String::new(),
    };
    let longer = button(&text(Label::ShowLonger), Variant::Small, move || {
        app.key.show_longer();
        was_prolonged.set(true);
    });
    el("div")
        .class("countdown")
        .live_class("countdown--soon", move || app.key.time_left().warning().is_some())
        .with(
            el("p")
                .class("countdown__words")
                .attr("role", "timer")
                .live_text(move || text(Message::KeyHiddenIn(app.key.time_left().seconds))),
        )
        .with(longer)
        .with(el("p").class("countdown__said").attr("role", "status").live_text(said))
}

/// Counts once a second until the key is off the screen; `alive` goes with it.
fn count(key: KeyStore, alive: RwSignal<()>) {
    time::after_a_second(move || {
        if alive.try_get_untracked().is_some() {
            key.check_deadline();
            count(key, alive);
        }
    });
}

/// A key whose answer was lost has been replaced by the one shown.
fn replaced(app: App) -> Node {
    let fate = app.jobs.read_once(|state| {
        match (state.operation.facts.key.was_replaced, state.operation.facts.key.is_revoke_refused) {
            (false, _) => None,
            (true, false) => Some(Label::FirstKeyEnded),
            // The portal may let a replaced key work for a while (F-KEY-4).
            (true, true) => Some(Label::FirstKeyMayWork),
        }
    });
    fate.flatten().map_or_else(nothing, |fate| paragraph(&text(fate)).into())
}

/// What the credential is, beside its key.
fn about(app: App) -> Node {
    let Some(rows) = app.jobs.read_once(|state| rows(app, state)) else { return nothing() };
    let list = el("dl").class("summary_list").with_all(rows.into_iter().map(|(name, values)| {
        el("div")
            .class("summary_list__row")
            .with(el("dt").class("summary_list__key").text(&text(name)))
            .with(el("dd").class("summary_list__value").with(lines(&values)))
            .into()
    }));
    let is_unsent = |draft: &Draft| draft.usage.sends_no_referrer() && !draft.referrers.is_empty();
    let unsent = match app.jobs.owns_draft() && app.draft.read_once(is_unsent) {
        true => paragraph(&text(Label::ReferrersUnsent)).class("hint").into(),
        false => nothing(),
    };
    let title = dom::heading(2).text(&text(Label::CredentialDetails));
    el("div").class("card").with(title).with(list).with(unsent).with(item_link(app)).into()
}

fn rows(app: App, state: &State) -> Vec<(Label, Vec<String>)> {
    let plan = &state.operation.plan;
    // What the portal holds counts, not what was asked.
    let expires =
        state.operation.facts.item_read.as_ref().and_then(|item| item.expires(plan.slot)).unwrap_or(plan.expires);
    let referrers = state.operation.facts.app.as_ref().map_or(&plan.grants.referrers, |app| &app.referrers);
    let granted = state.operation.facts.app.as_ref().map_or(&plan.grants.privileges, |app| &app.privileges);
    let (mut items, mut privileges) = (Vec::new(), Vec::new());
    for id in granted {
        match privilege::is_item_access(id) {
            true => items.push(granted_title(app, id)),
            false => privileges.push(privilege_label(id)),
        }
    }
    let anywhere = || vec![text(Label::AnyReferrer)];
    vec![
        (Label::Expires, vec![text(Message::ExpiresAt(expires))]),
        (Label::Privileges, privileges),
        (Label::Referrers, if referrers.is_empty() { anywhere() } else { referrers.clone() }),
        (Label::Items, items),
        (Label::Title, vec![plan.details.title.clone()]),
        (Label::Folder, vec![plan.folder.title().map_or_else(|| text(Label::RootFolder), str::to_owned)]),
        (Label::Slot, vec![text(Message::KeySlot(plan.slot.digit()))]),
    ]
}

/// The item's page in the portal: built from the configured address, never from an answer.
pub(super) fn item_link(app: App) -> Node {
    let Some(address) = app.jobs.item_page() else { return nothing() };
    let link = el("a").attr("href", &address).attr("target", "_blank").attr("rel", "noopener noreferrer");
    el("p").with(link.text(&text(Label::OpenItem))).into()
}

/// The key is wiped, and its operation still open.
fn hidden(app: App, why: WhyHidden) -> Node {
    let mut told = notice(Severity::Warning, &text(Label::KeyWiped)).with(paragraph(&text(Message::KeyHidden(why))));
    if app.key.is_copied() {
        told = told.with(paragraph(&text(Label::CopiedBefore)));
    }
    group([
        heading(&text(Label::KeyWipedTitle)),
        told.with(paragraph(&text(Label::KeyWipedAdvice))).into(),
        row([
            button(&text(Label::KeySaved), Variant::Primary, move || app.jobs.acknowledge()),
            button(&text(Label::Replace), Variant::Plain, move || app.jobs.send_event(Event::Continued)),
            button(&text(Label::Revoke), Variant::Danger, move || app.navigation.ask(Confirmation::Revoke)),
        ])
        .into(),
        about(app),
    ])
}

fn saved(app: App) -> Node {
    group([
        heading(&text(Label::KeyReadyTitle)),
        notice(Severity::Good, &text(Label::KeyReady)).with(paragraph(&text(Label::KeyReadyAdvice))).into(),
        about(app),
        another(app),
    ])
}

fn later(app: App) -> Node {
    group([
        heading(&text(Label::CredentialCreatedTitle)),
        notice(Severity::Good, &text(Label::CredentialCreated))
            .with(paragraph(&text(Label::GenerateLaterAdvice)))
            .into(),
        about(app),
        another(app),
    ])
}

/// The next one, anew or like this one; and what fills it in later. What this tab holds may be meant for something else.
fn another(app: App) -> Node {
    let anew = button(&text(Label::CreateAnotherKey), Variant::Plain, move || app.start_over());
    if !app.jobs.owns_draft() {
        return row([anew]).into();
    }
    let alike = button(&text(Label::CreateAnotherLikeThis), Variant::Plain, move || app.start_alike());
    group([row([anew, alike]).into(), reuse(app)])
}

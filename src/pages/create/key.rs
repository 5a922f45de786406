//! After step 5: the key, once; or for `generate later`, what was created and how to generate it.

use key_wizard_core::{
    by_hand::script,
    credential::{draft::Draft, privilege, reminder},
    key_life::WhyHidden,
    operation::{Event, ReplacedKey, Stage, State},
};
use leptos::prelude::*;
use web_sys::Node;

use super::{
    progress::{actions::item_link, another_credential, in_another_tab},
    summary::{lines, share::share},
};
use crate::{
    i18n::{Label, Message, text},
    pages::{
        labels::{foreign_referrers, granted_title, privilege_label},
        layout::heading,
        session_warning, words,
    },
    platform::{embedder, focus, time, window_events},
    state::{App, key::KeyStore, navigation::Confirmation},
    ui::{
        button::{Variant, button, row},
        copy_button::copy_button,
        dialog::dialog,
        dom::{self, Callback, El, IntoView, el, nothing, show, switch, watch},
        notice::{Severity, notice, paragraph},
        secret_once::{Acts, SecretOnce, SecretWords, secret_once},
    },
};

/// The id of the button `I have saved the key`.
const SAVED: &str = "key-saved";

/// The page.
pub fn key(app: App) -> Node {
    let stage = move || {
        let hidden = app.key.why_hidden();
        // A key on the screen stays there when another tab takes over.
        (app.jobs.read(|state| state.stage.clone()), hidden, hidden.is_some() && app.jobs.is_held_by_other_tab())
    };
    switch(stage, move |stage| match stage {
        (Some(Stage::KeyShown), None, _) => shown(app),
        (Some(Stage::KeyShown), Some(WhyHidden::Saved), true) => saved_here(app),
        (Some(Stage::KeyShown), Some(WhyHidden::Ended), true) => ended(app),
        (Some(Stage::KeyShown), _, true) => (heading(&text(Label::HeldByOtherTab)), in_another_tab(app)).into_view(),
        (Some(Stage::KeyShown), Some(why), _) => hidden(app, *why),
        (Some(Stage::Acknowledged), ..) => saved(app),
        (Some(Stage::CreatedWithoutKey), ..) => later(app),
        _ => nothing(),
    })
}

fn shown(app: App) -> Node {
    window_events::ask_before_leaving(move || untrack(|| app.key.is_unsaved()));
    watch(move || embedder::tell_busy(app.key.is_unsaved()));
    on_cleanup(|| embedder::tell_busy(false));
    let once = notice(Severity::Warning, &text(Label::KeyShownOnce))
        .child(paragraph(&text(Label::KeyShownOnceAdvice)))
        .child(replaced(app))
        .child(show(
            move || app.jobs.is_held_by_other_tab(),
            || paragraph(&text(Label::OtherTabMayEndKey)).attr("role", "alert"),
        ));
    let words = SecretWords {
        label: text(Label::ApiKey),
        copy: text(Label::Copy),
        copied: text(Label::KeyCopied),
        denied: text(Label::KeyCopyDenied),
    };
    let is_asking = RwSignal::new(false);
    let acts = Acts {
        wiped: Callback::new(move |()| app.key.hide(WhyHidden::PageLeft)),
        copied: Callback::new(move |()| {
            app.jobs.note_copied();
            if is_asking.get_untracked() {
                answer(is_asking);
            }
        }),
        denied: Callback::new(move |()| is_asking.set(false)),
    };
    let SecretOnce { part, copy } = secret_once(app.key.cell(), words, acts);
    let saved = button(&text(Label::KeySaved), Variant::Plain, move || match untrack(|| app.key.is_unsaved()) {
        true => is_asking.set(true),
        false => app.jobs.acknowledge(),
    });
    let card = el("div").class("card").child(part).child(time_left(app)).child(row([saved.id(SAVED)]));
    let question = show(move || is_asking.get(), move || uncopied_question(app, is_asking, copy));
    (heading(&text(Label::CopyKeyTitle)), once, card, about(app), question).into_view()
}

/// The button of the question that copies the key.
const COPY: &str = "copy-uncopied";

/// Asks before a key that was never copied is wiped.
fn uncopied_question(app: App, is_asking: RwSignal<bool>, copy: Callback) -> Node {
    let buttons = row([
        button(&text(Label::CopyKey), Variant::Primary, move || copy.run(())).id(COPY),
        button(&text(Label::SavedWithoutCopy), Variant::Danger, move || app.jobs.acknowledge()),
        button(&text(Label::Stay), Variant::Plain, move || answer(is_asking)),
    ]);
    let consequence = paragraph(&text(Label::UncopiedConsequence));
    dialog("uncopied-question", &text(Label::UncopiedQuestion), Callback::new(move |()| answer(is_asking)), |body| {
        body.child(session_warning::warning(app, COPY)).child(consequence).child(buttons).child(time_left(app))
    })
}

/// Closes the question and returns focus to the button that asked.
fn answer(is_asking: RwSignal<bool>) {
    is_asking.set(false);
    focus::on(SAVED);
}

/// The time left: counts down visually, is announced only near the end, and can be extended with a press.
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
        .class(("countdown--soon", move || app.key.time_left().warning().is_some()))
        .child(
            el("p")
                .class("countdown__words")
                .attr("role", "timer")
                .text(move || text(Message::KeyHiddenIn(app.key.time_left().seconds))),
        )
        .child(longer)
        .child(el("p").class("countdown__said").attr("role", "status").text(said))
}

/// Counts once a second while the key is on the screen; `alive` is disposed with it.
fn count(key: KeyStore, alive: RwSignal<()>) {
    time::after_a_second(move || {
        if alive.try_get_untracked().is_some() {
            key.check_deadline();
            count(key, alive);
        }
    });
}

/// A key whose answer was lost has been replaced by the one shown.
fn replaced(app: App) -> Option<El> {
    let replaced = app.jobs.read_once(|state| state.operation.facts.key.replaced_key()).flatten()?;
    Some(paragraph(&text(match replaced {
        ReplacedKey::Ended => Label::FirstKeyEnded,
        ReplacedKey::MayWork => Label::FirstKeyMayWork,
    })))
}

/// The details of the credential, beside its key.
fn about(app: App) -> Node {
    let Some(rows) = app.jobs.read_once(|state| rows(app, state)) else { return nothing() };
    let list = el("dl").class("summary_list").children(rows.into_iter().map(|(name, values)| {
        let name = text(name);
        el("div")
            .class("summary_list__row")
            .child(el("dt").class("summary_list__key").text(&name))
            .child(el("dd").class("summary_list__value").child(lines(&name, &values)))
            .into_view()
    }));
    let is_unsent = |draft: &Draft| draft.usage.sends_no_referrer() && !draft.referrers.is_empty();
    let unsent = match app.jobs.owns_draft() && app.draft.read_once(is_unsent) {
        true => paragraph(&text(Label::ReferrersUnsent)).class("hint").into_view(),
        false => nothing(),
    };
    let foreign = app.jobs.read_once(|state| foreign_referrers(state.referrers())).unwrap_or_default();
    let foreign = foreign.iter().map(|words| paragraph(words).class("hint").into_view());
    let title = dom::heading(2).text(text(Label::CredentialDetails));
    el("div").class("card").child(title).child(list).children(foreign).child(unsent).child(item_link(app)).into_view()
}

fn rows(app: App, state: &State) -> Vec<(Label, Vec<String>)> {
    let plan = &state.operation.plan;
    let referrers = state.referrers();
    let (mut items, mut privileges) = (Vec::new(), Vec::new());
    for id in state.privileges() {
        match privilege::is_item_access(id) {
            true => items.push(granted_title(app, id)),
            false => privileges.push(privilege_label(id)),
        }
    }
    let anywhere = || vec![text(Label::AnyReferrer)];
    let mut rows = vec![
        (Label::Expires, vec![text(Message::ExpiresAt(state.expires()))]),
        (Label::Privileges, privileges),
        (Label::Referrers, if referrers.is_empty() { anywhere() } else { referrers.to_vec() }),
        (Label::Items, items),
        (Label::Title, vec![plan.details.title.clone()]),
        (Label::Folder, vec![plan.folder.title().map_or_else(|| text(Label::RootFolder), str::to_owned)]),
    ];
    if plan.key_now {
        rows.push((Label::Slot, vec![text(Message::KeySlot(plan.slot.digit()))]));
    }
    rows
}

/// The key was wiped, but its operation is still open.
fn hidden(app: App, why: WhyHidden) -> Node {
    let mut told = notice(Severity::Warning, &text(Label::KeyWiped)).child(paragraph(&text(Message::KeyHidden(why))));
    if app.key.is_copied() {
        told = told.child(paragraph(&text(Label::CopiedBefore)));
    }
    (
        heading(&text(Label::KeyWipedTitle)),
        told.child(paragraph(&text(Label::KeyWipedAdvice))),
        row([
            button(&text(Label::KeySaved), Variant::Primary, move || app.jobs.acknowledge()),
            button(&text(Label::Replace), Variant::Plain, move || app.jobs.send_event(Event::Continued)),
            button(&text(Label::Revoke), Variant::Danger, move || app.navigation.ask(Confirmation::Revoke)),
        ]),
        about(app),
    )
        .into_view()
}

fn saved(app: App) -> Node {
    (
        heading(&text(Label::KeyReadyTitle)),
        notice(Severity::Good, &text(Label::KeyReady)).child(paragraph(&text(Label::KeyReadyAdvice))),
        about(app),
        app.jobs.read_once(|state| reminder_and_check(app, state)),
        another(app),
    )
        .into_view()
}

/// The person has saved the key, and its operation is another tab's.
fn saved_here(app: App) -> Node {
    (
        heading(&text(Label::SavedHere)),
        notice(Severity::Good, &text(Label::KeyReady)).child(paragraph(&text(Label::SavedHereAdvice))),
        row([another_credential(app)]),
    )
        .into_view()
}

/// Another tab has replaced or revoked the key.
fn ended(app: App) -> Node {
    let told = notice(Severity::Warning, &text(Label::KeyWiped))
        .child(paragraph(&text(Message::KeyHidden(WhyHidden::Ended))).attr("role", "alert"));
    (heading(&text(Label::KeyWipedTitle)), told, row([another_credential(app)])).into_view()
}

fn later(app: App) -> Node {
    (
        heading(&text(Label::CredentialCreatedTitle)),
        notice(Severity::Good, &text(Label::CredentialCreated)).child(paragraph(&text(Label::GenerateLaterAdvice))),
        about(app),
        another(app),
    )
        .into_view()
}

fn reminder_and_check(app: App, state: &State) -> Node {
    let Some((client, item)) = app.session.client().zip(app.jobs.item_page()) else { return nothing() };
    let command = script::check_key(&client.root, state.referrers());
    let check = el("div")
        .class("stack stack--close")
        .child(paragraph(&text(Label::CheckKeyLead)))
        .child(el("pre").child(el("code").attr("translate", "no").text(&command)))
        .child(copy_button(&words::copy(Label::CopyCommand), command.clone()));
    let check = el("details").class("aside").child(el("summary").text(text(Label::CheckKey))).child(check);
    let (now, ends) = (time::now(), state.expires());
    let title = text(Message::ReminderTitle { title: state.title(), expires: ends });
    let calendar = reminder::calendar(&item, reminder::day(ends, now), now, &title);
    let remind = el("a")
        .class(Variant::Plain.class())
        .attr("href", reminder::address(&calendar))
        .attr("download", "replace-api-key.ics")
        .text(text(Label::DownloadReminder));
    (el("div").class("button-row").child(remind), check).into_view()
}

/// Ways to create another credential, new or like this one, and to reuse its answers. The draft in this tab may belong
/// to something else.
fn another(app: App) -> Node {
    let anew = button(&text(Label::CreateAnotherKey), Variant::Plain, move || app.start_over());
    if !app.jobs.owns_draft() {
        return row([anew]).into_view();
    }
    let alike = button(&text(Label::CreateAnotherLikeThis), Variant::Plain, move || app.start_alike());
    (row([anew, alike]), share(app)).into_view()
}

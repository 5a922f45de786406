//! Step 7: the key, once; or, for `generate later`, what was made and how to generate it.

use key_wizard_core::{
    credential::privilege,
    operation::{Event, Stage, State},
};
use web_sys::Node;

use super::{
    progress::{ELSEWHERE, in_another_tab},
    summary::lines,
};
use crate::{
    i18n,
    pages::{
        labels::{granted_title, privilege_label},
        layout::heading,
    },
    platform::{time, window_events},
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{El, act, el, group, nothing, show, switch},
        notice::{Severity, notice, paragraph},
        secret_once::{self, secret_once},
    },
};

const WORDS: secret_once::Words = secret_once::Words {
    label: "API key",
    copy: "Copy",
    copied: "Copied. Paste it where you keep secrets; your clipboard's history may keep it too.",
    denied: "Your browser did not allow copying. The key is selected: copy it with Ctrl+C or ⌘C.",
};

/// The page.
pub fn key(app: App) -> Node {
    let stage = move || {
        let is_gone = app.key.is_wiped();
        // A key on the screen stays there while another tab takes over.
        (app.jobs.read(|state| state.stage.clone()), is_gone, is_gone && app.jobs.is_held_by_other_tab())
    };
    switch(stage, move |stage| match stage {
        (Some(Stage::KeyShown), false, _) => shown(app),
        (Some(Stage::KeyShown), _, true) => group([heading(ELSEWHERE), in_another_tab(app)]),
        (Some(Stage::KeyShown), ..) => wiped(app),
        (Some(Stage::Acknowledged), ..) => saved(app),
        (Some(Stage::Made), ..) => later(app),
        _ => nothing(),
    })
}

fn shown(app: App) -> Node {
    window_events::ask_before_leaving(move || app.key.is_shown());
    let once = notice(Severity::Warning, "This is the only time you can see this key")
        .with(paragraph(
            "Copy it now and store it in a safe place. It is wiped from this page in 10 minutes, or when you leave.",
        ))
        .with(replaced(app))
        .with(show(
            move || app.jobs.is_held_by_other_tab(),
            || paragraph("Another tab has taken over. What is done there may end this key.").into(),
        ));
    let wiped = act(move |()| app.key.wipe_unsaved());
    let card = el("div").class("card").with(secret_once(app.key.slot(), WORDS, wiped)).with(row([button(
        "I have saved the key",
        Variant::Plain,
        move || app.jobs.acknowledge(),
    )]));
    group([heading("Copy your API key"), once.into(), card.into(), about(app)])
}

/// A key whose answer was lost has been replaced by the one shown.
fn replaced(app: App) -> Node {
    let fate = app.jobs.read_once(|state| match (state.work.made.key_replaced, state.work.made.revoke_refused) {
        (false, _) => None,
        (true, false) => Some("no longer works."),
        // The portal may let a replaced key work for a while (F-KEY-4).
        (true, true) => Some("could not be revoked by name: the portal may let it work for a while."),
    });
    let Some(fate) = fate.flatten() else { return nothing() };
    let said = "The portal's first answer was lost, so this is a second key. The first one was never seen and ";
    paragraph(&[said, fate].concat()).into()
}

/// What the credential is, beside its key.
fn about(app: App) -> Node {
    let Some(rows) = app.jobs.read_once(|state| rows(app, state)) else { return nothing() };
    let list = el("dl").class("summary_list").with_all(rows.into_iter().map(|(name, values)| {
        el("div")
            .class("summary_list__row")
            .with(el("dt").class("summary_list__key").text(name))
            .with(el("dd").class("summary_list__value").with(lines(&values)))
            .into()
    }));
    el("div").class("card").with(el("h2").text("What this credential is")).with(list).with(item_link(app)).into()
}

fn rows(app: App, state: &State) -> Vec<(&'static str, Vec<String>)> {
    let plan = &state.work.plan;
    // What the portal holds counts, not what was asked.
    let expires = state.work.made.item_read.as_ref().and_then(|item| item.expires(plan.slot)).unwrap_or(plan.expires);
    let referrers = state.work.made.app.as_ref().map_or(&plan.grants.referrers, |app| &app.referrers);
    let granted = state.work.made.app.as_ref().map_or(&plan.grants.privileges, |app| &app.privileges);
    let (mut items, mut privileges) = (Vec::new(), Vec::new());
    for id in granted {
        match privilege::is_item_access(id) {
            true => items.push(granted_title(app, id)),
            false => privileges.push(privilege_label(id)),
        }
    }
    let anywhere = || vec![i18n::ANY_REFERRER.to_owned()];
    vec![
        ("Expires", vec![i18n::works_until(&time::utc_instant(expires), &time::local_instant(expires))]),
        ("Privileges", privileges),
        ("Referrers", if referrers.is_empty() { anywhere() } else { referrers.clone() }),
        ("Items", items),
        ("Title", vec![plan.details.title.clone()]),
        ("Folder", vec![plan.folder.title().unwrap_or(i18n::ROOT_FOLDER).to_owned()]),
        ("Slot", vec![i18n::slot(plan.slot.digit())]),
    ]
}

/// The item's page in the portal: built from the configured address, never from an answer.
pub(super) fn item_link(app: App) -> Node {
    let Some(address) = app.jobs.item_page() else { return nothing() };
    let link = el("a").attr("href", &address).attr("target", "_blank").attr("rel", "noopener noreferrer");
    el("p").with(link.text("Open the item in the portal")).into()
}

/// Ten minutes have gone by, or the page was left and came back.
fn wiped(app: App) -> Node {
    let text = paragraph("It was on the screen for 10 minutes, or you left the page. It cannot be shown again.");
    group([
        heading("The key is no longer shown"),
        notice(Severity::Warning, "The key was wiped from this page").with(text).into(),
        row([
            button("I have saved the key", Variant::Primary, move || app.jobs.acknowledge()),
            button("Replace", Variant::Plain, move || app.jobs.send_event(Event::Continued)),
            button("Revoke", Variant::Danger, move || app.jobs.send_event(Event::Discarded)),
        ])
        .into(),
        about(app),
    ])
}

fn saved(app: App) -> Node {
    let text = paragraph(
        "Nothing of it is kept here. You can revoke it, or generate its successor, on the item's page in the portal.",
    );
    group([
        heading("Your key is ready"),
        notice(Severity::Good, "The key is wiped from this page").with(text).into(),
        about(app),
        another(app).into(),
    ])
}

fn later(app: App) -> Node {
    let text = paragraph(
        "To generate its key, open the item in the portal, choose Settings, and press Generate API key. The key is \
         shown once, so have a safe place for it at hand.",
    );
    group([
        heading("Credential created"),
        notice(Severity::Good, "The credential is ready, and has no key yet").with(text).into(),
        about(app),
        another(app).into(),
    ])
}

fn another(app: App) -> El {
    row([button("Create another key", Variant::Plain, move || app.start_over())])
}

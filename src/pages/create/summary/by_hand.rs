//! On the Summary, for those who cannot use this page: the way through the portal's own dialog, the requests of
//! `Create`, and scripts. The way also opens by itself if the portal refuses every registration through this app.

use key_wizard_core::{
    by_hand::{
        portal_dialog::FieldValue,
        requests::{Part, Sent, shown},
        script::{Language, script},
    },
    credential::offer::Offer,
};
use leptos::prelude::*;
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::{labels::privilege_name, words},
    state::{App, ByHand},
    ui::{
        button::{Variant, button, row},
        copy_button::{announced, copy_button, one_of_several},
        dom::{El, IntoView, el, is_unfolded, show, switch},
        notice::paragraph,
    },
};

/// The collapsible sections, each built when it is opened. Without a sign-in, the one about the portal's own dialog is
/// open.
pub fn by_hand(app: App, offer: &Offer) -> Node {
    let opens_dialog = offer.holder.is_none();
    (
        fold(app, Label::InPortal, portal_dialog, opens_dialog),
        fold(app, Label::WhatCreateSends, requests, false),
        fold(app, Label::AsScript, scripts, false),
    )
        .into_view()
}

fn fold(app: App, title: Label, build: fn(&ByHand) -> Node, opens: bool) -> El {
    let is_open = RwSignal::new(opens);
    let content = move || {
        switch(
            // Nothing else changes while the Summary is on the screen.
            move || app.draft.read(|draft| (draft.key, draft.withheld.len(), draft.unresolved.len())),
            move |_| now(app, build),
        )
    };
    el("details")
        .class("aside")
        .attr("open", move || opens)
        .on("toggle", move |event| is_open.set(is_unfolded(&event)))
        .child(el("summary").text(text(title)))
        .child(el("div").class("stack stack--close").child(show(move || is_open.get(), content)))
}

fn now(app: App, build: fn(&ByHand) -> Node) -> Node {
    match app.by_hand() {
        Some(by_hand) => build(&by_hand),
        None if app.session.is_by_hand() => {
            // There is no `Create` button here.
            let show = button(&text(Label::ShowProblems), Variant::Small, move || drop(app.draft.check()));
            (paragraph(&text(Label::AnswersIncomplete)), row([show])).into_view()
        }
        None => paragraph(&text(Label::ByHandIncomplete)).into_view(),
    }
}

/// The same, where it opens by itself.
pub fn portal_dialog_now(app: App) -> Node {
    now(app, portal_dialog)
}

/// The way through the portal's own dialog.
fn portal_dialog(by_hand: &ByHand) -> Node {
    let said = RwSignal::new(String::new());
    let screens = by_hand.screens.iter().map(|(screen, values)| {
        let screen = Message::PortalDialogScreen { screen: *screen, has_values: !values.is_empty() };
        let list = el("ul").class("summary_list__values").children(values.iter().map(|value| value_row(value, said)));
        el("li").text(text(screen)).child(list).into_view()
    });
    let link = el("a")
        .attr("href", by_hand.root.content_page_url())
        .attr("target", "_blank")
        .attr("rel", "noopener noreferrer")
        .text(text(Label::OpenContent));
    (
        paragraph(&text(Label::InPortalLead)),
        el("p").child(link),
        el("ol").class("stack stack--close").children(screens),
        announced(said),
    )
        .into_view()
}

/// A value with its name and a button that copies it.
fn value_row(value: &FieldValue, said: RwSignal<String>) -> El {
    let (content, about) = match value {
        FieldValue::Privilege(id) => (privilege_name(id), &id.0),
        FieldValue::Item { title, id } => (title.clone(), id),
        FieldValue::Expiration(content)
        | FieldValue::Referrer(content)
        | FieldValue::Title(content)
        | FieldValue::Folder(content)
        | FieldValue::Tags(content)
        | FieldValue::Summary(content) => (content.clone(), content),
    };
    let name = text(Message::PortalDialogValue(value));
    let copy = one_of_several(&words::copy(Label::Copy), Variant::Small, content.clone(), said)
        .attr("aria-label", text(Message::CopyValue(&content)));
    let words = el("span").text(&name).text(": ").child(el("bdi").text(&content));
    let words = if *about == content { words } else { words.text(" ").child(el("code").text(about)) };
    el("li").child(words).text(" ").child(copy)
}

fn requests(by_hand: &ByHand) -> Node {
    let list =
        el("ol").class("stack stack--close").children(by_hand.requests.iter().map(|request| sent(by_hand, request)));
    (paragraph(&text(Label::WhatCreateSendsLead)), list).into_view()
}

fn sent(by_hand: &ByHand, sent: &Sent) -> El {
    let address = ["POST ", &by_hand.root.rest_url(&shown(&sent.path))].concat();
    let field = |(name, value): &(String, Vec<Part>)| {
        el("li").child(code(name)).text(" = ").child(el("bdi").child(code(&shown(value)))).into_view()
    };
    let fields = el("ul").class("summary_list__values").children(sent.fields.iter().map(field));
    el("li").child(code(&address)).child(fields)
}

fn code(text: &str) -> El {
    el("code").attr("translate", "no").text(text)
}

/// The scripts, each by a button that shows it.
fn scripts(by_hand: &ByHand) -> Node {
    let written = Language::ALL.map(|language| (language, script(language, &by_hand.root, &by_hand.requests)));
    let chosen = RwSignal::new(0);
    let choices = written.iter().enumerate().map(|(place, (language, _))| {
        button(&text(Message::ScriptLanguage(*language)), Variant::Small, move || chosen.set(place))
            .attr("aria-pressed", move || Some((chosen.get() == place).to_string()))
            .into_view()
    });
    (
        paragraph(&text(Label::AsScriptLead)),
        el("div").class("button-row button-row--close").children(choices),
        switch(move || chosen.get(), move |place| one(&written[*place])),
    )
        .into_view()
}

fn one((language, script): &(Language, String)) -> Node {
    let download = el("a")
        .class(Variant::Plain.class())
        .attr("href", Language::address(script))
        .attr("download", language.file())
        .text(text(Label::DownloadScript));
    (
        el("pre").child(code(script)),
        copy_button(&words::copy(Label::CopyScript), script.clone()),
        el("div").class("button-row").child(download),
    )
        .into_view()
}

//! The review before `Create`: how much is requested, what a leaked key could do, and each remark with a way to change
//! it.

use key_wizard_core::credential::{
    guide::Guide,
    offer::Offer,
    review::{Remark, RemarkSeverity},
};
use leptos::prelude::{Get, Memo, With, on_cleanup};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    platform::time,
    state::App,
    ui::{
        button::{Variant, button},
        dom::{self, El, IntoView, Signal, el, on_mount, watch},
        keyed_rows::keep_rows,
        notice::{Severity, notice},
    },
};

/// The review, shown above the answers.
pub fn review(app: App, offer: &Offer) -> Node {
    let of = offer.holder.map(|_| offer.count());
    let measure = move || {
        let (chosen, exposure) = app.draft.read(|draft| (draft.privileges.len(), draft.exposure()));
        let count = match of {
            Some(of) => text(Message::PrivilegesOfOffered { chosen, of }),
            None => text(Message::PrivilegesSelected(chosen)),
        };
        [count, text(Message::Exposure(exposure))].join(". ")
    };
    let chosen = Memo::new(move |_| app.draft.read(|draft| draft.items.clone()));
    // A map that was read only in part is retried in the items dialog, not here.
    on_mount(move || watch(move || app.maps.read_chosen(&chosen.get(), |_| true)));
    on_cleanup(move || app.maps.stop());
    let groups = offer.groups.clone();
    let remarks = Memo::new(move |_| {
        let review = |guide: &Guide| {
            app.maps.known(|known| app.draft.read(|draft| draft.review(guide, known, &groups, time::now())))
        };
        app.guide.read(review)
    });
    let title = text(Label::ReviewTitle);
    // A remark that stays keeps its element and its focus while maps are read.
    let end = dom::text_node("");
    let list = el("ul").class("review").child(end.clone());
    keep_rows(end, Signal::derive(move || remarks.get()), Remark::eq, move |remark| row(app, remark));
    (
        el("p").class("hint").text(move || measure().trim_end().to_owned()),
        notice(Severity::Warning, &title)
            .attr("aria-label", &title)
            .attr("hidden", move || remarks.with(Vec::is_empty))
            .child(list),
    )
        .into_view()
}

fn row(app: App, remark: &Remark) -> El {
    let (words, field) = (text(Message::Remark(remark)), remark.field());
    let change = button(&text(Label::Change), Variant::Link, move || app.navigation.go_to_field(field))
        .attr("aria-label", text(Message::AnswerAbout { answer: &text(Label::Change), part: &words }));
    let severity = match remark.severity() {
        RemarkSeverity::Serious => Label::Important,
        RemarkSeverity::Minor => Label::Advice,
    };
    el("li").child(el("b").text(text(severity))).text(" ").child(el("bdi").text(&words)).text(" ").child(change)
}

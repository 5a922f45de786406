//! The review before `Create`: how much is requested, what a leaked key could do, and each remark with a way to change
//! it.

use key_wizard_core::credential::{
    guide::Guide,
    offer::Offer,
    review::{Remark, RemarkSeverity},
};
use leptos::prelude::{Get, Memo, on_cleanup, untrack};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    platform::time,
    state::App,
    ui::{
        button::{Variant, button},
        dom::{El, IntoView, el, nothing, switch, watch},
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
    watch(move || {
        let chosen = chosen.get();
        untrack(|| app.maps.read_chosen(&chosen));
    });
    on_cleanup(move || app.maps.stop());
    let groups = offer.groups.clone();
    let remarks = move || {
        let review = |guide: &Guide| {
            app.maps.known(|known| app.draft.read(|draft| draft.review(guide, known, &groups, time::now())))
        };
        app.guide.read(review)
    };
    (
        el("p").class("hint").text(move || measure().trim_end().to_owned()),
        switch(remarks, move |remarks| {
            if remarks.is_empty() {
                return nothing();
            }
            let title = text(Label::ReviewTitle);
            let rows = remarks.iter().map(|remark| row(app, remark).into_view());
            notice(Severity::Warning, &title)
                .attr("aria-label", &title)
                .child(el("ul").class("review").children(rows))
                .into_view()
        }),
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

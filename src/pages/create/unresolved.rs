//! The notice about restrictions of a link, a recipe or a copied credential that are not applied: the person decides before
//! `Create`.

use key_wizard_core::{
    credential::{
        problem::Field,
        referrer::Referrer,
        unresolved::{Restriction, Unresolved},
    },
    route::Step,
};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::layout::HEADING,
    platform::focus,
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{El, IntoView, el, nothing, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// Those of this step; on the Summary, all.
pub fn unresolved(app: App, step: Step) -> Node {
    let is_here = move |restriction: Restriction| step == Step::Summary || restriction.field().step() == step;
    let parts = move || {
        app.draft.read(|draft| {
            let parts: Vec<Unresolved> =
                draft.unresolved.iter().filter(|entry| is_here(entry.restriction)).cloned().collect();
            (parts, draft.referrers.is_empty())
        })
    };
    switch(parts, move |(parts, has_no_referrers)| {
        if parts.is_empty() {
            return nothing();
        }
        let title = text(Label::UnresolvedTitle);
        notice(Severity::Warning, &title)
            .id(Field::Portal.id())
            .attr("tabindex", "-1")
            .attr("aria-label", &title)
            .child(paragraph(&text(Label::UnresolvedLead)))
            .child(Restriction::ALL.map(|restriction| of_restriction(app, parts, restriction, *has_no_referrers)))
            .into_view()
    })
}

fn of_restriction(app: App, parts: &[Unresolved], restriction: Restriction, has_no_referrers: bool) -> Node {
    let parts: Vec<&Unresolved> = parts.iter().filter(|part| part.restriction == restriction).collect();
    if parts.is_empty() {
        return nothing();
    }
    // Leaving out the last referrer lets the key work anywhere, which must be said in so many words.
    let can_leave_out = restriction != Restriction::Referrers || !has_no_referrers;
    let rows = parts.iter().map(|part| part_row(app, part, can_leave_out).into_view());
    let list = el("ul")
        .class("picked picked--long picked--wrap")
        .attr("aria-label", text(Message::Field(restriction.field())))
        .attr("tabindex", "0");
    let suggestions: Vec<Referrer> = parts.iter().filter_map(|part| part.suggestion.clone()).collect();
    let use_all = (suggestions.len() > 1).then(|| {
        let name = text(Message::UseReferrers(suggestions.len()));
        row([button(&name, Variant::Small, move || {
            app.draft.edit(|draft| suggestions.iter().for_each(|referrer| draft.use_suggestion(referrer)));
            focus::on(HEADING);
        })])
    });
    let all = match restriction {
        Restriction::Referrers if has_no_referrers => {
            row([button(&text(Label::UnresolvedAnywhere), Variant::Small, move || {
                app.draft.edit(|draft| draft.resolve(restriction));
                focus::on(HEADING);
            })])
            .into_view()
        }
        _ => nothing(),
    };
    (paragraph(&text(Message::Unresolved(restriction))), list.children(rows), use_all, all).into_view()
}

fn part_row(app: App, part: &Unresolved, can_leave_out: bool) -> El {
    let mut buttons = Vec::new();
    if let Some(referrer) = part.suggestion.clone() {
        buttons.push(button(&text(Message::UseReferrer(referrer.as_str())), Variant::Small, move || {
            app.draft.edit(|draft| draft.use_suggestion(&referrer));
            focus::on(HEADING);
        }));
    }
    if can_leave_out {
        let part = part.clone();
        let words = match part.restriction {
            Restriction::Expiration => Label::UnresolvedKeepDate,
            Restriction::Referrers | Restriction::Items => Label::UnresolvedLeaveOut,
            Restriction::Portal => Label::UnresolvedThisPortal,
        };
        let name = text(Message::AnswerAbout { answer: words, part: &part.text });
        buttons.push(
            button(&text(words), Variant::Small, move || {
                app.draft.edit(|draft| draft.leave_out(&part));
                focus::on(HEADING);
            })
            .attr("aria-label", &name),
        );
    }
    let words = el("span").class("picked__words").child(el("bdi").text(&part.text));
    el("li").class("picked__entry").child(words).child(row(buttons).class("button-row--close"))
}

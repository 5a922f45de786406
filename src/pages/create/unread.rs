//! What a link or a recipe asked for as a limit and nobody could read: the person decides before `Create`.

use key_wizard_core::{
    credential::{
        problem::Field,
        unread::{Limit, Unread},
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
        dom::{El, el, group, nothing, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// The parts that are decided on this step; on the Summary all of them.
pub fn unread(app: App, step: Step) -> Node {
    let is_here = move |limit: Limit| step == Step::Summary || limit.field().step() == step;
    let parts = move || {
        app.draft.read(|draft| {
            let parts: Vec<Unread> = draft.unread.iter().filter(|it| is_here(it.limit)).cloned().collect();
            (parts, draft.referrers.is_empty())
        })
    };
    switch(parts, move |(parts, is_anywhere)| {
        if parts.is_empty() {
            return nothing();
        }
        let title = text(Label::UnreadTitle);
        notice(Severity::Warning, &title)
            .id(Field::Portal.id())
            .attr("tabindex", "-1")
            .attr("aria-label", &title)
            .with(paragraph(&text(Label::UnreadLead)))
            .with(group(Limit::ALL.into_iter().map(|limit| of_limit(app, parts, limit, *is_anywhere))))
            .into()
    })
}

fn of_limit(app: App, parts: &[Unread], limit: Limit, is_anywhere: bool) -> Node {
    let parts: Vec<&Unread> = parts.iter().filter(|it| it.limit == limit).collect();
    if parts.is_empty() {
        return nothing();
    }
    // Without any other referrer, leaving them out lets the key work anywhere, which one button says.
    let each = limit != Limit::Referrers || !is_anywhere;
    let rows = parts.iter().map(|part| part_row(app, part, each).into());
    let list = el("ul").class("picked picked--long").attr("aria-label", &text(Message::Field(limit.field())));
    let all = match limit {
        Limit::Referrers if is_anywhere => row([button(&text(Label::UnreadAnywhere), Variant::Small, move || {
            app.draft.edit(|draft| draft.decide(limit));
            focus::on(HEADING);
        })])
        .into(),
        _ => nothing(),
    };
    group([paragraph(&text(Message::Unread(limit))).into(), list.with_all(rows).into(), all])
}

fn part_row(app: App, part: &Unread, can_leave_out: bool) -> El {
    let mut buttons = Vec::new();
    if let Some(referrer) = part.suggestion.clone() {
        buttons.push(button(&text(Message::UseReferrer(referrer.as_str())), Variant::Small, move || {
            app.draft.edit(|draft| draft.use_suggestion(&referrer));
            focus::on(HEADING);
        }));
    }
    if can_leave_out {
        let part = part.clone();
        let words = match part.limit {
            Limit::Expiration => Label::UnreadKeepDate,
            Limit::Referrers | Limit::Items => Label::UnreadLeaveOut,
            Limit::Portal => Label::UnreadThisPortal,
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
    let words = el("span").class("picked__words").with(el("bdi").text(&part.text));
    el("li").class("picked__entry").with(words).with(row(buttons).class("button-row button-row--close"))
}

//! The notice about restrictions of a link, a recipe or a copied credential that are not applied: the person decides
//! before `Create`.

use key_wizard_core::{
    credential::{
        draft::Draft,
        expiration,
        problem::Field,
        referrer::Referrer,
        unresolved::{Restriction, Unresolved},
    },
    route::Step,
};
use leptos::prelude::*;
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

/// The questions of a step.
#[derive(Clone, Copy)]
struct Questions {
    app: App,
    step: Step,
    /// The announcement of the latest decision to screen readers.
    said: RwSignal<String>,
}

impl Questions {
    /// Those of this step; on the Summary, all.
    fn of(self, draft: &Draft) -> Vec<Unresolved> {
        let is_here = |entry: &&Unresolved| self.step == Step::Summary || entry.restriction.field().step() == self.step;
        draft.unresolved.iter().filter(is_here).cloned().collect()
    }

    /// The announcement of added referrers; on step 1 their own list announces them.
    fn added(self, referrers: &[&str]) -> String {
        match self.step {
            Step::Credentials => String::new(),
            _ => text(Message::ListChanged { added: referrers, removed: &[] }),
        }
    }

    /// Decides, and says what came of it. The pressed button disappears: the focus goes to what is left to decide, if
    /// anything is.
    fn decide(self, words: &str, change: &dyn Fn(&mut Draft)) {
        self.app.draft.edit(change);
        self.said.set(words.to_owned());
        let is_left = self.app.draft.read_once(|draft| !self.of(draft).is_empty());
        focus::on(if is_left { Field::Portal.id() } else { HEADING });
    }
}

/// The questions of a step.
pub fn unresolved(app: App, step: Step) -> Node {
    let questions = Questions { app, step, said: RwSignal::new(String::new()) };
    let parts =
        move || app.draft.read(|draft| (questions.of(draft), draft.referrers.is_empty(), draft.expiration.clone()));
    let shown = switch(parts, move |(parts, ..)| {
        if parts.is_empty() {
            return nothing();
        }
        let title = text(Label::UnresolvedTitle);
        notice(Severity::Warning, &title)
            .id(Field::Portal.id())
            .attr("tabindex", "-1")
            .attr("aria-label", &title)
            .child(paragraph(&text(Label::UnresolvedLead)))
            .child(Restriction::ALL.map(|restriction| of_restriction(questions, parts, restriction, false)))
            .child(of_restriction(questions, parts, Restriction::Items, true))
            .into_view()
    });
    let said = el("p").class("visually-hidden").attr("role", "status").text(move || questions.said.get());
    (shown, said).into_view()
}

fn of_restriction(
    questions: Questions,
    parts: &[Unresolved],
    restriction: Restriction,
    is_not_looked_up: bool,
) -> Node {
    let is_meant = |part: &&Unresolved| part.restriction == restriction && part.is_not_looked_up == is_not_looked_up;
    let parts: Vec<&Unresolved> = parts.iter().filter(is_meant).collect();
    if parts.is_empty() {
        return nothing();
    }
    let rows = parts.iter().map(|part| part_row(questions, part).into_view());
    let list = el("ul")
        .class("picked picked--long picked--wrap")
        .attr("aria-label", text(Message::Field(restriction.field())))
        .attr("tabindex", "0");
    let mut suggestions: Vec<Referrer> = Vec::new();
    for suggestion in parts.iter().filter_map(|part| part.suggestion.as_ref()) {
        if !suggestions.contains(suggestion) {
            suggestions.push(suggestion.clone());
        }
    }
    let use_all = (suggestions.len() > 1).then(|| {
        let name = text(Message::UseReferrers(suggestions.len()));
        row([button(&name, Variant::Small, move || {
            let added: Vec<&str> = suggestions.iter().map(Referrer::as_str).collect();
            let words = questions.added(&added);
            questions.decide(&words, &|draft| suggestions.iter().for_each(|referrer| draft.use_suggestion(referrer)));
        })])
    });
    let can_leave_out = questions.app.draft.read_once(|draft| draft.can_leave_out(restriction));
    let again = is_not_looked_up.then(|| {
        row([button(&text(Label::TryAgain), Variant::Small, move || {
            questions.app.draft.edit(Draft::look_up_again);
            questions.app.reconcile_again();
            // The items are not in question while they are looked up.
            focus::on(HEADING);
        })])
    });
    let lead = match is_not_looked_up {
        true => text(Label::ItemsNotLookedUp),
        false => text(Message::Unresolved(restriction)),
    };
    let anywhere = (!can_leave_out).then(|| {
        row([button(&text(Label::UnresolvedAnywhere), Variant::Small, move || {
            questions.decide(&text(Label::AnyReferrer), &|draft| draft.resolve(restriction));
        })])
    });
    (paragraph(&lead), list.children(rows), use_all, again, anywhere).into_view()
}

fn part_row(questions: Questions, part: &Unresolved) -> El {
    let mut buttons = Vec::new();
    if let Some(referrer) = part.suggestion.clone() {
        buttons.push(button(&text(Message::UseReferrer(referrer.as_str())), Variant::Small, move || {
            let words = questions.added(&[referrer.as_str()]);
            questions.decide(&words, &|draft| draft.use_suggestion(&referrer));
        }));
    }
    if questions.app.draft.read_once(|draft| draft.can_leave_out(part.restriction)) {
        let part = part.clone();
        let date = questions.app.draft.read_once(|draft| expiration::parse_date(&draft.expiration));
        let words = match part.restriction {
            Restriction::Expiration => {
                date.map_or_else(|| text(Label::UnresolvedKeepDate), |date| text(Message::KeepDate(date)))
            }
            Restriction::Referrers | Restriction::Items => text(Label::UnresolvedLeaveOut),
            Restriction::Portal => text(Label::UnresolvedThisPortal),
        };
        let name = text(Message::AnswerAbout { answer: &words, part: &part.text });
        let said = match part.restriction {
            Restriction::Referrers | Restriction::Items => {
                text(Message::ListChanged { added: &[], removed: &[&part.text] })
            }
            Restriction::Expiration | Restriction::Portal => name.clone(),
        };
        let press = move || questions.decide(&said, &|draft| draft.leave_out(&part));
        buttons.push(button(&words, Variant::Small, press).attr("aria-label", &name));
    }
    let words = el("span").class("picked__words").child(el("bdi").text(&part.text));
    el("li").class("picked__entry").child(words).child(row(buttons).class("button-row--close"))
}

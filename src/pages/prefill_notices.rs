//! The notices above steps that a link or a recipe filled in: what was left out, and questions to the person.

use key_wizard_core::{
    credential::{
        draft::Draft,
        notice::{Notice, Outcome, Source},
    },
    route::Step,
};
use web_sys::Node;

use crate::{
    i18n::{self, Label, Message, NoticeWords, text},
    pages::{labels::privilege_label, layout::HEADING},
    platform::focus,
    state::{App, prefill::NOTICE},
    ui::{
        button::{Variant, button, row},
        dom::{El, el, switch},
        notice::{Severity, notice, paragraph, points},
    },
};

/// The source of a step's answers, a collapsible list of what was left out, and the question whether the key gets the
/// requested administrative privileges.
pub fn notices(app: App, step: Step) -> Node {
    // On the first step, on the one with the privileges, and on the Summary.
    let is_asked = matches!(step, Step::Credentials | Step::Privileges | Step::Summary);
    switch(
        move || {
            app.draft.read(|draft| {
                let withheld = if is_asked { draft.withheld.clone() } else { Vec::new() };
                (draft.notice.as_ref().and_then(|notice| notice.on(step)), withheld)
            })
        },
        move |(notice, withheld)| {
            let notes = notice.as_ref().map(|notice| {
                let NoticeWords { title, lead, left_out } = i18n::notice(notice);
                let box_of = box_of(tone(notice), &title, &lead);
                let box_of = match left_out.as_slice() {
                    [] => box_of,
                    left_out => box_of.child(
                        el("details")
                            .child(el("summary").text(text(Message::LeftOut(left_out.len()))))
                            .child(points(left_out)),
                    ),
                };
                box_of.id(NOTICE).attr("tabindex", "-1").child(row(alike(app, notice).into_iter().chain([answer(
                    app,
                    Label::HideThis,
                    |draft| draft.notice = None,
                )])))
            });
            let labels: Vec<String> = withheld.iter().map(privilege_label).collect();
            let (title, words) = (text(Label::AdministrativeQuestion), text(Label::AdministrativeConsequence));
            let question = || {
                box_of(Severity::Warning, &title, &words).child(points(&labels)).child(row([
                    answer(app, Label::AddThesePrivileges, Draft::add_withheld),
                    answer(app, Label::LeaveThemOut, |draft| draft.withheld.clear()),
                ]))
            };
            (notes, (!withheld.is_empty()).then(question))
        },
    )
}

/// A recipe is also a pattern for the next stage of the same app.
fn alike(app: App, notice: &Notice) -> Option<El> {
    let is_recipe = notice.outcome == Outcome::Filled(Source::Recipe);
    is_recipe.then(|| {
        button(&text(Label::CreateAnotherLikeThis), Variant::Small, move || {
            app.use_alike();
            focus::on(NOTICE);
        })
    })
}

/// The severity: what was filled in as requested is not a warning.
fn tone(notice: &Notice) -> Severity {
    match notice.outcome {
        Outcome::Filled(_) if !notice.is_replacement && notice.left_out.is_empty() => Severity::Plain,
        _ => Severity::Warning,
    }
}

fn box_of(tone: Severity, title: &str, words: &str) -> El {
    notice(tone, title).attr("aria-label", title).child(paragraph(words))
}

/// The pressed button disappears, so keyboard focus moves to the heading.
fn answer(app: App, words: Label, change: fn(&mut Draft)) -> El {
    button(&text(words), Variant::Small, move || {
        app.draft.edit(change);
        focus::on(HEADING);
    })
}

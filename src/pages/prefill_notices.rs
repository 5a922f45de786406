//! What stands over the steps when a link or a recipe filled them in: what was left out, and what the person is asked.

use key_wizard_core::credential::draft::Draft;
use web_sys::Node;

use crate::{
    i18n::{self, Label, NoticeWords, text},
    pages::{labels::privilege_label, layout::HEADING},
    platform::focus,
    state::{App, prefill::NOTICE},
    ui::{
        button::{Variant, button, row},
        dom::{El, group, nothing, switch},
        notice::{Severity, notice, paragraph, points},
    },
};

/// Where the answers came from and each thing that was left out; and whether the key gets the administrative privileges
/// that were asked for.
pub fn notices(app: App) -> Node {
    switch(
        move || app.draft.read(|draft| (draft.notice.clone(), draft.withheld.clone())),
        move |(notice, withheld)| {
            let notes = notice.as_ref().map_or_else(nothing, |notice| {
                let NoticeWords { title, lead, left_out } = i18n::notice(notice);
                box_of(&title, &lead, &left_out)
                    .id(NOTICE)
                    .attr("tabindex", "-1")
                    .with(row([answer(app, Label::HideThis, |draft| draft.notice = None)]))
                    .into()
            });
            if withheld.is_empty() {
                return notes;
            }
            let labels: Vec<String> = withheld.iter().map(privilege_label).collect();
            let (title, words) = (text(Label::AdministrativeQuestion), text(Label::AdministrativeConsequence));
            let question = box_of(&title, &words, &labels).with(row([
                answer(app, Label::AddThesePrivileges, Draft::add_withheld),
                answer(app, Label::LeaveThemOut, |draft| draft.withheld.clear()),
            ]));
            group([notes, question.into()])
        },
    )
}

fn box_of(title: &str, words: &str, list: &[String]) -> El {
    notice(Severity::Warning, title).attr("aria-label", title).with(paragraph(words)).with(points(list))
}

/// The button that was pressed goes; whoever works by keyboard goes on from the top of the page.
fn answer(app: App, words: Label, change: fn(&mut Draft)) -> El {
    button(&text(words), Variant::Small, move || {
        app.draft.edit(change);
        focus::on(HEADING);
    })
}

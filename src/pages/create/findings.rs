//! What a person should know before pressing `Create`, although nothing forbids it.

use key_wizard_core::{
    credential::{findings::Finding, problem::Field},
    portal::id::PrivilegeId,
    route::Step,
};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::labels::privilege_label,
    platform::time,
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{El, group, switch},
        notice::{Severity, notice, paragraph, points},
    },
};

/// What was found: everything on the Summary; before it, only that nothing is chosen.
pub fn findings(app: App, step: Step) -> Node {
    let found = move || {
        let mut found = app.draft.read(|draft| draft.findings(time::now()));
        found.retain(|it| step == Step::Summary || *it == Finding::NothingGranted);
        found
    };
    switch(found, move |found| group(found.iter().map(|finding| finding_notice(app, finding))))
}

fn finding_notice(app: App, finding: &Finding) -> Node {
    let (title, words, privileges): (_, _, &[PrivilegeId]) = match finding {
        Finding::NothingGranted => (Label::NothingGranted, text(Label::NothingGrantedAdvice), &[]),
        Finding::Administrative(privileges) => {
            (Label::AdministrativeFound, text(Label::AdministrativeFoundAdvice), privileges)
        }
        Finding::BilledAnywhere { privileges, until } => {
            (Label::BilledAnywhere, text(Message::BilledAnywhereUntil(*until)), privileges)
        }
    };
    let labels: Vec<String> = privileges.iter().map(privilege_label).collect();
    let title = text(title);
    notice(Severity::Warning, &title)
        .attr("aria-label", &title)
        .with(paragraph(&words))
        .with(points(&labels))
        .with(row([change(app, finding.field())]))
        .into()
}

fn change(app: App, field: Field) -> El {
    let words = match field {
        Field::Referrers => Label::ChangeReferrers,
        _ => Label::ChangePrivileges,
    };
    button(&text(words), Variant::Small, move || app.navigation.go_to_field(field))
}

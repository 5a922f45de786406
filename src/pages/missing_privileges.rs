//! Told before step 1: why this account cannot make keys, with a text for the administrator where one can help.

use key_wizard_core::{credential::obstacle::Obstacle, portal::id::PrivilegeId};
use web_sys::Node;

use super::layout::heading;
use crate::{
    i18n::{Label, Message, text},
    pages::{labels::privilege_name, words},
    state::{App, session::Person},
    ui::{
        button::{Variant, button, row},
        copy_button::copy_button,
        dom::{el, group, nothing},
        field::field,
        notice::{Severity, notice, paragraph},
    },
};

/// The page; `anyway` goes on to the wizard all the same.
pub fn obstacle_page(app: App, person: &Person, obstacle: &Obstacle, anyway: impl Fn() + 'static) -> Node {
    let told = match obstacle {
        Obstacle::OldEnterprise(release) => old_enterprise(&release.name()),
        Obstacle::Privileges { missing, is_administrator } => missing_privileges(person, missing, *is_administrator),
    };
    let advice = match obstacle {
        Obstacle::OldEnterprise(_) => Label::TryAnywayOldEnterprise,
        Obstacle::Privileges { .. } => Label::TryAnywayAdvice,
    };
    group([
        heading(&text(Label::CannotCreateKeys)),
        told,
        row([button(&text(Label::SignInAsAnother), Variant::Plain, move || app.sign_in_as_another())]).into(),
        if obstacle.is_certain() { nothing() } else { try_anyway(advice, anyway) },
    ])
}

fn old_enterprise(release: &str) -> Node {
    notice(Severity::Warning, &text(Message::EnterpriseWithoutKeys(release)))
        .with(paragraph(&text(Label::EnterpriseWithoutKeysAdvice)))
        .into()
}

fn missing_privileges(person: &Person, missing: &[PrivilegeId], is_administrator: bool) -> Node {
    let labels: Vec<(String, &str)> = missing.iter().map(|id| (privilege_name(id), id.0.as_str())).collect();
    let (account, host) = (&*person.account, person.host());
    let request = text(Message::PrivilegeRequest { account, host, missing: &labels });
    let list = labels.iter().map(|(label, id)| {
        el("li").with(el("b").text(label)).text(" ").with(el("code").attr("translate", "no").text(id)).into()
    });
    let words = words::field("request", Label::TextForAdministrator, None);
    let area =
        el("textarea").id("request").class("field__input").attr("readonly", "").attr("rows", "10").text(&request);
    let lacking = notice(Severity::Warning, &text(Label::MissingPrivileges)).with(el("ul").with_all(list));
    // Nobody writes to themselves.
    let help = match is_administrator {
        true => paragraph(&text(Label::AdministratorAdvice)).into(),
        false => group([
            paragraph(&text(Label::MissingPrivilegesAdvice)).into(),
            field(&words, area).into(),
            copy_button(&words::copy(Label::CopyText), request).into(),
        ]),
    };
    group([lacking.into(), el("div").class("card").with(help).into()])
}

/// Location Platform accounts may create keys without listing these privileges (F-PRIV-2).
fn try_anyway(advice: Label, anyway: impl Fn() + 'static) -> Node {
    el("div")
        .class("stack stack--close")
        .with(paragraph(&text(advice)))
        .with(row([button(&text(Label::TryAnyway), Variant::Plain, anyway)]))
        .into()
}

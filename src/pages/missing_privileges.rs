//! Shown before step 1: why this account cannot create keys, with a text for the administrator if one can help.

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
        dom::{El, IntoView, el},
        field::field,
        notice::{Severity, notice, paragraph},
    },
};

/// The page; `anyway` continues to the wizard.
pub fn obstacle_page(app: App, person: &Person, obstacle: &Obstacle, anyway: impl Fn() + 'static) -> Node {
    let told = match obstacle {
        Obstacle::OldEnterprise(release) => old_enterprise(&release.name()).into_view(),
        Obstacle::Privileges { missing, is_administrator } => missing_privileges(person, missing, *is_administrator),
    };
    let advice = match obstacle {
        Obstacle::OldEnterprise(_) => Label::TryAnywayOldEnterprise,
        Obstacle::Privileges { .. } => Label::TryAnywayAdvice,
    };
    (
        heading(&text(Label::CannotCreateKeys)),
        told,
        row([button(&text(Label::SignInAsAnother), Variant::Plain, move || app.sign_in_as_another())]),
        (!obstacle.is_certain()).then(|| try_anyway(advice, anyway)),
    )
        .into_view()
}

fn old_enterprise(release: &str) -> El {
    notice(Severity::Warning, &text(Message::EnterpriseWithoutKeys(release)))
        .child(paragraph(&text(Label::EnterpriseWithoutKeysAdvice)))
}

fn missing_privileges(person: &Person, missing: &[PrivilegeId], is_administrator: bool) -> Node {
    let labels: Vec<(String, &str)> = missing.iter().map(|id| (privilege_name(id), id.0.as_str())).collect();
    let (account, host) = (&*person.account, person.host());
    let request = text(Message::PrivilegeRequest { account, host, missing: &labels });
    let list = labels.iter().map(|(label, id)| {
        el("li").child(el("b").text(label)).text(" ").child(el("code").attr("translate", "no").text(*id))
    });
    let words = words::field("request", Label::TextForAdministrator, None);
    let area =
        el("textarea").id("request").class("field__input").attr("readonly", "").attr("rows", "14").text(&request);
    let lacking = notice(Severity::Warning, &text(Label::MissingPrivileges)).child(el("ul").children(list));
    // Administrators need no text for themselves.
    let help = match is_administrator {
        true => paragraph(&text(Label::AdministratorAdvice)).into_view(),
        false => (
            paragraph(&text(Label::MissingPrivilegesAdvice)),
            field(&words, area),
            copy_button(&words::copy(Label::CopyText), request),
        )
            .into_view(),
    };
    (lacking, el("div").class("card").child(help)).into_view()
}

/// Location Platform accounts may create keys without listing these privileges (F-PRIV-2).
fn try_anyway(advice: Label, anyway: impl Fn() + 'static) -> El {
    el("div").class("stack stack--close").child(paragraph(&text(advice))).child(row([button(
        &text(Label::TryAnyway),
        Variant::Plain,
        anyway,
    )]))
}

//! Told before step 1: which privileges this account lacks to make keys, with a text for the administrator.

use key_wizard_core::{
    credential::{catalogue, privilege},
    portal::id::PrivilegeId,
};
use web_sys::Node;

use super::layout::heading;
use crate::{
    i18n::{Label, Message, text},
    pages::words,
    state::session::Person,
    ui::{
        button::{Variant, button, row},
        copy_button::copy_button,
        dom::{el, group, nothing},
        field::field,
        notice::{Severity, notice, paragraph},
    },
};

/// The page; `anyway` goes on to the wizard all the same.
pub fn missing_privileges(person: &Person, missing: &[PrivilegeId], anyway: impl Fn() + 'static) -> Node {
    let labels: Vec<(String, &str)> = missing.iter().map(|id| (label(id), id.0.as_str())).collect();
    let (account, host) = (&*person.account, person.host());
    let request = text(Message::PrivilegeRequest { account, host, missing: &labels });
    let list = labels.iter().map(|(label, id)| {
        el("li").with(el("b").text(label)).text(" ").with(el("code").attr("translate", "no").text(id)).into()
    });
    let words = words::field("request", Label::TextForAdministrator, None);
    let area =
        el("textarea").id("request").class("field__input").attr("readonly", "").attr("rows", "10").text(&request);
    group([
        heading(&text(Label::CannotCreateKeys)),
        notice(Severity::Warning, &text(Label::MissingPrivileges)).with(el("ul").with_all(list)).into(),
        el("div")
            .class("card")
            .with(paragraph(&text(Label::MissingPrivilegesAdvice)))
            .with(field(&words, area))
            .with(copy_button(&words::copy(Label::CopyText), request))
            .into(),
        if privilege::prevents_creation(missing) { nothing() } else { try_anyway(anyway) },
    ])
}

/// Location Platform accounts may create keys without listing these privileges (F-PRIV-2).
fn try_anyway(anyway: impl Fn() + 'static) -> Node {
    el("div")
        .class("stack stack--close")
        .with(paragraph(&text(Label::TryAnywayAdvice)))
        .with(row([button(&text(Label::TryAnyway), Variant::Plain, anyway)]))
        .into()
}

/// A privilege by the portal's label; by its id where none is known.
pub fn label(id: &PrivilegeId) -> String {
    let groups = catalogue::offered(std::slice::from_ref(id));
    catalogue::find(&groups, id).map_or_else(|| id.0.clone(), |privilege| privilege.label.clone())
}

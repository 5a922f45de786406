//! Told before step 1: which privileges this account lacks to make keys, with a text for the administrator.

use key_wizard_core::{
    credential::{catalogue, privilege},
    portal::id::PrivilegeId,
};
use web_sys::Node;

use super::layout::heading;
use crate::{
    i18n,
    state::session::Person,
    ui::{
        button::{Variant, button, row},
        copy_button::copy_button,
        dom::{el, group, nothing},
        field::{Words, field},
        notice::{Severity, notice, paragraph},
    },
};

/// The page; `anyway` goes on to the wizard all the same.
pub fn missing_privileges(person: &Person, missing: &[PrivilegeId], anyway: impl Fn() + 'static) -> Node {
    let labels: Vec<(String, &str)> = missing.iter().map(|id| (label(id), id.0.as_str())).collect();
    let text = i18n::request_for_privileges(&person.account, person.host(), &labels);
    let list = labels.iter().map(|(label, id)| {
        el("li").with(el("b").text(label)).text(" ").with(el("code").attr("translate", "no").text(id)).into()
    });
    let words = Words::plain("request", "Text for your administrator", "");
    let area = el("textarea").id("request").class("field__input").attr("readonly", "").attr("rows", "10").text(&text);
    group([
        heading("Your account may not create API keys"),
        notice(Severity::Warning, "These privileges are missing from your account")
            .with(el("ul").with_all(list))
            .into(),
        el("div")
            .class("card")
            .with(paragraph(
                "An administrator of your organization can give them to you, through a role that has them. Your user \
                 type must be Creator or higher.",
            ))
            .with(field(&words, area))
            .with(copy_button("Copy text", text))
            .into(),
        if privilege::prevents_creation(missing) { nothing() } else { try_anyway(anyway) },
    ])
}

/// Location Platform accounts may create keys without listing these privileges (F-PRIV-2).
fn try_anyway(anyway: impl Fn() + 'static) -> Node {
    el("div")
        .class("stack stack--close")
        .with(paragraph("Some accounts, as of ArcGIS Location Platform, need none of them."))
        .with(row([button("Try anyway", Variant::Plain, anyway)]))
        .into()
}

/// A privilege by the portal's label; by its id where none is known.
pub fn label(id: &PrivilegeId) -> String {
    let groups = catalogue::offered(std::slice::from_ref(id));
    catalogue::find(&groups, id).map_or_else(|| id.0.clone(), |privilege| privilege.label.clone())
}

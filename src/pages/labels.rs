//! Labels of privileges and items, and error messages of fields.

use key_wizard_core::{
    credential::{
        catalogue,
        draft::{GrantedItem, Usage},
        privilege,
        problem::Field,
        referrer::Referrer,
    },
    operation::State,
    portal::id::PrivilegeId,
};

use crate::{
    i18n::{Label, Message, text},
    state::App,
    ui::dom::Signal,
};

/// The error message for a field's first problem.
pub fn error_of(app: App, field: Field) -> Signal<Option<String>> {
    Signal::derive(move || app.draft.problem_of(field).as_ref().map(|problem| text(Message::Problem(problem))))
}

/// What exists on the portal now.
pub fn existence(app: App) -> String {
    let words = |state: &State| text(Message::Exists { existence: state.existence(), title: state.title() });
    app.jobs.read_once(words).unwrap_or_default()
}

/// The chosen privileges, each with the portal's label and its id.
pub fn privilege_labels(app: App) -> Vec<String> {
    app.draft.read(|draft| draft.privileges.iter().map(privilege_label).collect())
}

/// The title of an item that a credential can reach, if the draft has it; otherwise its id.
pub fn granted_title(app: App, id: &PrivilegeId) -> String {
    let is_this = |item: &&GrantedItem| privilege::item_access(&item.id) == *id;
    let title = app.draft.read_once(|draft| draft.items.iter().find(is_this).map(|item| item.title.clone()));
    title.unwrap_or_else(|| id.0.rsplit(':').next().unwrap_or_default().to_owned())
}

/// Why referrers that another program wrote may not work, one sentence for each.
pub fn foreign_referrers(held: &[String]) -> Vec<String> {
    let unusual = |referrer: &String| {
        let problem = Referrer::parse(referrer).err()?;
        Some(text(Message::ForeignReferrer { referrer, rule: &problem.rule }))
    };
    held.iter().filter_map(unusual).collect()
}

/// The portal's label of a privilege, or its id if none is known.
pub fn privilege_name(id: &PrivilegeId) -> String {
    catalogue::privilege(id.clone()).label
}

/// The portal's label and the id of a privilege.
pub fn privilege_label(id: &PrivilegeId) -> String {
    let label = privilege_name(id);
    if label == id.0 { label } else { text(Message::PrivilegeWithId { label: &label, id: &id.0 }) }
}

/// An answer to where the key will be used.
pub fn usage_label(usage: Usage) -> Label {
    match usage {
        Usage::WebPage => Label::UsageWebPage,
        Usage::Scripts => Label::UsageScripts,
        Usage::Native => Label::UsageNative,
        Usage::Unsure => Label::UsageUnsure,
    }
}

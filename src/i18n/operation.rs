//! What is happening while a credential is made, and what is true on the portal when something went wrong.

use key_wizard_core::{
    operation::{
        Call, Differences, Goal, KeyStatus, Stage, State,
        journal::Journal,
        progress::{ProgressStep, StepStatus},
    },
    portal::{error::Refusal, id::PrivilegeId, items::Item},
    route::Step,
};

use super::portal;
use crate::platform::time;

/// The name of a step of the progress list.
pub fn step(step: ProgressStep) -> &'static str {
    match step {
        ProgressStep::Folder => "Folder",
        ProgressStep::Item => "Item",
        ProgressStep::Registration => "Registration",
        ProgressStep::Expiration => "Expiration",
        ProgressStep::Key => "Key",
    }
}

/// How a step is getting on.
pub fn status(status: StepStatus) -> &'static str {
    match status {
        StepStatus::Ahead => "not yet",
        StepStatus::Running => "in progress",
        StepStatus::Checking => "no answer: looking up what happened",
        StepStatus::Waiting => "waiting for the portal",
        StepStatus::Stopped => "stopped",
        StepStatus::Done => "done",
    }
}

/// Everything was taken back, but the key was not ended by its name.
pub const GIVEN_UP: &str = "The portal refused to revoke the key by name. Check that it no longer works.";

/// What is happening now, for those who listen.
pub fn now(state: &State) -> String {
    match &state.stage {
        Stage::Running(pending) if pending.recheck.is_some() => {
            format!("The portal's answer was lost. Looking up whether it did {}…", doing(&pending.call))
        }
        Stage::Running(pending) => format!("Now: {}…", doing(&pending.in_flight())),
        Stage::Waiting { ms, .. } => format!("Waiting {} seconds, then going on.", ms.div_ceil(1000)),
        Stage::CreatedWithoutKey | Stage::KeyShown | Stage::Acknowledged => "Done.".to_owned(),
        _ => String::new(),
    }
}

fn doing(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "make the folder",
        Call::ListFolders => "list the folders",
        Call::AddItem { .. } => "make the item",
        Call::FindItem { .. } => "look for the item",
        Call::ReadItem { .. } => "read the item",
        Call::UpdateItem { .. } => "set the expiration date",
        Call::MoveItem { .. } => "move the item",
        Call::Register { .. } => "register the item with its privileges",
        Call::ReadRegistration { .. } => "read the registration",
        Call::UpdateRegistration { .. } => "change the registration",
        Call::GenerateKey { .. } => "generate the key",
        Call::RevokeKey { .. } => "revoke the key",
        Call::DeleteItem { .. } => "delete the item",
    }
}

/// Said instead while there is no network.
pub const UNCONNECTED: &str = "Nothing is sent now.";

/// What was refused, and in which words.
pub fn refused(call: &Call, refusal: &Refusal) -> String {
    format!("The portal refused to {}: {}", doing(call), portal::refused(refusal))
}

/// Before the privileges that the person lacks for what was refused.
pub const LACKING: &str = "Your account does not have what this needs. Ask an administrator of your organization for:";

/// A call whose effect cannot be found out now, or that was put off too often.
pub fn unsure(call: &Call, is_put_off: bool) -> String {
    let start = if is_put_off { "The portal had no time to " } else { "It is not known whether the portal did " };
    [start, doing(call)].concat()
}

/// The step on which what was refused can be changed.
pub fn step_at_fault(call: &Call, refusal: &Refusal) -> Step {
    match call {
        Call::Register { .. } | Call::UpdateRegistration { .. } if refusal.says("referrer") => Step::Credentials,
        Call::Register { .. } | Call::UpdateRegistration { .. } if refusal.says("item") => Step::ItemAccess,
        Call::Register { .. } | Call::UpdateRegistration { .. } => Step::Privileges,
        Call::UpdateItem { .. } | Call::GenerateKey { .. } => Step::Credentials,
        _ => Step::Details,
    }
}

/// What exists on the portal now.
pub fn standing(state: &State) -> String {
    let facts = &state.operation.facts;
    // What is on its way, or not yet looked at after a reload, may have happened.
    let is_answered = matches!(state.stage, Stage::Refused { .. } | Stage::Mismatch(_));
    let is_registering = state.current_step() == Some(ProgressStep::Registration) && !is_answered
        || state.operation.goal == Goal::Inspect && !facts.app_read;
    let may_be_gone = match &state.stage {
        Stage::Indeterminate { pending, .. } => matches!(pending.call, Call::DeleteItem { .. }),
        Stage::Refused { refusal, .. } => refusal.is_missing(),
        _ => false,
    };
    let (start, end) = match (&facts.item, &facts.app) {
        (None, _) if facts.item_sent.is_none() => return "Nothing has been made on the portal yet.".to_owned(),
        (item, _) if item.is_none() || may_be_gone => ("It is not known whether the item “", "” exists on the portal."),
        _ if state.has_live_key() => ("On the portal there is the credential “", "”, with a live key."),
        _ if is_registering || state.may_have_unseen_key() => ("On the portal there is the item “", "”."),
        (_, None) => ("On the portal there is the item “", "”, without privileges and without a key."),
        _ => ("On the portal there is the credential “", "”, without a key."),
    };
    // It is still called as it was before a change that has not got there.
    let title = &facts.details.as_ref().unwrap_or(&state.operation.plan.details).title;
    [start, title, end].concat()
}

/// What an unfinished operation leaves on the portal when the session ends, to follow other sentences; empty if it is
/// over.
pub fn left_open(state: &State) -> String {
    if state.is_over() {
        return String::new();
    }
    let key = match state.stage {
        _ if state.may_have_unseen_key() => found(KeyStatus::Unseen),
        Stage::KeyShown => found(KeyStatus::ShownOnly),
        _ => "Your credential is not finished",
    };
    [" ", key, ". ", &standing(state)].concat()
}

/// How the portal's credential differs from what was asked, a sentence each. `label` names a privilege.
pub fn differences(differences: &Differences, label: &dyn Fn(&PrivilegeId) -> String) -> Vec<String> {
    let mut rows = Vec::new();
    rows.extend(differences.missing.iter().map(|id| format!("Not granted: {}", label(id))));
    rows.extend(differences.extra.iter().map(|id| format!("Granted without being asked for: {}", label(id))));
    rows.extend(differences.referrers.as_ref().map(|held| match held.is_empty() {
        true => "Referrers: none, so a key would work from everywhere".to_owned(),
        false => format!("Referrers: {}", held.join(", ")),
    }));
    rows.extend(differences.expires.map(|held| match held {
        None => "Expiration: none. A key without an end is not generated".to_owned(),
        Some(at) => format!("Expiration: {}", time::utc_instant(at)),
    }));
    rows
}

/// What an interruption left behind.
pub fn found(status: KeyStatus) -> &'static str {
    match status {
        KeyStatus::None => "The credential was not completed",
        KeyStatus::Unseen => "A key was generated that nobody has seen, and it may be live",
        KeyStatus::ShownOnly => "A key was shown, but you did not say that you saved it",
    }
}

/// What can be done in a tab that does not hold the draft of the operation.
pub fn found_without_draft(status: KeyStatus) -> String {
    let advice = match status {
        KeyStatus::None => "Delete what was made.",
        KeyStatus::Unseen => "Revoke it: the credential is then deleted, and the key with it.",
        KeyStatus::ShownOnly => "If you have saved it, say so and keep it. If not, revoke it.",
    };
    ["Its answers are not in this browser, or its expiration date has passed, so it cannot be continued here. ", advice]
        .concat()
}

/// Something was begun elsewhere.
pub const STRAY: &str = "You have an unfinished credential from elsewhere";

/// What that is, and what is true of it.
pub fn stray(journal: &Journal) -> String {
    format!(
        "The item “{}” was made on {} in another browser or on another device, and never got privileges or a key. \
         Finish it there, or look at it here to delete it.",
        journal.title,
        time::utc_instant(journal.written)
    )
}

/// The title is not the only one of its kind.
pub const TWIN: &str = "You have an item of this title already";

/// Since when, and where up to the title of its folder, if that is known.
pub fn twin(item: &Item, folder: &str) -> String {
    let place = match &item.folder {
        None => "no folder",
        Some(_) if folder.is_empty() => "one of your folders",
        Some(_) => "the folder ",
    };
    ["It was made on ", &time::local_instant(item.created), " and lies in ", place].concat()
}

/// What can be done about it, after the folder.
pub const TWIN_ALLOWED: &str = ". The portal allows two; choose another title if you want to tell them apart.";

/// What can be done about it.
pub fn found_advice(status: KeyStatus) -> &'static str {
    match status {
        KeyStatus::None => "Continue where it stopped, or delete what was made.",
        KeyStatus::Unseen => {
            "Replace it with a new key that you can copy, or revoke it: the credential is then deleted, and the key with it."
        }
        KeyStatus::ShownOnly => {
            "If you have saved it, say so and keep it. If not, replace it: the lost key then stops working. Revoke deletes the credential, and the key with it."
        }
    }
}

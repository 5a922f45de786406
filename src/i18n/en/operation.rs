//! Texts about a creation: its requests, its progress, and what exists.

use key_wizard_core::{
    key_life::WhyHidden,
    operation::{
        Call, KeyStatus,
        existence::{Existence, Unfinished},
        progress::{ProgressStep, StepStatus},
    },
};

pub(super) fn why_hidden(why: WhyHidden) -> &'static str {
    match why {
        WhyHidden::TimeOver => "The time to show it is over.",
        WhyHidden::PageLeft => "You left its page.",
        WhyHidden::Saved => "You confirmed that you saved it.",
        WhyHidden::Ended => "It was replaced or revoked in another tab. Do not use it any more.",
    }
}

pub(super) fn step_name(step: ProgressStep) -> &'static str {
    match step {
        ProgressStep::Folder => "Folder",
        ProgressStep::Item => "Item",
        ProgressStep::Registration => "Registration",
        ProgressStep::Expiration => "Expiration",
        ProgressStep::Key => "Key",
    }
}

pub(super) fn step_status(status: StepStatus) -> &'static str {
    match status {
        StepStatus::Ahead => "not yet",
        StepStatus::Running => "in progress",
        StepStatus::Checking => "no answer: looking up what happened",
        StepStatus::Waiting => "waiting for the portal",
        StepStatus::Stopped => "stopped",
        StepStatus::Done => "done",
    }
}

pub(super) fn calling(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "Creating the folder…",
        Call::ListFolders => "Listing the folders…",
        Call::AddItem { .. } => "Creating the item…",
        Call::FindItem { .. } => "Looking for the item…",
        Call::ReadItem { .. } => "Reading the item…",
        Call::UpdateItem { .. } => "Setting the expiration date…",
        Call::MoveItem { .. } => "Moving the item…",
        Call::Register { .. } => "Setting privileges…",
        Call::ReadRegistration { .. } => "Reading the registration…",
        Call::UpdateRegistration { .. } => "Changing privileges…",
        Call::GenerateKey { .. } => "Generating the key…",
        Call::RevokeKey { .. } => "Revoking the key…",
        Call::DeleteItem { .. } => "Deleting the item…",
    }
}

pub(super) fn checking(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "Checking whether the folder was created…",
        Call::ListFolders => "Listing the folders again…",
        Call::AddItem { .. } => "Checking whether the item was created…",
        Call::FindItem { .. } => "Looking for the item again…",
        Call::ReadItem { .. } => "Reading the item again…",
        Call::UpdateItem { .. } => "Checking whether the expiration date was set…",
        Call::MoveItem { .. } => "Checking whether the item was moved…",
        Call::Register { .. } => "Checking whether the item was registered…",
        Call::ReadRegistration { .. } => "Reading the registration again…",
        Call::UpdateRegistration { .. } => "Checking whether the registration was changed…",
        Call::GenerateKey { .. } => "Checking whether the key was generated…",
        Call::RevokeKey { .. } => "Checking whether the key was revoked…",
        Call::DeleteItem { .. } => "Checking whether the item was deleted…",
    }
}

/// The portal's own message follows.
pub(super) fn refused_call(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "The portal refused to create the folder:",
        Call::ListFolders => "The portal refused to list the folders:",
        Call::AddItem { .. } => "The portal refused to create the item:",
        Call::FindItem { .. } => "The portal refused to look for the item:",
        Call::ReadItem { .. } => "The portal refused to read the item:",
        Call::UpdateItem { .. } => "The portal refused to set the expiration date:",
        Call::MoveItem { .. } => "The portal refused to move the item:",
        Call::Register { .. } => "The portal refused to register the item with its privileges:",
        Call::ReadRegistration { .. } => "The portal refused to read the registration:",
        Call::UpdateRegistration { .. } => "The portal refused to change the registration:",
        Call::GenerateKey { .. } => "The portal refused to generate the key:",
        Call::RevokeKey { .. } => "The portal refused to revoke the key:",
        Call::DeleteItem { .. } => "The portal refused to delete the item:",
    }
}

pub(super) fn unknown(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "We don't know whether the folder was created",
        Call::AddItem { .. } => "We don't know whether the item was created",
        Call::UpdateItem { .. } => "We don't know whether the expiration date was set",
        Call::MoveItem { .. } => "We don't know whether the item was moved",
        Call::Register { .. } => "We don't know whether the item was registered with its privileges",
        Call::UpdateRegistration { .. } => "We don't know whether the registration was changed",
        Call::GenerateKey { .. } => "We don't know whether the key was generated",
        Call::RevokeKey { .. } => "We don't know whether the key was revoked",
        Call::DeleteItem { .. } => "We don't know whether the item was deleted",
        Call::ListFolders => "We don't know which folders you have",
        Call::FindItem { .. } => "We don't know whether the item exists",
        Call::ReadItem { .. } => "We don't know the state of the item",
        Call::ReadRegistration { .. } => "We don't know the state of the registration",
    }
}

pub(super) fn throttled(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "The portal was too busy to create the folder",
        Call::ListFolders => "The portal was too busy to list the folders",
        Call::AddItem { .. } => "The portal was too busy to create the item",
        Call::FindItem { .. } => "The portal was too busy to look for the item",
        Call::ReadItem { .. } => "The portal was too busy to read the item",
        Call::UpdateItem { .. } => "The portal was too busy to set the expiration date",
        Call::MoveItem { .. } => "The portal was too busy to move the item",
        Call::Register { .. } => "The portal was too busy to register the item with its privileges",
        Call::ReadRegistration { .. } => "The portal was too busy to read the registration",
        Call::UpdateRegistration { .. } => "The portal was too busy to change the registration",
        Call::GenerateKey { .. } => "The portal was too busy to generate the key",
        Call::RevokeKey { .. } => "The portal was too busy to revoke the key",
        Call::DeleteItem { .. } => "The portal was too busy to delete the item",
    }
}

pub(super) fn exists(existence: Existence, title: &str) -> String {
    match existence {
        Existence::Nothing => "Nothing has been created on the portal yet.".to_owned(),
        Existence::ItemUnknown => format!("We don't know whether the item “{title}” exists on the portal."),
        Existence::Item => format!("The portal has the item “{title}”."),
        Existence::ItemAlone => {
            format!("The portal has the item “{title}”, without privileges and without a key.")
        }
        Existence::Credential => format!("The portal has the credential “{title}”, without a key."),
        Existence::CredentialWithKey => format!("The portal has the credential “{title}”, with a live key."),
    }
}

pub(super) fn left_unfinished(unfinished: &Unfinished) -> String {
    let Unfinished { key, existence, title } = unfinished;
    let key = match key {
        KeyStatus::None => "Your credential is not finished.",
        KeyStatus::Unseen => "A key was generated but never shown, and it may be live.",
        KeyStatus::ShownOnly => "A key was shown, but you did not confirm that you saved it.",
        KeyStatus::Copied => "You copied its key.",
    };
    format!("{key} {}", exists(*existence, title))
}

pub(super) fn found_key(fate: KeyStatus) -> &'static str {
    match fate {
        KeyStatus::None => "The credential was not completed",
        KeyStatus::Unseen => "A key was generated but never shown, and it may be live",
        KeyStatus::ShownOnly => "A key was shown, but you did not confirm that you saved it",
        KeyStatus::Copied => "You copied the key, but you did not confirm that you saved it",
    }
}

pub(super) fn found_advice(fate: KeyStatus) -> &'static str {
    match fate {
        KeyStatus::None => "Continue where it stopped, or delete what was created.",
        KeyStatus::Unseen => {
            "Replace it with a new key that you can copy, or revoke it. Revoking deletes the credential and its key."
        }
        KeyStatus::ShownOnly | KeyStatus::Copied => {
            "If you saved it, press “I have saved the key”. Otherwise replace it: the key that was shown then stops \
             working. Revoke deletes the credential and its key."
        }
    }
}

pub(super) fn found_without_answers(fate: KeyStatus) -> &'static str {
    match fate {
        KeyStatus::None => {
            "Its answers are not in this browser, or its expiration date has passed, so it cannot be continued here. \
             Delete what was created."
        }
        KeyStatus::Unseen => {
            "Its answers are not in this browser, or its expiration date has passed, so it cannot be continued here. \
             Revoke it: this deletes the credential and its key."
        }
        KeyStatus::ShownOnly | KeyStatus::Copied => {
            "Its answers are not in this browser, or its expiration date has passed, so it cannot be continued here. \
             If you saved it, press “I have saved the key”. Otherwise revoke it."
        }
    }
}

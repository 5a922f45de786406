//! Determines what an operation is known to have left on the portal, never more. Shown wherever it stops.

use crate::operation::model::call::Call;
use crate::operation::model::key_slot::KeyState;
use crate::operation::model::operation::{Goal, Operation};
use crate::operation::model::stage::{KeyStatus, Stage, State};
use crate::operation::progress::ProgressStep;
use crate::portal::id::PrivilegeId;
use crate::route::Step;
use crate::timestamp::Timestamp;

/// What exists on the portal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existence {
    /// Nothing.
    Nothing,
    /// Possibly the item.
    ItemUnknown,
    /// The item; the rest is unknown.
    Item,
    /// The item, without privileges and without a key.
    ItemAlone,
    /// The credential, without a key.
    Credential,
    /// The credential, with a live key.
    CredentialWithKey,
}

/// The leftovers of an unfinished operation on the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfinished {
    /// The status of the key.
    pub key: KeyStatus,
    /// What exists.
    pub existence: Existence,
    /// The title of the item on the portal.
    pub title: String,
}

impl State {
    /// Whether the portal refuses every registration through this app: it forbids the registration although the person
    /// has all the privileges it asks for (F-TOKEN-9, F-ERROR-5). Judged by the error code, because its message may be
    /// in any language.
    pub fn is_registration_closed(&self, lacking: &[PrivilegeId]) -> bool {
        let is_forbidden =
            matches!(&self.stage, Stage::Refused { call: Call::Register { .. }, refusal } if refusal.is_forbidden());
        is_forbidden && lacking.is_empty() && self.operation.goal == Goal::Create
    }

    /// What exists on the portal now.
    pub fn existence(&self) -> Existence {
        let made = &self.operation.facts;
        // A request in flight, or one not yet checked after a reload, may have taken effect.
        let is_answered = matches!(self.stage, Stage::Refused { .. } | Stage::Mismatch(_));
        let is_registering = self.current_step() == Some(ProgressStep::Registration) && !is_answered
            || self.operation.goal == Goal::Inspect && !made.app_read;
        let may_be_gone = match &self.stage {
            Stage::Indeterminate { pending, .. } => matches!(pending.call, Call::DeleteItem { .. }),
            Stage::Refused { refusal, .. } => refusal.is_missing(),
            _ => false,
        };
        match (made.item.id(), &made.app) {
            (None, _) if !made.item.is_requested() => Existence::Nothing,
            (item, _) if item.is_none() || may_be_gone => Existence::ItemUnknown,
            _ if self.has_live_key() => Existence::CredentialWithKey,
            _ if is_registering || self.may_have_unseen_key() => Existence::Item,
            (_, None) => Existence::ItemAlone,
            _ => Existence::Credential,
        }
    }

    /// The item's title on the portal, which is the old one until a change has arrived.
    pub fn title(&self) -> &str {
        &self.operation.facts.details.as_ref().unwrap_or(&self.operation.plan.details).title
    }

    /// When the key expires: the portal's value if it has been read, else the requested one.
    pub fn expires(&self) -> Timestamp {
        let Operation { plan, facts, .. } = &*self.operation;
        facts.item_read.as_ref().and_then(|item| item.expires(plan.slot)).unwrap_or(plan.expires)
    }

    /// The referrers: the portal's if they have been read, else the requested ones.
    pub fn referrers(&self) -> &[String] {
        let Operation { plan, facts, .. } = &*self.operation;
        facts.app.as_ref().map_or(&plan.grants.referrers, |app| &app.referrers)
    }

    /// The privileges, including item access: the portal's if they have been read, else the requested ones.
    pub fn privileges(&self) -> &[PrivilegeId] {
        let Operation { plan, facts, .. } = &*self.operation;
        facts.app.as_ref().map_or(&plan.grants.privileges, |app| &app.privileges)
    }

    /// The operation's leftovers on the portal when the session ends; `None` if it is over.
    pub fn unfinished(&self) -> Option<Unfinished> {
        let key = match self.stage {
            _ if self.is_over() => return None,
            _ if self.may_have_unseen_key() => KeyStatus::Unseen,
            Stage::KeyShown if self.operation.facts.key.state() == KeyState::Copied => KeyStatus::Copied,
            Stage::KeyShown => KeyStatus::ShownOnly,
            _ => KeyStatus::None,
        };
        Some(Unfinished { key, existence: self.existence(), title: self.title().to_owned() })
    }

    /// Whether a creation that stops now leaves something unfinished on the portal.
    pub fn would_stay_unfinished(&self) -> bool {
        let Operation { goal, facts, .. } = &*self.operation;
        // The slot counts as shown until the replacement of its key is answered.
        let is_key_shown = self.stage == Stage::KeyShown || *goal == Goal::Inspect && facts.key.is_shown();
        let is_complete = self.is_over() || self.is_rolling_back() || is_key_shown;
        !is_complete && self.existence() != Existence::Nothing
    }
}

/// The step where the person can change what was refused. Only the portal's message says which part of a registration
/// was refused; usually it is privileges that the account lacks (F-APP-13).
pub fn step_at_fault(call: &Call) -> Step {
    match call {
        Call::Register { .. } | Call::UpdateRegistration { .. } => Step::Privileges,
        Call::UpdateItem { .. } | Call::GenerateKey { .. } => Step::Credentials,
        _ => Step::Details,
    }
}

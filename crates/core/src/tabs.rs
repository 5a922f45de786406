//! Which operation the draft of a tab belongs to, what that tab may do with the operation, and what tabs tell each other.

use crate::credential::draft::Draft;
use crate::operation::{OperationId, Stage, State};
use crate::route::Step;

/// The operation on the screen of a tab.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum OnScreen {
    /// There is none.
    #[default]
    Nothing,
    /// This tab runs it.
    Here(State),
    /// Another tab runs it; this tab does not know its progress.
    Elsewhere(State),
}

impl OnScreen {
    /// The operation, as far as this tab knows it.
    pub fn operation(&self) -> Option<&State> {
        match self {
            Self::Nothing => None,
            Self::Here(state) | Self::Elsewhere(state) => Some(state),
        }
    }

    /// Whether another tab runs it.
    pub fn is_elsewhere(&self) -> bool {
        matches!(self, Self::Elsewhere(_))
    }

    /// Records that another tab runs it from now on.
    pub fn taken_over(&mut self) {
        *self = match std::mem::take(self) {
            Self::Here(state) => Self::Elsewhere(state),
            other => other,
        };
    }
}

/// A message to the other tabs about the operation with this id, which more than one tab may show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TabMessage {
    /// The person has saved its key in a tab that no longer runs it.
    KeySaved(OperationId),
    /// A key shown before, if there was one, has been replaced or revoked.
    KeyEnded(OperationId),
}

impl TabMessage {
    /// The message as text.
    pub fn text(&self) -> String {
        let (word, id) = match self {
            Self::KeySaved(id) => (SAVED, id),
            Self::KeyEnded(id) => (ENDED, id),
        };
        [word, id.as_str()].concat()
    }

    /// Parses a message; `None` if it is of another version of the page.
    pub fn parse(text: &str) -> Option<Self> {
        let id = |word| text.strip_prefix(word).and_then(OperationId::parse);
        id(SAVED).map(Self::KeySaved).or_else(|| id(ENDED).map(Self::KeyEnded))
    }
}

const SAVED: &str = "saved ";
const ENDED: &str = "ended ";

/// Whether the operation was begun with this draft rather than another one.
pub fn owns_draft(draft: &Draft, operation: &State) -> bool {
    draft.operation.as_ref() == Some(&operation.operation.plan.id)
}

/// Whether the operation accepts a changed draft: it waits for the person and was begun with this draft.
pub fn accepts_change(draft: &Draft, operation: &State) -> bool {
    matches!(operation.stage, Stage::Refused { .. } | Stage::Mismatch(_) | Stage::Recovered(_))
        && owns_draft(draft, operation)
}

/// Whether the operation no longer needs its draft, which is used up.
pub fn uses_up_draft(operation: &State) -> bool {
    matches!(operation.stage, Stage::CreatedWithoutKey | Stage::Acknowledged)
}

/// The step to show for a requested one: a running operation cannot be left, and progress and key need an operation.
pub fn reachable(step: Step, draft: &Draft, operation: Option<&State>) -> Step {
    let is_special = matches!(step, Step::Progress | Step::Key);
    let Some(state) = operation else { return if is_special { Step::Summary } else { step } };
    match state.stage {
        Stage::KeyShown => Step::Key,
        Stage::CreatedWithoutKey | Stage::Acknowledged if is_special => Step::Key,
        _ if is_special => Step::Progress,
        _ if accepts_change(draft, state) || state.is_over() => step,
        _ => Step::Progress,
    }
}

/// The effect of `Create` with a valid draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Create {
    /// Begin a new operation.
    Begin,
    /// Continue this operation with the changed draft.
    Change(OperationId),
    /// The same, after the person agrees that the operation's live key ends.
    EndKey,
    /// Only show the running operation.
    ShowProgress,
}

/// Decides what `Create` does. After a second press, an operation is already running.
pub fn create(draft: &Draft, operation: Option<&State>) -> Create {
    let Some(state) = operation.filter(|state| !state.is_over()) else { return Create::Begin };
    match accepts_change(draft, state) {
        false => Create::ShowProgress,
        true if state.has_live_key() => Create::EndKey,
        true => Create::Change(state.operation.plan.id.clone()),
    }
}

#[cfg(test)]
mod tests;

//! An operation in progress: its plan, facts and goal.

use crate::operation::model::call::Call;
use crate::operation::model::differences::Differences;
use crate::operation::model::facts::Facts;
use crate::operation::model::plan::{Destination, Plan};

/// An operation in progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its plan.
    pub plan: Plan,
    /// Its known effects.
    pub facts: Facts,
    /// Its goal.
    pub goal: Goal,
    /// Whether it continues without asking, if no key is at stake, once it is known what exists: only the end of a
    /// session or a lost change stopped it.
    pub auto_resume: bool,
    /// The pending call of the cleanup, which runs after the operation is over.
    pub pending_cleanup: Option<Call>,
}

impl Operation {
    /// The differences between the plan and the portal's last answer.
    pub fn differences(&self) -> Differences {
        Differences::between(&self.plan, self.facts.app.as_ref(), self.facts.item_read.as_ref())
    }

    /// Whether the slot of the plan had a live key at the last read.
    pub fn slot_is_active(&self) -> bool {
        self.facts.app.as_ref().is_some_and(|app| app.is_active(self.plan.slot))
    }

    /// Records that the target folder no longer exists, so one with its title is searched for or created.
    pub fn lose_folder(&mut self) {
        self.facts.folder.unsettle();
        if let Destination::Known { title, .. } = &self.plan.folder {
            self.plan.folder = Destination::Titled(title.clone());
        }
    }
}

/// The goal of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Create the credential.
    Create,
    /// Find out what exists, after a reload or a lost change.
    Inspect,
    /// Roll back: delete everything that was created.
    RollBack,
}

//! An operation under way: what it wants and what it knows to be done.

use crate::operation::model::call::Call;
use crate::operation::model::differences::Differences;
use crate::operation::model::facts::Facts;
use crate::operation::model::plan::{Destination, Plan};

/// An operation under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// What is wanted.
    pub plan: Plan,
    /// What is known to be done.
    pub facts: Facts,
    /// Where it is going.
    pub goal: Goal,
    /// Only the end of a session stopped it, or a change was lost: once it is known what exists, it goes on unasked, if
    /// no key is at stake.
    pub auto_resume: bool,
    /// It is over, and this is still on its way to make sure that nothing was made twice.
    pub pending_cleanup: Option<Call>,
}

impl Operation {
    /// How what the portal last answered differs from the plan.
    pub fn differences(&self) -> Differences {
        Differences::between(&self.plan, self.facts.app.as_ref(), self.facts.item_read.as_ref())
    }

    /// Whether the slot of the plan held a live key when the portal was last asked.
    pub fn slot_is_active(&self) -> bool {
        self.facts.app.as_ref().is_some_and(|app| app.is_active(self.plan.slot))
    }

    /// The folder that is wanted does not exist any more: one of its title is looked for, or made.
    pub fn lose_folder(&mut self) {
        self.facts.folder.unsettle();
        if let Destination::Known { title, .. } = &self.plan.folder {
            self.plan.folder = Destination::Titled(title.clone());
        }
    }
}

/// Where an operation is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// To the key.
    Create,
    /// To a true statement about what exists, after a reload or a lost change.
    Inspect,
    /// Back: everything made is taken away.
    RollBack,
}

//! The progress of an operation, in steps that a person can name.

use crate::operation::model::call::Call;
use crate::operation::model::plan::Destination;
use crate::operation::model::stage::{KeyStatus, Stage, State};

/// A step of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgressStep {
    /// The folder.
    Folder,
    /// The item in it.
    Item,
    /// Its registration, with privileges and referrers.
    Registration,
    /// The expiration date.
    Expiration,
    /// The key.
    Key,
}

/// The status of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    /// Not started.
    Ahead,
    /// Its request is in flight.
    Running,
    /// Its answer was lost; a read checks whether it took effect.
    Checking,
    /// The portal is busy; a retry is scheduled.
    Waiting,
    /// It stopped and waits for the person.
    Stopped,
    /// Done.
    Done,
}

impl StepStatus {
    /// The status without a network, where no request is in flight.
    pub fn offline(self) -> Self {
        match self {
            Self::Running | Self::Checking => Self::Waiting,
            status => status,
        }
    }
}

impl State {
    /// The steps of this operation in order, each with its status; empty after a rollback.
    pub fn progress(&self) -> Vec<(ProgressStep, StepStatus)> {
        if self.stage == Stage::RolledBack {
            return Vec::new();
        }
        let plan = &self.operation.plan;
        let mut steps = Vec::with_capacity(5);
        if let Destination::Titled(_) = plan.folder {
            steps.push(ProgressStep::Folder);
        }
        steps.extend([ProgressStep::Item, ProgressStep::Registration, ProgressStep::Expiration]);
        if plan.key_now {
            steps.push(ProgressStep::Key);
        }
        steps.into_iter().map(|step| (step, self.status(step))).collect()
    }

    /// The step that the operation is working on or stopped at.
    pub fn current_step(&self) -> Option<ProgressStep> {
        match &self.stage {
            Stage::Running(pending) | Stage::Waiting { pending, .. } | Stage::Indeterminate { pending, .. } => {
                Some(step_of(&pending.call))
            }
            Stage::Refused { call, .. } | Stage::SignedOut { call } => Some(step_of(call)),
            Stage::Recovered(KeyStatus::Unseen) => Some(ProgressStep::Key),
            Stage::Mismatch(differences) => Some(match differences.expires {
                Some(_) => ProgressStep::Expiration,
                None => ProgressStep::Registration,
            }),
            _ => None,
        }
    }

    fn status(&self, step: ProgressStep) -> StepStatus {
        if self.current_step() == Some(step) {
            return match &self.stage {
                Stage::Running(pending) if pending.recheck.is_some() => StepStatus::Checking,
                Stage::Running(_) => StepStatus::Running,
                Stage::Waiting { .. } => StepStatus::Waiting,
                _ => StepStatus::Stopped,
            };
        }
        let (plan, facts) = (&self.operation.plan, &self.operation.facts);
        let is_done = match step {
            ProgressStep::Folder => facts.folder.is_ready(),
            ProgressStep::Item => facts.item.is_known(),
            ProgressStep::Registration => facts.grants.as_ref() == Some(&plan.grants),
            ProgressStep::Expiration => facts.expires == Some(plan.expires) && facts.item_read.is_some(),
            ProgressStep::Key => facts.key.is_shown(),
        };
        if is_done { StepStatus::Done } else { StepStatus::Ahead }
    }
}

fn step_of(call: &Call) -> ProgressStep {
    match call {
        Call::CreateFolder { .. } | Call::ListFolders => ProgressStep::Folder,
        Call::AddItem { .. } | Call::FindItem { .. } | Call::MoveItem { .. } | Call::DeleteItem { .. } => {
            ProgressStep::Item
        }
        Call::Register { .. } | Call::ReadRegistration { .. } | Call::UpdateRegistration { .. } => {
            ProgressStep::Registration
        }
        Call::UpdateItem { .. } | Call::ReadItem { .. } => ProgressStep::Expiration,
        Call::GenerateKey { .. } | Call::RevokeKey { .. } => ProgressStep::Key,
    }
}

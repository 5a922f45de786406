//! How far an operation is, in the steps a person can name.

use crate::operation::model::call::Call;
use crate::operation::model::plan::Place;
use crate::operation::model::stage::{KeyFate, Stage, State};

/// A step of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepName {
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

/// How a step is getting on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepStatus {
    /// Not begun.
    Ahead,
    /// Its request is on its way.
    Running,
    /// Its answer was lost, and what it did is being looked up.
    Checking,
    /// The portal is busy; it goes on after a while.
    Waiting,
    /// It stopped, and the person is asked.
    Stopped,
    /// Done.
    Done,
}

impl State {
    /// The steps of this operation in their order, each with how it is getting on.
    pub fn progress(&self) -> Vec<(StepName, StepStatus)> {
        let plan = &self.work.plan;
        let mut steps = Vec::with_capacity(5);
        if let Place::Titled(_) = plan.folder {
            steps.push(StepName::Folder);
        }
        steps.extend([StepName::Item, StepName::Registration, StepName::Expiration]);
        if plan.key_now {
            steps.push(StepName::Key);
        }
        steps.into_iter().map(|it| (it, self.status(it))).collect()
    }

    /// The step the operation is at, or stopped at.
    pub fn current_step(&self) -> Option<StepName> {
        match &self.stage {
            Stage::Running(task)
            | Stage::Waiting { task, .. }
            | Stage::Unsure { task, .. }
            | Stage::SignedOut { task, .. } => Some(step_of(&task.call)),
            Stage::Refused { call, .. } => Some(step_of(call)),
            Stage::Found(KeyFate::Unseen | KeyFate::ShownOnly) => Some(StepName::Key),
            Stage::Differs(differences) => Some(match differences.expires {
                Some(_) => StepName::Expiration,
                None => StepName::Registration,
            }),
            _ => None,
        }
    }

    fn status(&self, step: StepName) -> StepStatus {
        if self.current_step() == Some(step) {
            return match &self.stage {
                Stage::Running(task) if task.doubt.is_some() => StepStatus::Checking,
                Stage::Running(_) => StepStatus::Running,
                Stage::Waiting { .. } => StepStatus::Waiting,
                _ => StepStatus::Stopped,
            };
        }
        let (plan, made) = (&self.work.plan, &self.work.made);
        let is_done = match step {
            StepName::Folder => made.folder_ready,
            StepName::Item => made.item.is_some(),
            StepName::Registration => made.grants.as_ref() == Some(&plan.grants),
            StepName::Expiration => made.expires == Some(plan.expires) && made.item_read.is_some(),
            StepName::Key => made.key_shown,
        };
        if is_done { StepStatus::Done } else { StepStatus::Ahead }
    }
}

fn step_of(call: &Call) -> StepName {
    match call {
        Call::CreateFolder { .. } | Call::ListFolders => StepName::Folder,
        Call::AddItem { .. } | Call::FindItem { .. } | Call::MoveItem { .. } | Call::DeleteItem { .. } => {
            StepName::Item
        }
        Call::Register { .. } | Call::ReadApp { .. } | Call::UpdateApp { .. } => StepName::Registration,
        Call::UpdateItem { .. } | Call::ReadItem { .. } => StepName::Expiration,
        Call::GenerateKey { .. } | Call::RevokeKey { .. } => StepName::Key,
    }
}

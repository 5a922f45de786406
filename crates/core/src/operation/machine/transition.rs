//! A transition in progress, and what every transition can do: send, wait, stop, go on.

use crate::operation::decide::{Decision, create, inspect, rollback};
use crate::operation::journal::Journal;
use crate::operation::learn::reconcile::adopt_read_back;
use crate::operation::machine::event::Effect;
use crate::operation::model::call::Call;
use crate::operation::model::item_state::TargetFolder;
use crate::operation::model::operation::{Goal, Operation};
use crate::operation::model::plan::Destination;
use crate::operation::model::stage::{KeyStatus, PendingCall, Stage};
use crate::timestamp::Timestamp;

/// A transition in progress.
pub struct Transition {
    pub operation: Box<Operation>,
    pub effects: Vec<Effect>,
    pub now: Timestamp,
}

impl Transition {
    /// Takes the next step.
    pub fn go_on(&mut self) -> Stage {
        self.place();
        let next = match self.operation.goal {
            Goal::Create => create::next(&mut self.operation, self.now),
            Goal::Inspect => inspect::next(&mut self.operation, self.now).unwrap_or_else(|| {
                adopt_read_back(&mut self.operation);
                Decision::Stop(Stage::Recovered(inspect::key_fate(&self.operation)))
            }),
            Goal::RollBack => rollback::next(&self.operation, self.now),
        };
        match next {
            Decision::Call(call) | Decision::Later(call, 0) => self.send(PendingCall::new(call)),
            Decision::Later(call, ms) => self.wait(PendingCall::new(call), ms),
            Decision::Stop(Stage::Recovered(KeyStatus::None))
                if self.operation.auto_resume && self.operation.plan.complete =>
            {
                self.operation.auto_resume = false;
                self.operation.goal = Goal::Create;
                self.go_on()
            }
            Decision::Stop(stage) => self.stop(stage),
        }
    }

    /// Settles the folders that need no call.
    fn place(&mut self) {
        let facts = &mut self.operation.facts;
        if facts.folder.is_ready() || self.operation.goal != Goal::Create {
            return;
        }
        facts.folder = match &self.operation.plan.folder {
            Destination::Root => TargetFolder::Ready(None),
            Destination::Known { id, .. } => TargetFolder::Ready(Some(id.clone())),
            Destination::Titled(_) => TargetFolder::Unsettled(None),
        };
    }

    pub fn send(&mut self, pending: PendingCall) -> Stage {
        let call = pending.in_flight();
        let facts = &mut self.operation.facts;
        // Any other request sent after a key was shown ends that key.
        if self.operation.goal != Goal::Inspect {
            facts.key.copy_is_about_to_end();
        }
        match &call {
            Call::AddItem { details, .. } => {
                facts.details = (!facts.item.is_requested()).then(|| details.clone());
                facts.item.request(&details.title, self.now);
            }
            call => facts.key.send(call, self.now),
        }
        self.effects.push(Effect::SaveJournal(Journal::of(&self.operation, self.now)));
        self.effects.push(Effect::Send(call));
        Stage::Running(pending)
    }

    /// Sends the call, unless it needs the client secret, which is wiped at every stop and wait; then a read comes
    /// first.
    pub fn send_or_go_on(&mut self, pending: PendingCall) -> Stage {
        match pending.in_flight().needs_client_secret() && !self.operation.facts.secret_held {
            true => self.go_on(),
            false => self.send(pending),
        }
    }

    /// Waits, without keeping the client secret.
    pub fn wait(&mut self, pending: PendingCall, ms: u32) -> Stage {
        self.release();
        self.effects.push(Effect::SaveJournal(Journal::of(&self.operation, self.now)));
        self.effects.push(Effect::Sleep(ms));
        Stage::Waiting { pending, ms }
    }

    /// Stops until the next event of the person; for good if the operation is over, and then cleanup follows.
    pub fn stop(&mut self, stage: Stage) -> Stage {
        self.release();
        self.operation.facts.put_off = 0;
        self.operation.auto_resume &= matches!(stage, Stage::SignedOut { .. });
        match stage {
            Stage::CreatedWithoutKey | Stage::Acknowledged => {}
            Stage::RolledBack => self.effects.push(Effect::DeleteJournal),
            _ => self.effects.push(Effect::SaveJournal(Journal::of(&self.operation, self.now))),
        }
        stage
    }

    fn release(&mut self) {
        if std::mem::take(&mut self.operation.facts.secret_held) {
            self.effects.push(Effect::WipeSecret);
        }
    }
}

//! One transition under way, and what every transition can do: send, wait, stop, go on.

use crate::operation::decide::{Next, create, inspect, rollback};
use crate::operation::journal::Journal;
use crate::operation::learn::reconcile::believe;
use crate::operation::machine::event::Effect;
use crate::operation::model::call::Call;
use crate::operation::model::operation::{Goal, Work};
use crate::operation::model::plan::Place;
use crate::operation::model::stage::{KeyFate, Stage, Task};
use crate::timestamp::Timestamp;

/// One step under way.
pub struct Run {
    pub work: Box<Work>,
    pub effects: Vec<Effect>,
    pub now: Timestamp,
}

impl Run {
    /// Does whatever comes next.
    pub fn go_on(&mut self) -> Stage {
        self.place();
        let next = match self.work.goal {
            Goal::Create => create::next(&mut self.work, self.now),
            Goal::Survey => inspect::next(&mut self.work, self.now).unwrap_or_else(|| {
                believe(&mut self.work);
                Next::Stop(Stage::Found(inspect::key_fate(&self.work)))
            }),
            Goal::Undo => rollback::next(&self.work, self.now),
        };
        match next {
            Next::Call(call) | Next::Later(call, 0) => self.send(Task::new(call)),
            Next::Later(call, ms) => self.wait(Task::new(call), ms),
            Next::Stop(Stage::Found(KeyFate::None)) if self.work.goes_on && self.work.plan.complete => {
                self.work.goes_on = false;
                self.work.goal = Goal::Create;
                self.go_on()
            }
            Next::Stop(stage) => self.stop(stage),
        }
    }

    /// The folders that need no call.
    fn place(&mut self) {
        let made = &mut self.work.made;
        if made.folder_ready || self.work.goal != Goal::Create {
            return;
        }
        (made.folder_ready, made.folder) = match &self.work.plan.folder {
            Place::Root => (true, None),
            Place::Known { id, .. } => (true, Some(id.clone())),
            Place::Titled(_) => (false, None),
        };
    }

    pub fn send(&mut self, task: Task) -> Stage {
        let call = task.in_flight();
        let made = &mut self.work.made;
        match &call {
            Call::AddItem { details, .. } => {
                made.item_title = Some(details.title.clone());
                made.details = made.item_sent.is_none().then(|| details.clone());
                made.item_doubled |= made.item_sent.is_some();
                made.item_sent.get_or_insert(self.now);
                made.item_asked = Some(self.now);
                made.swept = false;
                made.looks = 0;
            }
            Call::GenerateKey { replace, .. } => {
                made.key_sent = true;
                // One that is there ends by this.
                made.key_ending = *replace;
                made.key_shown = false;
                made.key_revoked = false;
            }
            Call::RevokeKey { .. } => made.key_ending = true,
            _ => {}
        }
        if call.needs_client_secret() {
            made.key_asked = Some(self.now);
        }
        self.effects.push(Effect::Keep(Journal::of(&self.work, self.now)));
        self.effects.push(Effect::Send(call));
        Stage::Running(task)
    }

    /// The client secret is wiped at every stop and wait; a call that needs it is found again with a read before it.
    pub fn send_or_go_on(&mut self, task: Task) -> Stage {
        match task.in_flight().needs_client_secret() && !self.work.made.secret_held {
            true => self.go_on(),
            false => self.send(task),
        }
    }

    /// The client secret is not kept for the wait.
    pub fn wait(&mut self, task: Task, ms: u32) -> Stage {
        self.release();
        self.effects.push(Effect::Keep(Journal::of(&self.work, self.now)));
        self.effects.push(Effect::Wait(ms));
        Stage::Waiting { task, ms }
    }

    /// Stops until the person says something; for good where it is over, and then cleaning up follows.
    pub fn stop(&mut self, stage: Stage) -> Stage {
        self.release();
        self.work.made.put_off = 0;
        self.work.goes_on &= matches!(stage, Stage::SignedOut { .. });
        match stage {
            Stage::Made | Stage::Acknowledged => {}
            Stage::Discarded => self.effects.push(Effect::Forget),
            _ => self.effects.push(Effect::Keep(Journal::of(&self.work, self.now))),
        }
        stage
    }

    fn release(&mut self) {
        if std::mem::take(&mut self.work.made.secret_held) {
            self.effects.push(Effect::Release);
        }
    }
}

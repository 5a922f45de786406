//! What the machine does when a request was answered.

use crate::operation::learn::apply_answer::record;
use crate::operation::learn::reconcile::{self, Verdict};
use crate::operation::machine::event::Effect;
use crate::operation::machine::on_error;
use crate::operation::machine::transition::Run;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::stage::{Stage, Task};
use crate::portal::error::Error;
use crate::secret::Secret;

impl Run {
    pub fn answered(&mut self, task: Task, answer: Answer) -> Stage {
        let answer = match (task.in_flight(), answer) {
            (Call::GenerateKey { .. }, Answer::Key(key)) => {
                self.effects.push(Effect::Show(key));
                self.work.made.shown();
                return self.stop(Stage::KeyShown);
            }
            (_, answer) => self.hold(answer),
        };
        let verdict = match &task.doubt {
            Some(_) if !task.call.is_read() => reconcile::judge(&mut self.work, &task.call, answer),
            _ if record(&mut self.work, &task.call, answer) => Verdict::Happened,
            _ => Verdict::Misfit,
        };
        match verdict {
            Verdict::Happened => self.go_on(),
            Verdict::NotHappened => self.not_happened(task),
            Verdict::Misfit => on_error::failed(self, task, Error::Unreadable { what: "another answer" }),
        }
    }

    /// Hands the client secret out before anything else sees the answer.
    fn hold(&mut self, answer: Answer) -> Answer {
        let Answer::App(app, secret) = answer else {
            return answer;
        };
        self.work.made.secret_held = true;
        self.effects.push(Effect::Hold(secret));
        Answer::App(app, Secret::new(String::new()))
    }
}

//! What the machine does when a request was answered.

use crate::operation::learn::apply_answer::record;
use crate::operation::learn::reconcile::{self, Verdict};
use crate::operation::machine::event::Effect;
use crate::operation::machine::on_error;
use crate::operation::machine::recheck::not_happened;
use crate::operation::machine::transition::Run;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::stage::{Stage, Task};
use crate::portal::error::Error;
use crate::secret::Secret;

/// The request on its way was answered.
pub fn answered(run: &mut Run, task: Task, answer: Answer) -> Stage {
    let answer = match (task.in_flight(), answer) {
        (Call::GenerateKey { .. }, Answer::Key(key)) => {
            run.effects.push(Effect::Show(key));
            run.work.made.shown();
            return run.stop(Stage::KeyShown);
        }
        (_, answer) => hold(run, answer),
    };
    let verdict = match &task.doubt {
        Some(_) if !task.call.is_read() => reconcile::judge(&mut run.work, &task.call, answer),
        _ if record(&mut run.work, &task.call, answer) => Verdict::Happened,
        _ => Verdict::Misfit,
    };
    match verdict {
        Verdict::Happened => run.go_on(),
        Verdict::NotHappened => not_happened(run, task),
        Verdict::Misfit => on_error::failed(run, task, Error::Unreadable { what: "another answer" }),
    }
}

/// Hands the client secret out before anything else sees the answer.
fn hold(run: &mut Run, answer: Answer) -> Answer {
    let Answer::App(app, secret) = answer else {
        return answer;
    };
    run.work.made.secret_held = true;
    run.effects.push(Effect::Hold(secret));
    Answer::App(app, Secret::new(String::new()))
}

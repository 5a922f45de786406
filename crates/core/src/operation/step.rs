//! The machine: state, event and time in; state and effects out. Nothing else.

use crate::operation::call::{Answer, Call};
use crate::operation::failure;
use crate::operation::journal::Journal;
use crate::operation::person;
use crate::operation::plan::{self, Next, Place, Plan, generate};
use crate::operation::record::record;
use crate::operation::settle::{self, PAUSES_MS, Verdict};
use crate::operation::stage::{Doubt, KeyFate, Stage, State, Task};
use crate::operation::sweep;
use crate::operation::undo;
use crate::operation::work::{Goal, Made, Work};
use crate::portal::error::Error;
use crate::portal::id::Username;
use crate::secret::Secret;
use crate::timestamp::Timestamp;

/// How often a call is sent again after its answer was lost.
const MOST_TRIES: u8 = 3;

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// The person pressed `Create`, or an interrupted operation is looked at again.
    Started,
    /// The request on its way was answered.
    Answered(Answer),
    /// The request on its way was not answered, or with a no.
    Failed(Error),
    /// The time waited for has passed.
    Woke,
    /// The person agrees to the differences.
    Confirmed,
    /// The person wants to go on, or to try again.
    Continued,
    /// The person wants everything taken back.
    Discarded,
    /// The person changed what is wanted. The operation stays the same, and so does its item.
    Changed(Plan),
    /// Somebody signed in again.
    SignedIn(Username),
    /// The person has saved the key.
    Acknowledged,
}

/// What must happen outside. At most one of `Send` and `Wait`, and it is the last.
#[derive(Debug)]
pub enum Effect {
    /// Send this; answer with `Answered` or `Failed`.
    Send(Call),
    /// Wait so many milliseconds; answer with `Woke`.
    Wait(u32),
    /// Write the journal down before anything else happens.
    Keep(Journal),
    /// The journal is no longer needed.
    Forget,
    /// Show the key. Nothing stands between its answer and this.
    Show(Secret),
    /// Keep the client secret for the calls that need it.
    Hold(Secret),
    /// Wipe the client secret.
    Release,
}

/// A new operation; `Started` sets it going.
pub fn begin(plan: Plan) -> State {
    let work = Work { plan, made: Made::default(), goal: Goal::Create, goes_on: false, sweep: None };
    State { work: Box::new(work), stage: Stage::Ready }
}

/// An operation that a reload interrupted; `Started` sets reads going until it is known what exists. One that the
/// person was done with is over at once, and only what was made twice is left to be looked for.
pub fn resume(journal: &Journal, owner: Username, plan: Option<Plan>) -> State {
    let stage = match (journal.finished, journal.key_shown) {
        (false, _) => Stage::Ready,
        (true, false) => Stage::Made,
        (true, true) => Stage::Acknowledged,
    };
    State { work: Box::new(journal.work(owner, plan)), stage }
}

/// The next state, and what must happen outside for it to move on. An event that does not fit changes nothing.
pub fn step(state: State, event: Event, now: Timestamp) -> (State, Vec<Effect>) {
    let mut run = Run { work: state.work, effects: Vec::new(), now };
    let stage = match (state.stage, event) {
        (Stage::Ready, Event::Started) => run.go_on(),
        (Stage::Running(task), Event::Answered(answer)) => run.answered(task, answer),
        (Stage::Running(task), Event::Failed(error)) => failure::failed(&mut run, task, error),
        (Stage::Waiting { task, .. }, Event::Woke) => run.send_or_go_on(task),
        (stage @ (Stage::Made | Stage::Acknowledged), Event::Answered(answer)) => {
            sweep::answered(&mut run, stage, answer)
        }
        (stage @ (Stage::Made | Stage::Acknowledged), Event::Failed(error)) => sweep::failed(&mut run, stage, error),
        (stage @ (Stage::Made | Stage::Acknowledged), Event::Started | Event::Woke) => sweep::go_on(&mut run, stage),
        (stage, event) => person::said(&mut run, stage, event),
    };
    (State { work: run.work, stage }, run.effects)
}

/// How long to wait before a lost call is looked for once more; none if it was looked for often enough.
fn another_look(call: &Call, doubt: &Doubt, late_ms: u32) -> Option<u32> {
    match call {
        Call::AddItem { .. } => PAUSES_MS.get(usize::from(doubt.looks)).copied(),
        // A key that arrives late may live on beside the next one (F-KEY-4).
        Call::GenerateKey { .. } if doubt.looks == 1 && doubt.refusal.is_none() => Some(late_ms),
        _ => None,
    }
}

/// One step under way.
pub(super) struct Run {
    pub(super) work: Box<Work>,
    pub(super) effects: Vec<Effect>,
    pub(super) now: Timestamp,
}

impl Run {
    /// Does whatever comes next.
    pub(super) fn go_on(&mut self) -> Stage {
        self.place();
        let next = match self.work.goal {
            Goal::Create => plan::next(&mut self.work, self.now),
            Goal::Survey => settle::survey(&mut self.work, self.now),
            Goal::Undo => undo::next(&self.work, self.now),
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

    pub(super) fn send(&mut self, task: Task) -> Stage {
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
    pub(super) fn send_or_go_on(&mut self, task: Task) -> Stage {
        match task.in_flight().needs_client_secret() && !self.work.made.secret_held {
            true => self.go_on(),
            false => self.send(task),
        }
    }

    /// The client secret is not kept for the wait.
    pub(super) fn wait(&mut self, task: Task, ms: u32) -> Stage {
        self.release();
        self.effects.push(Effect::Keep(Journal::of(&self.work, self.now)));
        self.effects.push(Effect::Wait(ms));
        Stage::Waiting { task, ms }
    }

    pub(super) fn stop(&mut self, stage: Stage) -> Stage {
        self.release();
        self.work.made.put_off = 0;
        self.work.goes_on &= matches!(stage, Stage::SignedOut { .. });
        match stage {
            Stage::Made | Stage::Acknowledged => return sweep::go_on(self, stage),
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

    fn answered(&mut self, task: Task, answer: Answer) -> Stage {
        let answer = match (task.in_flight(), answer) {
            (Call::GenerateKey { .. }, Answer::Key(key)) => {
                self.effects.push(Effect::Show(key));
                self.work.made.shown();
                return self.stop(Stage::KeyShown);
            }
            (_, answer) => self.hold(answer),
        };
        let verdict = match &task.doubt {
            Some(_) if !task.call.is_read() => settle::judge(&mut self.work, &task.call, answer),
            _ if record(&mut self.work, &task.call, answer) => Verdict::Happened,
            _ => Verdict::Misfit,
        };
        match verdict {
            Verdict::Happened => self.go_on(),
            Verdict::NotHappened => self.not_happened(task),
            Verdict::Misfit => failure::failed(self, task, Error::Unreadable { what: "another answer" }),
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

    /// The lost call has not done its work: another look, the portal's words, or the call once more.
    pub(super) fn not_happened(&mut self, mut task: Task) -> Stage {
        let mut doubt = task.doubt.take().unwrap_or_default();
        let before = task.call.clone();
        if let (Call::GenerateKey { item, .. }, Some(app)) = (&task.call, &self.work.made.app) {
            task.call = generate(&self.work, item.clone(), app);
        }
        match (&before, &task.call) {
            (Call::GenerateKey { .. }, Call::RevokeKey { .. }) => {
                return self.key_lost(Task { call: before, ..task }, doubt);
            }
            (Call::RevokeKey { .. }, _)
                if self.work.goal == Goal::Create && self.work.plan.key_now && doubt.refusal.is_some() =>
            {
                self.work.made.revoke_refused = true;
                return self.go_on();
            }
            _ => {}
        }
        doubt.looks += 1;
        if let Some(pause) =
            another_look(&task.call, &doubt, self.work.made.late_key_ms(self.now)).filter(|_| task.call == before)
        {
            task.doubt = Some(doubt);
            return self.wait(task, pause);
        }
        self.work.made.asked_in_vain(&task.call);
        // A key in the slot is what a "no" to an empty slot means, and is answered by replacing it.
        if let (Some(refusal), true) = (doubt.refusal.take(), task.call == before) {
            return self.stop(Stage::Refused { call: task.call, refusal });
        }
        task.tries += 1;
        if task.tries > MOST_TRIES {
            task.doubt = Some(doubt);
            return self.stop(Stage::Unsure { task, error: Error::Unreachable });
        }
        self.send_or_go_on(task)
    }

    /// A key lives that nobody has seen: it is ended, and another asked for, but not for ever.
    fn key_lost(&mut self, mut task: Task, doubt: Doubt) -> Stage {
        let made = &mut self.work.made;
        made.keys_lost += 1;
        if made.keys_lost > MOST_TRIES {
            made.keys_lost = 0;
            task.doubt = Some(doubt);
            return self.stop(Stage::Unsure { task, error: Error::Unreachable });
        }
        self.go_on()
    }
}

#[cfg(test)]
mod tests;

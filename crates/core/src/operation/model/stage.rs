//! Where an operation stands.

use crate::operation::model::call::Call;
use crate::operation::model::differences::Differences;
use crate::operation::model::operation::{Goal, Work};
use crate::portal::error::{Error, Refusal};

/// An operation: what it is about, and where it stands. Holds no secret, so a view may keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What is wanted and done.
    pub work: Box<Work>,
    /// Where it stands.
    pub stage: Stage,
}

/// Where an operation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Not begun: waits for `Started`.
    Ready,
    /// A request is on its way.
    Running(Task),
    /// The next request waits for a time.
    Waiting {
        /// What comes then.
        task: Task,
        /// For how long in all, in milliseconds.
        ms: u32,
    },
    /// The portal refused. Waits for the person: `Changed`, `Continued` (tries again) or `Discarded`.
    Refused {
        /// What was refused.
        call: Call,
        /// In which words.
        refusal: Refusal,
    },
    /// The portal holds something else than was asked. Waits for `Confirmed`, `Changed`, `Continued` (asks again) or `Discarded`.
    Differs(Differences),
    /// The session is over. Waits for `SignedIn`.
    SignedOut {
        /// What comes then.
        task: Task,
        /// Somebody else signed in instead.
        by_other: bool,
    },
    /// Not even reads get through. Waits for `Continued` (reads again) or `Discarded`.
    Unsure {
        /// What is unknown.
        task: Task,
        /// Why.
        error: Error,
    },
    /// A reload or a lost change interrupted it, and what exists is known now. Waits for `Continued`, `Changed` or `Discarded`.
    Found(KeyFate),
    /// Made, and the key is for later. Over.
    Made,
    /// The key was shown. Waits for `Acknowledged`.
    KeyShown,
    /// The person has the key. Over.
    Acknowledged,
    /// Everything was taken back. Over.
    Discarded,
}

/// What became of the key of an interrupted operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFate {
    /// There is none.
    None,
    /// A key lives that nobody has seen: going on replaces it, discarding ends it.
    Unseen,
    /// It was shown, and nobody said that it is saved. Going on replaces it.
    ShownOnly,
}

/// A call, and how it is getting on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What is to be done.
    pub call: Call,
    /// How often it was sent again after a lost answer.
    pub tries: u8,
    /// Its answer was lost, and reads are to tell what it did.
    pub doubt: Option<Doubt>,
    /// How often the portal put it off.
    pub put_off: u8,
}

/// What is known of a call whose answer was lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doubt {
    /// How many reads were answered without finding its effect.
    pub looks: u8,
    /// How many reads failed in a row.
    pub failures: u8,
    /// The portal's words, if it did answer: shown when the effect is not found.
    pub refusal: Option<Refusal>,
}

impl Task {
    /// A call not sent before.
    pub fn new(call: Call) -> Self {
        Self { call, tries: 0, doubt: None, put_off: 0 }
    }

    /// What goes over the wire for it now: itself, or the read that tells what it did.
    pub fn in_flight(&self) -> Call {
        match &self.doubt {
            Some(_) => self.call.read_about(),
            None => self.call.clone(),
        }
    }
}

impl State {
    /// Whether it is over for the person.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::Made | Stage::Acknowledged | Stage::Discarded)
    }

    /// Whether it is over and nothing is left to be done in the background either.
    pub fn is_settled(&self) -> bool {
        self.is_over() && self.work.sweep.is_none()
    }

    /// Whether it goes on by itself, or would if nobody had to sign in.
    pub fn is_at_work(&self) -> bool {
        matches!(self.stage, Stage::Running(_) | Stage::Waiting { .. } | Stage::SignedOut { .. })
    }

    /// Whether it goes on by itself to what is wanted: not while it is only found out what exists.
    pub fn goes_on_unasked(&self) -> bool {
        self.is_at_work() && (self.work.goal != Goal::Survey || self.work.goes_on)
    }

    /// The same, to go on unasked where only the end of a session stopped it.
    pub fn going_on(mut self) -> Self {
        self.work.goes_on = true;
        self
    }

    /// Whether it is going back.
    pub fn is_undoing(&self) -> bool {
        self.work.goal == Goal::Undo
    }

    /// Whether its slot held a key when that was last looked at, or one has come since.
    pub fn has_live_key(&self) -> bool {
        let made = &self.work.made;
        let was_active = made.app.as_ref().is_some_and(|it| it.is_active(self.work.plan.slot));
        (was_active || made.key_shown) && !made.key_revoked
    }

    /// Whether a key may live that nobody has seen.
    pub fn may_have_unseen_key(&self) -> bool {
        let made = &self.work.made;
        made.key_sent && !made.key_shown && !made.key_revoked && !self.is_over()
    }
}

//! The stages of an operation.

use crate::operation::model::call::Call;
use crate::operation::model::differences::Differences;
use crate::operation::model::operation::{Goal, Operation};
use crate::portal::error::{Error, Refusal};

/// An operation: its data and its stage. Holds no secret, so a view may keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// What is wanted and done.
    pub operation: Box<Operation>,
    /// Its current stage.
    pub stage: Stage,
}

/// The stage of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Not begun: waits for `Started`.
    Ready,
    /// A request is on its way.
    Running(PendingCall),
    /// The next request waits for a time.
    Waiting {
        /// What comes then.
        pending: PendingCall,
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
    Mismatch(Differences),
    /// The session is over. Waits for nothing: after the same person's sign-in the operation is resumed from its journal.
    SignedOut {
        /// What was under way.
        call: Call,
    },
    /// Not even reads get through. Waits for `Continued` (reads again) or `Discarded`.
    Indeterminate {
        /// What is unknown.
        pending: PendingCall,
        /// Why.
        error: Error,
    },
    /// A reload or a lost change interrupted it, and what exists is known now. Waits for `Continued`, `Changed` or `Discarded`.
    Recovered(KeyStatus),
    /// Made, and the key is for later. Over.
    CreatedWithoutKey,
    /// The key was shown. Waits for `Acknowledged`.
    KeyShown,
    /// The person has the key. Over.
    Acknowledged,
    /// Everything was taken back. Over.
    RolledBack,
}

/// What became of the key of an interrupted operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStatus {
    /// There is none.
    None,
    /// A key lives that nobody has seen: going on replaces it, discarding ends it.
    Unseen,
    /// It was shown, and nobody said that it is saved. Going on replaces it.
    ShownOnly,
    /// It was shown and copied, but nobody said that it is saved. Going on replaces it.
    Copied,
}

/// A call, and how it is getting on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingCall {
    /// What is to be done.
    pub call: Call,
    /// How often it was sent again after a lost answer.
    pub tries: u8,
    /// Its answer was lost, and reads are to tell what it did.
    pub recheck: Option<Recheck>,
    /// How often the portal put it off.
    pub put_off: u8,
    /// The portal refused it, or the look for its item, perhaps because the folder is gone: the folders are read.
    pub folder_check: Option<Box<Refusal>>,
}

/// What is known of a call whose answer was lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recheck {
    /// How many reads were answered without finding its effect.
    pub looks: u8,
    /// How many reads failed in a row.
    pub failures: u8,
    /// The portal's words, if it did answer: shown when the effect is not found.
    pub refusal: Option<Refusal>,
}

impl PendingCall {
    /// A call not sent before.
    pub fn new(call: Call) -> Self {
        Self { call, tries: 0, recheck: None, put_off: 0, folder_check: None }
    }

    /// What goes over the wire for it now: itself, or the read that tells what it did.
    pub fn in_flight(&self) -> Call {
        match (&self.folder_check, &self.recheck) {
            (Some(_), _) => Call::ListFolders,
            (None, Some(_)) => self.call.read_about(),
            (None, None) => self.call.clone(),
        }
    }
}

impl State {
    /// Whether it is over for the person.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::CreatedWithoutKey | Stage::Acknowledged | Stage::RolledBack)
    }

    /// Whether it is over and nothing is left to be done in the background either.
    pub fn is_settled(&self) -> bool {
        self.is_over() && self.operation.pending_cleanup.is_none()
    }

    /// Whether it goes on by itself, or would if nobody had to sign in.
    pub fn is_in_progress(&self) -> bool {
        matches!(self.stage, Stage::Running(_) | Stage::Waiting { .. } | Stage::SignedOut { .. })
    }

    /// Whether it goes on by itself to what is wanted: not while it is only found out what exists.
    pub fn resumes_by_itself(&self) -> bool {
        self.is_in_progress() && (self.operation.goal != Goal::Inspect || self.operation.auto_resume)
    }

    /// The same, to go on unasked where only the end of a session stopped it.
    pub fn with_auto_resume(mut self) -> Self {
        self.operation.auto_resume = true;
        self
    }

    /// Whether it is going back.
    pub fn is_rolling_back(&self) -> bool {
        self.operation.goal == Goal::RollBack
    }

    /// Whether its slot held a key when that was last looked at, or one has come since.
    pub fn has_live_key(&self) -> bool {
        let facts = &self.operation.facts;
        facts.key.is_shown() || self.operation.slot_is_active() && !facts.key.is_revoked()
    }

    /// Whether a key that nobody has seen may be active.
    pub fn may_have_unseen_key(&self) -> bool {
        let facts = &self.operation.facts;
        facts.key.may_be_unseen() && !self.is_over()
    }
}

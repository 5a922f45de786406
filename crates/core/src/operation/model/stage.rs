//! The stages of an operation.

use crate::operation::model::call::Call;
use crate::operation::model::differences::Differences;
use crate::operation::model::operation::{Goal, Operation};
use crate::portal::error::{Error, Refusal};

/// An operation and its stage. Holds no secret, so a view may keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The plan and the facts.
    pub operation: Box<Operation>,
    /// Its current stage.
    pub stage: Stage,
}

/// The stage of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// Not started: waits for `Started`.
    Ready,
    /// A request is in flight.
    Running(PendingCall),
    /// Waits before the next request.
    Waiting {
        /// The next request.
        pending: PendingCall,
        /// The whole delay in milliseconds.
        ms: u32,
    },
    /// The portal refused. Waits for the person: `Changed`, `Continued` (retries) or `Discarded`.
    Refused {
        /// The refused call.
        call: Call,
        /// The portal's refusal.
        refusal: Refusal,
    },
    /// The portal has something else than was requested. Waits for `Confirmed`, `Changed`, `Continued` (reads again) or
    /// `Discarded`.
    Mismatch(Differences),
    /// The session is over. Waits for no event: after the same person's sign-in the operation is resumed from its
    /// journal.
    SignedOut {
        /// The interrupted call.
        call: Call,
    },
    /// Not even reads get through. Waits for `Continued` (reads again) or `Discarded`.
    Indeterminate {
        /// The call whose outcome is unknown.
        pending: PendingCall,
        /// The error of the last read.
        error: Error,
    },
    /// A reload or a lost change interrupted it, and it is now known what exists. Waits for `Continued`, `Changed` or
    /// `Discarded`.
    Recovered(KeyStatus),
    /// Created, with the key left for later. Over.
    CreatedWithoutKey,
    /// The key was shown. Waits for `Acknowledged`.
    KeyShown,
    /// The person has saved the key. Over.
    Acknowledged,
    /// Rolled back. Over.
    RolledBack,
}

/// The status of the key of an interrupted operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStatus {
    /// There is none.
    None,
    /// There is a live key that nobody has seen: continuing replaces it, discarding revokes it.
    Unseen,
    /// It was shown, but not confirmed as saved. Continuing replaces it.
    ShownOnly,
    /// It was shown and copied, but not confirmed as saved. Continuing replaces it.
    Copied,
}

/// A call and its progress.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingCall {
    /// The call.
    pub call: Call,
    /// The number of retries after a lost answer.
    pub tries: u8,
    /// The results of reads since its answer was lost.
    pub recheck: Option<Recheck>,
    /// The number of times the portal throttled it.
    pub put_off: u8,
    /// Set while the folders are read, because the portal refused the call or the search for its item, perhaps because
    /// the folder is gone.
    pub folder_check: Option<Box<Refusal>>,
}

/// Known facts about a call whose answer was lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Recheck {
    /// The number of reads that did not find its effect.
    pub looks: u8,
    /// The number of reads in a row that failed.
    pub failures: u8,
    /// The portal's refusal, if it answered: shown if the effect is not found.
    pub refusal: Option<Refusal>,
}

impl PendingCall {
    /// A call that has not been sent yet.
    pub fn new(call: Call) -> Self {
        Self { call, tries: 0, recheck: None, put_off: 0, folder_check: None }
    }

    /// The request to send now: the call itself, or the read about it.
    pub fn in_flight(&self) -> Call {
        match (&self.folder_check, &self.recheck) {
            (Some(_), _) => Call::ListFolders,
            (None, Some(_)) => self.call.read_about(),
            (None, None) => self.call.clone(),
        }
    }
}

impl State {
    /// Whether the operation is over for the person.
    pub fn is_over(&self) -> bool {
        matches!(self.stage, Stage::CreatedWithoutKey | Stage::Acknowledged | Stage::RolledBack)
    }

    /// Whether the operation is over and the cleanup is done.
    pub fn is_settled(&self) -> bool {
        self.is_over() && self.operation.pending_cleanup.is_none()
    }

    /// Whether it continues by itself, or would after a sign-in.
    pub fn is_in_progress(&self) -> bool {
        matches!(self.stage, Stage::Running(_) | Stage::Waiting { .. } | Stage::SignedOut { .. })
    }

    /// Whether it continues by itself toward its goal; false while it only finds out what exists.
    pub fn resumes_by_itself(&self) -> bool {
        self.is_in_progress() && (self.operation.goal != Goal::Inspect || self.operation.auto_resume)
    }

    /// Sets it to continue without asking if only the end of a session stopped it.
    pub fn with_auto_resume(mut self) -> Self {
        self.operation.auto_resume = true;
        self
    }

    /// Whether it is being rolled back.
    pub fn is_rolling_back(&self) -> bool {
        self.operation.goal == Goal::RollBack
    }

    /// Whether its slot had a key at the last read, or has received one since.
    pub fn has_live_key(&self) -> bool {
        let facts = &self.operation.facts;
        facts.key.is_shown() || self.operation.slot_is_active() && !facts.key.is_revoked()
    }

    /// Whether there may be a live key that nobody has seen.
    pub fn may_have_unseen_key(&self) -> bool {
        let facts = &self.operation.facts;
        facts.key.may_be_unseen() && !self.is_over()
    }
}

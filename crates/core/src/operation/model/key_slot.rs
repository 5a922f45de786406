//! The slot of a credential that an operation makes its key in, as far as the operation knows.

use crate::operation::model::call::Call;
use crate::operation::model::delays::{LATEST_MS, rest_ms};
use crate::timestamp::Timestamp;

/// What is known of a slot. A key whose answer was lost is one that may live unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeySlot {
    state: KeyState,
    /// The end of the key in the slot was asked for, and no answer has come.
    is_ending: bool,
    /// When a key, or its end, was asked for that may still come.
    asked: Option<Timestamp>,
    /// When the key was shown: which key of the slot it is, for a tab that has another one.
    shown_at: Option<Timestamp>,
    /// A key whose answer was lost was replaced: it lived unseen for a moment.
    pub was_replaced: bool,
    /// How many keys in a row were made and lost.
    pub lost: u8,
    /// The portal refused to revoke the key that another is to replace.
    pub is_revoke_refused: bool,
    /// The portal refused to revoke the key, and everything is taken back all the same.
    pub is_given_up: bool,
}

/// The key that this operation asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyState {
    /// None was asked for, or it did not come.
    #[default]
    None,
    /// It was asked for and may live; nobody has seen it.
    Unseen,
    /// It was shown.
    Shown,
    /// It was shown and copied: most likely the person has saved it.
    Copied,
    /// It was revoked, to be replaced or while everything is taken back.
    Revoked,
}

impl KeyState {
    /// Whether the key was shown and is not revoked.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Shown | Self::Copied)
    }
}

impl KeySlot {
    /// A slot as a record describes it that was written at `written`.
    pub fn recorded(state: KeyState, is_ending: bool, shown_at: Option<Timestamp>, written: Timestamp) -> Self {
        let asked = (is_ending || state == KeyState::Unseen).then_some(written);
        Self { state, is_ending, asked, shown_at, ..Self::default() }
    }

    /// What became of the key.
    pub fn state(&self) -> KeyState {
        self.state
    }

    /// Whether a key was asked for, and has not turned out not to have come.
    pub fn is_sent(&self) -> bool {
        self.state != KeyState::None
    }

    /// Whether the key was shown and is not revoked.
    pub fn is_shown(&self) -> bool {
        self.state.is_shown()
    }

    /// When the key that was shown last was shown.
    pub fn shown_at(&self) -> Option<Timestamp> {
        self.shown_at
    }

    /// Whether a key that nobody has seen may be active.
    pub fn may_be_unseen(&self) -> bool {
        self.state == KeyState::Unseen
    }

    /// Whether a key that this operation asked for may live.
    pub fn may_live(&self) -> bool {
        matches!(self.state, KeyState::Unseen | KeyState::Shown | KeyState::Copied)
    }

    /// Whether the key was revoked.
    pub fn is_revoked(&self) -> bool {
        self.state == KeyState::Revoked
    }

    /// Whether the end of the key in the slot was asked for, and no answer has come.
    pub fn is_ending(&self) -> bool {
        self.is_ending
    }

    /// How long a key, or its end, may still come that was asked for: milliseconds.
    pub fn late_ms(&self, now: Timestamp) -> u32 {
        rest_ms(self.asked, now, LATEST_MS)
    }

    /// A call that needs the client secret is sent.
    pub fn send(&mut self, call: &Call, now: Timestamp) {
        match call {
            Call::GenerateKey { replace, .. } => {
                self.state = KeyState::Unseen;
                // One that is there ends by this.
                self.is_ending = *replace;
            }
            Call::RevokeKey { .. } => self.is_ending = true,
            _ => return,
        }
        self.asked = Some(now);
    }

    /// The portal answered such a call with a no, or it was never carried out.
    pub fn refused(&mut self) {
        self.is_ending = false;
        self.asked = None;
    }

    /// What such a call asked for can no longer come.
    pub fn cannot_take_effect(&mut self, call: &Call) {
        if call.needs_client_secret() {
            self.asked = None;
        }
        if let Call::GenerateKey { replace: false, .. } = call {
            self.state = KeyState::None;
        }
    }

    /// It is looked for once more, after which nothing comes late.
    pub fn looked_for_at_last(&mut self) {
        self.asked = None;
    }

    /// The key has come, and is shown.
    pub fn shown(&mut self, now: Timestamp) {
        self.state = KeyState::Shown;
        self.shown_at = Some(now);
        self.refused();
    }

    /// The person copied the key that is shown.
    pub fn copied(&mut self) {
        self.state = KeyState::Copied;
    }

    /// The copied key will not live on: it counts as one that was only shown.
    pub fn copy_is_about_to_end(&mut self) {
        if self.state == KeyState::Copied {
            self.state = KeyState::Shown;
        }
    }

    /// The key is revoked, or there is none.
    pub fn revoked(&mut self) {
        self.state = KeyState::Revoked;
        self.refused();
    }

    /// The slot was read: what the portal says holds.
    pub fn read(&mut self, is_active: bool) {
        if !is_active && self.may_live() {
            self.state = KeyState::None;
        }
        self.is_ending = false;
    }

    /// The slot of a credential that has taken the place of one that is gone.
    pub fn anew(&self) -> Self {
        Self { is_given_up: self.is_given_up, ..Self::default() }
    }
}

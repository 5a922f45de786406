//! The slot of a credential that an operation makes its key in, as far as the operation knows.

use crate::operation::model::call::Call;
use crate::operation::model::delays::{LATEST_MS, rest_ms};
use crate::timestamp::Timestamp;

/// What is known of a slot. A key whose answer was lost is one that may live unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeySlot {
    state: KeyState,
    due: Due,
    revocation: Revocation,
    /// A key whose answer was lost was replaced: it lived unseen for a moment.
    was_replaced: bool,
    /// How many keys in a row were made and lost.
    pub lost: u8,
}

/// What was asked of the slot and may still take effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Due {
    /// Nothing.
    #[default]
    Nothing,
    /// A key, asked for then.
    Key(Timestamp),
    /// The end of the key in the slot, asked for then, perhaps with another key after it.
    End(Timestamp),
    /// The end of the key was asked for, and comes no more; the slot was not read since.
    OverdueEnd,
}

/// Whether a key can be revoked before its slot gets another one, or its item is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Revocation {
    /// The portal has not refused it.
    #[default]
    Possible,
    /// The portal refused it, so another key replaces this one directly.
    Refused,
    /// The portal refused it, and everything is taken back all the same.
    GivenUp,
}

/// A key whose answer was lost, after another took its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacedKey {
    /// It was revoked first.
    Ended,
    /// It was replaced directly, and may work for a while (F-KEY-4).
    MayWork,
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
    pub fn recorded(state: KeyState, is_ending: bool, written: Timestamp) -> Self {
        let due = match (is_ending, state) {
            (true, _) => Due::End(written),
            (false, KeyState::Unseen) => Due::Key(written),
            (false, _) => Due::Nothing,
        };
        Self { state, due, ..Self::default() }
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
        matches!(self.due, Due::End(_) | Due::OverdueEnd)
    }

    /// The key that was lost and replaced, if one was.
    pub fn replaced_key(&self) -> Option<ReplacedKey> {
        let is_refused = self.is_revocation_refused();
        self.was_replaced.then_some(if is_refused { ReplacedKey::MayWork } else { ReplacedKey::Ended })
    }

    /// Whether the portal refused to revoke a key, so that another replaces it directly.
    pub fn is_revocation_refused(&self) -> bool {
        self.revocation == Revocation::Refused
    }

    /// Whether the portal refused to revoke the key, and everything is taken back all the same.
    pub fn is_given_up(&self) -> bool {
        self.revocation == Revocation::GivenUp
    }

    /// How long a key, or its end, may still come that was asked for: milliseconds.
    pub fn late_ms(&self, now: Timestamp) -> u32 {
        let since = match self.due {
            Due::Key(since) | Due::End(since) => Some(since),
            Due::Nothing | Due::OverdueEnd => None,
        };
        rest_ms(since, now, LATEST_MS)
    }

    /// A call that needs the client secret is sent.
    pub fn send(&mut self, call: &Call, now: Timestamp) {
        match call {
            Call::GenerateKey { replace, .. } => {
                self.state = KeyState::Unseen;
                // One that is there ends by this.
                self.due = if *replace { Due::End(now) } else { Due::Key(now) };
            }
            Call::RevokeKey { .. } => self.due = Due::End(now),
            _ => {}
        }
    }

    /// The portal answered such a call with a no, or it was never carried out.
    pub fn refused(&mut self) {
        self.due = Due::Nothing;
    }

    /// The portal does not revoke the key that another is to replace.
    pub fn revocation_refused(&mut self) {
        self.revocation = Revocation::Refused;
    }

    /// The key stays as it is: the portal does not revoke it, and its item goes all the same.
    pub fn give_up(&mut self) {
        self.revocation = Revocation::GivenUp;
    }

    /// A key whose answer was lost is in the slot, and another will take its place.
    pub fn is_to_be_replaced(&mut self) {
        self.was_replaced = true;
    }

    /// What such a call asked for can no longer come.
    pub fn cannot_take_effect(&mut self, call: &Call) {
        if call.needs_client_secret() {
            self.nothing_comes();
        }
        if let Call::GenerateKey { replace: false, .. } = call {
            self.state = KeyState::None;
        }
    }

    /// It is looked for once more, after which nothing comes late.
    pub fn looked_for_at_last(&mut self) {
        self.nothing_comes();
    }

    fn nothing_comes(&mut self) {
        self.due = if self.is_ending() { Due::OverdueEnd } else { Due::Nothing };
    }

    /// The key has come, and is shown.
    pub fn shown(&mut self) {
        self.state = KeyState::Shown;
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
        self.due = match self.due {
            // What ended one key may have been the request for another.
            Due::End(since) => Due::Key(since),
            Due::OverdueEnd => Due::Nothing,
            due => due,
        };
    }

    /// The slot of a credential that has taken the place of one that is gone.
    pub fn anew(&self) -> Self {
        let revocation = if self.is_given_up() { Revocation::GivenUp } else { Revocation::Possible };
        Self { revocation, ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::id::{ClientId, ItemId, Slot};

    const NOW: Timestamp = Timestamp(1_795_435_200_000);

    fn generate(replace: bool) -> Call {
        let (item, client_id) = (ItemId("i1".to_owned()), ClientId("c1".to_owned()));
        Call::GenerateKey { item, client_id, slot: Slot::One, replace }
    }

    #[track_caller]
    fn check(slot: KeySlot, is_ending: bool, may_come: bool) {
        assert_eq!((slot.is_ending(), slot.late_ms(NOW) > 0), (is_ending, may_come), "{slot:?}");
    }

    #[test]
    fn what_was_asked_for_may_come_until_an_answer_or_a_read_says_more() {
        for replace in [false, true] {
            let mut slot = KeySlot::default();
            slot.send(&generate(replace), NOW);
            check(slot, replace, true);
            // After the read of an empty slot, a key may still come; the end of one has come.
            let mut read = slot;
            read.read(false);
            check(read, false, true);
            let mut late = slot;
            late.cannot_take_effect(&generate(replace));
            check(late, replace, false);
            assert_eq!(late.is_sent(), replace, "one that was there may live on");
            slot.shown();
            check(slot, false, false);
        }
    }

    #[test]
    fn a_slot_after_a_reload_is_as_doubtful_as_its_record() {
        check(KeySlot::recorded(KeyState::Unseen, false, NOW), false, true);
        check(KeySlot::recorded(KeyState::Copied, true, NOW), true, true);
        check(KeySlot::recorded(KeyState::Shown, false, NOW), false, false);
    }

    #[test]
    fn only_a_key_given_up_is_remembered_for_another_credential() {
        let mut slot = KeySlot::default();
        slot.revocation_refused();
        assert!(slot.is_revocation_refused() && !slot.anew().is_revocation_refused());
        slot.give_up();
        assert!(slot.is_given_up() && slot.anew().is_given_up());
    }
}

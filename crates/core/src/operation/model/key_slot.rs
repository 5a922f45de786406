//! The slot of the key that an operation generates, as far as it is known.

use crate::operation::model::call::Call;
use crate::operation::model::delays::{LATEST_MS, rest_ms};
use crate::timestamp::Timestamp;

/// The known state of the slot. A key whose answer was lost may exist without anybody having seen it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeySlot {
    state: KeyState,
    due: Due,
    revocation: Revocation,
    /// When the key was shown: identifies the key of the slot for a tab that shows an older one.
    shown_at: Option<Timestamp>,
    /// Whether a key whose answer was lost was replaced, so that it existed unseen for a moment.
    was_replaced: bool,
    /// The number of keys in a row that were generated and lost.
    pub lost: u8,
}

/// The request that may still change the slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Due {
    /// None.
    #[default]
    Nothing,
    /// A request that may still put a key into the slot, or take it out, sent at this time.
    Key(Timestamp),
    /// A request that ends the key in the slot, sent at this time; it may also have requested a new one.
    End(Timestamp),
    /// A request to end the key, which can no longer take effect late; the slot has not been read since.
    OverdueEnd,
}

/// Whether a key can be revoked before its slot gets another one or its item is deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Revocation {
    /// The portal has not refused.
    #[default]
    Possible,
    /// The portal refused, so the next key replaces this one directly.
    Refused,
    /// The portal refused, and the rollback continues without it.
    GivenUp,
}

/// A key whose answer was lost and that was replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplacedKey {
    /// It was revoked first.
    Ended,
    /// It was replaced directly and may work for a while (F-KEY-4).
    MayWork,
}

/// The key that this operation requested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyState {
    /// It was not requested or not created.
    #[default]
    None,
    /// It was requested and may exist; nobody has seen it.
    Unseen,
    /// It was shown.
    Shown,
    /// It was shown and copied, so the person has most likely saved it.
    Copied,
    /// It was revoked, to be replaced or for the rollback.
    Revoked,
}

impl KeyState {
    /// Whether the key was shown and is not revoked.
    pub fn is_shown(self) -> bool {
        matches!(self, Self::Shown | Self::Copied)
    }
}

impl KeySlot {
    /// Restores the slot from a journal written at `written`.
    pub fn recorded(state: KeyState, is_ending: bool, shown_at: Option<Timestamp>, written: Timestamp) -> Self {
        let due = match (is_ending, state) {
            (true, _) => Due::End(written),
            (false, KeyState::Unseen) => Due::Key(written),
            (false, _) => Due::Nothing,
        };
        Self { state, due, shown_at, ..Self::default() }
    }

    /// The state of the key.
    pub fn state(&self) -> KeyState {
        self.state
    }

    /// Whether a key was requested and may exist.
    pub fn is_sent(&self) -> bool {
        self.state != KeyState::None
    }

    /// Whether the key was shown and is not revoked.
    pub fn is_shown(&self) -> bool {
        self.state.is_shown()
    }

    /// When the last key was shown.
    pub fn shown_at(&self) -> Option<Timestamp> {
        self.shown_at
    }

    /// Whether there may be a live key that nobody has seen.
    pub fn may_be_unseen(&self) -> bool {
        self.state == KeyState::Unseen
    }

    /// Whether a key requested by this operation may be live.
    pub fn may_live(&self) -> bool {
        matches!(self.state, KeyState::Unseen | KeyState::Shown | KeyState::Copied)
    }

    /// Whether the key was revoked.
    pub fn is_revoked(&self) -> bool {
        self.state == KeyState::Revoked
    }

    /// Whether a request to end the key was sent and not answered.
    pub fn is_ending(&self) -> bool {
        matches!(self.due, Due::End(_) | Due::OverdueEnd)
    }

    /// The lost key that was replaced, if any.
    pub fn replaced_key(&self) -> Option<ReplacedKey> {
        let is_refused = self.is_revocation_refused();
        self.was_replaced.then_some(if is_refused { ReplacedKey::MayWork } else { ReplacedKey::Ended })
    }

    /// Whether the portal refused to revoke a key, so that the next one replaces it directly.
    pub fn is_revocation_refused(&self) -> bool {
        self.revocation == Revocation::Refused
    }

    /// Whether the portal refused to revoke the key, and the rollback continues without it.
    pub fn is_given_up(&self) -> bool {
        self.revocation == Revocation::GivenUp
    }

    /// The time in which a pending request for a key or its end may still take effect, in milliseconds.
    pub fn late_ms(&self, now: Timestamp) -> u32 {
        let since = match self.due {
            Due::Key(since) | Due::End(since) => Some(since),
            Due::Nothing | Due::OverdueEnd => None,
        };
        rest_ms(since, now, LATEST_MS)
    }

    /// Records that a call with the client secret is sent.
    pub fn send(&mut self, call: &Call, now: Timestamp) {
        match call {
            Call::GenerateKey { replace, .. } => {
                self.state = KeyState::Unseen;
                // A replacement ends the key in the slot.
                self.due = if *replace { Due::End(now) } else { Due::Key(now) };
            }
            Call::RevokeKey { .. } => self.due = Due::End(now),
            _ => {}
        }
    }

    /// Records that the portal refused the call or that it was never processed.
    pub fn refused(&mut self) {
        self.due = Due::Nothing;
    }

    /// Records that the portal refuses to revoke the key to be replaced.
    pub fn revocation_refused(&mut self) {
        self.revocation = Revocation::Refused;
    }

    /// Gives up revoking the key: the portal refuses, and the item is deleted anyway.
    pub fn give_up(&mut self) {
        self.revocation = Revocation::GivenUp;
    }

    /// Records that a key whose answer was lost is in the slot and will be replaced.
    pub fn will_be_replaced(&mut self) {
        self.was_replaced = true;
    }

    /// Records that the call can no longer take effect.
    pub fn cannot_take_effect(&mut self, call: &Call) {
        if call.needs_client_secret() {
            self.nothing_comes();
        }
        if let Call::GenerateKey { replace: false, .. } = call {
            self.state = KeyState::None;
        }
    }

    /// Records that the next read is the last one: nothing takes effect after it.
    pub fn looked_for_at_last(&mut self) {
        self.nothing_comes();
    }

    fn nothing_comes(&mut self) {
        self.due = if self.is_ending() { Due::OverdueEnd } else { Due::Nothing };
    }

    /// Records that the key has arrived and is shown.
    pub fn shown(&mut self, now: Timestamp) {
        self.state = KeyState::Shown;
        self.shown_at = Some(now);
        self.refused();
    }

    /// Records that the person copied the key.
    pub fn copied(&mut self) {
        self.state = KeyState::Copied;
    }

    /// Treats a copied key as only shown, because it is about to end.
    pub fn copy_is_about_to_end(&mut self) {
        if self.state == KeyState::Copied {
            self.state = KeyState::Shown;
        }
    }

    /// Records that the key was revoked or does not exist.
    pub fn revoked(&mut self) {
        self.state = KeyState::Revoked;
        self.refused();
    }

    /// Records what a read of the slot shows; the portal's answer wins.
    pub fn read(&mut self, is_active: bool) {
        if !is_active && self.may_live() {
            self.state = KeyState::None;
        }
        self.due = match self.due {
            // The request that ended one key may also have requested another.
            Due::End(since) => Due::Key(since),
            Due::OverdueEnd => Due::Nothing,
            due => due,
        };
    }

    /// The slot of a new credential that replaces a deleted one.
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
            // After a read of an empty slot, a key may still arrive; a revocation has taken effect.
            let mut read = slot;
            read.read(false);
            check(read, false, true);
            let mut late = slot;
            late.cannot_take_effect(&generate(replace));
            check(late, replace, false);
            assert_eq!(late.is_sent(), replace, "one that was there may live on");
            slot.shown(NOW);
            check(slot, false, false);
        }
    }

    #[test]
    fn a_slot_after_a_reload_is_as_doubtful_as_its_record() {
        check(KeySlot::recorded(KeyState::Unseen, false, None, NOW), false, true);
        check(KeySlot::recorded(KeyState::Copied, true, None, NOW), true, true);
        check(KeySlot::recorded(KeyState::Shown, false, None, NOW), false, false);
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

//! The known effects of an operation. Facts only: the next step follows from them.

use crate::operation::model::call::Call;
use crate::operation::model::delays::{LATEST_MS, rest_ms};
use crate::operation::model::differences::Differences;
use crate::operation::model::item_state::{OwnItem, TargetFolder};
use crate::operation::model::key_slot::KeySlot;
use crate::portal::id::Slot;
use crate::portal::items::{Details, Item};
use crate::portal::registration::{Grants, RegisteredApp};
use crate::timestamp::Timestamp;

/// The known effects of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The target folder of the item.
    pub folder: TargetFolder,
    /// The item.
    pub item: OwnItem,
    /// The item's details, as last sent.
    pub details: Option<Details>,
    /// The grants of the registration, as last sent.
    pub grants: Option<Grants>,
    /// The registration, as last received.
    pub app: Option<RegisteredApp>,
    /// Whether the registration has been read.
    pub app_read: bool,
    /// The expiration, as last sent.
    pub expires: Option<Timestamp>,
    /// When the answer to a change was last lost: the change may still take effect.
    pub change_lost: Option<Timestamp>,
    /// The item as read after the last change.
    pub item_read: Option<Item>,
    /// The differences that the person accepted.
    pub agreed: Option<Differences>,
    /// Whether the environment holds the client secret.
    pub secret_held: bool,
    /// An item was there, and is gone.
    pub had_item: bool,
    /// The slot of the key.
    pub key: KeySlot,
    /// The number of times the portal throttled a call that needs the client secret, which is read again each time.
    pub put_off: u8,
    /// The progress of the cleanup, which begins when the operation is over for the person.
    pub cleanup: Cleanup,
    /// The number of failed cleanup requests.
    pub cleanup_failures: u8,
}

impl Facts {
    /// The next search for the item and its duplicates.
    pub fn find(&self) -> Call {
        self.item.find(self.folder.id())
    }

    /// The time in which a lost change may still take effect, in milliseconds.
    pub fn late_change_ms(&self, now: Timestamp) -> u32 {
        rest_ms(self.change_lost, now, LATEST_MS)
    }

    /// Records that the key was revoked. The portal then resets the slot's date (F-DATE-7), so it has to be set again.
    pub fn revoked(&mut self, slot: Slot) {
        self.key.revoked();
        self.expires = None;
        self.item_read = None;
        if let Some(app) = &mut self.app {
            app.active[slot.index()] = false;
        }
    }

    /// Forgets the item and everything that depended on it; duplicates of this operation may still exist.
    pub fn forget_item(&mut self) {
        *self = Self {
            folder: std::mem::take(&mut self.folder),
            item: self.item.anew(),
            key: self.key.anew(),
            secret_held: self.secret_held,
            had_item: true,
            ..Self::default()
        };
    }
}

/// The progress of the cleanup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cleanup {
    /// The operation is not over.
    #[default]
    NotBegun,
    /// The operation is over for the person.
    Begun,
    /// The grace period for late requests has begun, too.
    GraceBegun,
}

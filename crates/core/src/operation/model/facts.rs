//! What an operation knows to be done. Facts only: what to do next follows from them.

use crate::operation::model::call::Call;
use crate::operation::model::delays::{LATEST_MS, rest_ms};
use crate::operation::model::differences::Differences;
use crate::operation::model::item_state::{OwnItem, TargetFolder};
use crate::operation::model::key_slot::KeySlot;
use crate::portal::id::Slot;
use crate::portal::items::{Details, Item};
use crate::portal::registration::{Grants, RegisteredApp};
use crate::timestamp::Timestamp;

/// What an operation knows to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The folder that the item is to be in.
    pub folder: TargetFolder,
    /// The item.
    pub item: OwnItem,
    /// The item's words, as last sent.
    pub details: Option<Details>,
    /// What the registration grants, as last sent.
    pub grants: Option<Grants>,
    /// The registration, as last answered.
    pub app: Option<RegisteredApp>,
    /// It was asked whether there is a registration.
    pub app_read: bool,
    /// The expiration, as last sent.
    pub expires: Option<Timestamp>,
    /// When the answer to a change of what exists was last lost: it may still come.
    pub change_lost: Option<Timestamp>,
    /// The item as read after the last change.
    pub item_read: Option<Item>,
    /// Differences the person agreed to.
    pub agreed: Option<Differences>,
    /// The runner of the effects holds the client secret.
    pub secret_held: bool,
    /// An item was there, and is gone.
    pub had_item: bool,
    /// The slot of the key.
    pub key: KeySlot,
    /// How often the portal put off a call that needs the client secret, which is read anew each time.
    pub put_off: u8,
    /// How far cleaning up is, which begins when the operation is over for the person.
    pub cleanup: Cleanup,
    /// How often a request failed after the end.
    pub sweep_failures: u8,
}

impl Facts {
    /// The next look for the item and its duplicates.
    pub fn find(&self) -> Call {
        self.item.find(self.folder.id())
    }

    /// How long a change may still come whose answer was lost: milliseconds.
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

    /// The item is gone, and with it everything that hung on it; others of this operation may still be there.
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

/// How far the cleanup after the end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cleanup {
    /// The operation is not over.
    #[default]
    NotBegun,
    /// It is over for the person.
    Begun,
    /// And what may come late is given time for it.
    GraceBegun,
}

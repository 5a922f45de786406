//! What an operation knows to be done. Facts only: what to do next follows from them.

use crate::operation::model::call::Call;
use crate::operation::model::delays::{LATEST_MS, rest_ms};
use crate::operation::model::differences::Differences;
use crate::operation::model::key_slot::KeySlot;
use crate::portal::apps::{App, Grants};
use crate::portal::id::{ClientId, FolderId, ItemId, Slot};
use crate::portal::items::{Details, Item};
use crate::timestamp::Timestamp;

/// How long an item may come, in milliseconds, that was asked for more than once, from the last time.
const LATEST_AGAIN_MS: u32 = 90_000;

/// What an operation knows to be done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The folder the plan names exists, or is the root.
    pub folder_ready: bool,
    /// That folder; none is the root.
    pub folder: Option<FolderId>,
    /// When the item was first asked for.
    pub item_sent: Option<Timestamp>,
    /// When it was last asked for.
    pub item_asked: Option<Timestamp>,
    /// Under which title it was asked for: the draft may have changed since.
    pub item_title: Option<String>,
    /// The item was asked for again after a lost answer: there may be two.
    pub item_doubled: bool,
    /// It was made sure that there are not two.
    pub swept: bool,
    /// How often it was looked for in vain since it was last asked for.
    pub looks: u8,
    /// A look everywhere did not show it: the portal lists one folder at a time.
    pub by_folder: bool,
    /// The item.
    pub item: Option<ItemId>,
    /// Items of this operation that are too many.
    pub extras: Vec<ItemId>,
    /// The folder the item is in.
    pub item_folder: Option<FolderId>,
    /// The item's words, as last sent.
    pub details: Option<Details>,
    /// What the registration grants, as last sent.
    pub grants: Option<Grants>,
    /// The registration, as last answered.
    pub app: Option<App>,
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
    /// Whoever runs the effects holds the client secret.
    pub secret_held: bool,
    /// The slot of the key.
    pub key: KeySlot,
    /// How often the portal put off a call that needs the client secret, which is read anew each time.
    pub put_off: u8,
    /// Time was given for what comes late, after the end.
    pub rested: bool,
    /// How often a request failed after the end.
    pub sweep_failures: u8,
    /// The operation is over for the person.
    pub finished: bool,
}

impl Facts {
    /// The app's id.
    pub fn client_id(&self) -> Option<&ClientId> {
        self.app.as_ref().map(|it| &it.client_id)
    }

    /// Whether there may be anything at the portal to take back. A folder is not: see `decide/rollback.rs`.
    pub fn may_exist(&self) -> bool {
        self.item_sent.is_some() || self.item.is_some()
    }

    /// The next look for the item and what was made twice. Everywhere, for a person may have moved it, and a late answer
    /// leaves one where it was first asked for.
    pub fn find(&self) -> Call {
        let folder = match self.item {
            Some(_) if self.by_folder => &self.item_folder,
            None if self.looks % 2 == 1 => &self.folder,
            _ => &None,
        };
        Call::FindItem { folder: folder.clone() }
    }

    /// How long a change may still come whose answer was lost: milliseconds.
    pub fn late_change_ms(&self, now: Timestamp) -> u32 {
        rest_ms(self.change_lost, now, LATEST_MS)
    }

    /// How long an item may still come that was asked for: milliseconds.
    pub fn late_item_ms(&self, now: Timestamp) -> u32 {
        rest_ms(self.item_asked, now, if self.item_doubled { LATEST_AGAIN_MS } else { LATEST_MS })
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

    /// The folder in which the item was asked for is gone, and the item with it.
    pub fn forget_lost_request(&mut self) {
        if self.item.is_none() {
            self.item_sent = None;
        }
    }

    /// The item is gone, and with it everything that hung on it; others of this operation may still be there.
    pub fn forget_item(&mut self) {
        *self = Self {
            folder_ready: self.folder_ready,
            folder: self.folder.take(),
            item_doubled: self.item_doubled,
            swept: self.swept,
            extras: std::mem::take(&mut self.extras),
            key: self.key.anew(),
            secret_held: self.secret_held,
            ..Self::default()
        };
    }
}

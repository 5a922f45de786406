//! The record that survives a reload: enough to find out what exists. No field can hold a secret.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};

use crate::config::PortalKey;
use crate::json::Object;
use crate::operation::model::facts::{Cleanup, Facts};
use crate::operation::model::item_state::{ItemRequest, ItemState, OwnItem, TargetFolder};
use crate::operation::model::key_slot::{KeySlot, KeyState};
use crate::operation::model::operation::{Goal, Operation};
use crate::operation::model::plan::{Destination, Plan};
use crate::operation_id::OperationId;
use crate::portal::error::Error;
use crate::portal::id::{FolderId, ItemId, Slot, Username};
use crate::portal::items::Details;
use crate::portal::registration::Grants;
use crate::portal::response::{self, Fields};
use crate::timestamp::Timestamp;

/// The prefix of a journal's key in IndexedDB.
pub const KEY_PREFIX: &str = "akw.operation.";
/// The version of the record's format; records of other versions are ignored.
const VERSION: &str = "1";

/// The record of an unfinished operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// The id of the operation.
    pub id: OperationId,
    /// The portal.
    pub portal_key: PortalKey,
    /// A hash of the owner, so that the record contains no user name.
    pub owner_hash: String,
    /// The title of the item.
    pub title: String,
    /// The title of the folder; `None` for the root folder.
    pub folder_title: Option<String>,
    /// The id of the folder, once known.
    pub folder: Option<FolderId>,
    /// The id of the item, once known.
    pub item: Option<ItemId>,
    /// When the item was first requested.
    pub item_sent: Option<Timestamp>,
    /// Whether there may be a duplicate of the item.
    pub item_doubled: bool,
    /// Whether the answer to a change was lost.
    pub change_lost: bool,
    /// The slot of the key.
    pub slot: Slot,
    /// The state of the key.
    pub key_state: KeyState,
    /// When the key was shown.
    pub key_shown_at: Option<Timestamp>,
    /// Whether a revocation was sent and not answered.
    pub key_ending: bool,
    /// Whether the operation is over for the person, and only duplicates may be left.
    pub finished: bool,
    /// Whether the operation is being rolled back.
    pub undoing: bool,
    /// When the record was written.
    pub written: Timestamp,
}

impl Journal {
    /// The record of an operation in its current state.
    pub fn of(operation: &Operation, now: Timestamp) -> Self {
        let (plan, facts) = (&operation.plan, &operation.facts);
        Self {
            id: plan.id.clone(),
            portal_key: plan.portal_key.clone(),
            owner_hash: owner_hash(&plan.portal_key, &plan.owner),
            title: facts.item.requested_title().unwrap_or(&plan.details.title).to_owned(),
            // If the plan names another folder than the one whose id is known, the title of the known one is unknown.
            folder_title: plan
                .folder
                .title()
                .filter(|_| facts.folder.is_ready() || facts.folder.id().is_none())
                .map(str::to_owned),
            folder: facts.folder.id().cloned(),
            item: facts.item.id().cloned(),
            item_sent: facts.item.requested_since(),
            item_doubled: facts.item.may_be_doubled(),
            change_lost: facts.late_change_ms(now) > 0,
            slot: plan.slot,
            key_state: facts.key.state(),
            key_shown_at: facts.key.shown_at(),
            key_ending: facts.key.is_ending(),
            finished: facts.cleanup != Cleanup::NotBegun,
            undoing: operation.goal == Goal::RollBack,
            written: now,
        }
    }

    /// The key of the record in IndexedDB.
    pub fn key(&self) -> String {
        key(&self.id)
    }

    /// Whether the operation belongs to this person at this portal.
    pub fn belongs_to(&self, portal_key: &PortalKey, owner: &Username) -> bool {
        self.portal_key == *portal_key && self.owner_hash == owner_hash(portal_key, owner)
    }

    /// Whether the item may exist on the portal.
    pub fn may_exist(&self) -> bool {
        self.item.is_some() || self.item_sent.is_some()
    }

    /// Whether the person has copied the key and therefore most likely saved it.
    pub fn is_copied(&self) -> bool {
        self.key_state == KeyState::Copied && !self.finished && !self.undoing
    }

    /// Whether the key shown at this time is still the current one: it was not replaced, and nothing is ending it.
    pub(crate) fn is_of_key(&self, shown_at: Timestamp) -> bool {
        let is_left = self.key_state.is_shown() && !self.key_ending && !self.undoing;
        is_left && self.key_shown_at == Some(shown_at)
    }

    /// The record as JSON.
    pub fn text(&self) -> String {
        let date = |date: Timestamp| date.0.to_string();
        let sent = self.item_sent.map(date);
        let shown_at = self.key_shown_at.map(date);
        let written = date(self.written);
        let texts = [
            ("version", Some(VERSION)),
            ("id", Some(self.id.as_str())),
            ("portal", Some(&self.portal_key.0)),
            ("owner", Some(&self.owner_hash)),
            ("title", Some(&self.title)),
            ("folderTitle", self.folder_title.as_deref()),
            ("folder", self.folder.as_ref().map(|folder| folder.0.as_str())),
            ("item", self.item.as_ref().map(|item| item.0.as_str())),
            ("itemSent", sent.as_deref()),
            ("itemDoubled", flag(self.item_doubled)),
            ("changeLost", flag(self.change_lost)),
            ("slot", Some(self.slot.digit())),
            ("keySent", flag(self.key_state != KeyState::None)),
            ("keyShown", flag(self.key_state.is_shown())),
            ("keyShownAt", shown_at.as_deref()),
            ("keyCopied", flag(self.key_state == KeyState::Copied)),
            ("keyEnding", flag(self.key_ending)),
            ("finished", flag(self.finished)),
            ("undoing", flag(self.undoing)),
            ("written", Some(&written)),
        ];
        let mut record = Object::compact();
        for (name, value) in texts {
            record.text_or_none(name, value);
        }
        record.end()
    }

    /// Parses a record; `None` if it is not one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        response::read_text(text, read).ok()
    }

    /// The operation that it records, ready to find out what exists.
    pub(super) fn operation(&self, owner: Username, plan: Option<Plan>) -> Operation {
        let mut plan = plan.unwrap_or_else(|| self.plan_without_draft(owner));
        (plan.id, plan.slot) = (self.id.clone(), self.slot);
        let same_folder = plan.folder.title() == self.folder_title.as_deref();
        let item = match (&self.item, self.item_sent) {
            (Some(id), since) => ItemState::Known { id: id.clone(), folder: self.folder.clone(), since },
            (None, Some(since)) => ItemState::Requested { since },
            (None, None) => ItemState::None,
        };
        let last_request = self.item_sent.map(|_| ItemRequest { at: self.written, title: self.title.clone() });
        let facts = Facts {
            folder: match same_folder && self.folder.is_some() == self.folder_title.is_some() {
                true => TargetFolder::Ready(self.folder.clone()),
                false => TargetFolder::Unsettled(self.folder.clone()),
            },
            item: OwnItem::recorded(item, last_request, self.item_doubled),
            change_lost: self.change_lost.then_some(self.written),
            key: KeySlot::recorded(self.key_state, self.key_ending, self.key_shown_at, self.written),
            cleanup: if self.finished { Cleanup::Begun } else { Cleanup::NotBegun },
            ..Facts::default()
        };
        let goal = if self.undoing { Goal::RollBack } else { Goal::Inspect };
        Operation { plan, facts, goal, auto_resume: false, pending_cleanup: None }
    }

    fn plan_without_draft(&self, owner: Username) -> Plan {
        Plan {
            id: self.id.clone(),
            portal_key: self.portal_key.clone(),
            owner,
            folder: self.folder_title.clone().map_or(Destination::Root, Destination::Titled),
            details: Details { title: self.title.clone(), tags: Vec::new(), summary: String::new() },
            grants: Grants { privileges: Vec::new(), referrers: Vec::new(), personal: false },
            expires: self.written,
            slot: self.slot,
            key_now: false,
            complete: false,
        }
    }
}

/// The key of an operation's record.
pub fn key(id: &OperationId) -> String {
    [KEY_PREFIX, id.as_str()].concat()
}

fn flag(is_set: bool) -> Option<&'static str> {
    is_set.then_some("yes")
}

/// A hash that identifies a person at a portal in records.
pub fn owner_hash(portal_key: &PortalKey, owner: &Username) -> String {
    let mut hash = Sha256::new();
    hash.update(&portal_key.0);
    hash.update([0]);
    hash.update(&owner.0);
    Base64UrlUnpadded::encode_string(&hash.finalize()[..12])
}

fn read(fields: &Fields<'_, '_>) -> Result<Journal, Error> {
    let id = |name| fields.text_or_none(name)?.map(|_| fields.id(name)).transpose();
    let is = |name| Ok(fields.text_or_none(name)? == Some("yes"));
    if fields.text("version")? != VERSION {
        return Err(Error::Unreadable { what: "version" });
    }
    Ok(Journal {
        id: OperationId::parse(&fields.id("id")?).ok_or(Error::Unreadable { what: "id" })?,
        portal_key: PortalKey(fields.id("portal")?),
        owner_hash: fields.id("owner")?,
        title: fields.text("title")?.to_owned(),
        folder_title: fields.text_or_none("folderTitle")?.map(str::to_owned),
        folder: id("folder")?.map(FolderId),
        item: id("item")?.map(ItemId),
        item_sent: fields.number_or_none("itemSent")?.map(Timestamp),
        item_doubled: is("itemDoubled")?,
        change_lost: is("changeLost")?,
        slot: match fields.text_or_none("slot")? {
            // A record without a slot comes from a release that used only this one.
            None => Slot::One,
            Some(digit) => Slot::from_digit(digit).ok_or(Error::Unreadable { what: "slot" })?,
        },
        key_state: match (is("keySent")?, is("keyShown")?, is("keyCopied")?) {
            (false, ..) => KeyState::None,
            (true, false, _) => KeyState::Unseen,
            (true, true, false) => KeyState::Shown,
            (true, true, true) => KeyState::Copied,
        },
        key_shown_at: fields.number_or_none("keyShownAt")?.map(Timestamp),
        key_ending: is("keyEnding")?,
        finished: is("finished")?,
        undoing: is("undoing")?,
        written: Timestamp(fields.number("written")?),
    })
}

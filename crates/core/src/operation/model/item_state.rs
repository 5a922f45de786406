//! The item that an operation makes, and the folder for it, as far as the operation knows.

use crate::operation::model::call::Call;
use crate::operation::model::delays::{LATEST_MS, rest_ms};
use crate::portal::id::{FolderId, ItemId};
use crate::timestamp::Timestamp;

/// How long an item may come, in milliseconds, that was requested more than once, from the last time.
const LATEST_AGAIN_MS: u32 = 90_000;

/// What is known of the item. One whose answer was lost may exist.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnItem {
    state: ItemState,
    /// The last request for it, which may still take effect.
    last_request: Option<ItemRequest>,
    /// It was requested again after a lost answer: there may be two.
    may_be_doubled: bool,
    /// How often it was looked for since it was last requested.
    looks: u8,
    search: DuplicateSearch,
    /// Items of this operation that are too many.
    duplicates: Vec<ItemId>,
}

/// The item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ItemState {
    /// None was requested, or it did not come, or it is gone.
    #[default]
    None,
    /// It was requested, and may exist.
    Requested {
        /// When it was first requested.
        since: Timestamp,
    },
    /// It exists.
    Known {
        /// Its id.
        id: ItemId,
        /// The folder it is in; none is the root.
        folder: Option<FolderId>,
        /// When it was first requested, unless it was found in another way.
        since: Option<Timestamp>,
    },
}

/// A request for the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRequest {
    /// When it was sent.
    pub at: Timestamp,
    /// The title in it: the draft may have changed since.
    pub title: String,
}

/// Whether it is known that there is no second item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum DuplicateSearch {
    /// It is not: a listing of everything is to show it.
    #[default]
    Due,
    /// It is not: the listing of everything lacks the item, so the portal lists one folder at a time, and the item's is next.
    DueInFolder,
    /// It was, at the last listing of everything.
    Done,
    /// It was, at the last listing of the item's folder.
    DoneInFolder,
}

impl DuplicateSearch {
    /// A listing came. `shows_item` is also true while no item is known.
    fn listed(self, shows_item: bool, was_just_found: bool) -> Self {
        match (self, shows_item) {
            // Where keywords are dropped, the duplicate of an item is seen only once it is known which is the item.
            (_, true) if was_just_found => Self::Due,
            (_, true) => Self::Done,
            (Self::Due | Self::Done, false) => Self::DueInFolder,
            (Self::DueInFolder | Self::DoneInFolder, false) => Self::DoneInFolder,
        }
    }

    fn again(self) -> Self {
        match self {
            Self::Due | Self::Done => Self::Due,
            Self::DueInFolder | Self::DoneInFolder => Self::DueInFolder,
        }
    }

    /// For another item, which the portal may list with everything.
    fn for_another_item(self) -> Self {
        match self {
            Self::Due | Self::DueInFolder => Self::Due,
            Self::Done | Self::DoneInFolder => Self::Done,
        }
    }

    fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::DoneInFolder)
    }
}

impl OwnItem {
    /// The item as a record describes it; `last_request` is the last moment at which the request may have been sent.
    pub fn recorded(state: ItemState, last_request: Option<ItemRequest>, may_be_doubled: bool) -> Self {
        Self { state, last_request, may_be_doubled, ..Self::default() }
    }

    /// Its id, once it is known.
    pub fn id(&self) -> Option<&ItemId> {
        match &self.state {
            ItemState::Known { id, .. } => Some(id),
            ItemState::None | ItemState::Requested { .. } => None,
        }
    }

    /// Whether it is known.
    pub fn is_known(&self) -> bool {
        self.id().is_some()
    }

    /// The folder it is in; none is the root, or an item that is not known.
    pub fn folder(&self) -> Option<&FolderId> {
        match &self.state {
            ItemState::Known { folder, .. } => folder.as_ref(),
            ItemState::None | ItemState::Requested { .. } => None,
        }
    }

    /// When it was first requested.
    pub fn requested_since(&self) -> Option<Timestamp> {
        match self.state {
            ItemState::None => None,
            ItemState::Requested { since } => Some(since),
            ItemState::Known { since, .. } => since,
        }
    }

    /// Whether it was requested, and has not turned out not to have come.
    pub fn is_requested(&self) -> bool {
        self.requested_since().is_some()
    }

    /// The title under which it was last requested.
    pub fn requested_title(&self) -> Option<&str> {
        self.last_request.as_ref().map(|request| request.title.as_str())
    }

    /// Whether there may be an item at the portal.
    pub fn may_exist(&self) -> bool {
        self.state != ItemState::None
    }

    /// Whether it was requested more than once.
    pub fn may_be_doubled(&self) -> bool {
        self.may_be_doubled
    }

    /// Whether it was made sure that there are not two.
    pub fn is_searched_for_duplicates(&self) -> bool {
        self.search.is_done()
    }

    /// How often it was looked for since it was last requested.
    pub fn looks(&self) -> u8 {
        self.looks
    }

    /// Items of this operation that are too many.
    pub fn duplicates(&self) -> &[ItemId] {
        &self.duplicates
    }

    /// How long an item may still come that was requested: milliseconds.
    pub fn late_ms(&self, now: Timestamp) -> u32 {
        let latest_ms = if self.may_be_doubled { LATEST_AGAIN_MS } else { LATEST_MS };
        rest_ms(self.last_request.as_ref().map(|request| request.at), now, latest_ms)
    }

    /// The next look for it and its duplicates. Everywhere, for a person may have moved it, and a late answer leaves one
    /// where it was first requested, which is `folder`.
    pub fn find(&self, folder: Option<&FolderId>) -> Call {
        let listed = match (&self.state, self.search) {
            (ItemState::Known { folder, .. }, DuplicateSearch::DueInFolder | DuplicateSearch::DoneInFolder) => {
                folder.as_ref()
            }
            (ItemState::Known { .. }, _) => None,
            (ItemState::None | ItemState::Requested { .. }, _) if self.is_folder_next() => folder,
            (ItemState::None | ItemState::Requested { .. }, _) => None,
        };
        Call::FindItem { folder: listed.cloned() }
    }

    /// An item that is not known yet is looked for everywhere and in its folder by turns: some portals list one folder at a
    /// time, and show it only there.
    fn is_folder_next(&self) -> bool {
        self.looks % 2 == 1
    }

    /// A request for it is sent.
    pub fn request(&mut self, title: &str, now: Timestamp) {
        match &mut self.state {
            ItemState::None => self.state = ItemState::Requested { since: now },
            ItemState::Requested { .. } => self.may_be_doubled = true,
            ItemState::Known { since, .. } => {
                self.may_be_doubled |= since.is_some();
                since.get_or_insert(now);
            }
        }
        self.last_request = Some(ItemRequest { at: now, title: title.to_owned() });
        self.search = self.search.again();
        self.looks = 0;
    }

    /// The portal refused the only request for it: there is nothing to look for.
    pub fn refused(&mut self) {
        if !self.may_be_doubled {
            self.forget_request();
        }
    }

    /// What was requested can no longer come.
    pub fn forget_request(&mut self) {
        if !self.is_known() {
            self.state = ItemState::None;
        }
    }

    /// It exists.
    pub fn found(&mut self, id: ItemId, folder: Option<FolderId>) {
        self.state = ItemState::Known { id, folder, since: self.requested_since() };
    }

    /// It is in this folder.
    pub fn is_in(&mut self, folder: Option<FolderId>) {
        if let ItemState::Known { folder: place, .. } = &mut self.state {
            *place = folder;
        }
    }

    /// It was looked for, and these are too many.
    pub fn looked_for(&mut self, duplicates: Vec<ItemId>) {
        self.duplicates = duplicates;
        self.looks = self.looks.saturating_add(1);
    }

    /// A listing was searched for duplicates that shows these items; `was_known` is whether the item was known before.
    pub fn searched_for_duplicates<'a>(&mut self, mut listed: impl Iterator<Item = &'a ItemId>, was_known: bool) {
        let shows_item = self.id().is_none_or(|id| listed.any(|other| other == id));
        self.search = self.search.listed(shows_item, was_known != self.is_known());
    }

    /// Duplicates are to be searched for once more.
    pub fn search_again(&mut self) {
        self.search = self.search.again();
    }

    /// It is to be taken back: looks for it count anew, and what was requested twice is searched for again.
    pub fn take_back(&mut self) {
        self.looks = 0;
        if self.may_be_doubled {
            self.search_again();
        }
    }

    /// One of its duplicates is gone.
    pub fn duplicate_deleted(&mut self, id: &ItemId) {
        self.duplicates.retain(|other| other != id);
    }

    /// It is gone; others of this operation may still be there.
    pub fn anew(&self) -> Self {
        Self {
            may_be_doubled: self.may_be_doubled,
            search: self.search.for_another_item(),
            duplicates: self.duplicates.clone(),
            ..Self::default()
        }
    }
}

/// The folder that the item is to be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetFolder {
    /// The folder that the plan names has still to be found or made; the one that was named before, if it is known.
    Unsettled(Option<FolderId>),
    /// It exists; none is the root.
    Ready(Option<FolderId>),
}

impl TargetFolder {
    /// Its id; none is the root, or not known.
    pub fn id(&self) -> Option<&FolderId> {
        match self {
            Self::Unsettled(id) | Self::Ready(id) => id.as_ref(),
        }
    }

    /// Whether the folder that the plan names exists, or is the root.
    pub fn is_ready(&self) -> bool {
        matches!(self, Self::Ready(_))
    }

    /// Another folder is wanted, or this one is gone.
    pub fn unsettle(&mut self) {
        if let Self::Ready(id) = self {
            *self = Self::Unsettled(id.take());
        }
    }
}

impl Default for TargetFolder {
    fn default() -> Self {
        Self::Unsettled(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_435_200_000);

    fn id(text: &str) -> ItemId {
        ItemId(text.to_owned())
    }

    fn in_folder() -> Option<FolderId> {
        Some(FolderId("f1".to_owned()))
    }

    /// Listings in turn, each with or without the item; whether a search is done after each, and where the next look is.
    #[track_caller]
    fn check(item: &mut OwnItem, listings: &[(bool, bool, Option<FolderId>)]) {
        for (shows_item, is_done, next) in listings {
            let listed = [id(if *shows_item { "i1" } else { "other" })];
            item.searched_for_duplicates(listed.iter(), true);
            assert_eq!(item.is_searched_for_duplicates(), *is_done);
            assert_eq!(item.find(None), Call::FindItem { folder: next.clone() });
        }
    }

    #[test]
    fn a_portal_that_lists_one_folder_at_a_time_is_asked_for_the_items_folder() {
        let mut item = OwnItem::default();
        item.found(id("i1"), in_folder());
        check(&mut item.clone(), &[(true, true, None), (false, false, in_folder()), (true, true, None)]);
        check(&mut item, &[(false, false, in_folder()), (false, true, in_folder()), (false, true, in_folder())]);
        item.search_again();
        assert!(!item.is_searched_for_duplicates());
        check(&mut item, &[(false, true, in_folder())]);
        assert_eq!(item.anew().find(None), Call::FindItem { folder: None });
        assert!(item.anew().is_searched_for_duplicates());
    }

    #[test]
    fn a_second_request_makes_two_possible_and_counts_from_the_last() {
        let mut item = OwnItem::default();
        item.request("Maps", NOW);
        assert!(!item.may_be_doubled());
        item.refused();
        assert!(!item.may_exist());
        item.request("Maps", NOW);
        item.request("Plans", NOW.plus_millis(5));
        assert!(item.may_be_doubled());
        assert_eq!((item.requested_since(), item.requested_title()), (Some(NOW), Some("Plans")));
        assert_eq!(item.late_ms(NOW.plus_millis(5)), LATEST_AGAIN_MS);
        item.refused();
        assert!(item.may_exist(), "the first request may have taken effect");
        item.forget_request();
        assert!(!item.may_exist() && item.may_be_doubled());
    }

    #[test]
    fn a_folder_that_is_no_longer_wanted_is_still_known() {
        let mut folder = TargetFolder::Ready(in_folder());
        folder.unsettle();
        assert_eq!((folder.is_ready(), folder.id()), (false, in_folder().as_ref()));
        folder.unsettle();
        assert_eq!(folder, TargetFolder::Unsettled(in_folder()));
    }
}

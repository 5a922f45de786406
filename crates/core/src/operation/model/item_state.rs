//! The item of an operation and its folder, as far as they are known.

use crate::operation::model::call::Call;
use crate::operation::model::delays::{LATEST_MS, rest_ms};
use crate::portal::id::{FolderId, ItemId};
use crate::timestamp::Timestamp;

/// The time after the last request in which an item requested more than once may still appear, in milliseconds.
const LATEST_AGAIN_MS: u32 = 90_000;

/// The known state of the item. It may exist although the answer was lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnItem {
    state: ItemState,
    /// The last request for the item, which may still take effect.
    last_request: Option<ItemRequest>,
    /// Whether it was requested again after a lost answer: there may be two.
    may_be_doubled: bool,
    /// The number of searches since the last request.
    looks: u8,
    search: DuplicateSearch,
    /// Other items of this operation.
    duplicates: Vec<ItemId>,
}

/// The state of the item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum ItemState {
    /// It was not requested, was not created, or is gone.
    #[default]
    None,
    /// It was requested and may exist.
    Requested {
        /// When it was first requested.
        since: Timestamp,
    },
    /// It exists.
    Known {
        /// Its id.
        id: ItemId,
        /// Its folder; `None` for the root.
        folder: Option<FolderId>,
        /// When it was first requested, unless it was found otherwise.
        since: Option<Timestamp>,
    },
}

/// A request to create the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRequest {
    /// When it was sent.
    pub at: Timestamp,
    /// The requested title: the draft may have changed since.
    pub title: String,
}

/// Whether the item is known to have no duplicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum DuplicateSearch {
    /// Unknown: search a listing of all folders.
    #[default]
    Due,
    /// Unknown: the listing of all folders lacks the item, so the portal lists one folder at a time; search the item's
    /// next.
    DueInFolder,
    /// Known from the last listing of all folders.
    Done,
    /// Known from the last listing of the item's folder.
    DoneInFolder,
}

impl DuplicateSearch {
    /// The state after a listing. `shows_item` is also true while no item is known.
    fn listed(self, shows_item: bool, was_just_found: bool) -> Self {
        match (self, shows_item) {
            // On a portal that drops keywords, a duplicate can be recognized only once the item is known.
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

    /// The state for another item, which the portal may list with all folders.
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
    /// Restores the item from a journal; `last_request` is the latest time at which the request may have been sent.
    pub fn recorded(state: ItemState, last_request: Option<ItemRequest>, may_be_doubled: bool) -> Self {
        Self { state, last_request, may_be_doubled, ..Self::default() }
    }

    /// Its id, if known.
    pub fn id(&self) -> Option<&ItemId> {
        match &self.state {
            ItemState::Known { id, .. } => Some(id),
            ItemState::None | ItemState::Requested { .. } => None,
        }
    }

    /// Whether the item is known to exist.
    pub fn is_known(&self) -> bool {
        self.id().is_some()
    }

    /// Its folder; `None` for the root or an unknown item.
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

    /// Whether it was requested and may still appear.
    pub fn is_requested(&self) -> bool {
        self.requested_since().is_some()
    }

    /// The title of the last request.
    pub fn requested_title(&self) -> Option<&str> {
        self.last_request.as_ref().map(|request| request.title.as_str())
    }

    /// Whether the item may exist on the portal.
    pub fn may_exist(&self) -> bool {
        self.state != ItemState::None
    }

    /// Whether it was requested more than once.
    pub fn may_be_doubled(&self) -> bool {
        self.may_be_doubled
    }

    /// Whether the search for duplicates is done.
    pub fn is_searched_for_duplicates(&self) -> bool {
        self.search.is_done()
    }

    /// The number of searches since the last request.
    pub fn looks(&self) -> u8 {
        self.looks
    }

    /// Duplicates of the item.
    pub fn duplicates(&self) -> &[ItemId] {
        &self.duplicates
    }

    /// The time in which a requested item may still appear, in milliseconds.
    pub fn late_ms(&self, now: Timestamp) -> u32 {
        let latest_ms = if self.may_be_doubled { LATEST_AGAIN_MS } else { LATEST_MS };
        rest_ms(self.last_request.as_ref().map(|request| request.at), now, latest_ms)
    }

    /// The next search for the item and its duplicates. Searches all folders, because a person may have moved the item,
    /// and a late request creates it in the original `folder`.
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

    /// Alternates between all folders and the item's folder while the item is unknown: some portals list one folder at
    /// a time and show the item only there.
    fn is_folder_next(&self) -> bool {
        self.looks % 2 == 1
    }

    /// Records that the item is requested.
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

    /// Records that the portal refused the only request: there is nothing to look for.
    pub fn refused(&mut self) {
        if !self.may_be_doubled {
            self.forget_request();
        }
    }

    /// Records that no request can take effect any more.
    pub fn forget_request(&mut self) {
        if !self.is_known() {
            self.state = ItemState::None;
        }
    }

    /// Records that the item exists.
    pub fn found(&mut self, id: ItemId, folder: Option<FolderId>) {
        self.state = ItemState::Known { id, folder, since: self.requested_since() };
    }

    /// Records the folder of the item.
    pub fn set_folder(&mut self, folder: Option<FolderId>) {
        if let ItemState::Known { folder: place, .. } = &mut self.state {
            *place = folder;
        }
    }

    /// Records the duplicates that a search found.
    pub fn looked_for(&mut self, duplicates: Vec<ItemId>) {
        self.duplicates = duplicates;
        self.looks = self.looks.saturating_add(1);
    }

    /// Records the items of a listing searched for duplicates; `was_known` is whether the item was known before.
    pub fn searched_for_duplicates<'a>(&mut self, mut listed: impl Iterator<Item = &'a ItemId>, was_known: bool) {
        let shows_item = self.id().is_none_or(|id| listed.any(|other| other == id));
        self.search = self.search.listed(shows_item, was_known != self.is_known());
    }

    /// Requires another search for duplicates.
    pub fn search_again(&mut self) {
        self.search = self.search.again();
    }

    /// Prepares the rollback: restarts the count of searches, and searches for duplicates again after a second request.
    pub fn take_back(&mut self) {
        self.looks = 0;
        if self.may_be_doubled {
            self.search_again();
        }
    }

    /// Records that a duplicate was deleted.
    pub fn duplicate_deleted(&mut self, id: &ItemId) {
        self.duplicates.retain(|other| other != id);
    }

    /// The state after the item was deleted; duplicates may still exist.
    pub fn anew(&self) -> Self {
        Self {
            may_be_doubled: self.may_be_doubled,
            search: self.search.for_another_item(),
            duplicates: self.duplicates.clone(),
            ..Self::default()
        }
    }
}

/// The target folder of the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TargetFolder {
    /// The plan's folder still has to be found or created; holds the previous folder, if known.
    Unsettled(Option<FolderId>),
    /// It exists; `None` for the root.
    Ready(Option<FolderId>),
}

impl TargetFolder {
    /// Its id; `None` for the root or an unknown folder.
    pub fn id(&self) -> Option<&FolderId> {
        match self {
            Self::Unsettled(id) | Self::Ready(id) => id.as_ref(),
        }
    }

    /// Whether the folder of the plan exists or is the root.
    pub fn is_ready(&self) -> bool {
        matches!(self, Self::Ready(_))
    }

    /// Records that another folder is wanted or this one is gone.
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

    /// Applies listings in turn, each with or without the item; checks whether the search is done and where the next
    /// one is.
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

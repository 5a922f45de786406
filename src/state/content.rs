//! The person's content on the portal: folders, items, and an item with the title on the Summary.

use key_wizard_core::{
    operation::{self, Answer, Call, State},
    portal::{
        error::Error,
        folders::{self, Folder},
        id::FolderId,
        items::Item,
        search::{self, ItemQuery, Sharing},
    },
};
use leptos::{prelude::*, task::spawn_local};

use super::{
    draft::DraftStore,
    loadable::Loadable,
    session::{Person, SessionStore},
};

/// The search words and filters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filters {
    /// Free words.
    pub words: String,
    /// A type in the portal's terms; empty for all.
    pub kind: String,
    /// The sharing of the items; all that are not public if `None`.
    pub sharing: Option<Sharing>,
    /// The organization's items, or the person's own in one folder.
    pub scope: SearchScope,
}

impl Filters {
    /// The number of active filters, apart from the words.
    pub fn count(&self) -> usize {
        let set = [!self.kind.is_empty(), self.sharing.is_some(), self.scope != SearchScope::Organization];
        set.into_iter().filter(|is_set| *is_set).count()
    }
}

/// The scope of a search for items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SearchScope {
    /// In the organization.
    #[default]
    Organization,
    /// Among the person's own items in the root folder.
    Root,
    /// In a folder of the person.
    Folder(FolderId),
}

/// The outcome for the typed folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderOutcome {
    /// Nobody is signed in, so the folders are unknown.
    Unknown,
    /// No folder is typed: the item goes into the root folder.
    NoFolder,
    /// The person has this folder.
    Exists,
    /// It will be created.
    Created,
    /// The folders are being fetched.
    Waiting,
    /// The folders cannot be listed.
    Failed(Error),
}

/// The title on the Summary, and an item that already has it.
#[derive(Debug, Clone, PartialEq, Default)]
struct TitleCheck {
    title: String,
    duplicate: Option<Item>,
}

/// The person's content on the portal, as far as it is known.
#[derive(Clone, Copy)]
pub struct ContentStore {
    session: SessionStore,
    draft: DraftStore,
    folders: RwSignal<Loadable<Vec<Folder>>>,
    /// Fetched while the person is still on an earlier step.
    first_items: RwSignal<Loadable<search::Page>>,
    title_check: RwSignal<TitleCheck>,
}

impl ContentStore {
    pub(super) fn new(session: SessionStore, draft: DraftStore) -> Self {
        Self {
            session,
            draft,
            folders: RwSignal::new(Loadable::Waiting),
            first_items: RwSignal::new(Loadable::Waiting),
            title_check: RwSignal::default(),
        }
    }

    /// Fetches what the later steps need.
    pub fn fetch(self, person: &Person) {
        let ContentStore { session, folders, first_items, .. } = self;
        let account = &person.account;
        let query = ItemQuery { org_id: account.org_id.clone(), ..ItemQuery::default() };
        let (listing, search) = (session.send(folders::list(&account.username)), session.send(search::items(&query)));
        let began = session.began();
        // Drop responses that outlive their session.
        spawn_local(async move {
            let answer = listing.await.into();
            if session.began() == began {
                folders.set(answer);
            }
        });
        spawn_local(async move {
            let answer = search.await.into();
            if session.began() == began {
                first_items.set(answer);
            }
        });
    }

    /// Retries what could not be fetched.
    pub fn fetch_again(self) {
        let has_failed =
            self.folders.with_untracked(Loadable::has_failed) || self.first_items.with_untracked(Loadable::has_failed);
        if let (true, Some(person)) = (has_failed, self.session.person()) {
            self.fetch(&person);
        }
    }

    /// Forgets everything, because it belonged to another session.
    pub fn reset(self) {
        self.folders.set(Loadable::Waiting);
        self.first_items.set(Loadable::Waiting);
        self.forget_duplicate_title();
    }

    /// The first page of items, untracked.
    pub fn first_items(self) -> Loadable<search::Page> {
        self.first_items.get_untracked()
    }

    /// Requests one page of items. Items of a folder are filtered here.
    pub async fn search_items(self, filters: &Filters, start: u32) -> Result<search::Page, Error> {
        let Some(person) = self.session.person() else { return Err(Error::SignedOut) };
        let query = ItemQuery {
            org_id: person.account.org_id.clone(),
            words: filters.words.clone(),
            kind: (!filters.kind.is_empty()).then(|| filters.kind.clone()),
            sharing: filters.sharing,
            start,
        };
        let of_folder = |folder| folders::items(person.owner(), folder, query.kind.as_deref(), start);
        let request = match &filters.scope {
            SearchScope::Organization => search::items(&query),
            SearchScope::Root => of_folder(None),
            SearchScope::Folder(id) => of_folder(Some(id)),
        };
        let mut page = self.session.send(request).await?;
        if filters.scope != SearchScope::Organization {
            page.items.retain(|item| query.fits(item));
        }
        Ok(page)
    }

    /// The person's folders known so far, untracked.
    pub fn folders(self) -> Vec<Folder> {
        self.folders.with_untracked(|folders| folders.ready().cloned().unwrap_or_default())
    }

    /// The person's folders known so far, sorted by title; reactive.
    pub fn sorted_folders(self) -> Vec<Folder> {
        let mut sorted: Vec<(String, Folder)> = Vec::new();
        self.folders.with(|folders| {
            for folder in folders.ready().into_iter().flatten() {
                let name = folder.title.to_lowercase();
                let index = sorted.partition_point(|(other, _)| *other <= name);
                sorted.insert(index, (name, folder.clone()));
            }
        });
        sorted.into_iter().map(|(_, folder)| folder).collect()
    }

    /// The outcome for the typed folder; reactive.
    pub fn folder_outcome(self) -> FolderOutcome {
        let typed = self.draft.read(|draft| draft.folder.trim().to_owned());
        if typed.is_empty() {
            return FolderOutcome::NoFolder;
        }
        if self.session.is_by_hand() {
            return FolderOutcome::Unknown;
        }
        self.folders.with(|folders| match folders {
            Loadable::Ready(folders) if folders.iter().any(|folder| folder.is_titled(&typed)) => FolderOutcome::Exists,
            Loadable::Ready(_) => FolderOutcome::Created,
            Loadable::Waiting => FolderOutcome::Waiting,
            Loadable::Failed(error) => FolderOutcome::Failed(error.clone()),
        })
    }

    /// Adds a folder that an operation created to the person's folders.
    pub fn add_folder(self, operation: &State) {
        let operation = &operation.operation;
        let (Some(id), Some(title)) = (operation.facts.folder.id(), operation.plan.folder.title()) else { return };
        self.folders.update(|folders| {
            if let Loadable::Ready(folders) = folders
                && !folders.iter().any(|folder| folder.id == *id)
            {
                folders.push(Folder { id: id.clone(), title: title.to_owned() });
            }
        });
    }

    /// Asks the portal whether the person has an item with the title on the Summary, once for each title. Runs in the
    /// background and fails silently. The item of the person's own `operation` is not a duplicate.
    pub fn find_duplicate_title(self, operation: impl Fn() -> Option<State> + 'static) {
        let title = self.title();
        let is_checked = self.title_check.with_untracked(|check| check.title == title);
        let Some(person) = self.session.person().filter(|_| !title.is_empty() && !is_checked) else { return };
        self.title_check.set(TitleCheck { title: title.clone(), duplicate: None });
        let listing = Call::FindItem { folder: None }.request(person.owner(), None);
        spawn_local(async move {
            let Ok(Answer::Items(items)) = self.session.send(listing).await else { return };
            let operation = operation();
            let own = operation.as_ref().map(|state| (&state.operation.plan.id, state.operation.facts.item.id()));
            let duplicate = operation::duplicate_title(items, &title, own);
            self.title_check.update(|check| {
                if check.title == title {
                    check.duplicate = duplicate;
                }
            });
        });
    }

    /// Forgets the result of that search.
    pub fn forget_duplicate_title(self) {
        self.title_check.set(TitleCheck::default());
    }

    /// An item that has the title on the Summary, and the title of its folder if known; reactive.
    pub fn duplicate_title(self) -> Option<(Item, String)> {
        let TitleCheck { title, duplicate } = self.title_check.get();
        let item = duplicate.filter(|_| title == self.title())?;
        let folder = self.folders.with(|folders| {
            let mut known = folders.ready().into_iter().flatten();
            known.find(|folder| Some(&folder.id) == item.folder.as_ref()).map(|folder| folder.title.clone())
        });
        Some((item, folder.unwrap_or_default()))
    }

    fn title(self) -> String {
        self.draft.read(|draft| draft.title.trim().to_owned())
    }
}

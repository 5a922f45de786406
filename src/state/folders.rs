//! The folders of the signed-in person, as far as they are known.

use key_wizard_core::{
    operation::State,
    portal::{error::Error, folders::Folder},
};
use leptos::prelude::*;

use super::{App, loadable::Loadable};

/// What will become of the folder as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FolderOutcome {
    /// Nothing is typed: the item goes into no folder.
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

impl App {
    /// The titles of the person's folders, as far as they are known.
    pub fn folder_titles(self) -> Vec<String> {
        let mut sorted: Vec<(String, String)> = Vec::new();
        self.folders.with(|folders| {
            for folder in folders.ready().into_iter().flatten() {
                let name = folder.title.to_lowercase();
                let place = sorted.partition_point(|it| it.0 <= name);
                sorted.insert(place, (name, folder.title.clone()));
            }
        });
        sorted.into_iter().map(|(_, title)| title).collect()
    }

    /// What will become of the folder as typed; read again whenever that changes.
    pub fn folder_outcome(self) -> FolderOutcome {
        let typed = self.draft(|draft| draft.folder.trim().to_owned());
        if typed.is_empty() {
            return FolderOutcome::NoFolder;
        }
        self.folders.with(|folders| match folders {
            Loadable::Ready(folders) if folders.iter().any(|folder| folder.is_titled(&typed)) => FolderOutcome::Exists,
            Loadable::Ready(_) => FolderOutcome::Created,
            Loadable::Waiting => FolderOutcome::Waiting,
            Loadable::Failed(error) => FolderOutcome::Failed(error.clone()),
        })
    }

    /// A folder that was made is one of the person's folders from then on.
    pub(super) fn add_folder(self, state: &State) {
        let (Some(id), Some(title)) = (&state.work.made.folder, state.work.plan.folder.title()) else { return };
        self.folders.update(|folders| {
            if let Loadable::Ready(folders) = folders
                && !folders.iter().any(|folder| folder.id == *id)
            {
                folders.push(Folder { id: id.clone(), title: title.to_owned() });
            }
        });
    }
}

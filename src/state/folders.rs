//! The folders of the signed-in person, as far as they are known.

use key_wizard_core::{operation::State, portal::folders::Folder};
use leptos::prelude::*;

use super::{App, loadable::Loadable};

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

    /// What will become of the folder as typed.
    pub fn folder_hint(self) -> String {
        let typed = self.draft(|draft| draft.folder.trim().to_owned());
        if typed.is_empty() {
            return "Choose one, or type a new name. Left empty, the item lies in no folder.".to_owned();
        }
        self.folders.with(|folders| match folders {
            Loadable::Ready(folders) if folders.iter().any(|folder| folder.is_titled(&typed)) => {
                "You have this folder already; it is used.".to_owned()
            }
            Loadable::Ready(_) => "Choose one, or type a new name. This one will be made.".to_owned(),
            Loadable::Waiting => "Choose one, or type a new name. Your folders are being fetched.".to_owned(),
            Loadable::Failed(why) => {
                format!("Your folders cannot be listed now; a name in use will be found anyway. {why}")
            }
        })
    }

    /// A folder that was made is one of the person's folders from then on.
    pub(super) fn add_folder(self, state: &State) {
        let (Some(id), Some(title)) = (&state.operation.facts.folder, state.operation.plan.folder.title()) else {
            return;
        };
        self.folders.update(|folders| {
            if let Loadable::Ready(folders) = folders
                && !folders.iter().any(|folder| folder.id == *id)
            {
                folders.push(Folder { id: id.clone(), title: title.to_owned() });
            }
        });
    }
}

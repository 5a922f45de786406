//! Whether the person has an item of the title on the Summary already.

use key_wizard_core::operation::{self, Answer, Call};
use leptos::{prelude::*, task::spawn_local};

use super::App;
use crate::i18n;

impl App {
    /// Asks the portal, once for a title. Nobody waits for it, and nobody is told when it does not work.
    pub fn find_duplicate_title(self) {
        let title = self.title();
        if title.is_empty() || self.twin.with_untracked(|(asked, _)| *asked == title) {
            return;
        }
        self.twin.set((title.clone(), None));
        let listing = Call::FindItem { folder: None }.request(&self.owner(), None);
        spawn_local(async move {
            let Ok(Answer::Items(items)) = self.send(listing).await else { return };
            let twin = self.operation.with_untracked(|state| {
                let own = state.as_ref().map(|state| (&state.operation.plan.id, state.operation.facts.item.as_ref()));
                operation::duplicate_title(items, &title, own)
            });
            self.twin.update(|known| {
                if known.0 == title {
                    known.1 = twin;
                }
            });
        });
    }

    /// What was found is true no more.
    pub(super) fn forget_duplicate_title(self) {
        self.twin.set(Default::default());
    }

    /// When the item of this title was made and where it lies, in words and a folder's title; nothing if there is none.
    pub fn duplicate_title_words(self) -> Option<(String, String)> {
        let (title, twin) = self.twin.get();
        let twin = twin.filter(|_| title == self.title())?;
        let folder = self.folders.with(|folders| {
            let mut known = folders.ready().into_iter().flatten();
            known.find(|it| Some(&it.id) == twin.folder.as_ref()).map(|it| it.title.clone()).unwrap_or_default()
        });
        Some((i18n::operation::twin(&twin, &folder), folder))
    }

    fn title(self) -> String {
        self.draft(|draft| draft.title.trim().to_owned())
    }
}

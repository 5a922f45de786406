//! Whether the person has an item of the title on the Summary already.

use key_wizard_core::{
    operation::{self, Answer, Call},
    portal::items::Item,
};
use leptos::{prelude::*, task::spawn_local};

use super::App;

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
                let own = state.as_ref().map(|state| (&state.work.plan.id, state.work.made.item.as_ref()));
                operation::twin(items, &title, own)
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

    /// An item that has the title on the Summary, and the title of its folder if that is known; read again whenever that
    /// changes.
    pub fn duplicate_title(self) -> Option<(Item, String)> {
        let (title, twin) = self.twin.get();
        let twin = twin.filter(|_| title == self.title())?;
        let folder = self.folders.with(|folders| {
            let mut known = folders.ready().into_iter().flatten();
            known.find(|it| Some(&it.id) == twin.folder.as_ref()).map(|it| it.title.clone()).unwrap_or_default()
        });
        Some((twin, folder))
    }

    fn title(self) -> String {
        self.draft(|draft| draft.title.trim().to_owned())
    }
}

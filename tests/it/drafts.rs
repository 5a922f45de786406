//! The draft in native tests, and where the page stores it.

use std::cell::{Cell, RefCell};

use key_wizard_core::credential::draft::Draft;

/// The tab in which the page restarts after a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// Its own tab, whose storage has the draft.
    Same,
    /// Another tab, which finds the shared answers.
    Another,
    /// Another tab that finds none, since shared storage is blocked.
    Bare,
}

impl Tab {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Same, Self::Another, Self::Bare];
}

/// The draft, both typed and stored.
pub struct Drafts {
    typed: RefCell<Draft>,
    /// In the tab's own storage.
    at_rest: RefCell<Option<String>>,
    /// In storage shared by all tabs.
    shared: RefCell<Option<String>>,
    lost: Cell<usize>,
}

impl Drafts {
    /// A draft that is not stored yet.
    pub fn new(draft: Draft) -> Self {
        Self { typed: RefCell::new(draft), at_rest: RefCell::default(), shared: RefCell::default(), lost: Cell::new(0) }
    }

    /// Changes the draft and stores it at once.
    pub fn types(&self, draft: Draft) {
        *self.at_rest.borrow_mut() = Some(draft.store());
        *self.shared.borrow_mut() = Some(draft.store());
        *self.typed.borrow_mut() = draft;
    }

    /// The latest draft.
    pub fn last(&self) -> Draft {
        self.typed.borrow().clone()
    }

    /// The draft found by this tab; if it differs from the latest one, it counts as lost.
    pub fn found(&self, tab: Tab) -> Option<Draft> {
        match tab {
            Tab::Same => {}
            Tab::Another => *self.at_rest.borrow_mut() = self.shared.borrow().clone(),
            Tab::Bare => *self.at_rest.borrow_mut() = None,
        }
        let draft = self.at_rest.borrow().as_deref().map(Draft::restore)?;
        if draft.as_ref() != Some(&*self.typed.borrow()) {
            self.lost.set(self.lost.get() + 1);
        }
        draft
    }

    /// True if a tab found a draft other than the latest.
    pub fn was_lost(&self) -> bool {
        self.lost.get() > 0
    }
}

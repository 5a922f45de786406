//! What a person typed in native tests, and where the page keeps it.

use std::cell::{Cell, RefCell};

use key_wizard_core::credential::draft::Draft;

/// Where the page comes up again after it has died.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// In its own tab, whose storage has the draft.
    Same,
    /// In another, which finds the answers that all tabs share.
    Another,
    /// In another that finds none: what all tabs share is blocked.
    Bare,
}

impl Tab {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Same, Self::Another, Self::Bare];
}

/// The draft, as typed and as kept.
pub struct Drafts {
    typed: RefCell<Draft>,
    /// In the tab's own storage.
    at_rest: RefCell<Option<String>>,
    /// Where all tabs find it.
    shared: RefCell<Option<String>>,
    lost: Cell<usize>,
}

impl Drafts {
    /// Nothing is kept yet.
    pub fn new(draft: Draft) -> Self {
        Self { typed: RefCell::new(draft), at_rest: RefCell::default(), shared: RefCell::default(), lost: Cell::new(0) }
    }

    /// The person changes it, and it is kept at once.
    pub fn types(&self, draft: Draft) {
        *self.at_rest.borrow_mut() = Some(draft.store());
        *self.shared.borrow_mut() = Some(draft.store());
        *self.typed.borrow_mut() = draft;
    }

    /// As typed last.
    pub fn last(&self) -> Draft {
        self.typed.borrow().clone()
    }

    /// As this tab finds it; another one than was typed last is counted as lost.
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

    /// Whether a tab found another one than was typed last.
    pub fn was_lost(&self) -> bool {
        self.lost.get() > 0
    }
}

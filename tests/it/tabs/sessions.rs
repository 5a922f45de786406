//! Reloads, session ends, and sign-ins, with the operation that resumes afterwards.

use super::*;

impl Tabs {
    /// Restarts the tab from its storage, signed out.
    pub fn reload(&mut self, here: usize) {
        let today = expiration::utc_date(self.now());
        let tab = &mut self.tabs[here];
        (tab.running, tab.token, tab.screen) = (Vec::new(), None, OnScreen::Nothing);
        let draft = tab.at_rest().unwrap_or_else(|| Draft::new(today));
        tab.replace(draft);
        tab.at_rest = Some(tab.wizard.draft.store());
        self.portal.advance(3_000);
        self.stored();
    }

    /// The operations in this browser's storage, without stale ones.
    pub(super) fn stored(&self) -> recovery::Stored {
        let stored = recovery::read(&self.entries.borrow(), self.now());
        stored.stale.iter().for_each(|name| self.delete(name));
        stored
    }

    /// The session ends by itself, at any time; the draft stays.
    pub fn end_session(&mut self, here: usize) {
        let tab = &mut self.tabs[here];
        tab.token = None;
        // Background operations no longer get an answer.
        tab.running = Vec::new();
        if tab
            .screen
            .operation()
            .is_some_and(|state| tabs::uses_up_draft(state) && tabs::owns_draft(&tab.wizard.draft, state))
        {
            self.forget_draft(here);
        }
    }

    /// The user signs out: removes everything typed, here and in their operations.
    pub fn sign_out(&mut self, here: usize) {
        if self.tabs[here].token.is_some() && !self.tabs[here].screen.is_elsewhere() {
            for record in self.stored().of(&portal_key(), &jane()) {
                self.delete(&recovery::answers_name(&record.journal.id));
            }
        }
        self.end_session(here);
        self.forget_draft(here);
    }

    pub(super) fn forget_draft(&mut self, here: usize) {
        let untouched = Draft::new(expiration::utc_date(self.now()));
        let tab = &mut self.tabs[here];
        tab.screen = OnScreen::Nothing;
        tab.replace(untouched);
        tab.at_rest = Some(tab.wizard.draft.store());
    }

    /// Leaves for the portal and returns: reloads, then looks for interrupted operations.
    pub fn sign_in(&mut self, here: usize, username: &str) {
        let tab = &mut self.tabs[here];
        tab.mark = recovery::resume_mark(&tab.screen);
        self.reload(here);
        let token = self.portal.sign_in(username);
        let owner = Username(username.to_owned());
        let records = self.stored().of(&portal_key(), &owner);
        let mark = recovery::read_mark(&std::mem::take(&mut self.tabs[here].mark), &portal_key(), &owner);
        if username != "jane" {
            if !records.is_empty() || matches!(mark, Mark::Resume(_)) {
                self.faults.push("I9".to_owned());
            }
            return;
        }
        self.tabs[here].token = Some(Secret::new(token));
        let resumed = if let Mark::Resume(id) = mark { Some(id) } else { None };
        let recovery = recovery::after_sign_in(records, resumed.as_ref());
        for journal in recovery.finished {
            if !self.is_locked_elsewhere(here, &journal.id) {
                self.start(here, resume(&journal, owner.clone(), None), false);
            }
        }
        match recovery.next {
            RecoveryAction::Resume(record) => {
                let state = self.resume(here, record).with_auto_resume();
                self.run(here, state, Take::IfFree);
            }
            RecoveryAction::Ask(record) => {
                let state = self.resume(here, record);
                self.run(here, state, Take::IfFree);
            }
            // Other browsers' operations are not simulated here.
            RecoveryAction::ScanForOrphans { .. } => {}
        }
        self.tabs[here].retype();
    }

    pub(super) fn resume(&mut self, here: usize, record: Record) -> State {
        let (now, portal_key, owner) = (self.now(), portal_key(), jane());
        let tab = &mut self.tabs[here];
        let context =
            recovery::Tab { portal_key: &portal_key, owner: &owner, folders: &[], draft: &tab.wizard.draft, now };
        let resumed = recovery::resume(record, &context);
        if let Some(adopted) = resumed.adopted {
            tab.edit(|draft| *draft = adopted);
        }
        resumed.state
    }

    /// The `Continue here` button. The other tab may have finished meanwhile.
    pub(super) fn continue_here(&mut self, here: usize) {
        let Some(id) = self.tabs[here].id().filter(|_| self.tabs[here].token.is_some()) else { return };
        match recovery::open_record(self.stored().of(&portal_key(), &jane()), &id) {
            Some(record) => {
                let state = self.resume(here, record);
                self.run(here, state, Take::Steal);
            }
            None => {
                self.resume_next(here);
            }
        }
        self.tabs[here].retype();
    }

    /// The user leaves the operation on the screen to the tab that runs it, or to the next sign-in, and begins another.
    pub fn abandon(&mut self, here: usize) {
        let tab = &mut self.tabs[here];
        tab.stop();
        if tab.screen.operation().is_some_and(|state| tabs::owns_draft(&tab.wizard.draft, state)) {
            tab.edit(|draft| draft.operation = None);
        }
        tab.screen = OnScreen::Nothing;
    }

    /// The user dismisses an operation. Returns false if no other one is waiting.
    pub(super) fn resume_next(&mut self, here: usize) -> bool {
        self.tabs[here].screen = OnScreen::Nothing;
        let records = self.stored().of(&portal_key(), &jane());
        let Some(record) = recovery::most_urgent(records).filter(|_| self.tabs[here].token.is_some()) else {
            return false;
        };
        let state = self.resume(here, record);
        self.run(here, state, Take::IfFree);
        self.tabs[here].retype();
        true
    }
}

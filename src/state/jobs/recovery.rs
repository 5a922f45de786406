//! Operations that were interrupted: resumed after a sign-in as [`recovery`] decides, or found on the portal.

use futures::future::abortable;
use key_wizard_core::{
    credential::draft::Draft,
    operation::{self, Answer, Call, Event, OperationId, Stage, State, journal::Journal},
    recovery::{self, Record, RecoveryAction, Tab},
    route::{Route, Step},
};
use leptos::{prelude::*, task::spawn_local};

use super::{JobStore, tab_lock::lock_name};
use crate::{
    platform::{
        location,
        lock::{self, Take},
        time,
    },
    state::session::Person,
};

impl JobStore {
    /// After a sign-in: finishes completed operations in the background, then resumes the most urgent one, or scans the
    /// portal for orphans. `mark` is what this tab recorded when it left for the sign-in.
    pub fn recover(self, person: &Person, records: Vec<Record>, mark: recovery::Mark) {
        self.stop();
        self.clear();
        let resumed = match mark {
            recovery::Mark::Resume(id) => Some(id),
            recovery::Mark::WrongAccount => {
                self.wrong_account.set(true);
                None
            }
            recovery::Mark::None => None,
        };
        let recovery = recovery::after_sign_in(records, resumed.as_ref());
        for journal in &recovery.finished {
            self.finish_in_background(journal, person);
        }
        self.take_up_copied(recovery.copied);
        match recovery.next {
            RecoveryAction::Resume(record) => self.run(self.resume(record, person).with_auto_resume(), Take::IfFree),
            RecoveryAction::Ask(record) => self.run(self.resume(record, person), Take::IfFree),
            RecoveryAction::ScanForOrphans { known } => spawn_local(self.scan_for_orphans(person.clone(), known)),
        }
    }

    /// The record of the operation in a tab that leaves for a sign-in.
    pub fn resume_mark(self) -> String {
        self.screen.with_untracked(recovery::resume_mark)
    }

    /// Runs a finished operation to its end, unless another tab holds its lock: that tab may have replaced the key.
    fn finish_in_background(self, journal: &Journal, person: &Person) {
        let (run, handle) = abortable(self.run_to_end(operation::resume(journal, person.owner().clone(), None)));
        let name = lock_name(&journal.id);
        spawn_local(async move {
            if let Some(lock) = lock::take(&name, Take::IfFree, Box::new(move || handle.abort())).await {
                // Aborted or finished.
                let _ = run.await;
                lock.let_go();
            }
        });
    }

    /// Finds orphans of other browsers, or of requests that took effect after everything had ended.
    async fn scan_for_orphans(self, person: Person, known: Vec<OperationId>) {
        // A background task that fails silently; the next sign-in tries again.
        let listing = Call::FindItem { folder: None }.request(person.owner(), None);
        let Ok(Answer::Items(items)) = self.session.send(listing).await else { return };
        let portal_key = person.portal_key();
        let orphans = operation::orphans(&items, &known, &portal_key, person.owner(), time::now());
        let (finished, open): (Vec<_>, Vec<_>) = orphans.into_iter().partition(|journal| journal.finished);
        for journal in finished {
            self.finish_in_background(&journal, &person);
        }
        if self.session.is_signed_in(person.owner(), &portal_key) {
            self.orphans.set(open);
        }
    }

    /// Clears the draft of a copied key, which is used up; its stored answers remain in case the key was lost.
    fn take_up_copied(self, copied: Option<Journal>) {
        let is_own = |journal: &Journal| self.draft.read_once(|draft| draft.operation.as_ref() == Some(&journal.id));
        if copied.as_ref().is_some_and(is_own) {
            let account = self.draft.read_once(|draft| draft.account.clone());
            self.draft.replace(Draft { account, ..Draft::new(time::today()) });
            location::replace(Route::Step(Step::Credentials).fragment());
        }
        self.copied.set(copied);
    }

    /// The operation whose key was copied before its page was left; reactive.
    pub fn copied(self) -> Option<Journal> {
        let is_free = self.read(State::is_over) != Some(false);
        self.copied.get().filter(|_| is_free)
    }

    /// The person has saved the copied key: only duplicates may be left of its operation.
    pub fn acknowledge_copied(self) {
        let (Some(journal), Some(person)) = (self.copied.try_update(Option::take).flatten(), self.session.person())
        else {
            return;
        };
        self.journals.delete_answers(&journal.id);
        self.finish_in_background(&Journal { finished: true, ..journal }, &person);
    }

    /// Opens that operation.
    pub fn open_copied(self) {
        let Some(person) = self.session.person() else { return };
        let Some(Journal { id, .. }) = self.copied.try_update(Option::take).flatten() else { return };
        spawn_local(async move {
            let records = self.journals.of(&person).await;
            let is_free = self.session.is_open() && self.read_once(State::is_over) != Some(false);
            if let (true, Some(record)) = (is_free, recovery::open_record(records, &id)) {
                self.run(self.resume(record, &person), Take::IfFree);
            }
        });
    }

    /// Opens an orphan.
    pub fn open_orphan(self) {
        let Some(person) = self.session.person() else { return };
        if let Some(journal) = self.orphans.try_update(Vec::pop).flatten() {
            self.run(self.resume(Record { journal, draft: None }, &person), Take::IfFree);
        }
    }

    /// Resumes another interrupted operation after the current one.
    pub fn resume_next(self) {
        let Some(person) = self.session.person() else { return };
        spawn_local(async move {
            let records = self.journals.of(&person).await;
            let is_free = self.session.is_open() && self.read_once(|_| ()).is_none();
            if let (true, Some(record)) = (is_free, recovery::most_urgent(records)) {
                self.run(self.resume(record, &person), Take::IfFree);
            }
        });
    }

    /// The `Continue here` button. The other tab may have finished meanwhile.
    pub fn continue_here(self) {
        let Some(person) = self.session.person() else { return };
        let Some(id) = self.read_once(|state| state.operation.plan.id.clone()) else { return };
        spawn_local(async move {
            let records = self.journals.of(&person).await;
            match recovery::open_record(records, &id) {
                _ if !self.session.is_open() => {}
                Some(record) => self.run(self.resume(record, &person), Take::Steal),
                None => self.back_to_summary(),
            }
        });
    }

    /// Stops asking whether the key was saved, once the person has said so in the tab that shows it.
    pub fn look_for_saved(self) {
        let Some(person) = self.session.person() else { return };
        let Some(id) = self.read_once(|state| state.operation.plan.id.clone()) else { return };
        spawn_local(async move {
            let records = self.journals.of(&person).await;
            let is_saved = records.iter().any(|record| record.journal.finished && record.journal.id == id);
            let still_asks =
                |state: &State| state.operation.plan.id == id && matches!(state.stage, Stage::Recovered(_));
            if is_saved && self.read_once(still_asks) == Some(true) {
                self.send_event(Event::Acknowledged);
            }
        });
    }

    /// An interrupted operation, ready to find out what exists. Adopts its answers if nothing is typed.
    fn resume(self, record: Record, person: &Person) -> State {
        let (portal_key, folders) = (person.portal_key(), self.content.folders());
        let resumed = self.draft.read_once(|draft| {
            let now = time::now();
            recovery::resume(
                record,
                &Tab { portal_key: &portal_key, owner: person.owner(), folders: &folders, draft, now },
            )
        });
        if let Some(draft) = resumed.adopted {
            self.draft.adopt(draft);
        }
        resumed.state
    }

    /// Deletes the answers of a person who signs out. Journals of what may exist on the portal stay.
    pub fn delete_answers_of(self, person: Person) {
        // Those of another tab belong to that tab.
        if self.is_held_elsewhere_now() {
            return;
        }
        spawn_local(async move {
            for record in self.journals.of(&person).await {
                self.journals.delete_answers(&record.journal.id);
            }
        });
    }
}

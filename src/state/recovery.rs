//! Operations that were interrupted: found again in this browser, and on the portal.

use key_wizard_core::{
    credential::draft::Draft,
    operation::{
        self, Answer, Call, OperationId, Plan, State,
        journal::{self, Journal},
    },
    portal::id::Username,
};
use leptos::{prelude::*, task::spawn_local};

use super::{App, draft_storage::KEPT_MS};
use crate::{
    i18n,
    platform::{indexed_db, time},
};

/// Before the id of an operation in the name of its draft.
const ANSWERS: &str = "akw.answers.";

/// An interrupted operation, and the answers it was begun with.
pub(super) struct Record {
    journal: Journal,
    draft: Option<Draft>,
}

/// Boxed: what is moved about is one word then, which saves code.
pub(super) type Interrupted = Box<Record>;

impl App {
    /// Brings those the person was done with to their end, unseen; shows the newest of the others, or looks whether one
    /// lies on the portal that this browser knows nothing of.
    pub(super) fn recover(self, owner: &Username, kept: Vec<Interrupted>, goes_on: Option<OperationId>) {
        let known: Vec<OperationId> = kept.iter().map(|it| it.journal.id.clone()).collect();
        let (finished, mut open): (Vec<_>, Vec<_>) = kept.into_iter().partition(|it| it.journal.finished);
        for it in finished {
            self.finish_in_background(&it.journal, owner);
        }
        let left = open.iter().position(|it| Some(&it.journal.id) == goes_on.as_ref());
        if let Some(left) = left {
            return self.run(self.found(open.swap_remove(left)).with_auto_resume(), false);
        }
        match most_urgent(open) {
            Some(it) => self.run(self.found(it), false),
            None => spawn_local(self.scan_for_orphans(owner.clone(), known)),
        }
    }

    fn finish_in_background(self, journal: &Journal, owner: &Username) {
        let state = operation::resume(journal, owner.clone(), None);
        spawn_local(self.drive(state));
    }

    /// What was begun in another browser, or by a late request after everything had ended.
    async fn scan_for_orphans(self, owner: Username, known: Vec<OperationId>) {
        // Nobody asked for it, so nobody is told when it does not work; the next start looks again.
        let portal_id = self.portal_name();
        let listing = Call::FindItem { folder: None }.request(&owner, None);
        let Ok(Answer::Items(items)) = self.send(listing).await else { return };
        let strays = operation::orphans(&items, &known, &portal_id, &owner, time::now());
        let (finished, open): (Vec<_>, Vec<_>) = strays.into_iter().partition(|it| it.finished);
        for journal in finished {
            self.finish_in_background(&journal, &owner);
        }
        if self.is_signed_in(&owner, &portal_id) {
            self.orphans.set(open);
        }
    }

    /// Shows what was begun elsewhere, and what can be done about it.
    pub fn open_orphan(self) {
        if let Some(journal) = self.orphans.try_update(Vec::pop).flatten() {
            self.run(self.found(Box::new(Record { journal, draft: None })), false);
        }
    }

    /// After one operation: whether another one waits.
    pub(super) fn resume_next(self) {
        let Some(account) = self.person() else { return };
        spawn_local(async move {
            let open = self.interrupted_operations(&account.username).await;
            let is_free = self.has_session() && self.operation.with_untracked(Option::is_none);
            if let (true, Some(it)) = (is_free, most_urgent(open)) {
                self.run(self.found(it), false);
            }
        });
    }

    /// An interrupted operation, about to find out what exists.
    fn found(self, it: Interrupted) -> State {
        let plan = it.draft.and_then(|draft| self.restore_plan(&it.journal.id, draft));
        operation::resume(&it.journal, self.owner(), plan)
    }

    /// The `Continue here` button. Meanwhile the other tab may have come to the end.
    pub fn continue_here(self) {
        let owner = self.owner();
        let id = self.operation_untracked(|state| state.operation.plan.id.clone());
        spawn_local(async move {
            let open = self.interrupted_operations(&owner).await;
            let this = open.into_iter().find(|it| !it.journal.finished && Some(&it.journal.id) == id.as_ref());
            match this {
                _ if !self.has_session() => {}
                Some(it) => self.run(self.found(it), true),
                None => {
                    self.held_by_other_tab.set(false);
                    self.back_to_summary();
                }
            }
        });
    }

    /// The operations of this person that this browser has records of.
    pub(super) async fn interrupted_operations(self, owner: &Username) -> Vec<Interrupted> {
        let portal_id = self.portal_name();
        let mut all = stored_records().await;
        all.retain(|it| it.journal.belongs_to(&portal_id, owner));
        all
    }

    /// The plan of an interrupted operation, from the draft kept with its journal. A tab in which nothing was typed
    /// takes the draft over, so that it can be changed here.
    fn restore_plan(self, id: &OperationId, draft: Draft) -> Option<Plan> {
        let plan = self.plan(id.clone(), &draft.check(time::now()).ok()?);
        if self.is_untouched() {
            self.edit(|mine| *mine = draft);
        }
        Some(plan)
    }

    /// Keeps the draft of an operation beside its journal, for every tab; it is written before the journal is.
    pub(super) fn save_answers(self, id: &OperationId) {
        self.set_owner(id.as_str());
        indexed_db::put(&draft_key(id), &self.draft_untracked(Draft::store));
    }

    /// Begins to write a journal down.
    pub(super) fn save_journal(self, journal: &Journal) {
        self.pending_write.set_value(Some(indexed_db::put(&journal.key(), &journal.text())));
    }

    /// Waits until the last journal is on the disk; says so if it does not get there.
    pub(super) async fn journal_saved(self) {
        let writing = self.pending_write.try_update_value(Option::take).flatten();
        if let Some(writing) = writing
            && writing.whole().await.is_err()
        {
            self.journal_unavailable.set(true);
        }
    }

    /// What an unfinished operation leaves on the portal, in sentences; empty if there is none here.
    pub(super) fn unfinished_words(self) -> String {
        let is_here = !self.held_by_other_tab.get_untracked();
        self.operation_untracked(i18n::operation::left_open).filter(|_| is_here).unwrap_or_default()
    }

    /// Whoever signs out leaves no answers behind. What may lie on the portal stays on record.
    pub(super) fn forget_answers(self) {
        let Some(account) = self.person() else { return };
        // Those of another tab are its own.
        if self.held_by_other_tab.get_untracked() {
            return;
        }
        let portal_id = self.portal_name();
        spawn_local(async move {
            for it in stored_records().await.iter().filter(|it| it.journal.belongs_to(&portal_id, &account.username)) {
                delete_answers(&it.journal.id);
            }
        });
    }

    /// Nothing of this operation is needed any more.
    pub(super) fn forget_operation(self, state: &State) {
        let id = &state.operation.plan.id;
        indexed_db::put(&journal::key(id), "");
        delete_answers(id);
    }
}

/// One with a key that nobody has seen, else the newest.
fn most_urgent(all: Vec<Interrupted>) -> Option<Interrupted> {
    let open = all.into_iter().filter(|it| !it.journal.finished);
    open.max_by_key(|it| (it.journal.key_sent && !it.journal.key_shown, it.journal.written))
}

/// What this browser has records of, whoever began it. Answers that are too old or without a record go, and a record too
/// of which nothing can be on the portal.
pub(super) async fn stored_records() -> Vec<Interrupted> {
    let records = indexed_db::all().await;
    let records = records.as_chunks().0;
    let mut found = Vec::new();
    for [name, text] in records {
        let is_record = name.starts_with(journal::KEY_PREFIX);
        let Some(journal) = Journal::parse(text).filter(|_| is_record) else { continue };
        let answers = draft_key(&journal.id);
        let is_old = time::now().millis_since(journal.written) > KEPT_MS;
        if is_old && !journal.may_exist() {
            indexed_db::put(name, "");
            continue;
        }
        let draft = records.iter().find(|[it, _]| *it == answers && !is_old);
        let draft = draft.and_then(|[_, text]| Draft::restore(text));
        found.push(Box::new(Record { journal, draft }));
    }
    for [name, _] in records.iter().filter(|[name, _]| name.starts_with(ANSWERS)) {
        if !found.iter().any(|it| it.draft.is_some() && draft_key(&it.journal.id) == *name) {
            indexed_db::put(name, "");
        }
    }
    found
}

/// Forgets what was answered for an operation.
pub(super) fn delete_answers(id: &OperationId) {
    indexed_db::put(&draft_key(id), "");
}

/// Under which name the draft of an operation is kept.
fn draft_key(id: &OperationId) -> String {
    [ANSWERS, id.as_str()].concat()
}

//! Which interrupted operations this browser knows of, and what happens to them after a sign-in.
//!
//! Each operation has a journal and its answers: the draft it was begun with. The page reads both from IndexedDB and
//! carries out the decisions made here; so do the two tabs of the native model.

use crate::config::PortalKey;
use crate::credential::draft::Draft;
use crate::operation::journal::{self, Journal};
use crate::operation::{self, Identity, KeyState, OperationId, Plan, State};
use crate::portal::folders::Folder;
use crate::portal::id::Username;
use crate::tabs::OnScreen;
use crate::timestamp::Timestamp;

/// The retention period of answers, in milliseconds: 24 hours.
pub const KEPT_MS: i64 = 24 * 60 * 60 * 1000;
const ANSWERS_PREFIX: &str = "akw.answers.";
/// The prefix of the note that a key was saved; the id of its operation follows.
const SAVED_PREFIX: &str = "akw.saved.";

/// An interrupted operation and its answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Its journal.
    pub journal: Journal,
    /// Its answers, if this browser still has them.
    pub draft: Option<Draft>,
}

/// All operations in storage, of all accounts.
#[derive(Debug, PartialEq)]
pub struct Stored {
    /// The interrupted operations.
    pub records: Vec<Record>,
    /// Keys of entries to delete: answers that are too old or have no journal, notes without a journal, and old journals
    /// of operations that cannot have left anything on the portal, or whose key was copied.
    pub stale: Vec<String>,
}

/// Sorts the entries of storage, given as pairs of key and text.
pub fn read(entries: &[[String; 2]], now: Timestamp) -> Stored {
    let mut stored = Stored { records: Vec::new(), stale: Vec::new() };
    for [name, text] in entries.iter().filter(|[name, _]| name.starts_with(journal::KEY_PREFIX)) {
        let Some(mut journal) = Journal::parse(text) else { continue };
        let is_old = now.millis_since(journal.written) > KEPT_MS;
        if is_old && (!journal.may_exist() || journal.is_copied() && !journal.item_doubled) {
            stored.stale.push(name.clone());
            continue;
        }
        let answers = answers_name(&journal.id);
        let draft = entries.iter().find(|[name, _]| *name == answers).filter(|_| !is_old);
        let draft = draft.and_then(|[_, text]| Draft::restore(text));
        let saved = saved_key_name(&journal.id);
        let is_saved = |[name, text]: &[String; 2]| {
            *name == saved && text.parse().is_ok_and(|shown_at| journal.is_of_key(Timestamp(shown_at)))
        };
        journal.finished |= entries.iter().any(is_saved);
        stored.records.push(Record { journal, draft });
    }
    for [name, _] in entries.iter().filter(|[name, _]| name.starts_with(ANSWERS_PREFIX)) {
        let is_used = |record: &Record| record.draft.is_some() && answers_name(&record.journal.id) == *name;
        if !stored.records.iter().any(is_used) {
            stored.stale.push(name.clone());
        }
    }
    for [name, _] in entries.iter().filter(|[name, _]| name.starts_with(SAVED_PREFIX)) {
        if !stored.records.iter().any(|record| saved_key_name(&record.journal.id) == *name) {
            stored.stale.push(name.clone());
        }
    }
    stored
}

impl Stored {
    /// The operations of a person at a portal.
    pub fn of(self, portal: &PortalKey, owner: &Username) -> Vec<Record> {
        let mut records = self.records;
        records.retain(|record| record.journal.belongs_to(portal, owner));
        records
    }
}

/// The key under which the answers of an operation are stored.
pub fn answers_name(id: &OperationId) -> String {
    [ANSWERS_PREFIX, id.as_str()].concat()
}

/// The note of a tab whose key was saved after another tab had taken over the operation, as name and text: the time at
/// which that key was shown. The journal belongs to the other tab, which may have replaced the key.
pub fn saved_key_note(state: &State) -> Option<[String; 2]> {
    let shown_at = state.operation.facts.key.shown_at()?;
    Some([saved_key_name(&state.operation.plan.id), shown_at.0.to_string()])
}

/// The name of the note that a key was saved.
pub fn saved_key_name(id: &OperationId) -> String {
    [SAVED_PREFIX, id.as_str()].concat()
}

/// The recovery of a person's interrupted operations after a sign-in.
#[derive(Debug, PartialEq)]
pub struct Recovery {
    /// Operations that were over for the person: possible duplicates are deleted in the background.
    pub finished: Vec<Journal>,
    /// An operation whose key was copied before its page was left. It is most likely saved, so it is only mentioned.
    pub copied: Option<Journal>,
    /// The next action.
    pub next: RecoveryAction,
}

/// The action after a sign-in.
#[derive(Debug, PartialEq)]
pub enum RecoveryAction {
    /// Only the end of the session stopped this operation: resume it without asking.
    Resume(Record),
    /// Show this operation and let the person decide.
    Ask(Record),
    /// No operation to resume. The portal may still have an orphan that is none of these.
    ScanForOrphans {
        /// The operations that this browser has records of.
        known: Vec<OperationId>,
    },
}

/// Decides after a sign-in. `resumed` is the operation that was running when this tab left for the sign-in.
pub fn after_sign_in(records: Vec<Record>, resumed: Option<&OperationId>) -> Recovery {
    let known = records.iter().map(|record| record.journal.id.clone()).collect();
    let (finished, mut open): (Vec<_>, Vec<_>) = records.into_iter().partition(|record| record.journal.finished);
    let finished = finished.into_iter().map(|record| record.journal).collect();
    let copied = open.iter().map(|record| &record.journal).filter(|journal| journal.is_copied());
    let copied = copied.max_by_key(|journal| journal.written).cloned();
    let next = match open.iter().position(|record| Some(&record.journal.id) == resumed) {
        Some(index) => RecoveryAction::Resume(open.swap_remove(index)),
        None => most_urgent(open).map_or(RecoveryAction::ScanForOrphans { known }, RecoveryAction::Ask),
    };
    Recovery { finished, copied, next }
}

/// An operation with a key that nobody has seen, else the newest; never one that is finished or whose key was copied.
pub fn most_urgent(records: Vec<Record>) -> Option<Record> {
    let open = records.into_iter().filter(|record| !record.journal.finished && !record.journal.is_copied());
    open.max_by_key(|Record { journal, .. }| (journal.key_state == KeyState::Unseen, journal.written))
}

/// Unfinished work of this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waiting {
    /// A key that nobody has copied may be live.
    UncopiedKey,
    /// Something that may exist on the portal is unfinished.
    Unfinished,
}

/// The most urgent unfinished work that needs its owner's sign-in.
pub fn waiting(records: Vec<Record>) -> Option<Waiting> {
    let open =
        records.into_iter().map(|record| record.journal).filter(|record| !record.finished && !record.is_copied());
    let waiting = open.filter_map(|journal| match journal.key_state {
        KeyState::Unseen | KeyState::Shown => Some(Waiting::UncopiedKey),
        _ => journal.may_exist().then_some(Waiting::Unfinished),
    });
    waiting.min()
}

/// The open operation with this id; `None` if another tab has finished it meanwhile.
pub fn open_record(records: Vec<Record>, id: &OperationId) -> Option<Record> {
    records.into_iter().find(|record| !record.journal.finished && record.journal.id == *id)
}

/// The tab in which an operation is resumed.
pub struct Tab<'a> {
    /// The portal of the session.
    pub portal_key: &'a PortalKey,
    /// The signed-in person.
    pub owner: &'a Username,
    /// The person's folders known so far.
    pub folders: &'a [Folder],
    /// The draft in this tab.
    pub draft: &'a Draft,
    /// The current time.
    pub now: Timestamp,
}

/// An operation ready to find out what exists.
#[derive(Debug, PartialEq)]
pub struct Resumed {
    /// Its initial state.
    pub state: State,
    /// Its answers, to be edited in a tab where nothing was typed.
    pub adopted: Option<Draft>,
}

/// Resumes an operation. Without its answers, or if they are no longer valid, it can only be rolled back.
pub fn resume(record: Record, tab: &Tab<'_>) -> Resumed {
    let Record { journal, draft } = record;
    let plan = draft.as_ref().and_then(|draft| {
        let who = Identity { id: journal.id.clone(), portal_key: tab.portal_key.clone(), owner: tab.owner.clone() };
        Some(Plan::new(&draft.check(tab.now).ok()?, who, tab.folders))
    });
    let adopted = draft.filter(|_| plan.is_some() && tab.draft.is_untouched());
    Resumed { state: operation::resume(&journal, tab.owner.clone(), plan), adopted }
}

/// The record of the running operation in a tab that leaves for a sign-in: its id, and its owner as a hash. Empty if
/// there is none.
pub fn resume_mark(screen: &OnScreen) -> String {
    match screen {
        OnScreen::Here(state) if state.resumes_by_itself() => {
            let plan = &state.operation.plan;
            [plan.id.as_str(), " ", &journal::owner_hash(&plan.portal_key, &plan.owner)].concat()
        }
        _ => String::new(),
    }
}

/// The operation that was running when a tab left for a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// There was none.
    None,
    /// It can be resumed.
    Resume(OperationId),
    /// It belongs to another person or another portal.
    WrongAccount,
}

/// Parses a mark for the person who has signed in.
pub fn read_mark(mark: &str, portal: &PortalKey, owner: &Username) -> Mark {
    match mark.split_once(' ') {
        Some((_, hash)) if hash != journal::owner_hash(portal, owner) => Mark::WrongAccount,
        Some((id, _)) => OperationId::parse(id).map_or(Mark::None, Mark::Resume),
        None => Mark::None,
    }
}

#[cfg(test)]
mod tests;

//! Which interrupted operations this browser knows of, and what becomes of them after a sign-in.
//!
//! Each operation has a journal and, beside it, the answers it was begun with. The page reads both from IndexedDB and
//! carries out what is decided here; so do the native model's two tabs.

use chrono::NaiveDate;

use crate::config::PortalKey;
use crate::credential::draft::Draft;
use crate::operation::journal::{self, Journal};
use crate::operation::{self, Identity, KeyState, OperationId, Plan, State};
use crate::portal::folders::Folder;
use crate::portal::id::Username;
use crate::tabs::OnScreen;
use crate::timestamp::Timestamp;

/// How long answers are kept, in milliseconds: 24 hours.
pub const KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// Before the id of an operation in the name of its answers.
const ANSWERS_PREFIX: &str = "akw.answers.";
/// Before the id of an operation in the name of which of its keys was saved.
const SAVED_PREFIX: &str = "akw.saved.";

/// An interrupted operation, and the answers it was begun with.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// What is known of it.
    pub journal: Journal,
    /// Its answers, while this browser still has them.
    pub draft: Option<Draft>,
}

/// Everything that storage holds of operations, of all accounts.
#[derive(Debug, PartialEq)]
pub struct Stored {
    /// The interrupted operations.
    pub records: Vec<Record>,
    /// Names of entries to delete: answers that are too old or have no journal, and old journals of operations of which
    /// nothing can exist on the portal, or whose key was copied.
    pub stale: Vec<String>,
}

/// Sorts the entries of storage, pairs of name and text.
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
        let saved = saved_name(&journal.id);
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
        if !stored.records.iter().any(|record| saved_name(&record.journal.id) == *name) {
            stored.stale.push(name.clone());
        }
    }
    stored
}

impl Stored {
    /// The operations of one person at one portal.
    pub fn of(self, portal: &PortalKey, owner: &Username) -> Vec<Record> {
        let mut records = self.records;
        records.retain(|record| record.journal.belongs_to(portal, owner));
        records
    }
}

/// The name under which the answers of an operation are stored.
pub fn answers_name(id: &OperationId) -> String {
    [ANSWERS_PREFIX, id.as_str()].concat()
}

/// What a tab stores, as name and text, whose key the person has saved after another tab had taken over: which key it
/// was. The journal is the other tab's, which may have replaced the key.
pub fn saved_mark(state: &State) -> Option<[String; 2]> {
    let shown_at = state.operation.facts.key.shown_at()?;
    Some([saved_name(&state.operation.plan.id), shown_at.0.to_string()])
}

/// The name of that.
pub fn saved_name(id: &OperationId) -> String {
    [SAVED_PREFIX, id.as_str()].concat()
}

/// What to do with a person's interrupted operations after a sign-in.
#[derive(Debug, PartialEq)]
pub struct Recovery {
    /// The person was done with these: what may exist twice is deleted in the background.
    pub finished: Vec<Journal>,
    /// A key that was copied before its page was left. Most likely it is saved, so it is only mentioned.
    pub copied: Option<Journal>,
    /// What comes on the screen.
    pub next: Next,
}

/// What comes on the screen after a sign-in.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// Only the end of the session stopped this operation: it goes on unasked.
    GoOn(Record),
    /// This operation is shown, and the person decides.
    Ask(Record),
    /// Nothing. The portal may still hold an operation other than these.
    ScanForOrphans {
        /// The operations this browser has records of.
        known: Vec<OperationId>,
    },
}

/// Decides after a sign-in. `resumed` is the operation that was at work when this tab left for the sign-in.
pub fn after_sign_in(records: Vec<Record>, resumed: Option<&OperationId>) -> Recovery {
    let known = records.iter().map(|record| record.journal.id.clone()).collect();
    let (finished, mut open): (Vec<_>, Vec<_>) = records.into_iter().partition(|record| record.journal.finished);
    let finished = finished.into_iter().map(|record| record.journal).collect();
    let copied = open.iter().map(|record| &record.journal).filter(|journal| journal.is_copied());
    let copied = copied.max_by_key(|journal| journal.written).cloned();
    let next = match open.iter().position(|record| Some(&record.journal.id) == resumed) {
        Some(index) => Next::GoOn(open.swap_remove(index)),
        None => most_urgent(open).map_or(Next::ScanForOrphans { known }, Next::Ask),
    };
    Recovery { finished, copied, next }
}

/// An operation with a key that nobody has seen, else the newest. None that is finished or whose key was copied.
pub fn most_urgent(records: Vec<Record>) -> Option<Record> {
    let open = records.into_iter().filter(|record| !record.journal.finished && !record.journal.is_copied());
    open.max_by_key(|Record { journal, .. }| (journal.key_state == KeyState::Unseen, journal.written))
}

/// What somebody began in this browser and has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waiting {
    /// A key that nobody has copied may be live.
    UncopiedKey,
    /// Something that may exist on the portal is not finished.
    Unfinished,
}

/// The most urgent that waits for its owner's sign-in.
pub fn waiting(records: Vec<Record>) -> Option<Waiting> {
    let open =
        records.into_iter().map(|record| record.journal).filter(|record| !record.finished && !record.is_copied());
    let waiting = open.filter_map(|journal| match journal.key_state {
        KeyState::Unseen | KeyState::Shown => Some(Waiting::UncopiedKey),
        _ => journal.may_exist().then_some(Waiting::Unfinished),
    });
    waiting.min()
}

/// The open operation of this id. None if another tab has come to its end meanwhile.
pub fn open_record(records: Vec<Record>, id: &OperationId) -> Option<Record> {
    records.into_iter().find(|record| !record.journal.finished && record.journal.id == *id)
}

/// The tab in which an operation is resumed.
pub struct Tab<'a> {
    /// The portal that is signed in to.
    pub portal_key: &'a PortalKey,
    /// Who is signed in.
    pub owner: &'a Username,
    /// The person's folders, as far as they are known.
    pub folders: &'a [Folder],
    /// What is typed in this tab.
    pub draft: &'a Draft,
    /// The person's own date.
    pub today: NaiveDate,
    /// The time.
    pub now: Timestamp,
}

/// An operation about to find out what exists.
#[derive(Debug, PartialEq)]
pub struct Resumed {
    /// Where it starts.
    pub state: State,
    /// Its answers, for a tab in which nothing was typed, so that they can be changed there.
    pub adopted: Option<Draft>,
}

/// Resumes an operation. Without its answers, or if they are no longer valid, it can only be taken back.
pub fn resume(record: Record, tab: &Tab<'_>) -> Resumed {
    let Record { journal, draft } = record;
    let plan = draft.as_ref().and_then(|draft| {
        let who = Identity { id: journal.id.clone(), portal_key: tab.portal_key.clone(), owner: tab.owner.clone() };
        Some(Plan::new(&draft.check(tab.now).ok()?, who, tab.folders))
    });
    let adopted = draft.filter(|_| plan.is_some() && tab.draft.is_untouched(tab.today));
    Resumed { state: operation::resume(&journal, tab.owner.clone(), plan), adopted }
}

/// What a tab that leaves for a sign-in notes of its operation: which it is and, as a hash, whose. Empty if none is at
/// work in this tab.
pub fn resume_mark(screen: &OnScreen) -> String {
    match screen {
        OnScreen::Here(state) if state.resumes_by_itself() => {
            let plan = &state.operation.plan;
            [plan.id.as_str(), " ", &journal::owner_hash(&plan.portal_key, &plan.owner)].concat()
        }
        _ => String::new(),
    }
}

/// The operation a tab left behind when it left for a sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// There was none.
    None,
    /// It goes on.
    Resume(OperationId),
    /// It is another person's, or another portal's.
    WrongAccount,
}

/// Reads a mark back for the person who has signed in.
pub fn read_mark(mark: &str, portal: &PortalKey, owner: &Username) -> Mark {
    match mark.split_once(' ') {
        Some((_, hash)) if hash != journal::owner_hash(portal, owner) => Mark::WrongAccount,
        Some((id, _)) => OperationId::parse(id).map_or(Mark::None, Mark::Resume),
        None => Mark::None,
    }
}

#[cfg(test)]
mod tests;

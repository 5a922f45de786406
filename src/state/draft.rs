//! The wizard's answers, the current step, and the copy stored in this tab.

use key_wizard_core::{
    credential::{
        draft::Draft,
        problem::{Field, Problem},
        referrer_list,
        spec::Spec,
    },
    operation::{OperationId, State},
    recovery::KEPT_MS,
    route::Step,
    tabs,
    timestamp::Timestamp,
    wizard::{Attempt, Wizard},
};
use leptos::{prelude::*, reactive::effect::RenderEffect};

use crate::platform::{embedder, host_name, session_storage, time};

/// The wizard: its step, the draft, the problems found.
#[derive(Clone, Copy)]
pub struct DraftStore {
    wizard: RwSignal<Wizard>,
    storage_blocked: RwSignal<bool>,
    had_no_draft: bool,
    is_kept: RwSignal<bool>,
    replacements: StoredValue<u32>,
}

impl DraftStore {
    /// The draft stored in this tab, or an untouched one.
    pub(super) fn new() -> Self {
        let stored = stored();
        let had_no_draft = stored.is_none();
        let draft = stored.unwrap_or_else(|| Draft::new(time::today()));
        let (wizard, storage_blocked) = (RwSignal::new(Wizard::new(draft)), RwSignal::new(false));
        Self {
            wizard,
            storage_blocked,
            had_no_draft,
            is_kept: RwSignal::new(!had_no_draft),
            replacements: StoredValue::new(0),
        }
    }

    /// Whether this tab had no draft when the page started.
    pub fn had_no_draft(self) -> bool {
        self.had_no_draft
    }

    /// Whether the draft was in this tab when the page started; false once another one has replaced it.
    pub fn is_kept(self) -> bool {
        self.is_kept.get()
    }

    /// Whether the browser does not store the draft, so that a reload loses it; reactive.
    pub fn is_storage_blocked(self) -> bool {
        self.storage_blocked.get()
    }

    /// Reads the draft; reactive.
    pub fn read<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.wizard.with(|wizard| read(&wizard.draft))
    }

    /// Reads the draft, untracked.
    pub fn read_once<T>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.wizard.with_untracked(|wizard| read(&wizard.draft))
    }

    /// Edits the draft.
    pub fn edit<T>(self, change: impl FnOnce(&mut Draft) -> T) {
        let mut change = Some(change);
        self.apply(&mut |draft| drop(change.take().map(|change| change(draft))));
    }

    /// Not generic, so that its code exists once.
    fn apply(self, change: &mut dyn FnMut(&mut Draft)) {
        self.wizard.update(|wizard| wizard.edit(time::now(), change));
    }

    /// Starts with another draft, at the first step.
    pub fn replace(self, draft: Draft) {
        self.is_kept.set(false);
        self.replacements.update_value(|count| *count += 1);
        self.wizard.set(Wizard::new(draft));
    }

    /// The number of times that another draft took the place of the one before.
    pub fn replacements(self) -> u32 {
        self.replacements.get_value()
    }

    /// Takes another draft at the same step: the answers of a creation that is resumed.
    pub fn adopt(self, draft: Draft) {
        self.replacements.update_value(|count| *count += 1);
        self.edit(|own| *own = draft);
    }

    /// Changes the wizard in place.
    pub fn update<T>(self, change: impl FnOnce(&mut Wizard) -> T) -> Option<T> {
        self.wizard.try_update(change)
    }

    /// The current step; reactive.
    pub fn step(self) -> Step {
        self.wizard.with(Wizard::step)
    }

    /// The current step, untracked.
    pub fn step_once(self) -> Step {
        self.wizard.with_untracked(Wizard::step)
    }

    /// Reads the problems of the last check; reactive.
    pub fn problems<T>(self, read: impl FnOnce(&[Problem]) -> T) -> T {
        self.wizard.with(|wizard| read(wizard.problems()))
    }

    /// The first problem of a field; reactive.
    pub fn problem_of(self, field: Field) -> Option<Problem> {
        self.problems(|problems| problems.iter().find(|problem| problem.field == field).cloned())
    }

    /// Checks everything and shows the problems.
    pub fn check(self) -> Option<Spec> {
        self.update(|wizard| wizard.check(time::now())).flatten()
    }

    /// The `Add referrer` button.
    pub fn add_referrers(self) {
        self.write_ascii_hosts();
        self.wizard.update(Wizard::add_referrers);
    }

    /// Rewrites international host names in the entry as the browser sends them.
    pub(super) fn write_ascii_hosts(self) {
        let entry = self.read_once(|draft| draft.referrer_entry.clone());
        let written = referrer_list::with_ascii_hosts(&entry, &host_name::to_ascii);
        if written != entry {
            self.edit(|draft| draft.referrer_entry = written);
        }
    }

    /// The last press of `Next` or `Create` that failed the check; reactive.
    pub fn attempt<T>(self, read: impl FnOnce(&Attempt) -> T) -> T {
        self.wizard.with(|wizard| read(wizard.attempt()))
    }

    /// Whether a problem is not fixed yet; reactive.
    pub fn is_open(self, problem: &Problem) -> bool {
        self.wizard.with(|wizard| wizard.is_open(problem))
    }

    /// Whether `Next` or `Create` failed the check and not everything is fixed; reactive.
    pub fn is_refused(self) -> bool {
        self.wizard.with(Wizard::is_refused)
    }

    /// Whether the operation was begun with this draft rather than another one.
    pub fn belongs_to(self, operation: &State) -> bool {
        self.read_once(|draft| tabs::owns_draft(draft, operation))
    }

    /// Sets the operation that the draft belongs to, if any.
    pub fn set_operation(self, operation: Option<&OperationId>) {
        self.edit(|draft| draft.operation = operation.cloned());
    }

    /// Stores the draft in this tab whenever it changes.
    pub fn store_on_change(self) {
        let effect = RenderEffect::new(move |_: Option<()>| {
            let is_blocked = session_storage::set(&draft_name(), &self.read(Draft::store)).is_err()
                || session_storage::set(&written_name(), &time::now().0.to_string()).is_err();
            if self.storage_blocked.get_untracked() != is_blocked {
                self.storage_blocked.set(is_blocked);
            }
        });
        // The effect ends with its owner.
        StoredValue::<_, LocalStorage>::new_local(effect);
    }

    /// Deletes the copy stored in this tab.
    pub fn delete_stored(self) {
        session_storage::remove(&draft_name());
        session_storage::remove(&written_name());
    }
}

/// The draft stored in this tab, unless it is too old.
fn stored() -> Option<Draft> {
    let written = session_storage::get(&written_name()).and_then(|text| text.parse().ok());
    let is_old = written.is_some_and(|written| time::now().millis_since(Timestamp(written)) > KEPT_MS);
    session_storage::get(&draft_name()).filter(|_| !is_old).and_then(|text| Draft::restore(&text))
}

/// The key under which the draft is stored in this tab.
fn draft_name() -> String {
    ["akw.draft", &embedder::place()].concat()
}

/// The key for the time when it was written.
fn written_name() -> String {
    ["akw.written", &embedder::place()].concat()
}

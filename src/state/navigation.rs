//! Moving between steps, with the address; and confirmations before something is lost.

use key_wizard_core::{
    credential::problem::Field,
    route::{Route, Step},
    wizard::Wizard,
};
use leptos::prelude::*;

use super::{draft::DraftStore, session::SessionStore};
use crate::platform::{focus, location, time};

/// An action that needs confirmation because something would be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// Go to another step, by the browser's Back or a link.
    To(Step),
    /// Sign out.
    SignOut,
    /// Get a new session from the portal.
    SignIn,
    /// Make a change that ends the existing key.
    EndKey,
    /// Close the item dialog without what was ticked in it, and perhaps go to another step.
    DiscardItems(Option<Step>),
    /// Sign out although there are typed answers.
    ForgetAnswers,
    /// Delete a credential and its key.
    Revoke,
}

/// The current step, and the pending confirmation.
#[derive(Clone, Copy)]
pub struct NavigationStore {
    session: SessionStore,
    draft: DraftStore,
    pending: RwSignal<Option<Confirmation>>,
    prefill_rejected: RwSignal<bool>,
    is_browsing: RwSignal<bool>,
    has_ticks: RwSignal<bool>,
}

impl NavigationStore {
    /// Starts at the first step, without a confirmation.
    pub(super) fn new(session: SessionStore, draft: DraftStore) -> Self {
        let (prefill_rejected, is_browsing) = (RwSignal::new(false), RwSignal::new(false));
        let (pending, has_ticks) = (RwSignal::new(None), RwSignal::new(false));
        Self { session, draft, pending, prefill_rejected, is_browsing, has_ticks }
    }

    /// The `Next` button.
    pub fn next(self) {
        self.draft.write_ascii_hosts();
        self.move_by(|wizard| wizard.next(time::now()));
    }

    /// Goes to a step if those before it allow it, for the progress indicator and `Add and go to the Summary`.
    pub fn jump(self, step: Step) {
        self.draft.write_ascii_hosts();
        self.move_by(|wizard| wizard.jump(step, time::now()));
    }

    /// The `Back` button.
    pub fn back(self) {
        self.move_by(Wizard::back);
    }

    /// A `Change` button of the Summary.
    pub fn change(self, step: Step) {
        self.move_by(|wizard| wizard.change(step));
    }

    /// Goes from a problem to its field.
    pub fn go_to_field(self, field: Field) {
        self.move_by(|wizard| wizard.go_to_problem(field.step()));
        focus::on(field.id());
    }

    /// Goes to a step, with a new history entry.
    pub fn go_to(self, step: Step) {
        self.move_by(|wizard| wizard.go_to(step));
    }

    /// Changes the step by the wizard's rules, and the address with it.
    fn move_by(self, change: impl FnOnce(&mut Wizard)) {
        let before = self.draft.step_once();
        self.draft.update(change);
        let after = self.draft.step_once();
        if before != after {
            location::push(self.session.route_of(after).fragment());
        }
    }

    /// Shows a step that the address already names.
    pub fn follow(self, step: Step) {
        self.draft.update(|wizard| wizard.go_to(step));
    }

    /// Shows a step because of an operation. The Summary stays in the history; progress and key replace each other.
    pub fn show(self, step: Step) {
        self.follow(step);
        match Route::parse(&location::fragment()) {
            Route::Step(Step::Progress | Step::Key) => location::replace(Route::Step(step).fragment()),
            _ => location::push(self.session.route_of(step).fragment()),
        }
    }

    /// The pending confirmation; reactive.
    pub fn pending_confirmation(self) -> Option<Confirmation> {
        self.pending.get()
    }

    /// Asks for a confirmation before something is lost.
    pub fn ask(self, confirmation: Confirmation) {
        self.pending.set(Some(confirmation));
    }

    /// Closes the confirmation.
    pub fn close_question(self) {
        self.pending.set(None);
    }

    /// Whether the item dialog is open; reactive.
    pub fn is_browsing(self) -> bool {
        self.is_browsing.get()
    }

    /// Opens the item dialog.
    pub fn browse_items(self) {
        self.has_ticks.set(false);
        self.is_browsing.set(true);
    }

    /// Sets whether the ticks in the item dialog differ from the draft.
    pub fn set_ticks(self, has_ticks: bool) {
        self.has_ticks.set(has_ticks);
    }

    /// Leaves the item dialog without `Add items`.
    pub fn leave_items(self) {
        match self.has_ticks.get_untracked() {
            true => self.ask(Confirmation::DiscardItems(None)),
            false => self.close_items(),
        }
    }

    /// Whether leaving would lose ticks.
    pub(super) fn holds_ticks(self) -> bool {
        self.is_browsing.get_untracked() && self.has_ticks.get_untracked()
    }

    /// Closes the item dialog and restores focus.
    pub fn close_items(self) {
        self.is_browsing.set(false);
        focus::on(Field::Items.id());
    }

    /// Whether a link arrived while a key was being created; reactive.
    pub fn is_prefill_rejected(self) -> bool {
        self.prefill_rejected.get()
    }

    /// Sets whether a link arrived while a key was being created.
    pub fn reject_prefill(self, is_rejected: bool) {
        self.prefill_rejected.set(is_rejected);
    }
}

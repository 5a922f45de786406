//! From step to step, with the address; and the questions asked before something is left.

use key_wizard_core::{
    credential::problem::Field,
    route::{Route, Step},
    wizard::Wizard,
};
use leptos::prelude::*;

use super::{draft::DraftStore, session::SessionStore};
use crate::platform::{focus, location, time};

/// What the person wants although something would be lost by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// Another step, by the browser's Back or a link.
    To(Step),
    /// To sign out.
    SignOut,
    /// A fresh session from the portal.
    SignIn,
    /// A change that ends the key that exists.
    EndKey,
    /// To close the dialog of items without what was ticked in it, and perhaps another step.
    DiscardItems(Option<Step>),
    /// To sign out, although answers are typed.
    ForgetAnswers,
    /// To delete a credential and its key.
    Revoke,
}

/// Where the person is, and what they are asked before they leave.
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
    /// At the first step, with nothing to ask.
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

    /// Goes to a step if those before it allow it: a name in the progress, or `Add and go to the Summary`.
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

    /// From a problem to the field it is about.
    pub fn go_to_field(self, field: Field) {
        self.move_by(|wizard| wizard.go_to_problem(field.step()));
        focus::on(field.id());
    }

    /// To a step, with a history entry of its own.
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

    /// Shows a step because of what an operation did. The Summary stays behind in the history; progress and key take
    /// each other's place.
    pub fn show(self, step: Step) {
        self.follow(step);
        match Route::parse(&location::fragment()) {
            Route::Step(Step::Progress | Step::Key) => location::replace(Route::Step(step).fragment()),
            _ => location::push(self.session.route_of(step).fragment()),
        }
    }

    /// The question that is asked, and again whenever that changes.
    pub fn pending_confirmation(self) -> Option<Confirmation> {
        self.pending.get()
    }

    /// Asks before something is left.
    pub fn ask(self, confirmation: Confirmation) {
        self.pending.set(Some(confirmation));
    }

    /// The question is answered, or no longer of interest.
    pub fn close_question(self) {
        self.pending.set(None);
    }

    /// Whether the dialog of items is open; read again whenever that changes.
    pub fn is_browsing(self) -> bool {
        self.is_browsing.get()
    }

    /// Opens the dialog of items.
    pub fn browse_items(self) {
        self.has_ticks.set(false);
        self.is_browsing.set(true);
    }

    /// Notes whether something is ticked in the dialog of items that the draft does not have, or the other way round.
    pub fn set_ticks(self, has_ticks: bool) {
        self.has_ticks.set(has_ticks);
    }

    /// The way out of the dialog of items for somebody who did not press `Add items`.
    pub fn leave_items(self) {
        match self.has_ticks.get_untracked() {
            true => self.ask(Confirmation::DiscardItems(None)),
            false => self.close_items(),
        }
    }

    /// Whether something ticked would be lost by going elsewhere.
    pub(super) fn holds_ticks(self) -> bool {
        self.is_browsing.get_untracked() && self.has_ticks.get_untracked()
    }

    /// Closes the dialog of items; focus goes back to where it was opened.
    pub fn close_items(self) {
        self.is_browsing.set(false);
        focus::on(Field::Items.id());
    }

    /// Whether a link came while a key was being made; read again whenever that changes.
    pub fn is_prefill_rejected(self) -> bool {
        self.prefill_rejected.get()
    }

    /// Says that a link came while a key was being made, or stops saying so.
    pub fn reject_prefill(self, is_rejected: bool) {
        self.prefill_rejected.set(is_rejected);
    }
}

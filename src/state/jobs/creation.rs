//! The `Create` button: starts an operation, or continues the one that waits for a changed draft; and how the page
//! reacts as an operation progresses.

use key_wizard_core::{
    credential::{privilege, spec::Spec},
    operation::{self, Event, Identity, OperationId, Plan, Stage, State},
    portal::{account, error::Refusal},
    route::Step,
    tabs::{self, Create, OnScreen, TabMessage},
};
use leptos::{prelude::*, task::spawn_local};

use super::JobStore;
use crate::{
    platform::{broadcast, lock::Take, random},
    state::{host_events, navigation::Confirmation, session::Person},
};

impl JobStore {
    /// The `Create` button: checks everything first. A second press finds a running operation and does nothing.
    pub fn create(self) {
        let (Some(spec), Some(person)) = (self.draft.check(), self.session.person()) else { return };
        let decision = self.draft.read_once(|draft| self.with_operation(|operation| tabs::create(draft, operation)));
        match decision {
            Create::Begin => {
                self.content.forget_duplicate_title();
                let id = OperationId::from_bytes(random::bytes());
                self.save_answers(&id);
                self.run(operation::begin(self.plan(id, &spec, &person)), Take::IfFree);
            }
            Create::Change(id) => self.change(id, &spec, &person),
            Create::EndKey => self.navigation.ask(Confirmation::EndKey),
            Create::ShowProgress => self.navigation.show(Step::Progress),
        }
    }

    /// The person accepts that the change ends the operation's live key.
    pub fn change_and_end_key(self) {
        let id = self.read_once(|state| state.operation.plan.id.clone());
        if let (Some(id), Some(spec), Some(person)) = (id, self.draft.check(), self.session.person()) {
            self.change(id, &spec, &person);
        }
    }

    fn change(self, id: OperationId, spec: &Spec, person: &Person) {
        let plan = self.plan(id, spec, person);
        self.navigation.show(Step::Progress);
        self.save_answers(&plan.id);
        self.send_event(Event::Changed(plan));
    }

    fn plan(self, id: OperationId, spec: &Spec, person: &Person) -> Plan {
        let who = Identity { id, portal_key: person.portal_key(), owner: person.owner().clone() };
        Plan::new(spec, who, &self.content.folders())
    }

    /// Stores the draft as the answers of an operation.
    fn save_answers(self, id: &OperationId) {
        self.draft.set_operation(Some(id));
        self.draft.read_once(|draft| self.journals.save_answers(id, draft));
    }

    /// Handles a new state of the operation on the screen.
    pub(super) fn observe(self, state: &State) {
        if self.read_once(|known| known.stage == state.stage) != Some(true) {
            host_events::stage(state);
            // Another tab may still show an earlier key, which has ended.
            if matches!(state.stage, Stage::KeyShown | Stage::CreatedWithoutKey | Stage::RolledBack) {
                broadcast::send(&TabMessage::KeyEnded(state.operation.plan.id.clone()).text());
            }
        }
        self.screen.set(OnScreen::Here(state.clone()));
        if !state.is_in_progress() {
            self.connectivity.clear_reconnect_prompt();
            self.navigation.reject_prefill(false);
        }
        if let Stage::Refused { refusal, .. } = &state.stage {
            self.find_missing_privileges(refusal, state);
        }
        if tabs::uses_up_draft(state) {
            self.delete_answers(state);
        }
        let is_at_key = self.draft.step_once() == Step::Key;
        match state.stage {
            Stage::KeyShown | Stage::CreatedWithoutKey => {
                self.content.add_folder(state);
                self.navigation.show(Step::Key);
            }
            // The environment ends expired sessions.
            Stage::SignedOut { .. } => {}
            // A recovered operation whose key had been shown ends on the page of the key, too.
            Stage::Acknowledged if !is_at_key => self.navigation.show(Step::Key),
            Stage::Acknowledged => {}
            // A wiped key is being replaced or rolled back.
            _ if is_at_key => self.navigation.show(Step::Progress),
            _ => {}
        }
    }

    /// Deletes the answers of the operation. A draft typed for something else stays.
    fn delete_answers(self, state: &State) {
        if self.draft.belongs_to(state) {
            self.draft.delete_stored();
        }
        self.journals.delete_answers(&state.operation.plan.id);
    }

    /// After a refusal, finds out which privilege is missing: it may have been revoked meanwhile. If none is missing,
    /// the portal refuses every registration through this app: rolls back.
    fn find_missing_privileges(self, refusal: &Refusal, state: &State) {
        self.missing_privileges.set(Vec::new());
        if !refusal.is_forbidden() {
            return;
        }
        let (asked, refused) = (state.operation.plan.grants.privileges.clone(), state.stage.clone());
        spawn_local(async move {
            // If that fails, the portal's own message has to do.
            let Ok(account) = self.session.send(account::read()).await else { return };
            let lacking = privilege::lacking(&account.privileges, asked);
            // A press in the meantime takes precedence.
            let is_waiting = self.read_once(|state| state.stage == refused && state.is_registration_closed(&lacking));
            self.missing_privileges.set(lacking);
            if is_waiting == Some(true) && self.owns_draft() {
                self.is_closed.set(true);
                self.send_event(Event::Discarded);
            }
        });
    }

    /// Goes to the Summary after a rollback.
    pub fn back_to_summary(self) {
        self.clear();
        self.navigation.go_to(Step::Summary);
        self.resume_next();
    }

    /// Goes to the first step and keeps what was typed.
    pub fn start_another(self) {
        if self.owns_draft() {
            // Later changes do not belong to it.
            self.draft.set_operation(None);
        }
        self.clear();
        self.navigation.go_to(Step::Credentials);
    }

    /// Leaves the operation to the tab that runs it, or to the next sign-in, and starts another one.
    pub fn abandon(self) {
        self.stop();
        self.start_another();
    }
}

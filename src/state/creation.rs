//! Creating a credential: starts the operation, runs it against the portal, keeps its journal, and shows its key.

use std::cell::Cell;

use key_wizard_core::{
    credential::{privilege, spec::Spec},
    operation::{self, Event, OperationId, Plan, Stage, State, Who, environment::drive},
    portal::{account, error::Refusal},
    route::{self, Route, Step},
    wizard::Wizard,
};
use leptos::{prelude::*, task::spawn_local};

use super::{App, Confirmation, draft_storage, environment::Browser, loadable::Loadable, recovery};
use crate::{
    platform::{location, random, time},
    ui::secret_once,
};

impl App {
    /// The `Create` button: checks everything, then starts the operation, or goes on with the one that waits for a
    /// changed draft. A second press finds one running and does nothing.
    pub fn create(self) {
        let Some(spec) = self.wizard.try_update(|wizard| wizard.check(time::now())).flatten() else { return };
        let under_way = self.operation.get_untracked().filter(|state| !state.is_over());
        match under_way {
            None => {
                self.forget_duplicate_title();
                let id = OperationId::from_bytes(random::bytes());
                self.save_answers(&id);
                self.run(operation::begin(self.plan(id, &spec)), false);
            }
            Some(state) if self.may_change(&state.stage) => match state.has_live_key() {
                true => self.pending_confirmation.set(Some(Confirmation::EndKey)),
                false => self.change_operation(state.work.plan.id, &spec),
            },
            Some(_) => self.show_step(Step::Progress),
        }
    }

    fn change_operation(self, id: OperationId, spec: &Spec) {
        let plan = self.plan(id, spec);
        self.show_step(Step::Progress);
        self.save_answers(&plan.id);
        self.tell(Event::Changed(plan));
    }

    /// Tells the operation what the person says; nothing if it is not waiting for them.
    pub fn tell(self, event: Event) {
        if let Some(tell) = self.event_sender.try_update_value(Option::take).flatten() {
            // The operation is gone only when the page is.
            let _ = tell.send(event);
        }
    }

    pub(super) async fn drive(self, state: State) {
        let plan = &state.work.plan;
        let outside =
            Browser { app: self, owner: plan.owner.clone(), portal: plan.portal_id.clone(), is_held: Cell::new(false) };
        drive(&outside, state, Event::Started).await;
    }

    pub(super) fn observe(self, state: &State) {
        self.emit_stage(state);
        self.operation.set(Some(state.clone()));
        if !state.is_at_work() {
            self.clear_reconnect_prompt();
            self.prefill_rejected.set(false);
        }
        if let Stage::Refused { refusal, .. } = &state.stage {
            self.find_missing_privileges(refusal, &state.work.plan);
        }
        match state.stage {
            Stage::KeyShown | Stage::Made => {
                self.add_folder(state);
                self.show_step(Step::Key);
                if state.stage == Stage::Made {
                    self.delete_answers(state);
                }
            }
            Stage::SignedOut { .. } => self.session_ended(),
            Stage::Acknowledged => {
                self.delete_answers(state);
                self.show_end();
            }
            // A key that was wiped is being replaced, or taken back.
            _ if self.step() == Step::Key => self.show_step(Step::Progress),
            _ => {}
        }
    }

    /// One that was found with its key shown ends on the page of the key, too.
    fn show_end(self) {
        if self.step() != Step::Key {
            self.show_step(Step::Key);
        }
    }

    /// Where the portal forbids something: which privilege is missing, for it may have been taken away meanwhile.
    fn find_missing_privileges(self, refusal: &Refusal, plan: &Plan) {
        self.missing_privileges.set(Vec::new());
        if !refusal.is_forbidden() {
            return;
        }
        let asked = plan.grants.privileges.clone();
        spawn_local(async move {
            // Where that cannot be found out, the portal's own words have to do.
            let Ok(account) = self.send(account::read()).await else { return };
            self.missing_privileges.set(privilege::lacking(&account.privileges, asked));
        });
    }

    pub(super) fn show_step(self, step: Step) {
        self.wizard.update(|wizard| wizard.go_to(step));
        // The summary stays behind in the history; progress and key take each other's place.
        let now = Route::parse(&location::fragment());
        match now {
            Route::Step(Step::Progress | Step::Key) => location::replace(Route::Step(step).fragment()),
            _ => location::push(Route::Step(step).fragment()),
        }
    }

    pub(super) fn plan(self, id: OperationId, spec: &Spec) -> Plan {
        let known = self.folders.with_untracked(|folders| match folders {
            Loadable::Ready(folders) => folders.clone(),
            _ => Vec::new(),
        });
        Plan::new(spec, Who { id, portal_id: self.portal_name(), owner: self.owner() }, &known)
    }

    /// After everything was taken back.
    pub fn back_to_summary(self) {
        self.operation.set(None);
        self.move_by(|wizard| wizard.go_to(Step::Summary));
        self.resume_next();
    }

    /// The address of the item's page in the portal.
    pub fn item_page(self) -> Option<String> {
        let item = self.operation.with_untracked(|state| state.as_ref()?.work.made.item.clone())?;
        self.client().map(|client| client.root.item_page_url(&item))
    }

    /// Whether a key is on the screen that has not been saved.
    pub fn key_is_shown(self) -> bool {
        self.key.with_value(Option::is_some)
    }

    /// The person has saved the key: it is wiped. What it belongs to may be another tab's by now.
    pub fn acknowledge(self) {
        secret_once::wipe(self.key);
        self.key_wiped.set(self.held_by_other_tab.get_untracked());
        self.tell(Event::Acknowledged);
    }

    /// The key left the page by time, or because the page was left.
    pub fn key_was_wiped(self) {
        self.key_wiped.set(true);
    }

    /// What was asked about is done: a key that was not saved is left, and its operation stays an open task; or one ends.
    pub fn confirm_leaving(self, leave: Confirmation) {
        self.pending_confirmation.set(None);
        secret_once::wipe(self.key);
        self.key_wiped.set(true);
        match leave {
            Confirmation::EndKey => self.change_key(),
            Confirmation::SignOut => self.sign_out(),
            Confirmation::SignIn => self.sign_in_again(),
            // An open task is not left behind in silence.
            Confirmation::To(step) => {
                let step = self.reachable(step);
                self.move_by(|wizard| wizard.go_to(step));
            }
        }
    }

    fn change_key(self) {
        let id = self.operation_untracked(|state| state.work.plan.id.clone());
        let spec = self.wizard.try_update(|wizard| wizard.check(time::now())).flatten();
        id.zip(spec).into_iter().for_each(|(id, spec)| self.change_operation(id, &spec));
    }

    /// The step that is shown when this one is asked for: a running creation is not left, and progress and key are
    /// there only with one.
    pub(super) fn reachable(self, step: Step) -> Step {
        let special = matches!(step, Step::Progress | Step::Key);
        match self.operation.get_untracked() {
            None if special => Step::Summary,
            Some(State { stage: Stage::KeyShown, .. }) => Step::Key,
            Some(State { stage: Stage::Made | Stage::Acknowledged, .. }) if special => Step::Key,
            Some(state) if special || !(self.may_change(&state.stage) || state.is_over()) => Step::Progress,
            _ => step,
        }
    }

    /// The browser's Back or Forward, or an edited address.
    pub(super) fn follow_address(self) {
        let fragment = location::fragment();
        if let Some(query) = route::link(&fragment) {
            // Before the configuration is there, the start of the page reads the address.
            if self.config.with_value(Option::is_some) {
                self.open_link(query);
            }
            return;
        }
        let Route::Step(asked) = Route::parse(&fragment) else { return };
        let shown = self.reachable(asked);
        if self.person().is_none() {
            return self.wizard.update(|wizard| wizard.go_to(shown));
        }
        if shown != asked {
            location::push(Route::Step(shown).fragment());
        }
        if asked != Step::Key && self.key_is_shown() {
            return self.pending_confirmation.set(Some(Confirmation::To(asked)));
        }
        if !matches!(shown, Step::Progress | Step::Key) && self.operation_is_over() {
            self.operation.set(None);
        }
        self.wizard.update(|wizard: &mut Wizard| wizard.go_to(shown));
    }

    fn operation_is_over(self) -> bool {
        self.operation.get_untracked().is_some_and(|state| state.is_over())
    }

    /// What was made needs its answers no more: nothing is remembered of it. What was typed for something else stays.
    fn delete_answers(self, state: &State) {
        if self.owns_draft() {
            draft_storage::forget_stored_draft();
        }
        recovery::delete_answers(&state.work.plan.id);
    }

    /// Whether a changed draft is taken up by an operation that stands here: never by one that was begun with another.
    fn may_change(self, stage: &Stage) -> bool {
        matches!(stage, Stage::Refused { .. } | Stage::Differs(_) | Stage::Found(_)) && self.owns_draft()
    }
}

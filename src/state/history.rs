//! The address bar: which step to show after the browser's Back or Forward or an edited address.

use key_wizard_core::{
    key_life::WhyHidden,
    operation::{Event, State},
    route::{self, Route, Step},
    tabs,
};

use super::{App, navigation::Confirmation};
use crate::platform::{location, window_events};

impl App {
    /// Lets the browser's Back and Forward and edits of the address change the step.
    pub(super) fn follow_history(self) {
        window_events::on("popstate", move |_| self.follow_address());
    }

    /// Handles the browser's Back or Forward or an edited address.
    pub(super) fn follow_address(self) {
        let fragment = location::fragment();
        if let Some(query) = route::link(&fragment) {
            // Before the configuration is loaded, the page reads the address when it starts.
            if self.session.is_configured() {
                self.open_link(query);
            }
            return;
        }
        let route = Route::parse(&fragment);
        let asked = match route {
            Route::ByHand(step) if !self.session.is_connected() => return self.follow_by_hand(step),
            Route::ByHand(step) | Route::Step(step) => step,
            Route::SignIn if self.session.is_by_hand() => return self.session.show_sign_in(None),
            Route::SignIn => return,
        };
        let shown = self.reachable(asked);
        if self.session.person().is_none() {
            if self.session.is_by_hand() {
                self.session.show_sign_in(None);
            }
            return self.navigation.follow(shown);
        }
        if Route::Step(shown) != route {
            location::push(Route::Step(shown).fragment());
        }
        let here = self.draft.step_once();
        if shown != here && self.navigation.holds_ticks() {
            location::push(Route::Step(here).fragment());
            return self.navigation.ask(Confirmation::DiscardItems(Some(shown)));
        }
        if asked != Step::Key && self.key.is_shown() {
            return self.navigation.ask(Confirmation::To(asked));
        }
        if !matches!(shown, Step::Progress | Step::Key) && self.jobs.read_once(State::is_over) == Some(true) {
            self.jobs.clear();
        }
        self.navigation.follow(shown);
    }

    /// Shows the step of a route, if it can be shown now.
    pub(super) fn follow_route(self, route: Route) {
        match route {
            Route::ByHand(step) if !self.session.is_connected() => self.follow_by_hand(step),
            Route::ByHand(step) | Route::Step(step) => self.follow_step(step),
            Route::SignIn => {}
        }
    }

    pub(super) fn follow_step(self, step: Step) {
        self.navigation.follow(self.reachable(step));
    }

    fn reachable(self, step: Step) -> Step {
        self.draft.read_once(|draft| self.jobs.with_operation(|operation| tabs::reachable(step, draft, operation)))
    }

    /// The person confirms: leaves an unsaved key, whose operation stays an open task, or ends a key.
    pub fn confirm(self, confirmation: Confirmation) {
        self.navigation.close_question();
        if self.key.is_shown() {
            self.key.hide(WhyHidden::PageLeft);
        }
        match confirmation {
            Confirmation::EndKey => self.jobs.change_and_end_key(),
            Confirmation::SignOut | Confirmation::ForgetAnswers => self.sign_out(),
            Confirmation::Revoke => self.jobs.send_event(Event::Discarded),
            Confirmation::SignIn => self.sign_in_again(),
            // `reachable` keeps an open task on the screen.
            Confirmation::To(step) => self.navigation.go_to(self.reachable(step)),
            Confirmation::DiscardItems(step) => {
                self.navigation.close_items();
                if let Some(step) = step {
                    self.navigation.go_to(step);
                }
            }
        }
    }
}

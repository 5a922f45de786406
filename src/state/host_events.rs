//! What the page around is told. Never a secret: a host may log whatever it is told. `src/embed/run.js` has the names
//! of what stands in the lists.

use key_wizard_core::{
    auth::sign_in::SignInProblem,
    json::quoted,
    operation::{Stage, State},
    portal::account::Account,
};
use leptos::prelude::*;

use super::App;
use crate::{i18n, platform::embedder::emit};

/// Something did not work; one word for it.
pub(super) fn error(code: &str) {
    emit("error", code);
}

impl App {
    /// Nobody is signed in now, and the page says why.
    pub(super) fn not_signed_in(self, problem: &SignInProblem) {
        match problem {
            SignInProblem::Denied => emit("cancelled", ""),
            _ => error("sign-in"),
        }
        self.signed_out(i18n::sign_in::news(problem));
    }

    pub(super) fn emit_signed_in(self, account: &Account) {
        emit("signed-in", &list([self.portal_id().0.as_str(), &account.username.0].into_iter()));
    }

    /// The creation has come to another stage than the one it is known to be at.
    pub(super) fn emit_stage(self, state: &State) {
        let same = |known: &Option<State>| known.as_ref().is_some_and(|known| known.stage == state.stage);
        if self.operation.with_untracked(same) {
            return;
        }
        match state.stage {
            Stage::KeyShown | Stage::CreatedWithoutKey => created(state),
            Stage::RolledBack => emit("cancelled", ""),
            Stage::Refused { .. } => error("refused"),
            Stage::Mismatch(_) => error("differs"),
            Stage::Indeterminate { .. } => error("no-answer"),
            _ => {}
        }
    }
}

fn created(state: &State) {
    let plan = &state.operation.plan;
    let item = state.operation.facts.item.as_ref().map_or("", |it| &it.0);
    let texts = list([item, &plan.details.title].into_iter());
    let expires = plan.expires.0.to_string();
    let privileges = list(plan.grants.privileges.iter().map(|it| it.0.as_str()));
    let referrers = list(plan.grants.referrers.iter().map(String::as_str));
    let key = if plan.key_now { "true" } else { "false" };
    emit(
        "created",
        &["[", &[&texts, &expires, &privileges, &referrers, plan.slot.digit(), key].join(","), "]"].concat(),
    );
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let texts: Vec<String> = texts.map(quoted).collect();
    ["[", &texts.join(","), "]"].concat()
}

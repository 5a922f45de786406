//! What the page around is told. Never a secret: a host may log whatever it is told.

use leptos::prelude::*;

use super::App;
use crate::{
    auth::sign_in::SignInProblem,
    browser::host::say,
    json::quoted,
    operation::{Stage, State},
    portal::account::Account,
};

/// Something did not work; one word for it.
pub(super) fn error(code: &str) {
    say("error", &[("code", &quoted(code))]);
}

/// Nobody is signed in now.
pub(super) fn not_signed_in(problem: &SignInProblem) {
    match problem {
        SignInProblem::Denied => say("cancelled", &[]),
        _ => error("sign-in"),
    }
}

impl App {
    pub(super) fn tell_who(self, account: &Account) {
        say("signed-in", &[("portal", &quoted(&self.portal_id().0)), ("username", &quoted(&account.username.0))]);
    }

    /// The creation has come to another stage than the one it is known to be at.
    pub(super) fn tell_stage(self, state: &State) {
        let same = |known: &Option<State>| known.as_ref().is_some_and(|known| known.stage == state.stage);
        if self.operation.with_untracked(same) {
            return;
        }
        match state.stage {
            Stage::KeyShown | Stage::Made => created(state),
            Stage::Discarded => say("cancelled", &[]),
            Stage::Refused { .. } => error("refused"),
            Stage::Differs(_) => error("differs"),
            Stage::Unsure { .. } => error("no-answer"),
            _ => {}
        }
    }
}

fn created(state: &State) {
    let plan = &state.work.plan;
    let item = state.work.made.item.as_ref().map_or("", |it| &it.0);
    let expires = plan.expires.0.to_string();
    let privileges = list(plan.grants.privileges.iter().map(|it| it.0.as_str()));
    let referrers = list(plan.grants.referrers.iter().map(String::as_str));
    say(
        "created",
        &[
            ("item", &quoted(item)),
            ("title", &quoted(&plan.details.title)),
            ("expires", &expires),
            ("privileges", &privileges),
            ("referrers", &referrers),
            ("slot", plan.slot.digit()),
            ("key", if plan.key_now { "true" } else { "false" }),
        ],
    );
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    ["[", &texts.map(quoted).collect::<Vec<_>>().join(","), "]"].concat()
}

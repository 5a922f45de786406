//! What the page around hears of. Never a secret: a host may log every event. `src/embed/run.js` names the values of the
//! lists.

use key_wizard_core::{
    auth::sign_in::SignInProblem,
    json,
    operation::{Stage, State},
};

use super::session::Person;
use crate::platform::embedder::emit;

/// Something did not work; one word for it.
pub fn error(code: &str) {
    emit("error", code);
}

/// A sign-in gave no session.
pub fn sign_in_failed(problem: &SignInProblem) {
    match problem {
        SignInProblem::Denied { .. } => emit("cancelled", ""),
        _ => error("sign-in"),
    }
}

/// Somebody has signed in.
pub fn signed_in(person: &Person) {
    emit("signed-in", &json::texts([person.portal_id.0.as_str(), &person.owner().0]));
}

/// An operation has come to another stage.
pub fn stage(state: &State) {
    match state.stage {
        Stage::KeyShown | Stage::CreatedWithoutKey => created(state),
        Stage::RolledBack => emit("cancelled", ""),
        Stage::Refused { .. } => error("refused"),
        Stage::Mismatch(_) => error("differs"),
        Stage::Indeterminate { .. } => error("no-answer"),
        _ => {}
    }
}

fn created(state: &State) {
    let plan = &state.operation.plan;
    let item = state.operation.facts.item.id().map_or("", |id| &id.0);
    let texts = json::texts([item, &plan.details.title]);
    let expires = plan.expires.0.to_string();
    let privileges = json::texts(plan.grants.privileges.iter().map(|id| id.0.as_str()));
    let referrers = json::texts(plan.grants.referrers.iter().map(String::as_str));
    let key = if plan.key_now { "true" } else { "false" };
    emit(
        "created",
        &json::array([texts, expires, privileges, referrers, plan.slot.digit().to_owned(), key.to_owned()]),
    );
}

//! The events of the element, named as in `docs/embedding.md`. Never a secret: a host may log every event.

use key_wizard_core::{
    auth::sign_in::SignInProblem,
    json::Object,
    operation::{Stage, State},
};

use super::session::Person;
use crate::platform::embedder::emit;

/// Reports an error by its code.
pub fn error(code: &str) {
    emit("error", &member("code", code));
}

/// Reports the step on the screen.
pub fn step(name: &str) {
    emit("step", &member("step", name));
}

/// Reports a failed sign-in.
pub fn sign_in_failed(problem: &SignInProblem) {
    match problem {
        SignInProblem::Denied { .. } => emit("cancelled", ""),
        _ => error("sign-in"),
    }
}

/// Reports a sign-in.
pub fn signed_in(person: &Person) {
    let mut detail = Object::compact();
    detail.text("portal", person.portal.id());
    detail.text("username", &person.owner().0);
    emit("signed-in", &detail.end());
}

/// Reports a new stage of an operation.
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
    let mut detail = Object::compact();
    detail.text("item", state.operation.facts.item.id().map_or("", |id| &id.0));
    detail.text("title", &plan.details.title);
    // Milliseconds; `src/embed/run.js` converts them to a date.
    detail.value("expires", &state.expires().0.to_string());
    detail.texts("privileges", state.privileges().iter().map(|id| id.0.as_str()));
    detail.texts("referrers", state.referrers().iter().map(String::as_str));
    detail.value("slot", plan.slot.digit());
    detail.value("key", if plan.key_now { "true" } else { "false" });
    emit("created", &detail.end());
}

fn member(name: &str, value: &str) -> String {
    let mut object = Object::compact();
    object.text(name, value);
    object.end()
}

//! The events of the element, in the names of `docs/embedding.md`. Never a secret: a host may log every event.

use key_wizard_core::{
    auth::sign_in::SignInProblem,
    json::Object,
    operation::{Stage, State},
};

use super::session::Person;
use crate::platform::embedder::emit;

/// Something did not work; one word for it.
pub fn error(code: &str) {
    emit("error", &member("code", code));
}

/// This step is on the screen.
pub fn step(name: &str) {
    emit("step", &member("step", name));
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
    let mut detail = Object::compact();
    detail.text("portal", person.portal.id());
    detail.text("username", &person.owner().0);
    emit("signed-in", &detail.end());
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
    let mut detail = Object::compact();
    detail.text("item", state.operation.facts.item.id().map_or("", |id| &id.0));
    detail.text("title", &plan.details.title);
    // Milliseconds; `src/embed/run.js` makes a date of it.
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

//! Names on more than one page of the wizard, or on pages after a failure.

use crate::page::Page;

/// Above every step.
pub struct Header;

impl Header {
    /// Ends the session.
    pub const SIGN_OUT: &'static str = "Sign out";
    /// The heading of the question to a person who signs out with answers.
    pub const ANSWERS: &'static str = "Sign out and lose your answers?";
    /// Signs out all the same.
    pub const SIGN_OUT_ANYWAY: &'static str = "Sign out and delete answers";
    /// Extends a session that nobody uses.
    pub const STAY: &'static str = "Stay signed in";
    /// Begins a session that lasts longer.
    pub const SIGN_IN_AGAIN: &'static str = "Sign in again now";

    /// Signs out although answers are lost by it.
    pub async fn sign_out_with_answers(page: &Page) {
        page.button(Self::SIGN_OUT).click().await;
        page.heading(Self::ANSWERS).wait().await;
        page.button(Self::SIGN_OUT_ANYWAY).click().await;
    }
}

/// Below every step.
pub struct Wizard;

impl Wizard {
    /// To the next step.
    pub const NEXT: &'static str = "Next";
    /// To the step before.
    pub const BACK: &'static str = "Back";
}

/// A creation under way, or one that is not finished.
pub struct OpenTask;

impl OpenTask {
    /// The heading while it runs.
    pub const CREATING: &'static str = "Creating your credential";
    /// The heading of what stopped half-way.
    pub const UNFINISHED: &'static str = "You have an unfinished credential";
    /// The heading where a key may live that was never on the screen.
    pub const UNSEEN_KEY: &'static str = "An unseen key may be live";
    /// The heading where another tab has it.
    pub const ELSEWHERE: &'static str = "Another tab is working on this credential";
    /// The heading where nothing is left of it.
    pub const TAKEN_BACK: &'static str = "Everything was rolled back";
    /// Finishes it.
    pub const CONTINUE: &'static str = "Continue";
    /// Takes it back.
    pub const DELETE: &'static str = "Delete what was created";
    /// Makes another key in the place of one that is lost.
    pub const REPLACE: &'static str = "Replace";
    /// Takes it back with the key that is lost.
    pub const REVOKE: &'static str = "Revoke";
    /// The heading of the question before that.
    pub const REVOKE_QUESTION: &'static str = "Delete the credential and its key?";
    /// The answer to it.
    pub const DELETE_KEY: &'static str = "Delete credential and key";
    /// The heading of a key that was copied before its page was left.
    pub const SAVED_QUESTION: &'static str = "Did you save your key?";
    /// Goes there.
    pub const LOST: &'static str = "I do not have it";
    /// Leaves it for later.
    pub const NOT_NOW: &'static str = "Not now";
    /// Interrupts it.
    pub const STOP: &'static str = "Stop";
    /// Takes it over from another tab.
    pub const TAKE_OVER: &'static str = "Continue here";
    /// Leaves it to another tab.
    pub const ANOTHER: &'static str = "Create another credential";
    /// Shows what another browser has left.
    pub const LOOK: &'static str = "Look at it";
    /// Back to the answers.
    pub const TO_SUMMARY: &'static str = "Back to the Summary";

    /// Deletes the credential and its key.
    pub async fn revoke(page: &Page) {
        page.button(Self::REVOKE).click().await;
        page.button(Self::DELETE_KEY).click().await;
    }
}

/// What went wrong.
pub struct Problem;

impl Problem {
    /// The heading over the fields that break a rule.
    pub const IN_FORM: &'static str = "There is a problem";
    /// The heading of a refusal.
    pub const REFUSED: &'static str = "The portal refused";
    /// The heading of a portal that has no time.
    pub const BUSY: &'static str = "The portal is too busy";
    /// The heading where the portal holds something else than was asked for.
    pub const DIFFERS: &'static str = "The portal registered something else";
    /// Makes the key all the same.
    pub const ANYWAY: &'static str = "Generate the key anyway";
    /// Tries the same again.
    pub const TRY_AGAIN: &'static str = "Try again";
    /// Goes to the answer that was refused.
    pub const CHANGE: &'static str = "Change";
}

/// What is asked before something is lost.
pub struct Question;

impl Question {
    /// The heading where a key is on the screen.
    pub const LEAVE_KEY: &'static str = "Leave without saving the key?";
    /// Leaves.
    pub const LEAVE: &'static str = "Leave";
    /// Does not.
    pub const STAY: &'static str = "Stay";
    /// Ends a key that lives.
    pub const END: &'static str = "End it";
}

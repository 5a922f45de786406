//! Names on more than one page of the wizard, or on pages after a failure. Names that the contract fixes are literal.

use arcgis_key_wizard::i18n::Label;

use crate::page::Page;

/// Above every step.
pub struct Header;

impl Header {
    /// Ends the session.
    pub const SIGN_OUT: Label = Label::SignOut;
    /// The heading of the question to a person who signs out with answers.
    pub const ANSWERS: Label = Label::ForgetAnswersQuestion;
    /// Signs out all the same.
    pub const SIGN_OUT_ANYWAY: Label = Label::ForgetAnswers;
    /// Extends a session that nobody uses.
    pub const STAY: Label = Label::StaySignedIn;
    /// Begins a session that lasts longer.
    pub const SIGN_IN_AGAIN: Label = Label::SignInAgainNow;

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

/// A running or an unfinished creation.
pub struct OpenTask;

impl OpenTask {
    /// The heading while it runs.
    pub const CREATING: Label = Label::Creating;
    /// The heading of what stopped half-way.
    pub const UNFINISHED: Label = Label::Unfinished;
    /// The heading where a key may live that was never on the screen.
    pub const UNSEEN_KEY: Label = Label::UnseenKeyTitle;
    /// The heading where another tab has it.
    pub const ELSEWHERE: Label = Label::HeldByOtherTab;
    /// The heading where nothing is left of it.
    pub const TAKEN_BACK: Label = Label::CredentialDeleted;
    /// Finishes it.
    pub const CONTINUE: Label = Label::Continue;
    /// Takes it back.
    pub const DELETE: Label = Label::DeleteCreated;
    /// Replaces a lost key.
    pub const REPLACE: Label = Label::Replace;
    /// Takes it back with the key that is lost.
    pub const REVOKE: Label = Label::Revoke;
    /// The heading of the question before that.
    pub const REVOKE_QUESTION: Label = Label::RevokeQuestion;
    /// The answer to it.
    pub const DELETE_KEY: Label = Label::DeleteCredential;
    /// The heading of a key that was copied before its page was left.
    pub const SAVED_QUESTION: Label = Label::SavedQuestion;
    /// Goes there.
    pub const LOST: Label = Label::KeyLost;
    /// Leaves it for later.
    pub const NOT_NOW: Label = Label::NotNow;
    /// Interrupts it.
    pub const STOP: Label = Label::Stop;
    /// Takes it over from another tab.
    pub const TAKE_OVER: Label = Label::ContinueHere;
    /// Leaves it to another tab.
    pub const ANOTHER: Label = Label::CreateAnotherCredential;
    /// Shows what another browser has left.
    pub const LOOK: Label = Label::LookAtIt;
    /// Back to the answers.
    pub const TO_SUMMARY: Label = Label::BackToSummary;

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
    pub const IN_FORM: Label = Label::ProblemsTitle;
    /// The heading of a refusal.
    pub const REFUSED: Label = Label::RequestRefused;
    /// The heading of a portal that has no time.
    pub const BUSY: Label = Label::PortalBusy;
    /// The heading where the portal holds something else than was asked for.
    pub const DIFFERS: Label = Label::Mismatch;
    /// Makes the key all the same.
    pub const ANYWAY: Label = Label::GenerateAnyway;
    /// Tries the same again.
    pub const TRY_AGAIN: Label = Label::TryAgain;
    /// Goes to the answer that was refused.
    pub const CHANGE: &'static str = "Change";
}

/// The questions before something is lost.
pub struct Question;

impl Question {
    /// The heading where a key is on the screen.
    pub const LEAVE_KEY: Label = Label::LeaveKeyQuestion;
    /// Leaves.
    pub const LEAVE: Label = Label::LeaveKey;
    /// Does not.
    pub const STAY: Label = Label::Stay;
    /// Ends a key that lives.
    pub const END: Label = Label::EndKey;
}

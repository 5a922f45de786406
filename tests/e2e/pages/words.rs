//! Names on more than one page of the wizard, or on pages after a failure. Names that are part of the contract are
//! literal.

use arcgis_key_wizard::i18n::Label;

use crate::page::Page;

/// The header above every step.
pub struct Header;

impl Header {
    /// Ends the session.
    pub const SIGN_OUT: Label = Label::SignOut;
    /// The heading of the question when signing out with answers.
    pub const ANSWERS: Label = Label::ForgetAnswersQuestion;
    /// Signs out anyway.
    pub const SIGN_OUT_ANYWAY: Label = Label::ForgetAnswers;
    /// Extends an idle session.
    pub const STAY: Label = Label::StaySignedIn;
    /// Begins a longer session.
    pub const SIGN_IN_AGAIN: Label = Label::SignInAgainNow;

    /// Signs out, although answers are lost.
    pub async fn sign_out_with_answers(page: &Page) {
        page.button(Self::SIGN_OUT).click().await;
        page.heading(Self::ANSWERS).wait().await;
        page.button(Self::SIGN_OUT_ANYWAY).click().await;
    }
}

/// The navigation below every step.
pub struct Wizard;

impl Wizard {
    /// Goes to the next step.
    pub const NEXT: &'static str = "Next";
    /// Goes to the previous step.
    pub const BACK: &'static str = "Back";
}

/// A running or an unfinished creation.
pub struct OpenTask;

impl OpenTask {
    /// The heading while it runs.
    pub const CREATING: Label = Label::Creating;
    /// The heading of an interrupted creation.
    pub const UNFINISHED: Label = Label::Unfinished;
    /// The heading if a key may be valid that was never shown.
    pub const UNSEEN_KEY: Label = Label::UnseenKeyTitle;
    /// The heading if another tab runs it.
    pub const ELSEWHERE: Label = Label::HeldByOtherTab;
    /// The heading if it was rolled back completely.
    pub const TAKEN_BACK: Label = Label::CredentialDeleted;
    /// Resumes it.
    pub const CONTINUE: Label = Label::Continue;
    /// Rolls it back.
    pub const DELETE: Label = Label::DeleteCreated;
    /// Replaces a lost key.
    pub const REPLACE: Label = Label::Replace;
    /// Rolls it back, including the lost key.
    pub const REVOKE: Label = Label::Revoke;
    /// The heading of the confirmation before that.
    pub const REVOKE_QUESTION: Label = Label::RevokeQuestion;
    /// The confirmation.
    pub const DELETE_KEY: Label = Label::DeleteCredential;
    /// The heading for a key that was copied before its page was left.
    pub const SAVED_QUESTION: Label = Label::SavedQuestion;
    /// The answer that the key is lost.
    pub const LOST: Label = Label::KeyLost;
    /// Leaves it for later.
    pub const NOT_NOW: Label = Label::NotNow;
    /// Interrupts it.
    pub const STOP: Label = Label::Stop;
    /// Takes it over from another tab.
    pub const TAKE_OVER: Label = Label::ContinueHere;
    /// Leaves it to another tab, and begins another credential.
    pub const ANOTHER: Label = Label::CreateAnotherCredential;
    /// Shows an operation left by another browser.
    pub const LOOK: Label = Label::LookAtIt;
    /// Returns to the Summary.
    pub const TO_SUMMARY: Label = Label::BackToSummary;

    /// Deletes the credential and its key.
    pub async fn revoke(page: &Page) {
        page.button(Self::REVOKE).click().await;
        page.button(Self::DELETE_KEY).click().await;
    }
}

/// Error messages.
pub struct Problem;

impl Problem {
    /// The heading above the fields that break a rule.
    pub const IN_FORM: Label = Label::ProblemsTitle;
    /// The heading of a refusal.
    pub const REFUSED: Label = Label::RequestRefused;
    /// The heading if the portal is busy.
    pub const BUSY: Label = Label::PortalBusy;
    /// The heading if the portal's data differs from the request.
    pub const DIFFERS: Label = Label::Mismatch;
    /// Generates the key anyway.
    pub const ANYWAY: Label = Label::GenerateAnyway;
    /// Retries the request.
    pub const TRY_AGAIN: Label = Label::TryAgain;
    /// Goes to the refused answer.
    pub const CHANGE: &'static str = "Change";
}

/// The confirmations before something is lost.
pub struct Question;

impl Question {
    /// The heading if a key is on the screen that was not copied.
    pub const LEAVE_KEY: Label = Label::LeaveKeyQuestion;
    /// The heading if it was copied.
    pub const LEAVE_COPIED_KEY: Label = Label::LeaveCopiedKeyQuestion;
    /// Confirms leaving.
    pub const LEAVE: Label = Label::LeaveKey;
    /// Cancels leaving.
    pub const STAY: Label = Label::Stay;
    /// Confirms that a valid key ends.
    pub const END: Label = Label::EndKey;
}

//! The user's decisions in native tests, and where their page crashes.

use key_wizard_core::credential::draft::Draft;
use key_wizard_core::operation::Event;
use practice_portal::Endpoint;

use crate::wish::plan_of;

/// What the user does when asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Continues as long as that makes sense, then discards.
    GoesOn,
    /// Discards at the first question.
    GivesUp,
    /// Makes these decisions first, then continues.
    Says(Vec<Word>),
}

/// One decision, valid or not at this point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Continue,
    Discard,
    Confirm,
    /// Changes title and referrers.
    Change,
    /// Changes the tags.
    Tags,
    /// Chooses the root folder.
    Move,
    /// Chooses a folder with another name.
    MoveOn,
    Acknowledge,
}

/// Where the page crashes: at the request with this number, or at the first to this endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    /// Before the request is sent, but after the journal is written.
    BeforeSend(usize),
    /// After the portal has answered, but before the page reads the answer.
    AfterSend(usize),
    /// As soon as the key is on the page.
    AfterShow,
    /// At one of the four points of a request.
    At(Point, Endpoint),
}

/// A point in the life of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// The journal says that it will be sent.
    BeforeSend,
    /// It is in flight, and takes effect long after the crash.
    InFlight,
    /// It has taken effect, but the answer is not read.
    AfterAnswer,
    /// The answer has been read, and the journal written.
    AfterJournal,
}

impl Point {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::BeforeSend, Self::InFlight, Self::AfterAnswer, Self::AfterJournal];
}

/// The event for a decision; also applies it to the draft.
pub fn said(word: Word, draft: &mut Draft) -> Event {
    match word {
        Word::Continue => return Event::Continued,
        Word::Discard => return Event::Discarded,
        Word::Confirm => return Event::Confirmed,
        Word::Acknowledge => return Event::Acknowledged,
        Word::Change => {
            draft.title = "Other title".to_owned();
            draft.referrers.truncate(1);
        }
        Word::Tags => draft.tags = "other".to_owned(),
        Word::Move => draft.folder = String::new(),
        Word::MoveOn => draft.folder = "Other folder".to_owned(),
    }
    Event::Changed(plan_of(draft))
}

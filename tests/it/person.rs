//! What a person says to an operation in native tests, and where their page dies.

use key_wizard_core::credential::draft::Draft;
use key_wizard_core::operation::Event;
use practice_portal::Endpoint;

use crate::wish::plan_of;

/// What the person does when asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Goes on as long as it makes sense, then takes everything back.
    GoesOn,
    /// Takes everything back at the first question.
    GivesUp,
    /// Says these things first, then goes on.
    Says(Vec<Word>),
}

/// One thing to say, whether it fits or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Continue,
    Discard,
    Confirm,
    /// Changes title and referrers.
    Change,
    /// Changes the tags.
    Tags,
    /// Wants it in the root.
    Move,
    /// Wants it in a folder of another name.
    MoveOn,
    Acknowledge,
}

/// Where the page dies: at the request of this number, or at the first to this endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    /// Before the request leaves, and after the journal says it will.
    BeforeSend(usize),
    /// After the portal has answered, before anybody reads it.
    AfterSend(usize),
    /// As soon as the key is on the page.
    AfterShow,
    /// At one of the four points of a request.
    At(Point, Endpoint),
}

/// A point in the life of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// The journal says it will be sent.
    BeforeSend,
    /// It is on its way, and takes effect when the page is long dead.
    InFlight,
    /// It has taken effect, and nobody reads the answer.
    AfterAnswer,
    /// Its answer has been read, and the journal written.
    AfterJournal,
}

impl Point {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::BeforeSend, Self::InFlight, Self::AfterAnswer, Self::AfterJournal];
}

/// The event of a word, and its effect on the draft.
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

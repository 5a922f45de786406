//! What happens to an operation, and what it asks to happen.

use crate::operation::journal::Journal;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::plan::Plan;
use crate::portal::error::Error;
use crate::secret::Secret;

/// What happened.
#[derive(Debug)]
pub enum Event {
    /// The person pressed `Create`, or an interrupted operation is looked at again.
    Started,
    /// The request on its way was answered.
    Answered(Answer),
    /// The request on its way was not answered, or with a no.
    Failed(Error),
    /// The time waited for has passed.
    TimerFired,
    /// The person agrees to the differences.
    Confirmed,
    /// The person wants to go on, or to try again.
    Continued,
    /// The person wants everything taken back.
    Discarded,
    /// The person changed what is wanted. The operation stays the same, and so does its item.
    Changed(Plan),
    /// The person has copied the key that is shown.
    Copied,
    /// The person has saved the key.
    Acknowledged,
}

/// What must happen outside. At most one of `Send` and `Sleep`, and it is the last.
#[derive(Debug)]
pub enum Effect {
    /// Send this; answer with `Answered` or `Failed`.
    Send(Call),
    /// Wait so many milliseconds; answer with `TimerFired`.
    Sleep(u32),
    /// Write the journal down before anything else happens.
    SaveJournal(Journal),
    /// The journal is no longer needed.
    DeleteJournal,
    /// Show the key, directly after its answer.
    ShowKey(Secret),
    /// Keep the client secret for the calls that need it.
    HoldSecret(Secret),
    /// Wipe the client secret.
    WipeSecret,
}

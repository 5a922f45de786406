//! The events and effects of an operation.

use crate::operation::journal::Journal;
use crate::operation::model::call::{Answer, Call};
use crate::operation::model::plan::Plan;
use crate::portal::error::Error;
use crate::secret::Secret;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// The person pressed `Create`, or an interrupted operation is being inspected.
    Started,
    /// The request in flight was answered.
    Answered(Answer),
    /// The request in flight failed or was refused.
    Failed(Error),
    /// The delay has passed.
    TimerFired,
    /// The person accepts the differences.
    Confirmed,
    /// The person wants to continue or retry.
    Continued,
    /// The person wants to roll back.
    Discarded,
    /// The person changed the plan. The operation and its item stay the same.
    Changed(Plan),
    /// The person has copied the key.
    Copied,
    /// The person has saved the key.
    Acknowledged,
}

/// A side effect to perform. At most one is `Send` or `Sleep`, and it comes last.
#[derive(Debug)]
pub enum Effect {
    /// Send this call; answer with `Answered` or `Failed`.
    Send(Call),
    /// Wait for so many milliseconds; answer with `TimerFired`.
    Sleep(u32),
    /// Save the journal before anything else happens.
    SaveJournal(Journal),
    /// Delete the journal.
    DeleteJournal,
    /// Show the key immediately.
    ShowKey(Secret),
    /// Hold the client secret for the calls that need it.
    HoldSecret(Secret),
    /// Wipe the client secret.
    WipeSecret,
}

//! What an operation leaves behind when the session ends.

use key_wizard_core::operation::State;

use super::{Message, text};

/// What an unfinished operation leaves on the portal when the session ends, to follow other sentences; empty if it is
/// over.
pub fn left_open(state: &State) -> String {
    state
        .unfinished()
        .map_or_else(String::new, |unfinished| [" ", &text(Message::LeftUnfinished(&unfinished))].concat())
}

//! Decides what comes next: the first call that the facts do not make unnecessary.

pub mod create;
pub mod inspect;
pub mod rollback;

use crate::operation::model::call::Call;
use crate::operation::model::stage::Stage;

/// The machine's next move.
pub enum Decision {
    /// Send this call now.
    Call(Call),
    /// Send this call after a delay in milliseconds.
    Later(Call, u32),
    /// Stop and wait for the person.
    Stop(Stage),
}

//! What comes next: the first call that the facts do not make needless.

pub mod create;
pub mod inspect;
pub mod rollback;

use crate::operation::model::call::Call;
use crate::operation::model::stage::Stage;

/// What comes next.
pub enum Decision {
    /// This call.
    Call(Call),
    /// This call, after so many milliseconds.
    Later(Call, u32),
    /// Nothing, until the person says something.
    Stop(Stage),
}

//! The faults of the fault matrix (docs/reliability.md), shared by native tests and browser tests.

use practice_portal::fault::Fault;

/// More than the page's 30-second timeout, and less than the 40 seconds it waits for a lost request.
pub const LATE_MS: i64 = 35_000;

/// Every fault of the matrix except the last, a crash of the tab, which the portal cannot cause.
pub fn named_faults() -> Vec<(&'static str, Fault)> {
    let body = |code: i64, message: &str| Fault::ErrorBody { code, message: message.to_owned() };
    vec![
        ("refused", Fault::Refused),
        ("no such host", Fault::UnknownHost),
        ("dropped before", Fault::DropBefore),
        ("dropped after", Fault::DropAfter),
        ("timeout, no effect", Fault::Silent),
        ("timeout, late effect", Fault::SilentThenLate { late_ms: LATE_MS }),
        ("500 in JSON", Fault::ServerError),
        ("502 page", Fault::BadGateway),
        ("503 and Retry-After", Fault::Unavailable),
        ("504", Fault::GatewayTimeout),
        ("200 page", Fault::Html200),
        ("redirect to sign-in", Fault::Redirect),
        ("200 says 400", body(400, "No.")),
        ("200 says 403", body(403, "You do not have permissions to access this resource or perform this operation.")),
        ("200 says 498", Fault::ExpiredToken),
        ("200 says 499", body(499, "Token Required")),
        ("200 says 500", body(500, "Unable to do that.")),
        ("429", Fault::TooMany),
        ("429 without CORS", Fault::TooManyNoCors),
        ("cut short", Fault::Truncated),
        ("empty", Fault::Empty),
        ("success:false", Fault::SuccessFalse),
        ("wrong types", Fault::WrongTypes),
        ("doubled keys", Fault::DoubledKeys),
        ("slow drip", Fault::SlowDrip),
        ("oversize", Fault::Huge),
        ("executed twice", Fault::Twice),
    ]
}

//! Signing in by OAuth 2.0 with an authorization code and PKCE, and the session that results.
//!
//! Pure: time and random bytes are arguments, requests are values. Tokens are in memory only.

pub mod active;
pub mod callback;
pub mod departure;
pub mod pending;
pub mod pkce;
pub mod session;
pub mod sign_in;
pub mod target;

//! The portal's callback: the parameters of its address, parsed but not yet judged.

use crate::portal::text::scrubbed;
use crate::secret::Secret;
use crate::urlencoded;

/// The maximum length of a parameter; longer codes and states are not the portal's.
const LONGEST: usize = 4096;

/// The OAuth parameters of an address.
#[derive(Debug, Default)]
pub struct AuthorizationResponse {
    pub(super) code: Option<Secret>,
    pub(super) state: Option<String>,
    pub(super) error: Option<String>,
    pub(super) description: String,
    pub(super) issuer: Option<String>,
    /// Whether an OAuth parameter occurred twice.
    pub(super) is_doubled: bool,
    /// Whether an OAuth parameter could not be decoded, or is longer than any real one.
    pub(super) is_garbled: bool,
    /// Whether the address contains tokens, as in the implicit grant, which was not requested.
    pub(super) has_tokens: bool,
}

impl AuthorizationResponse {
    /// Parses `?…#…` as the loader took it from the address bar. `None` if it contains no OAuth parameters.
    pub fn parse(query_and_fragment: &str) -> Option<Self> {
        let (query, fragment) = match query_and_fragment.split_once('#') {
            Some((query, fragment)) => (query, fragment),
            None => (query_and_fragment, ""),
        };
        let mut callback = Self::default();
        let mut found = false;
        for (name, value) in urlencoded::pairs(query.strip_prefix('?').unwrap_or(query)) {
            found |= callback.take(name, value);
        }
        // The fragment contains our route (`#/…`); the implicit grant and `response_mode=fragment` put parameters
        // there.
        for (name, _) in urlencoded::pairs(fragment) {
            if is_token(name) || matches!(name, "code" | "state" | "error") {
                callback.has_tokens = true;
                found = true;
            }
        }
        found.then_some(callback)
    }

    /// The `state`, which identifies the record of the sign-in.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// Stores a parameter; returns whether it is one of OAuth's.
    fn take(&mut self, name: &str, value: &str) -> bool {
        match name {
            "code" => {
                self.is_doubled |= self.code.is_some();
                self.code = self.decoded(value).map(Secret::new);
            }
            "state" => {
                self.is_doubled |= self.state.is_some();
                self.state = self.decoded(value);
            }
            "error" => {
                self.is_doubled |= self.error.is_some();
                self.error = self.decoded(value).map(|decoded| scrubbed(&decoded, 60));
            }
            "iss" => {
                self.is_doubled |= self.issuer.is_some();
                self.issuer = self.decoded(value);
            }
            "error_description" => {
                self.is_doubled |= !self.description.is_empty();
                self.description = self.decoded(value).map(|decoded| scrubbed(&decoded, 300)).unwrap_or_default();
            }
            name if is_token(name) => self.has_tokens = true,
            _ => return false,
        }
        // `iss` and a description alone are not a callback; any link may have parameters with such names.
        !matches!(name, "iss" | "error_description")
    }

    fn decoded(&mut self, value: &str) -> Option<String> {
        let text = (value.len() <= LONGEST).then(|| urlencoded::decoded(value)).flatten();
        self.is_garbled |= text.is_none();
        text.or(Some(String::new()))
    }
}

fn is_token(name: &str) -> bool {
    matches!(name, "access_token" | "id_token" | "refresh_token" | "token")
}

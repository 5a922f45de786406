//! A secret string: it cannot be printed, serialized, cloned or compared by accident, and is wiped when dropped.

use std::fmt;

use zeroize::Zeroizing;

/// A session token, an authorization code, a PKCE verifier, a client secret or an API key.
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the only copy of the secret.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }

    /// The only access to the text. Callers are listed in `tests/it/tidy.rs`.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_a_debug_print_is_redacted() {
        let secret = Secret::new("AAPTsecretvalue".to_owned());
        assert_eq!(format!("{:?}", Some(&secret)), "Some([secret])");
    }
}

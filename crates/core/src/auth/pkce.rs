//! Proof key for code exchange (RFC 7636). Supports only S256, so it cannot be downgraded to `plain`.

use base64ct::{Base64UrlUnpadded, Encoding};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use crate::secret::Secret;

/// The code verifier: a secret of 43 characters that is sent to the token endpoint only.
#[derive(Debug)]
pub struct Verifier(Secret);

impl Verifier {
    /// Makes a verifier from 32 random bytes (RFC 7636, 4.1), which are wiped.
    pub fn from_bytes(mut bytes: [u8; 32]) -> Self {
        let verifier = Self(Secret::new(Base64UrlUnpadded::encode_string(&bytes)));
        bytes.zeroize();
        verifier
    }

    /// Restores a verifier from its record, if it is valid.
    pub fn from_record(secret: Secret) -> Option<Self> {
        let text = secret.expose();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (text.len() == 43 && text.bytes().all(allowed)).then_some(Self(secret))
    }

    /// The `code_challenge` for the method `S256`, which is sent first.
    pub fn challenge(&self) -> String {
        Base64UrlUnpadded::encode_string(&Sha256::digest(self.0.expose()))
    }

    /// The text, for the token request and the record.
    pub fn secret(&self) -> &Secret {
        &self.0
    }
}

/// Encodes random bytes as text that needs no escaping anywhere.
pub fn random_text(bytes: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_rfc_7636_appendix_b_holds() {
        let bytes = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let verifier = Verifier::from_bytes(bytes);
        assert_eq!(verifier.secret().expose(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn a_record_with_anything_but_a_verifier_gives_none() {
        for text in ["", "short", &"a".repeat(44), &"+".repeat(43)] {
            assert!(Verifier::from_record(Secret::new(text.to_owned())).is_none(), "{text}");
        }
        for letter in ["a", "Z", "0", "-", "_"] {
            assert!(Verifier::from_record(Secret::new(letter.repeat(43))).is_some(), "{letter}");
        }
    }
}

//! Ids and tokens: a counter hashed with the seed, so that a run can be repeated exactly.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The source of every id and token.
#[derive(Debug, Clone)]
pub struct Ids {
    seed: u64,
    count: u64,
}

impl Ids {
    /// Creates a source; equal seeds give equal sequences.
    pub fn new(seed: u64) -> Ids {
        Ids { seed, count: 0 }
    }

    /// 32 hexadecimal digits, the format of item and folder ids.
    pub fn hex(&mut self) -> String {
        let bytes = self.bytes("hex");
        bytes[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// 16 letters and digits, the format of client ids.
    pub fn client_id(&mut self) -> String {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let bytes = self.bytes("client");
        let letter = |byte: &u8| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]);
        bytes[..16].iter().map(letter).collect()
    }

    /// An opaque token.
    pub fn token(&mut self) -> String {
        let start = URL_SAFE_NO_PAD.encode(self.bytes("token"));
        start + &URL_SAFE_NO_PAD.encode(self.bytes("more"))
    }

    /// An API key: starts with `AAPT`, ends after a dot with `AT{slot}_{last 8 of client_id}` (F-KEY-7).
    pub fn api_key(&mut self, slot: usize, client_id: &str) -> String {
        let tail = &client_id[client_id.len().saturating_sub(8)..];
        format!("AAPT{}.AT{slot}_{tail}", self.token())
    }

    fn bytes(&mut self, what: &str) -> [u8; 32] {
        self.count += 1;
        let text = format!("{}/{}/{what}", self.seed, self.count);
        Sha256::digest(text.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_seeds_give_equal_ids_and_no_id_comes_twice() {
        let (mut one, mut other) = (Ids::new(7), Ids::new(7));
        assert_eq!(one.hex(), other.hex());
        assert_eq!(one.token(), other.token());
        assert_ne!(one.hex(), one.hex());
        assert_ne!(Ids::new(8).hex(), Ids::new(7).hex());
    }

    #[test]
    fn the_tenth_character_from_the_end_of_a_key_is_its_slot() {
        let key = Ids::new(1).api_key(2, "VteqTcbthTazVFmR");
        assert!(key.starts_with("AAPT"));
        assert!(key.ends_with(".AT2_hTazVFmR"));
        assert_eq!(key.as_bytes()[key.len() - 10], b'2');
    }
}

//! The name of an operation, and the marker by which its item is found again.

/// The name of one operation: 128 random bits as 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationId(String);

/// Before the id in the marker.
pub const MARKER_PREFIX: &str = "akw-op:";

impl OperationId {
    /// Names an operation by random bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let digits = bytes.iter().flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        Self(digits.map(char::from).collect())
    }

    /// Reads a name back; none if it is not one of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let is_ours = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_ours.then(|| Self(text.to_owned()))
    }

    /// The operation whose marker this type keyword is, if it is one.
    pub fn of_marker(keyword: &str) -> Option<Self> {
        Self::parse(keyword.strip_prefix(MARKER_PREFIX)?)
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The type keyword of the item that is made, by which it is found again.
    pub fn marker(&self) -> String {
        [MARKER_PREFIX, &self.0].concat()
    }
}

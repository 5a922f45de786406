//! The id of an operation, and the marker that finds its item again.

/// The id of an operation: 128 random bits as 32 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationId(String);

/// The prefix of a marker.
pub const MARKER_PREFIX: &str = "akw-op:";

impl OperationId {
    /// Encodes random bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let digits = bytes.iter().flat_map(|byte| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        Self(digits.map(char::from).collect())
    }

    /// Parses an id; `None` if it has another form.
    pub fn parse(text: &str) -> Option<Self> {
        let is_ours = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        is_ours.then(|| Self(text.to_owned()))
    }

    /// Parses the type keyword of an item; `None` if it is not a marker.
    pub fn of_marker(keyword: &str) -> Option<Self> {
        Self::parse(keyword.strip_prefix(MARKER_PREFIX)?)
    }

    /// The 32 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The type keyword that marks the item of the operation.
    pub fn marker(&self) -> String {
        [MARKER_PREFIX, &self.0].concat()
    }
}

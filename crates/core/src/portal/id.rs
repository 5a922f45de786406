//! Ids and names given by the portal. Each is opaque text; the types keep them from being swapped.

/// The id of a portal item: 32 hexadecimal digits on every portal seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub String);

impl ItemId {
    /// Whether a text looks like the id of an item.
    pub fn is_one(text: &str) -> bool {
        text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
    }
}

/// The id of a folder of a user's content; folders are addressed by id, never by title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FolderId(pub String);

/// A username as the portal spells it. It may contain `@` and must be percent-encoded in paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(pub String);

/// The OAuth client id of an app registered in one portal. Not a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientId(pub String);

impl ClientId {
    /// Whether it looks like an item id, which people copy by mistake: 32 hexadecimal digits. Client ids have 16
    /// letters and digits of any kind on every portal seen.
    pub fn looks_like_item_id(&self) -> bool {
        ItemId::is_one(&self.0)
    }
}

/// A privilege string such as `premium:user:basemaps`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrivilegeId(pub String);

impl PrivilegeId {
    /// Whether this is the privilege `id`: clients and portals differ in the case of letters (F-PRIV-10).
    pub fn is(&self, id: &str) -> bool {
        self.0.eq_ignore_ascii_case(id)
    }
}

/// One of the two keys a credential can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// `apiToken1` in the portal's API.
    One,
    /// `apiToken2` in the portal's API.
    Two,
}

impl Slot {
    /// Both slots, in the order of the portal's lists.
    pub const ALL: [Self; 2] = [Self::One, Self::Two];
    /// The slot in which this page generates keys.
    pub const DEFAULT: Self = Self::One;

    /// Its index in a pair.
    pub fn index(self) -> usize {
        match self {
            Self::One => 0,
            Self::Two => 1,
        }
    }

    /// Parses the digit of a slot in requests and records.
    pub fn from_digit(digit: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.digit() == digit)
    }

    /// Its digit in requests and records.
    pub fn digit(self) -> &'static str {
        ["1", "2"][self.index()]
    }
}

//! Registered apps, and the API keys in their two slots.

/// An API key as issued; its date does not change (F-DATE-5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The token.
    pub token: String,
    /// When it expires, epoch milliseconds.
    pub expires: i64,
}

/// An app registered on an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// The client id.
    pub client_id: String,
    /// The client secret.
    pub client_secret: String,
    /// The item it is registered on; empty for an app seeded without one.
    pub item_id: String,
    /// The owner's username.
    pub owner: String,
    /// The title shown on the sign-in page.
    pub title: String,
    /// `multiple`, `browser`, `native`, `server` (F-APP-2).
    pub app_type: String,
    /// The registered redirect URIs.
    pub redirect_uris: Vec<String>,
    /// Referrers that may use its keys; empty means any.
    pub referrers: Vec<String>,
    /// The privileges of its keys; `None` if the list was omitted (F-APP-4).
    pub privileges: Option<Vec<String>>,
    /// `isPersonalAPIToken` as sent.
    pub is_personal: bool,
    /// When it was registered, epoch milliseconds.
    pub registered: i64,
    /// When it was last changed, epoch milliseconds.
    pub modified: i64,
    /// The keys of slot 1 and slot 2.
    pub keys: [Option<Key>; 2],
    /// Replaced keys that are still valid, each with its slot (0 or 1).
    pub replaced: Vec<(usize, Key)>,
}

impl App {
    /// True if the slot (0 or 1) holds a key that has not expired.
    pub fn is_active(&self, slot: usize, now_ms: i64) -> bool {
        self.keys[slot].as_ref().is_some_and(|key| key.expires > now_ms)
    }

    /// Ends all keys.
    pub fn end_keys(&mut self) {
        self.keys = [None, None];
        self.replaced.clear();
    }

    /// The keys that have not expired, each with its slot (0 or 1).
    pub fn live_keys(&self, now_ms: i64) -> impl Iterator<Item = (usize, &Key)> {
        let held = self.keys.iter().enumerate().filter_map(|(slot, key)| Some((slot, key.as_ref()?)));
        let replaced = self.replaced.iter().map(|(slot, key)| (*slot, key));
        held.chain(replaced).filter(move |(_, key)| key.expires > now_ms)
    }

    /// The privileges; empty if the list was omitted.
    pub fn granted(&self) -> &[String] {
        self.privileges.as_deref().unwrap_or(&[])
    }
}

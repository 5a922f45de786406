//! The deployment's `config.json`, parsed strictly: reports all problems at once, each with its key.
//!
//! One build serves every deployment, so nothing here is known at build time. `config.schema.json` has the same rules
//! for editors; a test keeps the two in sync.

mod read;
#[cfg(test)]
mod tests;

use crate::portal::base_url::{PortalRoot, RootProblem};
use crate::portal::id::ClientId;

/// The maximum size of the configuration, in bytes.
pub const MAX_CONFIG: usize = 65_536;
/// The maximum number of portals.
pub const MAX_PORTALS: usize = 50;
/// The maximum number of presets, and of privileges in one.
pub const MAX_PRESETS: usize = 50;
/// The maximum length of a privilege id, in characters.
pub const MAX_PRIVILEGE: usize = 200;
/// The maximum number of origins that may frame the page.
pub const MAX_ANCESTORS: usize = 50;
/// The maximum length of a portal id, in characters.
pub const MAX_ID: usize = 64;
/// The maximum length of a portal name, in characters.
pub const MAX_NAME: usize = 100;
/// The maximum length of a client id, in characters.
pub const MAX_CLIENT_ID: usize = 200;
/// The client id in the shipped file; nobody can sign in with it.
pub const PLACEHOLDER: &str = "YOUR_CLIENT_ID";

/// The keys of the file.
pub const KEYS: [&str; 5] = ["$schema", "portals", "allowOtherPortals", "frameAncestors", "presets"];
/// The keys of a portal; all are required.
pub const PORTAL_KEYS: [&str; 4] = ["id", "name", "url", "clientId"];

/// The keys of a preset; all are required.
pub const PRESET_KEYS: [&str; 3] = ["id", "title", "privileges"];

/// A valid configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The portals to choose from, in the order of the file; empty only if others may be typed in.
    pub portals: Vec<ConfiguredPortal>,
    /// Whether a person may type another portal's address and client id.
    pub allow_other_portals: bool,
    /// The deployment's own presets.
    pub presets: Vec<ConfiguredPreset>,
}

/// A preset of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfiguredPreset {
    /// Its name in links: lower-case letters, digits and `-`.
    pub id: String,
    /// Its display name.
    pub title: String,
    /// The privileges that it needs.
    pub privileges: Vec<String>,
}

/// A portal of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfiguredPortal {
    /// Its name in links and in storage.
    pub id: PortalId,
    /// Its display name.
    pub name: String,
    /// Its address.
    pub root: PortalRoot,
    /// The page's own OAuth client id in that portal.
    pub client_id: ClientId,
}

impl Config {
    /// The chosen portal, else the first; `None` if the person types an address.
    pub fn chosen(&self, choice: Option<&PortalChoice>) -> Option<&ConfiguredPortal> {
        let named = match choice {
            Some(PortalChoice::Custom) if self.allow_other_portals => return None,
            Some(PortalChoice::Configured(id)) => self.portal(id),
            Some(PortalChoice::Custom) | None => None,
        };
        named.or_else(|| self.portals.first())
    }
}

/// The portal that a person chose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum PortalChoice {
    /// A portal of the configuration.
    Configured(PortalId),
    /// A portal whose address the person types.
    Custom,
}

impl PortalChoice {
    /// The portal of the configuration with this id.
    pub fn configured(id: &str) -> Self {
        Self::Configured(PortalId(id.to_owned()))
    }

    /// The portal with this id in a record.
    pub fn of_id(id: &str) -> Self {
        if id.is_empty() { Self::Custom } else { Self::configured(id) }
    }

    /// Its id in records and events; empty for a custom portal, because configured ids are never empty.
    pub fn id(&self) -> &str {
        match self {
            Self::Configured(id) => &id.0,
            Self::Custom => "",
        }
    }
}

/// Identifies a portal in the records of operations: its id in the configuration and its address. Another page of this
/// origin may give the same id to another portal, and a custom portal has no id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PortalKey(pub String);

impl PortalKey {
    /// The key of a portal.
    pub fn new(portal: &PortalChoice, root: &PortalRoot) -> Self {
        Self([portal.id(), " ", root.as_str()].concat())
    }
}

/// The id of a configured portal: ASCII letters, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PortalId(pub String);

/// A problem in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The path of the key, such as `portals[0].url`; empty for the file as a whole.
    pub key: String,
    /// The rule that is broken there.
    pub rule: ConfigRule,
}

/// The type that a value of the configuration must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An object.
    Object,
    /// A list.
    List,
    /// A string.
    Text,
    /// `true` or `false`.
    Bool,
}

/// A broken rule of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigRule {
    /// The file is not JSON.
    NotJson {
        /// The line of the first error, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
    },
    /// The text or list is longer than allowed, or the file has more than [`MAX_CONFIG`] bytes.
    TooLong {
        /// The maximum number of characters, entries or bytes.
        max: usize,
    },
    /// The key is missing.
    Missing,
    /// The key is unknown.
    Unknown {
        /// The known keys there.
        allowed: &'static [&'static str],
    },
    /// The key is a duplicate.
    Repeated,
    /// The value has the wrong type.
    WrongKind {
        /// The expected type.
        expected: Kind,
    },
    /// The text is empty, or there are no portals and no others may be typed in.
    Empty,
    /// The text contains a character that is not allowed there: ids and client ids are plain ASCII without spaces,
    /// names have no control characters.
    Character,
    /// Another portal has the same id.
    DuplicateId {
        /// The path of that other id.
        first: String,
    },
    /// The client id is still [`PLACEHOLDER`].
    Placeholder,
    /// The address is not a portal address.
    Root(RootProblem),
}

fn is_in_id(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

fn is_in_preset(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
}

fn is_in_privilege(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, ':' | '_' | '-' | '.')
}

fn is_in_client_id(character: char) -> bool {
    character.is_ascii_graphic()
}

impl Config {
    /// Whether the id and the client id of an entry are valid as they are, and the client id is not the placeholder.
    pub(crate) fn has_plain_ids(id: &str, client_id: &str) -> bool {
        let is_id = (1..=MAX_ID).contains(&id.len()) && id.chars().all(is_in_id);
        let is_client_id = (1..=MAX_CLIENT_ID).contains(&client_id.len()) && client_id.chars().all(is_in_client_id);
        is_id && is_client_id && client_id != PLACEHOLDER
    }

    /// The portal with this id.
    pub fn portal(&self, id: &PortalId) -> Option<&ConfiguredPortal> {
        self.portals.iter().find(|portal| portal.id == *id)
    }
}

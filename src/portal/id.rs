//! Names the portal gives to things. Each is opaque text; the types keep them from being swapped.

use serde::{Deserialize, Serialize};

/// The id of a portal item: 32 hexadecimal digits on every portal seen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ItemId(pub String);

/// The id of a folder of a user's content; folders are addressed by id, never by title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FolderId(pub String);

/// A user's name as the portal spells it. It may hold `@` and must be percent-encoded in paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Username(pub String);

/// The OAuth client id of an app registered in one portal. Public by nature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientId(pub String);

/// A privilege string such as `premium:user:basemaps`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PrivilegeId(pub String);

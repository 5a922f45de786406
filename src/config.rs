//! The deployment's `config.json`, read strictly: every problem at once, each with the key it stands at.
//!
//! One build serves every deployment, so nothing here is known at build time. `config.schema.json` says the same to
//! editors; a test holds the two together.

mod node;

use crate::portal::id::ClientId;
use crate::portal::root::{PortalRoot, RootProblem};
use node::Node;

/// The longest configuration that is read, in bytes.
pub const MAX_CONFIG: usize = 65_536;
/// The most portals.
pub const MAX_PORTALS: usize = 50;
/// The longest id of a portal, in characters.
pub const MAX_ID: usize = 64;
/// The longest name of a portal, in characters.
pub const MAX_NAME: usize = 100;
/// The longest client id, in characters.
pub const MAX_CLIENT_ID: usize = 200;
/// The client id of the file as it is shipped; nobody can sign in with it.
pub const PLACEHOLDER: &str = "YOUR_CLIENT_ID";

/// The keys of the file.
pub const KEYS: [&str; 3] = ["$schema", "portals", "allowOtherPortals"];
/// The keys of a portal; all are required.
pub const PORTAL_KEYS: [&str; 4] = ["id", "name", "url", "clientId"];

/// A configuration without problems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The portals to choose from, in the order of the file; none only if others may be typed in.
    pub portals: Vec<ConfiguredPortal>,
    /// Whether a person may type another portal's address and client id.
    pub allow_other_portals: bool,
}

/// A portal of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfiguredPortal {
    /// Its name in links and in storage.
    pub id: PortalId,
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub root: PortalRoot,
    /// The page's own OAuth client id in that portal.
    pub client_id: ClientId,
}

/// The id of a configured portal: ASCII letters, digits, `-` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PortalId(pub String);

/// Something to mend in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The path of the key, such as `portals[0].url`; empty for the file as a whole.
    pub key: String,
    /// What is wrong there.
    pub rule: ConfigRule,
}

/// What a value of the configuration must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An object.
    Object,
    /// A list.
    List,
    /// A text.
    Text,
    /// `true` or `false`.
    Bool,
}

/// A broken rule of the configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConfigRule {
    /// The file is not JSON.
    NotJson {
        /// The line of the first fault, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
    },
    /// The text or list is longer than allowed, or the file has more than [`MAX_CONFIG`] bytes.
    TooLong {
        /// The most characters, entries or bytes.
        max: usize,
    },
    /// The key is missing.
    Missing,
    /// The key does not exist.
    Unknown {
        /// The keys that exist there.
        allowed: &'static [&'static str],
    },
    /// The key stands there twice.
    Repeated,
    /// The value is of another kind.
    WrongKind {
        /// The kind it must be.
        expected: Kind,
    },
    /// The text is empty, or the list of portals is and no others may be typed in.
    Empty,
    /// The text holds a character that is not allowed there: ids and client ids are plain ASCII without spaces, names
    /// hold no control characters.
    Character,
    /// Another portal has the same id.
    DuplicateId {
        /// The path of that other id.
        first: String,
    },
    /// The client id is still [`PLACEHOLDER`].
    Placeholder,
    /// The address is no portal address.
    Root(RootProblem),
}

/// An object's members, by name.
type Members = Vec<(String, Node)>;

struct Reading(Vec<ConfigProblem>);

impl Config {
    /// Reads the file's text.
    pub fn parse(file: &str) -> Result<Config, Vec<ConfigProblem>> {
        let mut reading = Reading(Vec::new());
        let config = reading.file(file);
        match config {
            Some(config) if reading.0.is_empty() => Ok(config),
            _ => Err(reading.0),
        }
    }

    /// The portal of this id.
    pub fn portal(&self, id: &PortalId) -> Option<&ConfiguredPortal> {
        self.portals.iter().find(|it| it.id == *id)
    }
}

impl Reading {
    /// Notes a problem; returns nothing, as the place has no value then.
    fn note<T>(&mut self, key: &str, rule: ConfigRule) -> Option<T> {
        self.0.push(ConfigProblem {
            key: key.to_owned(),
            rule,
        });
        None
    }

    fn file(&mut self, file: &str) -> Option<Config> {
        if file.len() > MAX_CONFIG {
            return self.note("", ConfigRule::TooLong { max: MAX_CONFIG });
        }
        // Windows editors put a byte order mark there.
        let node = match serde_json::from_str(file.trim_start_matches('\u{feff}')) {
            Ok(node) => node,
            Err(fault) => {
                return self.note(
                    "",
                    ConfigRule::NotJson {
                        line: fault.line(),
                        column: fault.column(),
                    },
                );
            }
        };
        let mut members = self.object("", node, &KEYS)?;
        if let Some(schema) = take(&mut members, "$schema") {
            self.text("$schema", Some(schema), MAX_CONFIG);
        }
        let allow_other_portals = match take(&mut members, "allowOtherPortals") {
            None => false,
            Some(Node::Bool(allowed)) => allowed,
            Some(_) => self.note(
                "allowOtherPortals",
                ConfigRule::WrongKind {
                    expected: Kind::Bool,
                },
            )?,
        };
        let portals = match take(&mut members, "portals") {
            Some(Node::List(list)) => list,
            Some(_) => {
                return self.note(
                    "portals",
                    ConfigRule::WrongKind {
                        expected: Kind::List,
                    },
                );
            }
            None => return self.note("portals", ConfigRule::Missing),
        };
        match portals.len() {
            0 if !allow_other_portals => return self.note("portals", ConfigRule::Empty),
            count if count > MAX_PORTALS => {
                return self.note("portals", ConfigRule::TooLong { max: MAX_PORTALS });
            }
            _ => Some(Config {
                portals: self.portals(portals),
                allow_other_portals,
            }),
        }
    }

    fn portals(&mut self, list: Vec<Node>) -> Vec<ConfiguredPortal> {
        let mut ids = Vec::new();
        let mut portals = Vec::new();
        for (at, node) in list.into_iter().enumerate() {
            let path = ["portals[", &at.to_string(), "]"].concat();
            portals.extend(self.portal(&path, node, &mut ids));
        }
        portals
    }

    fn portal(
        &mut self,
        path: &str,
        node: Node,
        ids: &mut Vec<(String, String)>,
    ) -> Option<ConfiguredPortal> {
        let mut members = self.object(path, node, &PORTAL_KEYS)?;
        let mut text = |reading: &mut Self, name: &str, max| {
            let key = join(path, name);
            let text = reading.text(&key, take(&mut members, name), max)?;
            Some((key, text))
        };
        let id = text(self, "id", MAX_ID);
        let name = text(self, "name", MAX_NAME);
        let url = text(self, "url", crate::origin::MAX_ADDRESS);
        let client_id = text(self, "clientId", MAX_CLIENT_ID);
        let id = id.and_then(|(key, id)| self.id(key, id, ids));
        let name = name.and_then(|(key, name)| self.plain(&key, name, |it| !it.is_control()));
        let root = url.and_then(|(key, url)| match PortalRoot::parse(&url) {
            Ok(root) => Some(root),
            Err(problem) => self.note(&key, ConfigRule::Root(problem)),
        });
        let client_id = client_id.and_then(|(key, id)| match id == PLACEHOLDER {
            true => self.note(&key, ConfigRule::Placeholder),
            false => self.plain(&key, id, |it| it.is_ascii_graphic()),
        });
        Some(ConfiguredPortal {
            id: PortalId(id?),
            name: name?,
            root: root?,
            client_id: ClientId(client_id?),
        })
    }

    fn id(&mut self, key: String, id: String, ids: &mut Vec<(String, String)>) -> Option<String> {
        if let Some((_, first)) = ids.iter().find(|(known, _)| *known == id) {
            let first = first.clone();
            return self.note(&key, ConfigRule::DuplicateId { first });
        }
        let id = self.plain(&key, id, |it| {
            it.is_ascii_alphanumeric() || matches!(it, '-' | '_')
        })?;
        ids.push((id.clone(), key));
        Some(id)
    }

    fn plain(&mut self, key: &str, text: String, allowed: fn(char) -> bool) -> Option<String> {
        match text.chars().all(allowed) {
            true => Some(text),
            false => self.note(key, ConfigRule::Character),
        }
    }

    fn text(&mut self, key: &str, node: Option<Node>, max: usize) -> Option<String> {
        match node {
            None => self.note(key, ConfigRule::Missing),
            Some(Node::Text(text)) => match text.trim() {
                "" => self.note(key, ConfigRule::Empty),
                text if text.chars().count() > max => self.note(key, ConfigRule::TooLong { max }),
                text => Some(text.to_owned()),
            },
            Some(_) => self.note(
                key,
                ConfigRule::WrongKind {
                    expected: Kind::Text,
                },
            ),
        }
    }

    fn object(
        &mut self,
        path: &str,
        node: Node,
        allowed: &'static [&'static str],
    ) -> Option<Members> {
        let Node::Object(members) = node else {
            return self.note(
                path,
                ConfigRule::WrongKind {
                    expected: Kind::Object,
                },
            );
        };
        for (at, (name, _)) in members.iter().enumerate() {
            if !allowed.contains(&name.as_str()) {
                self.note::<()>(&join(path, name), ConfigRule::Unknown { allowed });
            } else if members[..at].iter().any(|(earlier, _)| earlier == name) {
                self.note::<()>(&join(path, name), ConfigRule::Repeated);
            }
        }
        Some(members)
    }
}

fn take(members: &mut Members, name: &str) -> Option<Node> {
    let at = members.iter().position(|(it, _)| it == name)?;
    Some(members.swap_remove(at).1)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        [path, ".", name].concat()
    }
}

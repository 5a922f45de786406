//! Parses the file, key by key. A key with a problem has no value; the others are still read.

use std::borrow::Cow;

use crate::config::{
    Config, ConfigProblem, ConfigRule, ConfiguredPortal, ConfiguredPreset, KEYS, Kind, MAX_ANCESTORS, MAX_CLIENT_ID,
    MAX_CONFIG, MAX_ID, MAX_NAME, MAX_PORTALS, MAX_PRESETS, MAX_PRIVILEGE, PLACEHOLDER, PORTAL_KEYS, PRESET_KEYS,
    PortalId, is_in_client_id, is_in_id, is_in_preset, is_in_privilege,
};
use crate::json::{self, Value};
use crate::origin::MAX_ADDRESS;
use crate::portal::base_url::PortalRoot;
use crate::portal::id::ClientId;

type Members<'a> = Vec<(Cow<'a, str>, Value<'a>)>;

/// The portal ids so far, each with its path.
type Ids = Vec<(String, String)>;

struct ConfigReader(Vec<ConfigProblem>);

impl Config {
    /// Parses the file.
    pub fn parse(file: &str) -> Result<Config, Vec<ConfigProblem>> {
        let mut reading = ConfigReader(Vec::new());
        match reading.file(file) {
            Some(config) if reading.0.is_empty() => Ok(config),
            _ => Err(reading.0),
        }
    }
}

impl ConfigReader {
    /// Records a problem; returns `None`, because the key then has no value.
    fn note<T>(&mut self, key: &str, rule: ConfigRule) -> Option<T> {
        self.0.push(ConfigProblem { key: key.to_owned(), rule });
        None
    }

    fn wrong<T>(&mut self, key: &str, expected: Kind) -> Option<T> {
        self.note(key, ConfigRule::WrongKind { expected })
    }

    fn file(&mut self, text: &str) -> Option<Config> {
        if text.len() > MAX_CONFIG {
            return self.note("", ConfigRule::TooLong { max: MAX_CONFIG });
        }
        // Windows editors put a byte order mark there.
        match json::parse(text.trim_start_matches('\u{feff}').as_bytes()) {
            Ok(node) => self.config(node),
            Err(fault) => {
                let (line, column) = (fault.line(), fault.column());
                self.note("", ConfigRule::NotJson { line, column })
            }
        }
    }

    fn config(&mut self, node: Value<'_>) -> Option<Config> {
        let mut members = self.object("", node, &KEYS)?;
        if let Some(schema) = take(&mut members, "$schema") {
            self.text("$schema", Some(schema), MAX_CONFIG);
        }
        let allow_other_portals = match take(&mut members, "allowOtherPortals") {
            None => Some(false),
            Some(Value::Flag(allowed)) => Some(allowed),
            Some(_) => self.wrong("allowOtherPortals", Kind::Bool),
        };
        match take(&mut members, "frameAncestors") {
            None => {}
            Some(Value::List(list)) => self.ancestors(list),
            Some(_) => drop(self.wrong::<()>("frameAncestors", Kind::List)),
        }
        let portals = match take(&mut members, "portals") {
            None => self.note("portals", ConfigRule::Missing),
            Some(Value::List(list)) => self.portals(list),
            Some(_) => self.wrong("portals", Kind::List),
        };
        let presets = match take(&mut members, "presets") {
            None => Some(Vec::new()),
            Some(Value::List(list)) => self.presets(list),
            Some(_) => self.wrong("presets", Kind::List),
        };
        let config = Config { portals: portals?, allow_other_portals: allow_other_portals?, presets: presets? };
        if config.portals.is_empty() && !config.allow_other_portals {
            return self.note("portals", ConfigRule::Empty);
        }
        Some(config)
    }

    /// `boot.js` and the header files use them; here they are only checked.
    fn ancestors(&mut self, list: Vec<Value<'_>>) {
        if list.len() > MAX_ANCESTORS {
            self.note::<()>("frameAncestors", ConfigRule::TooLong { max: MAX_ANCESTORS });
        }
        for (at, node) in list.into_iter().enumerate() {
            let key = ["frameAncestors[", &at.to_string(), "]"].concat();
            // An origin is a portal address without a path.
            let is_origin = |text: &str| PortalRoot::parse(text).is_ok_and(|root| root.origin() == text);
            if !node.as_text().is_some_and(is_origin) {
                self.note::<()>(&key, ConfigRule::Character);
            }
        }
    }

    fn portals(&mut self, list: Vec<Value<'_>>) -> Option<Vec<ConfiguredPortal>> {
        if list.len() > MAX_PORTALS {
            return self.note("portals", ConfigRule::TooLong { max: MAX_PORTALS });
        }
        let mut ids = Vec::new();
        let mut portals = Some(Vec::new());
        for (at, node) in list.into_iter().enumerate() {
            let path = ["portals[", &at.to_string(), "]"].concat();
            match (self.portal(&path, node, &mut ids), &mut portals) {
                (Some(portal), Some(portals)) => portals.push(portal),
                _ => portals = None,
            }
        }
        portals
    }

    fn portal(&mut self, path: &str, node: Value<'_>, ids: &mut Ids) -> Option<ConfiguredPortal> {
        let mut members = self.object(path, node, &PORTAL_KEYS)?;
        let mut member = |name| (join(path, name), take(&mut members, name));
        let (key, node) = member("id");
        let id = self.text(&key, node, MAX_ID).and_then(|id| self.id(key, id, ids));
        let (key, node) = member("name");
        let name = self.text(&key, node, MAX_NAME);
        let name = name.and_then(|name| self.plain(&key, name, |character| !character.is_control()));
        let (key, node) = member("url");
        let root = self.text(&key, node, MAX_ADDRESS).and_then(|url| self.root(&key, &url));
        let (key, node) = member("clientId");
        let client_id = self.text(&key, node, MAX_CLIENT_ID);
        let client_id = client_id.and_then(|id| self.client_id(&key, id));
        Some(ConfiguredPortal { id: id?, name: name?, root: root?, client_id: client_id? })
    }

    fn presets(&mut self, list: Vec<Value<'_>>) -> Option<Vec<ConfiguredPreset>> {
        if list.len() > MAX_PRESETS {
            return self.note("presets", ConfigRule::TooLong { max: MAX_PRESETS });
        }
        let mut ids = Vec::new();
        let read = |(at, node)| self.preset(&["presets[", &usize::to_string(&at), "]"].concat(), node, &mut ids);
        let presets: Vec<Option<ConfiguredPreset>> = list.into_iter().enumerate().map(read).collect();
        presets.into_iter().collect()
    }

    fn preset(&mut self, path: &str, node: Value<'_>, ids: &mut Ids) -> Option<ConfiguredPreset> {
        let mut members = self.object(path, node, &PRESET_KEYS)?;
        let mut member = |name| (join(path, name), take(&mut members, name));
        let (key, node) = member("id");
        let id = self.text(&key, node, MAX_ID).and_then(|id| self.plain(&key, id, is_in_preset));
        let id = id.and_then(|id| self.id(key, id, ids));
        let (key, node) = member("title");
        let title = self.text(&key, node, MAX_NAME);
        let title = title.and_then(|title| self.plain(&key, title, |character| !character.is_control()));
        let privileges = match member("privileges") {
            (key, None) => self.note(&key, ConfigRule::Missing),
            (key, Some(Value::List(list))) if list.len() > MAX_PRESETS => {
                self.note(&key, ConfigRule::TooLong { max: MAX_PRESETS })
            }
            (key, Some(Value::List(list))) => {
                let read = |(at, node)| {
                    let key = [&key, "[", &usize::to_string(&at), "]"].concat();
                    self.text(&key, Some(node), MAX_PRIVILEGE).and_then(|text| self.plain(&key, text, is_in_privilege))
                };
                let read: Vec<Option<String>> = list.into_iter().enumerate().map(read).collect();
                read.into_iter().collect()
            }
            (key, Some(_)) => self.wrong(&key, Kind::List),
        };
        Some(ConfiguredPreset { id: id?.0, title: title?, privileges: privileges? })
    }

    fn root(&mut self, key: &str, url: &str) -> Option<PortalRoot> {
        match PortalRoot::parse(url) {
            Ok(root) => Some(root),
            Err(problem) => self.note(key, ConfigRule::Root(problem)),
        }
    }

    fn client_id(&mut self, key: &str, id: String) -> Option<ClientId> {
        if id == PLACEHOLDER {
            return self.note(key, ConfigRule::Placeholder);
        }
        self.plain(key, id, is_in_client_id).map(ClientId)
    }

    fn id(&mut self, key: String, id: String, ids: &mut Ids) -> Option<PortalId> {
        if let Some((_, first)) = ids.iter().find(|(known, _)| *known == id) {
            let first = first.clone();
            return self.note(&key, ConfigRule::DuplicateId { first });
        }
        let id = self.plain(&key, id, is_in_id)?;
        ids.push((id.clone(), key));
        Some(PortalId(id))
    }

    fn plain(&mut self, key: &str, text: String, allowed: fn(char) -> bool) -> Option<String> {
        match text.chars().all(allowed) {
            true => Some(text),
            false => self.note(key, ConfigRule::Character),
        }
    }

    fn text(&mut self, key: &str, node: Option<Value<'_>>, max: usize) -> Option<String> {
        match node {
            None => self.note(key, ConfigRule::Missing),
            Some(Value::Text(text)) => match text.trim() {
                "" => self.note(key, ConfigRule::Empty),
                text if text.chars().count() > max => self.note(key, ConfigRule::TooLong { max }),
                text => Some(text.to_owned()),
            },
            Some(_) => self.wrong(key, Kind::Text),
        }
    }

    fn object<'a>(&mut self, path: &str, node: Value<'a>, allowed: &'static [&'static str]) -> Option<Members<'a>> {
        let Value::Object(members) = node else {
            return self.wrong(path, Kind::Object);
        };
        for (at, (name, _)) in members.iter().enumerate() {
            if !allowed.contains(&&**name) {
                self.note::<()>(&join(path, name), ConfigRule::Unknown { allowed });
            } else if members[..at].iter().any(|(earlier, _)| earlier == name) {
                self.note::<()>(&join(path, name), ConfigRule::Repeated);
            }
        }
        Some(members)
    }
}

fn take<'a>(members: &mut Members<'a>, name: &str) -> Option<Value<'a>> {
    let at = members.iter().position(|(member, _)| member == name)?;
    Some(members.swap_remove(at).1)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { [path, ".", name].concat() }
}

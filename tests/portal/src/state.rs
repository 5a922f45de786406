//! What the portal remembers: people, folders, items, apps with their keys, and sign-ins.
//! Plain data and lookups; the rules are with the endpoints.

pub mod app;
pub mod item;
pub mod person;
pub mod session;

use std::collections::BTreeMap;

use crate::ids::Ids;
use app::App;
use item::{Folder, Item};
use person::{Org, User};
use session::{Code, Refresh, Session};

/// Everything the portal remembers.
#[derive(Debug, Clone)]
pub struct World {
    /// The source of ids and tokens.
    pub ids: Ids,
    /// Organizations by id.
    pub orgs: BTreeMap<String, Org>,
    /// Users by username.
    pub users: BTreeMap<String, User>,
    /// Folders by id.
    pub folders: BTreeMap<String, Folder>,
    /// Items by id.
    pub items: BTreeMap<String, Item>,
    /// Registered apps by client id.
    pub apps: BTreeMap<String, App>,
    /// Authorization codes by their text, used ones included.
    pub codes: BTreeMap<String, Code>,
    /// Access tokens of users and apps by their text.
    pub sessions: BTreeMap<String, Session>,
    /// Refresh tokens by their text.
    pub refreshes: BTreeMap<String, Refresh>,
    /// Every API key that was ever issued, oldest first, whatever became of it.
    pub issued_keys: Vec<String>,
    /// Every client secret that was ever issued for an item, oldest first, whatever became of it.
    pub issued_secrets: Vec<String>,
    /// True once the 10,000 items of `max` exist.
    pub crowd_made: bool,
}

impl World {
    /// An empty world.
    pub fn new(seed: u64) -> World {
        World {
            ids: Ids::new(seed),
            orgs: BTreeMap::new(),
            users: BTreeMap::new(),
            folders: BTreeMap::new(),
            items: BTreeMap::new(),
            apps: BTreeMap::new(),
            codes: BTreeMap::new(),
            sessions: BTreeMap::new(),
            refreshes: BTreeMap::new(),
            issued_keys: Vec::new(),
            issued_secrets: Vec::new(),
            crowd_made: false,
        }
    }

    /// The user of a path part, by username or by user id (F-API-4).
    pub fn user(&self, name: &str) -> Option<&User> {
        let by_id = || self.users.values().find(|it| it.id == name);
        self.users.get(name).or_else(by_id)
    }

    /// The app registered on an item.
    pub fn app_of_item(&self, item: &str) -> Option<&App> {
        self.apps.values().find(|it| it.item_id == item)
    }

    /// The folder of this user with this id.
    pub fn folder(&self, owner: &str, id: &str) -> Option<&Folder> {
        self.folders.get(id).filter(|it| it.owner == owner)
    }

    /// Forgets an app: all its keys and sessions end with it (F-KEY-12).
    pub fn remove_app(&mut self, client_id: &str) {
        self.apps.remove(client_id);
        self.sessions.retain(|_, it| it.client_id != client_id);
        self.refreshes.retain(|_, it| it.client_id != client_id);
        self.codes.retain(|_, it| it.client_id != client_id);
    }

    /// Forgets an item and the app registered on it.
    pub fn remove_item(&mut self, id: &str) {
        let client = self.app_of_item(id).map(|it| it.client_id.clone());
        if let Some(client) = client {
            self.remove_app(&client);
        }
        self.items.remove(id);
    }
}

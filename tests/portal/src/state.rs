//! The portal's state: people, folders, items, apps with their keys, and sign-ins.
//! Plain data and lookups; the endpoints hold the rules.

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

/// The portal's state.
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
    /// Authorization codes by their text, including used ones.
    pub codes: BTreeMap<String, Code>,
    /// Access tokens of users and apps by their text.
    pub sessions: BTreeMap<String, Session>,
    /// Refresh tokens by their text.
    pub refreshes: BTreeMap<String, Refresh>,
    /// Every API key ever issued, oldest first, in any state.
    pub issued_keys: Vec<String>,
    /// Every client secret ever issued for an item, oldest first, in any state.
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

    /// Looks up a user by username or user id (F-API-4).
    pub fn user(&self, name: &str) -> Option<&User> {
        let by_id = || self.users.values().find(|user| user.id == name);
        self.users.get(name).or_else(by_id)
    }

    /// The app registered on an item.
    pub fn app_of_item(&self, item: &str) -> Option<&App> {
        self.apps.values().find(|app| app.item_id == item)
    }

    /// The folder of this user with this id.
    pub fn folder(&self, owner: &str, id: &str) -> Option<&Folder> {
        self.folders.get(id).filter(|folder| folder.owner == owner)
    }

    /// Removes an app with its keys and sessions (F-KEY-12).
    pub fn remove_app(&mut self, client_id: &str) {
        self.apps.remove(client_id);
        self.sessions.retain(|_, session| session.client_id != client_id);
        self.refreshes.retain(|_, refresh| refresh.client_id != client_id);
        self.codes.retain(|_, code| code.client_id != client_id);
    }

    /// Removes an item and the app registered on it.
    pub fn remove_item(&mut self, id: &str) {
        let client = self.app_of_item(id).map(|app| app.client_id.clone());
        if let Some(client) = client {
            self.remove_app(&client);
        }
        self.items.remove(id);
    }
}

//! For tests: inspects the portal, and bypasses the sign-in page.

use crate::exchange::Asked;
use crate::oauth2;
use crate::portal::Portal;
use crate::seed;
use crate::state::app::App;
use crate::state::item::{Folder, Item};
use crate::state::person::{Org, User};
use crate::state::session::Session;

/// A valid API key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveKey {
    /// The key.
    pub token: String,
    /// The credential's item.
    pub item_id: String,
    /// The credential's client id.
    pub client_id: String,
    /// 1 or 2.
    pub slot: usize,
    /// Epoch milliseconds.
    pub expires: i64,
}

impl Portal {
    /// Registers the OAuth app of a page; a second call with the same id replaces the first.
    pub fn register_client(&mut self, client_id: &str, title: &str, redirect_uris: &[&str]) {
        let app = App {
            client_id: client_id.to_owned(),
            client_secret: self.world.ids.hex(),
            item_id: String::new(),
            owner: seed::CLIENT_OWNER.to_owned(),
            title: title.to_owned(),
            app_type: "multiple".to_owned(),
            redirect_uris: redirect_uris.iter().map(|uri| (*uri).to_owned()).collect(),
            referrers: Vec::new(),
            privileges: Some(Vec::new()),
            is_personal: false,
            registered: self.now_ms,
            modified: self.now_ms,
            keys: [None, None],
            replaced: Vec::new(),
        };
        self.world.apps.insert(client_id.to_owned(), app);
    }

    /// The OAuth apps registered for pages.
    pub(crate) fn page_clients(&self) -> Vec<App> {
        let apps = self.world.apps.values();
        apps.filter(|app| app.item_id.is_empty()).cloned().collect()
    }

    /// Issues an access token for this user without the sign-in page, for the app of [`Portal::demo`].
    pub fn sign_in(&mut self, username: &str) -> String {
        oauth2::token::open_session(self, username, seed::DEMO_CLIENT)
    }

    /// Presses Allow (or Cancel) on the sign-in page for this query: returns the redirect address, or `None` if the
    /// portal shows an error page instead.
    pub fn decide(&mut self, query: &str, username: &str, allow: bool) -> Option<String> {
        let decision = if allow { "allow" } else { "cancel" };
        let asked = Asked::post_body("/sharing/rest/oauth2/authorize", query)
            .field("username", username)
            .field("decision", decision);
        let answered = self.answer(asked);
        answered.get_header("Location").map(str::to_owned)
    }

    /// Ends every access token; refresh tokens stay valid.
    pub fn end_access_tokens(&mut self) {
        self.world.sessions.clear();
    }

    /// Replaces a user's privileges.
    pub fn set_privileges(&mut self, username: &str, privileges: &[&str]) {
        if let Some(user) = self.world.users.get_mut(username) {
            user.privileges = privileges.iter().map(|privilege| (*privilege).to_owned()).collect();
        }
    }

    /// All users.
    pub fn users(&self) -> Vec<User> {
        self.world.users.values().cloned().collect()
    }

    /// A user by name.
    pub fn user(&self, username: &str) -> Option<&User> {
        self.world.users.get(username)
    }

    /// The items of a user, newest first, without the recycle bin.
    pub fn items_of(&self, owner: &str) -> Vec<Item> {
        let mut items: Vec<Item> = self.world.items.values().cloned().collect();
        if owner == seed::CROWD_OWNER && !self.world.crowd_made {
            items.extend(seed::crowd(self.now_ms));
        }
        items.retain(|item| item.owner == owner && !item.in_bin);
        items.sort_by_key(|item| std::cmp::Reverse(item.created));
        items
    }

    /// The credentials of a user, finished or not: items of type `Application`.
    pub fn credentials_of(&self, owner: &str) -> Vec<Item> {
        let mut items = self.items_of(owner);
        items.retain(|item| item.kind == "Application");
        items
    }

    /// The folders of a user.
    pub fn folders_of(&self, owner: &str) -> Vec<Folder> {
        let all = self.world.folders.values();
        all.filter(|all| all.owner == owner).cloned().collect()
    }

    /// An item by id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.world.items.get(id)
    }

    /// An item by id, for changes from outside.
    pub fn item_mut(&mut self, id: &str) -> Option<&mut Item> {
        self.world.items.get_mut(id)
    }

    /// A user by name, for changes from outside.
    pub fn user_mut(&mut self, username: &str) -> Option<&mut User> {
        self.world.users.get_mut(username)
    }

    /// The organization of a user, for changes from outside.
    pub fn org_mut(&mut self, username: &str) -> Option<&mut Org> {
        let org = self.world.users.get(username)?.org.clone();
        self.world.orgs.get_mut(&org)
    }

    /// Adds a folder to a user without checking the title.
    pub fn add_folder(&mut self, owner: &str, title: &str) {
        let (id, created) = (self.world.ids.hex(), self.now_ms);
        let folder = Folder { id: id.clone(), owner: owner.to_owned(), title: title.to_owned(), created };
        self.world.folders.insert(id, folder);
    }

    /// Deletes an item from outside, with its app and keys.
    pub fn lose_item(&mut self, id: &str) {
        self.world.remove_item(id);
    }

    /// The app registered on an item.
    pub fn app_of_item(&self, item: &str) -> Option<&App> {
        self.world.app_of_item(item)
    }

    /// The app registered on an item, for changes from outside.
    pub fn app_of_item_mut(&mut self, item: &str) -> Option<&mut App> {
        self.world.apps.values_mut().find(|app| app.item_id == item)
    }

    /// Every valid API key.
    pub fn live_keys(&self) -> Vec<LiveKey> {
        let apps = self.world.apps.values();
        apps.flat_map(|app| {
            app.live_keys(self.now_ms).map(|(slot, key)| LiveKey {
                token: key.token.clone(),
                item_id: app.item_id.clone(),
                client_id: app.client_id.clone(),
                slot: slot + 1,
                expires: key.expires,
            })
        })
        .collect()
    }

    /// Every API key ever issued, including replaced, revoked and lost ones.
    pub fn issued_keys(&self) -> &[String] {
        &self.world.issued_keys
    }

    /// Every client secret ever issued for an item, including deleted items.
    pub fn issued_secrets(&self) -> &[String] {
        &self.world.issued_secrets
    }

    /// Every valid access token, with its session.
    pub fn live_sessions(&self) -> Vec<(String, Session)> {
        let all = self.world.sessions.iter();
        all.filter(|(_, all)| all.expires > self.now_ms).map(|(token, all)| (token.clone(), all.clone())).collect()
    }

    /// The number of valid refresh tokens.
    pub fn live_refresh_tokens(&self) -> usize {
        let all = self.world.refreshes.values();
        all.filter(|all| all.expires > self.now_ms).count()
    }
}

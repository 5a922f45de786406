//! The caller, and what that caller may see and change.

use crate::exchange::Asked;
use crate::portal::Portal;
use crate::privileges;
use crate::referrer;
use crate::refusal::Refusal;
use crate::state::app::App;
use crate::state::item::{Access, Item};
use crate::state::person::{Role, User};
use crate::state::session::Session;

/// The caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// An anonymous caller.
    Anonymous,
    /// A user, through an OAuth app.
    User {
        /// The username.
        username: String,
        /// The app that got the token.
        client_id: String,
    },
    /// An app acting as itself, with a client credentials token.
    App {
        /// The app.
        client_id: String,
    },
    /// An API key.
    Key {
        /// The app the key belongs to.
        client_id: String,
        /// Slot 0 or 1.
        slot: usize,
    },
}

impl Portal {
    /// Identifies the caller; refuses an unknown or expired token, or a wrong referrer, with 498 (F-ERROR-3,
    /// F-REFERRER-6).
    pub(crate) fn caller(&self, asked: &Asked) -> Result<Caller, Refusal> {
        let Some(token) = asked.token() else {
            return Ok(Caller::Anonymous);
        };
        if let Some(session) = self.world.sessions.get(token) {
            if session.expires <= self.now_ms {
                return Err(Refusal::invalid_token());
            }
            if !bound_here(session, asked) {
                return Err(Refusal::invalid_token());
            }
            let client_id = session.client_id.clone();
            return Ok(match session.username.clone() {
                Some(username) => Caller::User { username, client_id },
                None => Caller::App { client_id },
            });
        }
        let (app, slot) = self.key(token).ok_or_else(Refusal::invalid_token)?;
        let admitted = referrer::admits(&app.referrers, asked.referer.as_deref());
        if !admitted || !self.owner_still_may(app) {
            return Err(Refusal::invalid_token());
        }
        let client_id = app.client_id.clone();
        Ok(Caller::Key { client_id, slot })
    }

    /// The app and slot (0 or 1) of a valid key.
    pub(crate) fn key(&self, token: &str) -> Option<(&App, usize)> {
        self.world.apps.values().find_map(|app| {
            let slot = app.live_keys(self.now_ms).find(|(_, key)| key.token == token)?.0;
            let binned = self.world.items.get(&app.item_id).is_some_and(|item| item.in_bin);
            (!binned).then_some((app, slot))
        })
    }

    /// True while the owner still has the key's privileges; matters only with the switch on (F-KEY-13).
    fn owner_still_may(&self, app: &App) -> bool {
        let owner = self.world.users.get(&app.owner);
        let has = |text: &String| privileges::item_of(text).is_some() || owner.is_some_and(|user| user.may(text));
        !self.switches.key_follows_owner || app.granted().iter().all(has)
    }

    /// The signed-in user: no token is 499, an app's or key's token is 403 (F-ERROR-4, F-ERROR-5).
    pub(crate) fn person(&self, caller: &Caller) -> Result<&User, Refusal> {
        match caller {
            Caller::Anonymous => Err(Refusal::token_required()),
            Caller::User { username, .. } => {
                let user = self.world.users.get(username);
                user.ok_or_else(Refusal::invalid_token)
            }
            Caller::App { .. } | Caller::Key { .. } => Err(Refusal::forbidden()),
        }
    }

    /// True if the caller's token may manage keys: a password token always may, an OAuth app's token depends on the
    /// switch (F-TOKEN-9).
    pub(crate) fn may_manage_keys(&self, caller: &Caller) -> bool {
        let by_password = matches!(caller, Caller::User { client_id, .. } if client_id.is_empty());
        by_password || self.switches.oauth_tokens_manage_keys
    }

    /// True if the caller may read this item (F-ITEM-11, F-APP-12).
    pub(crate) fn can_see(&self, caller: &Caller, item: &Item) -> bool {
        if item.access == Access::Public {
            return true;
        }
        match caller {
            Caller::Anonymous => false,
            Caller::User { username, .. } => self.user_can_see(username, item),
            Caller::App { client_id } | Caller::Key { client_id, .. } => {
                self.world.apps.get(client_id).is_some_and(|app| app_can_see(app, item))
            }
        }
    }

    /// True if the user may read this item.
    pub(crate) fn user_can_see(&self, username: &str, item: &Item) -> bool {
        let Some(user) = self.world.users.get(username) else {
            return false;
        };
        match item.access {
            Access::Public => true,
            _ if item.owner == username => true,
            Access::Org => item.org == user.org,
            Access::Private | Access::Shared => administers(user, item),
        }
    }

    /// True for the owner and for administrators of the owner's organization (F-APP-8).
    pub(crate) fn may_change(&self, user: &User, owner: &str) -> bool {
        let same_org = || self.world.users.get(owner).is_some_and(|other| other.org == user.org);
        user.username == owner || (user.role == Role::Admin && same_org())
    }
}

/// A token of `generateToken` is valid only from its referrer (F-TOKEN-10).
fn bound_here(session: &Session, asked: &Asked) -> bool {
    let sent = asked.referer.as_deref().unwrap_or_default();
    session.referer.as_deref().is_none_or(|referer| sent.starts_with(referer))
}

fn administers(user: &User, item: &Item) -> bool {
    user.role == Role::Admin && user.org == item.org
}

/// An app or key can read the items named by its privileges, or all of the owner's items if the list was omitted at
/// registration (F-APP-4).
fn app_can_see(app: &App, item: &Item) -> bool {
    match &app.privileges {
        None => item.owner == app.owner,
        Some(list) => list.iter().filter_map(|entry| privileges::item_of(entry)).any(|id| id == item.id),
    }
}

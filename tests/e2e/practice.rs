//! Access to the practice portal beside the browser: its state, its log, and whether a key works.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use key_wizard_core::portal::text::plain;
use practice_portal::Portal;
use practice_portal::endpoint::Endpoint;
use practice_portal::fault::{Fault, Rule};
use practice_portal::state::item::{Access, Item};
use serde_json::{Value, json};

use crate::journey::Wish;
use crate::watch::Sent;
use crate::world::World;

/// A refusal with this code and message.
pub fn refusal(code: i64, message: &str) -> Fault {
    Fault::ErrorBody { code, message: message.to_owned() }
}

/// A refusal by the portal with an OAuth error name.
pub fn named_refusal(name: &str, message: &str) -> Fault {
    let error = json!({ "code": 400, "error": name, "message": message, "details": [] });
    Fault::Instead { body: json!({ "error": error }).to_string() }
}

/// The portal's description of a key.
#[derive(Debug)]
pub struct WhoAmI(Value);

impl WhoAmI {
    /// True if the portal accepted the key.
    pub fn is_accepted(&self) -> bool {
        self.0.get("error").is_none()
    }

    /// The key's privileges, with item access in the form of the registration.
    pub fn privileges(&self) -> Vec<String> {
        assert!(self.is_accepted(), "{}", self.0);
        let texts = |name: &str| self.0[name].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let (rights, items): (Vec<&str>, Vec<&str>) = (texts("privileges"), texts("items"));
        let items = items.into_iter().map(|id| format!("portal:app:access:item:{id}"));
        rights.into_iter().map(str::to_owned).chain(items).collect()
    }

    /// The referrers that may use the key.
    pub fn referrers(&self) -> Vec<&str> {
        self.0["referrers"].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// When the key expires, in epoch milliseconds.
    pub fn expires(&self) -> Option<i64> {
        self.0["expires"].as_i64()
    }
}

impl World {
    /// Reads or changes the portal.
    pub fn portal<T>(&self, act: impl FnOnce(&mut Portal) -> T) -> T {
        self.portal.with(act)
    }

    /// Sets a fault at this endpoint until further notice.
    pub fn fault(&self, endpoint: Endpoint, fault: Fault) {
        self.portal(|portal| portal.add_fault(Rule { times: None, ..Rule::once(endpoint, fault) }));
    }

    /// Sets a fault at this endpoint, once.
    pub fn fault_once(&self, endpoint: Endpoint, fault: Fault) {
        self.portal(|portal| portal.add_fault(Rule::once(endpoint, fault)));
    }

    /// Holds the answer to the next request here until [`World::release`]; the request takes effect.
    pub async fn hold(&self, endpoint: Endpoint) {
        self.be_patient().await;
        self.fault_once(endpoint, Fault::Held);
    }

    /// Disables the page's timeout of half a minute.
    pub async fn be_patient(&self) {
        self.page().js("void (AbortSignal.timeout = () => new AbortController().signal)").await;
    }

    /// Waits until an answer of this endpoint is held.
    pub async fn holds(&self, endpoint: Endpoint) {
        let is_held = async || self.portal(|portal| portal.holds(endpoint));
        self.page().until(&format!("an answer of {endpoint:?} is held back"), is_held).await;
    }

    /// Releases the held answers of this endpoint.
    pub fn release(&self, endpoint: Endpoint) {
        self.portal(|portal| portal.release(endpoint));
    }

    /// Clears all faults.
    pub fn clear_faults(&self) {
        self.portal(|portal| portal.clear_faults());
    }

    /// Asks the portal over real HTTP what a key may do, as a page at this address would.
    pub async fn whoami(&self, key: &str, referer: Option<&str>) -> WhoAmI {
        let address = format!("{}/sharing/rest/practice/whoami", self.portal_url());
        let mut request = reqwest::Client::new().post(address).form(&[("f", "json"), ("token", key)]);
        if let Some(referer) = referer {
            request = request.header("Referer", referer);
        }
        let text = request.send().await.expect("the portal runs").text().await.expect("its answer is text");
        WhoAmI(serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
    }

    /// Checks that the key belongs to a credential of Jane's with the typed values, and expires at the end of the
    /// suggested day in UTC, a month ahead.
    pub async fn is_as_wished(&self, key: &str, wish: &Wish) {
        let referer = wish.referrers.first().map(|referrer| format!("{referrer}/"));
        let answer = self.whoami(key, referer.as_deref()).await;
        assert_eq!(answer.privileges(), wish.rights());
        assert_eq!(answer.referrers(), wish.referrers);
        assert_eq!(answer.expires(), Some(self.end_of_day_in_a_month().await));
        assert!(
            self.credentials_of("jane").iter().any(|title| title == wish.title),
            "{:?}",
            self.credentials_of("jane")
        );
    }

    async fn end_of_day_in_a_month(&self) -> i64 {
        // In the format of a date field, in the user's own calendar.
        let today = self.page().js("new Date().toLocaleDateString('sv')").await;
        let today = today.as_str().and_then(|text| text.parse::<NaiveDate>().ok()).expect("a date");
        let end = (today + Months::new(1)).and_hms_milli_opt(23, 59, 59, 999).expect("a time of day");
        end.and_utc().timestamp_millis()
    }

    /// The number of valid keys.
    pub fn live_keys(&self) -> usize {
        self.portal(|portal| portal.live_keys().len())
    }

    /// Every key ever issued, oldest first.
    pub fn issued_keys(&self) -> Vec<String> {
        self.portal(|portal| portal.issued_keys().to_vec())
    }

    /// Every issued key that is no longer valid.
    pub fn ended_keys(&self) -> Vec<String> {
        let live: Vec<_> = self.portal(|portal| portal.live_keys()).into_iter().map(|key| key.token).collect();
        self.issued_keys().into_iter().filter(|key| !live.contains(key)).collect()
    }

    /// The number of valid access and refresh tokens.
    pub fn live_sessions(&self) -> usize {
        self.portal(|portal| portal.live_sessions().len() + portal.live_refresh_tokens())
    }

    /// The titles of a user's credentials.
    pub fn credentials_of(&self, user: &str) -> Vec<String> {
        self.portal(|portal| portal.credentials_of(user).into_iter().map(|item| item.title).collect())
    }

    /// The ids of a user's items.
    pub fn items_of(&self, user: &str) -> Vec<String> {
        self.portal(|portal| portal.items_of(user).into_iter().map(|item| item.id).collect())
    }

    /// The titles of the matching items that this user may read, as the page shows them.
    pub fn items_seen_by(&self, user: &str, which: impl Fn(&Item) -> bool) -> BTreeSet<String> {
        self.portal(|portal| {
            let org = portal.user(user).expect("the user is there").org.clone();
            let colleagues = portal.users().into_iter().filter(|colleague| colleague.org == org);
            let items = colleagues.flat_map(|colleague| portal.items_of(&colleague.username));
            let seen =
                items.filter(|item| item.owner == user || item.access == Access::Org || item.access == Access::Public);
            seen.filter(which).map(|item| plain(&item.title, 250)).collect()
        })
    }

    /// Some of Jane's non-public items with titles that every renderer shows unchanged.
    pub fn plain_items(&self, count: usize) -> Vec<Item> {
        let is_plain =
            |item: &Item| item.title.chars().all(|character| character.is_ascii_alphanumeric() || character == ' ');
        let items = self.portal(|portal| portal.items_of("jane")).into_iter();
        items.filter(|item| item.access != Access::Public && is_plain(item)).take(count).collect()
    }

    /// The title of one of a user's non-public items.
    pub fn title_of_item(&self, user: &str, place: usize) -> String {
        let items = self.portal(|portal| portal.items_of(user)).into_iter();
        let mut items = items.filter(|item| item.access != Access::Public);
        items.nth(place).map(|item| item.title).unwrap_or_else(|| panic!("{user} has fewer items"))
    }

    /// The titles of a user's folders.
    pub fn folders_of(&self, user: &str) -> Vec<String> {
        self.portal(|portal| portal.folders_of(user).into_iter().map(|folder| folder.title).collect())
    }

    /// The item access of this user's newest credential.
    pub fn item_rights_of_newest_app(&self, user: &str) -> Vec<String> {
        self.portal(|portal| {
            let credentials = portal.credentials_of(user);
            let newest = credentials.first().unwrap_or_else(|| panic!("{user} has no credential"));
            let app = portal.app_of_item(&newest.id).unwrap_or_else(|| panic!("{} is not registered", newest.id));
            app.granted().iter().filter(|privilege| privilege.starts_with("portal:app:access:item:")).cloned().collect()
        })
    }

    /// Renames private items of this user to these titles.
    pub fn retitle(portal: &mut Portal, user: &str, titles: &[&str]) {
        let items = portal.items_of(user).into_iter().filter(|item| item.access == Access::Private);
        let ids: Vec<String> = items.map(|item| item.id).take(titles.len()).collect();
        assert_eq!(ids.len(), titles.len(), "{user} has too few private items");
        for (id, title) in ids.iter().zip(titles) {
            portal.item_mut(id).expect("the item was listed").title = (*title).to_owned();
        }
    }

    /// The browser's requests to the portal's API so far, without the sign-in page.
    pub async fn portal_calls(&self) -> Vec<Sent> {
        let requests = self.page().seen().await.requests;
        let api = format!("{}/sharing/rest/", self.portal.url);
        requests
            .into_iter()
            .filter(|request| request.url.starts_with(&api) && !request.url.contains("oauth2/authorize"))
            .collect()
    }

    /// How many calls went to the endpoint with this path.
    pub async fn calls_to(&self, path: &str) -> usize {
        self.portal_calls().await.iter().filter(|request| request.url.contains(path)).count()
    }

    /// The address of the portal's latest redirect to the page.
    pub async fn last_callback(&self) -> String {
        let requests = self.page().seen().await.requests;
        let found = requests.into_iter().rev().find(|request| request.url.contains("code="));
        found.expect("somebody signed in").url
    }

    /// Every secret so far, by kind: includes keys and client secrets that were never sent, and those that have ended.
    pub fn secrets(&self) -> Vec<(&'static str, String)> {
        self.portal(|portal| {
            let mut all: Vec<(&'static str, String)> = Vec::new();
            all.extend(portal.live_sessions().into_iter().map(|(token, _)| ("access token", token)));
            all.extend(portal.issued_keys().iter().map(|key| ("API key", key.clone())));
            all.extend(portal.issued_secrets().iter().map(|secret| ("client_secret", secret.clone())));
            for field in ["token", "auth_token", "code", "code_verifier", "client_secret", "refresh_token"] {
                all.extend(
                    portal
                        .log()
                        .iter()
                        .filter_map(|request| request.form.get(field))
                        .map(|value| (field, value.to_owned())),
                );
            }
            all.retain(|(_, secret)| secret.len() >= 16);
            all.sort();
            all.dedup();
            all
        })
    }
}

//! The pure core: a request in, an answer out. Time is a field, randomness a seeded counter.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::access::Caller;
use crate::endpoint::{Endpoint, Names, is_of_the_api, route};
use crate::exchange::{Answered, Asked, JSON, Method};
use crate::fault::{Fault, Faults};
use crate::form::Form;
use crate::log::Seen;
use crate::refusal::Refusal;
use crate::state::World;
use crate::switches::{PostRefusal, Switches};
use crate::{account, content, lists, oauth2, page, search, seed, whoami};

/// The maximum log length; older requests are dropped, so that a long-running demo does not grow without bound.
const LOG_LENGTH: usize = 20_000;

/// A portal with all its state.
#[derive(Debug, Clone)]
pub struct Portal {
    /// The portal's clock, epoch milliseconds UTC.
    pub now_ms: i64,
    /// The settings for the unknown facts.
    pub switches: Switches,
    /// The portal's public address, such as `http://127.0.0.1:4000`; used only for links and `iss`.
    pub root: String,
    pub(crate) world: World,
    pub(crate) log: Vec<Seen>,
    seed: u64,
    start_ms: i64,
    pub(crate) faults: Faults,
    /// The fault for the next request to any endpoint.
    pub(crate) next: Option<Fault>,
    /// Late requests and when they take effect; `None` is after the next request.
    pub(crate) late: Vec<(Option<i64>, Asked)>,
    /// Held answers, by number.
    pub(crate) held: BTreeMap<u64, Endpoint>,
}

/// A request with the context its rule needs.
pub(crate) struct Call<'a> {
    /// The request.
    pub asked: &'a Asked,
    /// Its fields.
    pub form: &'a Form,
    /// The variable parts of its path.
    pub names: Names,
    /// The caller.
    pub caller: Caller,
}

/// A successful answer of a rule.
pub(crate) enum Done {
    /// JSON, rendered as a page if `f=json` is missing.
    Json(Value),
    /// A page or a redirect.
    Page(Answered),
}

/// The result of a rule.
pub(crate) type Reply = Result<Done, Refusal>;

impl Portal {
    /// The demo: users `jane`, `newt`, `max`, `nora` and `ada`, their items, and the OAuth app `key-wizard-demo`,
    /// which has no redirect URIs yet; see [`Portal::register_client`].
    pub fn demo(now_ms: i64) -> Portal {
        Portal::seeded(now_ms, 1)
    }

    /// The demo with a different seed for ids and tokens.
    pub fn seeded(now_ms: i64, seed: u64) -> Portal {
        Portal {
            now_ms,
            switches: Switches::default(),
            root: "http://127.0.0.1".to_owned(),
            world: seed::world(now_ms, seed),
            log: Vec::new(),
            seed,
            start_ms: now_ms,
            faults: Faults::default(),
            next: None,
            late: Vec::new(),
            held: BTreeMap::new(),
        }
    }

    /// Resets the state, switches and faults; keeps only the registered OAuth clients of pages.
    pub fn reset(&mut self) {
        let clients = self.page_clients();
        let root = self.root.clone();
        *self = Portal::seeded(self.start_ms.max(self.now_ms), self.seed);
        self.root = root;
        for app in clients {
            self.world.apps.insert(app.client_id.clone(), app);
        }
    }

    /// Answers one request.
    pub fn answer(&mut self, asked: Asked) -> Answered {
        self.catch_up();
        let late: Vec<_> = self.late.extract_if(.., |(due, _)| due.is_none()).collect();
        let found = route(&asked.path);
        self.note(&asked, found.as_ref().map(|found| found.0));
        let answered = match found {
            _ if asked.method == Method::Options => preflight(),
            Some((endpoint, names)) => self.answer_or_fail(endpoint, names, &asked),
            None => self.stamp(&asked, nothing_there(&asked)),
        };
        for (_, asked) in late {
            self.perform_again(&asked);
        }
        answered
    }

    /// Advances the clock.
    pub fn advance(&mut self, ms: i64) {
        self.now_ms += ms;
    }

    /// The logged requests, oldest first.
    pub fn log(&self) -> &[Seen] {
        &self.log
    }

    /// Clears the log.
    pub fn clear_log(&mut self) {
        self.log.clear();
    }

    fn note(&mut self, asked: &Asked, endpoint: Option<Endpoint>) {
        if self.log.len() >= LOG_LENGTH {
            self.log.drain(..LOG_LENGTH / 10);
        }
        self.log.push(Seen::new(asked, endpoint, self.now_ms));
    }

    pub(crate) fn perform(&mut self, endpoint: Endpoint, names: Names, asked: &Asked) -> Answered {
        if asked.method == Method::Post && self.switches.get_alone.reads.contains(&endpoint) {
            return self.stamp(asked, by_get_alone(self.switches.get_alone.refusal));
        }
        let answered = match self.dispatch(endpoint, names, asked) {
            Ok(Done::Page(answered)) => return answered,
            // Standard OAuth clients do not send `f`, so the two OAuth calls always answer JSON (inferred).
            Ok(Done::Json(value)) if is_oauth(endpoint) => json(&value),
            Err(refusal) if is_oauth(endpoint) => json(&refusal.body()),
            Ok(Done::Json(value)) => shape(&value, asked),
            Err(refusal) => shape(&refusal.body(), asked),
        };
        self.stamp(asked, answered)
    }

    /// Sets the CORS headers: any origin by default, otherwise only the organization's Allow origins (F-CORS-2); an
    /// allowed origin may also send credentials (F-CORS-8).
    pub(crate) fn stamp(&self, asked: &Asked, mut answered: Answered) -> Answered {
        let allowed = &self.switches.allowed_origins;
        let origin = asked.origin.clone();
        answered.allow_origin = origin.filter(|origin| allowed.is_empty() || allowed.contains(origin));
        answered
    }

    fn dispatch(&mut self, endpoint: Endpoint, names: Names, asked: &Asked) -> Reply {
        if !endpoint.takes(asked.method) {
            // Inferred: the message and code.
            return Err(Refusal::new(405, "Method Not Allowed."));
        }
        let caller = match takes_token(endpoint) {
            true => self.caller(asked)?,
            false => Caller::Anonymous,
        };
        let call = Call { asked, form: &asked.form, names, caller };
        self.follow_rule(endpoint, &call)
    }

    fn follow_rule(&mut self, endpoint: Endpoint, call: &Call) -> Reply {
        match endpoint {
            Endpoint::Root => account::root(),
            Endpoint::Info => account::info(self),
            Endpoint::PortalsSelf => account::portals_self(self, call),
            Endpoint::PortalById => account::portal_by_id(self, call),
            Endpoint::ApiTokens => lists::api_tokens(self, call),
            Endpoint::Nothing => lists::nothing(self, call),
            Endpoint::Report => lists::report(self, call),
            Endpoint::CommunitySelf => account::community_self(self, call),
            Endpoint::CommunityUser => account::community_user(self, call),
            Endpoint::UserTags => account::user_tags(self, call),
            Endpoint::Search => search::search(self, call),
            Endpoint::WhoAmI => whoami::whoami(self, call),
            Endpoint::ItemPage => page::item(self, call),
            Endpoint::StyleSheet => page::style_sheet(),
            Endpoint::Authorize
            | Endpoint::Approval
            | Endpoint::Token
            | Endpoint::GenerateToken
            | Endpoint::RevokeToken
            | Endpoint::RegisterApp
            | Endpoint::RegisteredAppInfo
            | Endpoint::ReadApp
            | Endpoint::UpdateApp
            | Endpoint::Unregister
            | Endpoint::ValidateAppAccess
            | Endpoint::ValidateRedirectUri
            | Endpoint::SignOut => oauth2::answer(self, endpoint, call),
            _ => content::answer(self, endpoint, call),
        }
    }
}

fn is_oauth(endpoint: Endpoint) -> bool {
    matches!(endpoint, Endpoint::Token | Endpoint::RevokeToken)
}

/// The token endpoints authenticate by client id and secret and ignore an additional `token` (F-KEY-2); HTML pages
/// ignore tokens.
fn takes_token(endpoint: Endpoint) -> bool {
    !is_oauth(endpoint)
        && !matches!(
            endpoint,
            Endpoint::Authorize
                | Endpoint::Approval
                | Endpoint::GenerateToken
                | Endpoint::SignOut
                | Endpoint::ItemPage
                | Endpoint::StyleSheet
                | Endpoint::ValidateRedirectUri
        )
}

/// The sharing API does not answer preflights (F-CORS-1).
fn preflight() -> Answered {
    Answered::new(403, "text/plain", "preflight requests are refused".to_owned())
}

/// Refuses a POST to a read that this portal answers only to GET (F-API-5; the message is inferred).
fn by_get_alone(how: PostRefusal) -> Answered {
    let words = "Request method 'POST' is not supported";
    match how {
        PostRefusal::Status => page::refused(405, words).header("Allow", "GET".to_owned()),
        PostRefusal::Body => json(&Refusal::new(400, words).body()),
    }
}

/// (inferred) An unknown API path is an error body in HTTP 200 like any other. A path outside the API is 404, as on
/// any web server, except the home page.
fn nothing_there(asked: &Asked) -> Answered {
    match is_of_the_api(&asked.path) {
        true => shape(&Refusal::new(404, "Invalid URL").body(), asked),
        false if asked.path == "/" => page::home(),
        false => page::refused(404, "Nothing is here"),
    }
}

fn json(value: &Value) -> Answered {
    Answered::new(200, JSON, value.to_string())
}

/// JSON if `f` asks for it, otherwise a page (F-API-2).
fn shape(value: &Value, asked: &Asked) -> Answered {
    match asked.form.text("f") {
        "json" | "pjson" => json(value),
        _ => page::of_value(value),
    }
}

#[cfg(test)]
mod tests;

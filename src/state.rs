//! The state of the app: a few stores, and [`App`], which has them all. Knows no page.
//!
//! The fields of a store are private to its file; everything else calls its methods. A store knows only the stores
//! passed to its constructor, so there are no cycles. Code that needs several stores is in the files that extend
//! [`App`]. `items_search::Search`, `findings::Findings`, `code::Code` and `web_map::WebMap` are created by the part of
//! a page that uses them, and are dropped with it.

pub mod auth_preflight;
mod by_hand;
pub mod clock_skew;
pub mod code;
pub mod connectivity;
pub mod content;
pub mod draft;
pub mod findings;
pub mod guide;
mod history;
pub mod host_events;
pub mod items_search;
pub mod jobs;
mod journals;
pub mod key;
pub mod loadable;
pub mod maps;
pub mod navigation;
pub mod prefill;
pub mod session;
mod session_timeout;
pub mod sign_in;
mod sign_in_flow;
mod sign_out;
mod startup;
pub mod web_map;

pub use by_hand::ByHand;
use connectivity::ConnectivityStore;
use content::ContentStore;
use draft::DraftStore;
use guide::GuideStore;
use jobs::JobStore;
use key::KeyStore;
use maps::MapStore;
use navigation::NavigationStore;
use session::SessionStore;
use sign_in::SignInStore;

/// The state of the app.
#[derive(Clone, Copy)]
pub struct App {
    /// The session.
    pub session: SessionStore,
    /// The progress of a sign-in.
    pub sign_in: SignInStore,
    /// The wizard's answers.
    pub draft: DraftStore,
    /// The key while it is shown.
    pub key: KeyStore,
    /// The state of the network connection.
    pub connectivity: ConnectivityStore,
    /// Moving between steps.
    pub navigation: NavigationStore,
    /// The person's content on the portal.
    pub content: ContentStore,
    /// The contents of web maps and apps.
    pub maps: MapStore,
    /// The operation.
    pub jobs: JobStore,
    /// The data about privileges.
    pub guide: GuideStore,
}

impl App {
    /// The initial state, with the draft stored in this tab, if any.
    pub fn at_start() -> Self {
        let (session, draft) = (SessionStore::new(), DraftStore::new());
        let (key, connectivity) = (KeyStore::new(), ConnectivityStore::new());
        let navigation = NavigationStore::new(session, draft);
        let content = ContentStore::new(session, draft);
        let jobs = JobStore::new(session, draft, key, connectivity, navigation, content);
        let (sign_in, guide, maps) = (SignInStore::new(), GuideStore::new(), MapStore::new(session));
        Self { session, sign_in, draft, key, connectivity, navigation, content, maps, jobs, guide }
    }
}

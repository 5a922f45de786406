//! What the page knows: a few stores, and [`App`], which has them all. Knows no page.
//!
//! The fields of a store are private to its file; everything else calls its methods. A store knows only the stores it is
//! made with, so they form no circle. What concerns several stores at once is in the files that add to [`App`].
//! `items_search::Search`, `findings::Findings`, `code::Code` and `web_map::WebMap` are made by the part of a page that uses
//! them, and go with it.

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

/// What the page knows.
#[derive(Clone, Copy)]
pub struct App {
    /// Who is signed in.
    pub session: SessionStore,
    /// How a sign-in is getting on.
    pub sign_in: SignInStore,
    /// The wizard's answers.
    pub draft: DraftStore,
    /// The key while it is shown.
    pub key: KeyStore,
    /// How the browser is connected.
    pub connectivity: ConnectivityStore,
    /// From step to step.
    pub navigation: NavigationStore,
    /// What the portal has of the person.
    pub content: ContentStore,
    /// What web maps and apps show.
    pub maps: MapStore,
    /// The operation.
    pub jobs: JobStore,
    /// What is known of privileges.
    pub guide: GuideStore,
}

impl App {
    /// The state at the start of the page, with the draft of this tab if there is one.
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

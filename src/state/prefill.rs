//! Links and recipes: read into the draft, compared with what the account has, and written from the draft.

use key_wizard_core::{
    config::PortalId,
    credential::{
        draft::{Draft, GrantedItem},
        notice::{Outcome, Rejection, Source},
        offer::Offer,
        prefill::{self, Filled, MAX_LINK, MAX_RECIPE, ReadContext},
    },
    operation::journal,
    portal::{base_url::PortalRoot, error::Error, search},
    route::{Route, Step},
    urlencoded,
};
use leptos::task::spawn_local;
use web_sys::Event;

use super::{App, session::Person};
use crate::platform::{embedder, file, focus, host_name, location, time};

/// The draft in forms that fill the wizard in again.
pub struct Shared {
    /// The link; empty if the draft is too long for one.
    pub link: String,
    /// The link as HTML to paste.
    pub button: String,
    /// The element with the same answers, as HTML to paste.
    pub element: String,
    /// The `data:` URL of the recipe file. Following it is a download, which no directive of the policy restricts;
    /// tried in Chromium.
    pub recipe: String,
}

/// The id of the notice about it, which takes focus when a recipe was opened.
pub const NOTICE: &str = "prefilled";

impl App {
    /// Fills in the form from the query of a link, and removes it from the address, so that a reload keeps what the
    /// person has changed since.
    pub(super) fn open_link(self, query: &str) {
        let is_busy = self.jobs.read_once(|state| !state.is_over()) == Some(true);
        self.navigation.reject_prefill(is_busy);
        if is_busy {
            return location::replace(Route::Step(self.draft.step_once()).fragment());
        }
        let step = self.fill_in(Source::Link, self.read_prefill(query, prefill::link));
        location::replace(Route::Step(step).fragment());
        self.follow_address();
        self.reconcile_again();
    }

    /// Compares what filled in the form with the account of a person who is already signed in.
    pub fn reconcile_again(self) {
        if let Some(person) = self.session.person() {
            spawn_local(async move {
                // A person who was signed out meanwhile sees the sign-in page.
                let _ = self.reconcile_account(&person).await;
            });
        }
    }

    /// Fills in the form with the initial draft of the embedding page. Reports only what was left out. As after a link,
    /// a person with nothing left to answer begins at the Summary, which shows every answer before anything is created.
    pub(super) fn apply_host_prefill(self) {
        if let Some(recipe) = embedder::recipe() {
            let step = self.fill_in(Source::Page, self.read_prefill(&recipe, prefill::recipe));
            self.navigation.follow(step);
        }
    }

    /// Fills in the form from the recipe file just chosen.
    pub fn open_recipe(self, event: &Event) {
        let text = file::text(event, MAX_RECIPE);
        spawn_local(async move {
            let step = self.fill_in(Source::Recipe, self.read_prefill(&text.await, prefill::recipe));
            self.navigation.follow(step);
        });
    }

    fn read_prefill(
        self,
        text: &str,
        read: fn(&str, &ReadContext<'_>) -> Result<Filled, Rejection>,
    ) -> Result<Filled, Rejection> {
        let knows_portal = |id: &str| self.session.config(|config| config.portal(&PortalId(id.to_owned())).is_some());
        read(
            text,
            &ReadContext {
                today: time::today(),
                now: time::now(),
                knows_portal: &knows_portal,
                to_ascii: &host_name::to_ascii,
            },
        )
    }

    /// Returns the step to continue at: the Summary if nothing is left to ask.
    fn fill_in(self, source: Source, filled: Result<Filled, Rejection>) -> Step {
        let step = match filled {
            Ok(filled) => {
                let is_answered = filled.answers_everything(time::now());
                self.maps.forget_named();
                self.draft.replace(self.draft.read_once(|before| filled.over(before, source)));
                if is_answered { Step::Summary } else { Step::Credentials }
            }
            Err(why) => {
                self.draft.edit(|draft| draft.notify(Outcome::Refused(source, why)));
                Step::Credentials
            }
        };
        // After the heading of a page that opens now, which takes focus first.
        focus::on(NOTICE);
        step
    }

    /// Leaves out what a link, a recipe or another account asked for and this account does not have, and reports it.
    /// Returns false if the session ended meanwhile.
    pub(super) async fn reconcile_account(self, person: &Person) -> bool {
        let (account, offer) = (&person.account, Offer::of(&person.account));
        let began = self.session.began();
        let hash = journal::owner_hash(&person.portal_key(), person.owner());
        let mut is_compared = false;
        self.draft.edit(|draft| is_compared = !draft.assign_to(hash));
        if is_compared && embedder::recipe().is_none() {
            return true;
        }
        self.draft.edit(|draft| {
            let notes = draft.reconcile_privileges(&offer.groups);
            draft.note(notes);
        });
        if self.draft.read_once(|draft| draft.has_presets_to_resolve(&offer.groups)) {
            self.guide.fetch().await;
            if self.session.began() != began {
                return false;
            }
            self.reconcile_presets(&offer);
        }
        let ids = self.draft.read_once(Draft::unknown_items);
        if ids.is_empty() {
            self.draft.edit(Draft::mark_compared);
            return true;
        }
        let answer = self.session.send(search::by_id(&account.org_id, &ids)).await;
        self.draft.edit(|draft| {
            let notes = match answer {
                Ok(page) => draft.reconcile_items(page.items.iter().map(GrantedItem::from).collect()),
                // They are looked up for the next session.
                Err(Error::SignedOut) => return,
                Err(error) => draft.leave_out_unknown_items(error),
            };
            draft.note(notes);
            draft.mark_compared();
        });
        self.session.began() == began
    }

    /// Adds the presets that a link or a recipe named, once the data is loaded.
    pub fn reconcile_presets(self, offer: &Offer) {
        if self.guide.is_here() && self.draft.read_once(|draft| draft.has_presets_to_resolve(&offer.groups)) {
            self.draft.edit(|draft| {
                let notes = self.guide.read_once(|guide| draft.reconcile_presets(&guide.presets, &offer.groups));
                draft.note(notes);
            });
        }
    }

    /// The draft in forms that fill the wizard in again.
    pub fn shared(self) -> Shared {
        let mut draft = self.draft.read_once(Draft::clone);
        let has_choice = self.session.config(|config| config.portals.len() > 1);
        let (portal, root) = (self.session.person().map(|person| person.portal), self.session.root());
        draft.portal = portal.filter(|_| has_choice);
        let written = prefill::write(&draft, time::today());
        let page = location::redirect_uri();
        let is_short = written.link.len() <= MAX_LINK;
        let link = if is_short { [&page, &*written.link].concat() } else { String::new() };
        let button = prefill::button(if is_short { &link } else { &page });
        let portal = root.as_ref().map(PortalRoot::as_str).unwrap_or_default();
        let element = prefill::element(portal, &written, &button);
        let recipe = urlencoded::file("application/json", &written.recipe);
        Shared { button, element, link, recipe }
    }
}

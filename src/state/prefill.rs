//! Links and recipes: taken into the draft, met with what the account has, and made of the draft again.

use key_wizard_core::{
    config::PortalId,
    credential::{
        draft::Draft,
        prefill::{self, Filled, Here, MAX_LINK, MAX_RECIPE, Note, Why, Written},
    },
    form,
    portal::{account::Account, error::Error, search},
    route::{Route, Step},
    wizard::Wizard,
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::Event;

use super::App;
use crate::{
    i18n,
    platform::{embedder, file, focus, location, time},
    state::items_search::granted,
};

/// The draft in forms that fill the wizard in again.
pub struct Shared {
    /// The link; empty if the draft is too long for one.
    pub link: String,
    /// The link as HTML to paste.
    pub button: String,
    /// The address of the recipe file, which holds the file itself. Following it is a download, which no directive of
    /// the policy speaks of; tried in Chromium.
    pub recipe: String,
}

/// The id of the notice about it, which takes focus when a recipe was opened.
pub const NOTICE: &str = "prefilled";

/// What the form is filled in by where the app is embedded.
const PAGE: &str = "page";

impl App {
    /// Fills the form in from what follows the `?` of a link. The address then forgets it: a reload keeps what the
    /// person has changed since.
    pub(super) fn open_link(self, query: &str) {
        let busy = self.operation_untracked(|state| !state.is_over()) == Some(true);
        self.prefill_rejected.set(busy);
        if busy {
            return location::replace(Route::Step(self.step()).fragment());
        }
        location::replace(Route::Step(Step::Credentials).fragment());
        let filled = self.read(query, prefill::link);
        self.fill_in("link", filled);
        self.follow_address();
        self.reconcile_again();
    }

    /// Meets what filled the form in with the account of whoever is signed in already.
    pub(super) fn reconcile_again(self) {
        if let Some(account) = self.person() {
            spawn_local(async move {
                // Whoever is signed out meanwhile sees the page that says so.
                let _ = self.reconcile_account(&account).await;
            });
        }
    }

    /// Fills the form in with what whoever embeds the app begins with. Only what had to be left out is told.
    pub(super) fn apply_host_prefill(self) {
        if let Some(recipe) = embedder::recipe() {
            let filled = self.read(&recipe, prefill::recipe);
            self.fill_in(PAGE, filled);
        }
    }

    /// Fills the form in from the recipe file just chosen.
    pub fn open_recipe(self, event: &Event) {
        let text = file::text(event, MAX_RECIPE);
        spawn_local(async move {
            let filled = self.read(&text.await, prefill::recipe);
            self.fill_in("recipe", filled);
        });
    }

    fn read(self, text: &str, read: fn(&str, &Here<'_>) -> Result<Filled, Why>) -> Result<Filled, Why> {
        let knows_portal = |id: &str| self.config(|config| config.portal(&PortalId(id.to_owned())).is_some());
        read(text, &Here { today: time::today(), now: time::now(), knows_portal: &knows_portal })
    }

    fn fill_in(self, source: &str, filled: Result<Filled, Why>) {
        self.wizard.update(|wizard| match filled {
            Ok(Filled { mut draft, notes }) => {
                if source != PAGE {
                    draft.notes.extend([i18n::prefill::filled(source), i18n::prefill::CHECK.to_owned()]);
                }
                say(&mut draft, &notes);
                *wizard = Wizard::new(draft);
            }
            Err(why) => {
                wizard.draft.notes = vec![i18n::prefill::refused(source), i18n::prefill::reason(&why).to_owned()];
            }
        });
        // The heading of a page that opens now takes it after this.
        focus::on(NOTICE);
    }

    /// Leaves out what a link or a recipe asked for and this account does not have, and says so. False if the session
    /// ended meanwhile.
    pub(super) async fn reconcile_account(self, account: &Account) -> bool {
        if self.draft_untracked(|draft| draft.notes.is_empty()) && embedder::recipe().is_none() {
            return true;
        }
        self.edit(|draft| {
            let notes = draft.meet_privileges(&account.privileges);
            say(draft, &notes);
        });
        let ids = self.draft_untracked(Draft::unknown_items);
        if ids.is_empty() {
            return true;
        }
        let answer = self.send(search::by_id(&account.org_id, &ids)).await;
        self.edit(|draft| match answer {
            Ok(page) => {
                let notes = draft.meet_items(page.items.iter().map(granted).collect());
                say(draft, &notes);
            }
            // They are looked up after the next sign-in.
            Err(Error::SignedOut) => {}
            Err(error) => {
                draft.items.retain(|it| !it.is_unknown());
                add(draft, ["items was left out: ", &i18n::text(i18n::Message::Error(&error))].concat());
            }
        });
        self.has_session()
    }

    /// The draft in forms that fill the wizard in again.
    pub fn shared(self) -> Shared {
        let mut draft = self.draft_untracked(Draft::clone);
        let has_choice = self.config(|config| config.portals.len() > 1);
        draft.portal = if has_choice { self.portal_id().0 } else { String::new() };
        let Written { link, recipe } = prefill::write(&draft, time::today());
        let link = if link.len() > MAX_LINK { String::new() } else { [&location::redirect_uri(), &*link].concat() };
        let recipe = ["data:application/json,", &form::encoded(&recipe)].concat();
        Shared { button: prefill::button(&link), link, recipe }
    }
}

fn say(draft: &mut Draft, notes: &[Note]) {
    for note in notes {
        add(draft, i18n::prefill::sentence(note));
    }
}

fn add(draft: &mut Draft, note: String) {
    // Title and lead; a page that fills the form in has nothing to show until something is left out.
    if draft.notes.is_empty() {
        draft.notes.extend([i18n::prefill::filled(PAGE), i18n::prefill::NOT_ALL.to_owned()]);
    }
    draft.notes.push(note);
}

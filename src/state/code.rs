//! What a program needs that the person pastes or chooses on step 2. The program itself is kept nowhere.

use key_wizard_core::{
    credential::{
        catalogue::Group,
        code::{self, Availability, Finding, MAX_SOURCE, Source, Suggestion},
        draft::GrantedItem,
        web_map::Reading,
    },
    portal::{
        id::{ItemId, PrivilegeId},
        search::{self, Page},
    },
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::Event;

use super::{App, loadable::Loadable};
use crate::platform::file;

/// The place of what stands in the field.
const FIELD: usize = 0;
/// The place of files.
const FILES: usize = 1;

/// How reading has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// There is something to choose, or nothing was read.
    Open,
    /// What is recognized could not be loaded.
    NotLoaded,
    /// Nothing was found in what was read.
    NothingFound,
    /// This was chosen.
    Chosen {
        /// These privileges.
        privileges: Vec<PrivilegeId>,
        /// These items, by title.
        items: Vec<String>,
        /// These privileges could not be.
        lacking: Vec<PrivilegeId>,
    },
}

/// What was found, and what of it is ticked.
#[derive(Clone, Copy)]
pub struct Code {
    app: App,
    /// Of the field, and of files.
    findings: RwSignal<[Vec<Finding>; 2]>,
    /// What the portal says of the items.
    items: RwSignal<Loadable<Page>>,
    /// The ids of what is not ticked.
    left_out: RwSignal<Vec<String>>,
    outcome: RwSignal<Outcome>,
    has_files: RwSignal<bool>,
    /// How often each was read; an older reading comes to nothing.
    turns: StoredValue<[u32; 2]>,
    /// Every item that came up in a map, also those that need no access or could not be read.
    shown: StoredValue<Vec<ItemId>>,
    /// Counts how often the field is to be emptied.
    emptied: RwSignal<u32>,
}

impl Code {
    /// Before anything is read.
    pub fn new(app: App) -> Self {
        Self {
            app,
            findings: RwSignal::default(),
            items: RwSignal::default(),
            left_out: RwSignal::default(),
            outcome: RwSignal::new(Outcome::Open),
            has_files: RwSignal::new(false),
            turns: StoredValue::new([0; 2]),
            shown: StoredValue::default(),
            emptied: RwSignal::new(0),
        }
    }

    /// Reads what is in the field.
    pub fn read_text(self, text: String) {
        let sources = if text.trim().is_empty() { Vec::new() } else { vec![Source::new(String::new(), text)] };
        spawn_local(self.look((FIELD, self.turn(FIELD)), sources));
    }

    /// Reads the files just chosen, in place of those before.
    pub fn read_files(self, event: &Event) {
        let (texts, turn) = (file::texts(event, MAX_SOURCE), self.turn(FILES));
        self.has_files.set(true);
        spawn_local(async move {
            let sources = texts.await.into_iter().map(|(name, text)| Source::new(name, text)).collect();
            self.look((FILES, turn), sources).await;
        });
    }

    /// Begins another reading.
    fn turn(self, place: usize) -> u32 {
        self.turns.update_value(|turns| turns[place] += 1);
        self.turns.get_value()[place]
    }

    /// Shows what a map needs, once that is read; before, nothing.
    pub fn show_map(self) {
        let guide = self.app.guide;
        let needs = |reading: &Reading| {
            let found = guide.read_once(|guide| reading.findings(&guide.recognizers));
            (found, reading.private(), reading.gaps().is_empty())
        };
        let read = untrack(|| self.app.maps.reading(|it| it.is_over().then(|| needs(it)))).flatten();
        let is_chosen = matches!(self.outcome.get_untracked(), Outcome::Chosen { .. });
        if read.is_none() && is_chosen {
            return;
        }
        let is_read = read.is_some();
        let (found, items, is_whole) = read.unwrap_or_default();
        let shown = untrack(|| self.app.maps.reading(|it| it.items().cloned().collect()));
        self.shown.set_value(shown.unwrap_or_default());
        self.outcome.set(match is_read {
            true if guide.failed_once() => Outcome::NotLoaded,
            // What could not be read may need something.
            true if found.is_empty() && is_whole && untrack(|| guide.is_here()) => Outcome::NothingFound,
            _ => Outcome::Open,
        });
        self.left_out.set(Vec::new());
        self.findings.update(|it| it[FIELD] = found);
        self.items.set(Loadable::Ready(Page { total: 0, next: None, items }));
    }

    /// The step may be gone after each wait.
    async fn look(self, (place, turn): (usize, u32), sources: Vec<Source>) {
        let guide = self.app.guide;
        guide.fetch().await;
        let found = guide.read_once(|guide| code::find(&guide.recognizers, &sources));
        let outcome = match (guide.failed_once(), sources.is_empty()) {
            (_, true) => Outcome::Open,
            (true, false) => Outcome::NotLoaded,
            (false, false) => Outcome::NothingFound,
        };
        drop(sources);
        if self.turns.try_with_value(|it| it[place] == turn) != Some(true) {
            return;
        }
        let Some(before) = self.ids() else { return };
        self.findings.update(|findings| findings[place] = found);
        self.outcome.set(if untrack(|| self.has_found()) { Outcome::Open } else { outcome });
        let has_failed = self.items.with_untracked(|items| matches!(items, Loadable::Failed(_)));
        if let Some(ids) = self.ids().filter(|now| *now != before || has_failed) {
            self.look_up(ids).await;
        }
    }

    /// The items that are found now; none once the step is gone.
    fn ids(self) -> Option<Vec<ItemId>> {
        self.findings.try_with_untracked(|findings| code::items(&code::merged(findings)))
    }

    async fn look_up(self, ids: Vec<ItemId>) {
        let session = self.app.session;
        self.items.set(Loadable::Waiting);
        let Some(person) = session.person().filter(|_| !ids.is_empty()) else { return };
        let answer = session.send(search::by_id(&person.account.org_id, &ids)).await;
        if self.ids().is_some_and(|now| now == ids) {
            self.items.set(answer.into());
        }
    }

    /// Whether files came, which may be dropped where nothing is unfolded; read again whenever some do.
    pub fn has_files(self) -> bool {
        self.has_files.get()
    }

    /// Whether anything was found; read again whenever that changes.
    pub fn has_found(self) -> bool {
        self.findings.with(|it| it.iter().any(|it| !it.is_empty()))
    }

    /// Whether what was found can be chosen: what is recognized is loaded, and the portal has said of the items what it
    /// can. Read again whenever that changes.
    pub fn can_choose(self) -> bool {
        let findings = self.findings();
        // Else the privileges would be missing from what is chosen.
        if !self.app.guide.is_here() && !self.app.guide.has_failed() {
            return false;
        }
        let is_waiting =
            self.items.with(|items| matches!(items, Loadable::Waiting)) && !code::items(&findings).is_empty();
        !findings.is_empty() && !is_waiting
    }

    /// All findings; read again whenever they change.
    pub fn findings(self) -> Vec<Finding> {
        self.findings.with(|findings| code::merged(findings))
    }

    /// What the portal says of the items; read again whenever that changes.
    pub fn items(self) -> Loadable<Page> {
        self.items.get()
    }

    /// How reading has ended; read again whenever that changes.
    pub fn outcome(self) -> Outcome {
        self.outcome.get()
    }

    /// Changes when the field is to be emptied.
    pub fn emptied(self) -> u32 {
        self.emptied.get()
    }

    /// Whether something is ticked; read again whenever that changes.
    pub fn is_ticked(self, id: &str) -> bool {
        self.left_out.with(|it| it.iter().all(|it| it != id))
    }

    /// Ticks something, or takes the tick off.
    pub fn tick(self, id: &str, ticked: bool) {
        self.left_out.update(|it| {
            it.retain(|it| it != id);
            if !ticked {
                it.push(id.to_owned());
            }
        });
    }

    /// The privileges of the findings, as the account can have them; read again whenever that changes.
    pub fn suggestions(self, groups: &[Group]) -> Vec<Suggestion> {
        let usage = self.app.draft.read(|draft| draft.usage);
        code::suggestions(&self.findings(), groups, usage)
    }

    /// Chooses what is ticked, and forgets the rest.
    pub fn choose(self, groups: &[Group]) {
        let is_ticked = |id: &str| untrack(|| self.is_ticked(id));
        let (offered, others): (Vec<Suggestion>, Vec<Suggestion>) =
            untrack(|| self.suggestions(groups)).into_iter().partition(|it| it.availability == Availability::Offered);
        let privileges: Vec<PrivilegeId> = offered.into_iter().map(|it| it.id).filter(|it| is_ticked(&it.0)).collect();
        let found = self.items.with_untracked(|items| items.ready().map(|page| page.items.clone()).unwrap_or_default());
        let items = found.iter().filter(|it| !it.is_public() && is_ticked(&it.id.0));
        let items: Vec<GrantedItem> = items.map(GrantedItem::from).collect();
        let mut named = code::items(&untrack(|| self.findings()));
        self.shown.update_value(|shown| named.append(shown));
        self.app.maps.add_named(named);
        let mut titles = Vec::new();
        self.app.draft.edit(|draft| titles = draft.choose_found(privileges.clone(), items));
        for place in [FIELD, FILES] {
            self.turn(place);
        }
        self.findings.set(Default::default());
        self.items.set(Loadable::Waiting);
        self.left_out.set(Vec::new());
        let lacking = others.into_iter().map(|other| other.id).collect();
        self.outcome.set(Outcome::Chosen { privileges, items: titles, lacking });
        self.emptied.update(|emptied| *emptied += 1);
    }
}

//! The needs of a person's program or map (step 2): the findings, the portal's answers about the items, and the ticks.

use key_wizard_core::{
    credential::{
        catalogue::Group,
        code::{self, Availability, Finding, Suggestion},
        draft::GrantedItem,
    },
    portal::{
        id::{ItemId, PrivilegeId},
        search::{FoundItem, Page},
    },
};
use leptos::prelude::*;

use super::{draft::DraftStore, guide::GuideStore, loadable::Loadable, maps::MapStore};

/// The source that is read. Each has its own findings.
#[derive(Debug, Clone, Copy)]
pub enum Input {
    /// A program in the field.
    Text,
    /// Programs in files.
    Files,
    /// A web map, a scene or an app.
    Map,
}

/// The result of reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingOutcome {
    /// There is something to choose, or nothing was read.
    Open,
    /// The data of the recognizers could not be loaded.
    NotLoaded,
    /// Nothing was found.
    NothingFound,
    /// The findings were chosen.
    Chosen {
        /// The chosen privileges.
        privileges: Vec<PrivilegeId>,
        /// The titles of the chosen items.
        items: Vec<String>,
        /// Privileges that the account lacks.
        lacking: Vec<PrivilegeId>,
    },
}

/// A reading of an input.
#[derive(Debug, Clone, Copy)]
pub struct Turn {
    input: Input,
    number: u32,
}

/// The findings, and what is ticked.
#[derive(Clone, Copy)]
pub struct Findings {
    draft: DraftStore,
    guide: GuideStore,
    maps: MapStore,
    /// The findings of each input.
    found: RwSignal<[Vec<Finding>; 3]>,
    /// The number of readings of each input; results of an older reading are dropped.
    turns: StoredValue<[u32; 3]>,
    /// The portal's answers about the items.
    items: RwSignal<Loadable<Page>>,
    /// Items that appeared but are not findings: they need no access or could not be read.
    others: StoredValue<Vec<ItemId>>,
    /// The ids of unticked findings.
    left_out: RwSignal<Vec<String>>,
    outcome: RwSignal<ReadingOutcome>,
    /// The number of times the field has been cleared.
    emptied: RwSignal<u32>,
    is_text_hidden: RwSignal<bool>,
    /// The replacements of the draft before the step was opened.
    replacements: u32,
}

impl Findings {
    /// Starts without anything read.
    pub fn new(draft: DraftStore, guide: GuideStore, maps: MapStore) -> Self {
        Self {
            draft,
            guide,
            maps,
            found: RwSignal::default(),
            turns: StoredValue::default(),
            items: RwSignal::default(),
            others: StoredValue::default(),
            left_out: RwSignal::default(),
            outcome: RwSignal::new(ReadingOutcome::Open),
            emptied: RwSignal::new(0),
            is_text_hidden: RwSignal::new(false),
            replacements: draft.replacements(),
        }
    }

    /// Clears the field and forgets a text that it does not show.
    pub fn clear_field(self) {
        self.is_text_hidden.set(false);
        self.emptied.update(|emptied| *emptied += 1);
    }

    pub(super) fn begin(self, input: Input) -> Turn {
        self.turns.update_value(|turns| turns[input as usize] += 1);
        Turn { input, number: self.turns.get_value()[input as usize] }
    }

    /// Whether this is still the latest reading of its input. False once the step is gone, too.
    pub(super) fn is_current(self, turn: Turn) -> bool {
        self.turns.try_with_value(|turns| turns[turn.input as usize] == turn.number) == Some(true)
    }

    /// Shows the result of a reading in place of the previous one of the same input.
    pub(super) fn show(self, turn: Turn, found: Vec<Finding>) {
        self.found.update(|all| all[turn.input as usize] = found);
    }

    pub(super) fn end(self, outcome: ReadingOutcome) {
        self.outcome.set(outcome);
    }

    /// Whether there is something to choose, from any input.
    pub(super) fn has_found(self) -> bool {
        self.found.with_untracked(|all| all.iter().any(|found| !found.is_empty()))
    }

    /// Whether the findings were chosen and nothing was read since.
    pub(super) fn is_chosen(self) -> bool {
        matches!(self.outcome.get_untracked(), ReadingOutcome::Chosen { .. })
    }

    pub(super) fn tick_all(self) {
        self.left_out.set(Vec::new());
    }

    /// The items found now; `None` once the step is gone.
    pub(super) fn item_ids(self) -> Option<Vec<ItemId>> {
        self.found.try_with_untracked(|found| code::items(&code::merged(found)))
    }

    /// Sets the portal's answers about the items.
    pub(super) fn set_items(self, items: Loadable<Page>) {
        self.items.set(items);
    }

    /// Sets the items that appeared but are not findings.
    pub(super) fn set_others(self, others: Vec<ItemId>) {
        self.others.set_value(others);
    }

    /// Whether the portal could not be asked about the items.
    pub(super) fn has_failed(self) -> bool {
        self.items.with_untracked(Loadable::has_failed)
    }

    /// All findings; reactive.
    pub fn all(self) -> Vec<Finding> {
        self.found.with(|found| code::merged(found))
    }

    /// The portal's answers about the items; reactive.
    pub fn items(self) -> Loadable<Page> {
        self.items.get()
    }

    /// The outcome of reading; reactive.
    pub fn outcome(self) -> ReadingOutcome {
        self.outcome.get()
    }

    /// Whether the text being read is hidden; reactive.
    pub fn is_text_hidden(self) -> bool {
        self.is_text_hidden.get()
    }

    /// Sets whether the text being read is hidden.
    pub(super) fn hide_text(self, is_hidden: bool) {
        self.is_text_hidden.set(is_hidden);
    }

    /// Changes whenever the field has to be cleared.
    pub fn emptied(self) -> u32 {
        self.emptied.get()
    }

    /// Whether the findings can be chosen: the recognizers are loaded, and the portal has answered about the items as
    /// far as it can; reactive.
    pub fn can_choose(self) -> bool {
        let findings = self.all();
        // Otherwise privileges would be missing from the choice.
        if !self.guide.is_here() && !self.guide.has_failed() {
            return false;
        }
        let is_waiting =
            self.items.with(|items| matches!(items, Loadable::Waiting)) && !code::items(&findings).is_empty();
        !findings.is_empty() && !is_waiting
    }

    /// Whether a finding is ticked; reactive.
    pub fn is_ticked(self, id: &str) -> bool {
        self.left_out.with(|left_out| left_out.iter().all(|other| other != id))
    }

    /// Ticks or unticks a finding.
    pub fn tick(self, id: &str, ticked: bool) {
        self.left_out.update(|left_out| {
            left_out.retain(|other| other != id);
            if !ticked {
                left_out.push(id.to_owned());
            }
        });
    }

    /// The privileges of the findings that the account can have; reactive.
    pub fn suggestions(self, groups: &[Group]) -> Vec<Suggestion> {
        let usage = self.draft.read(|draft| draft.usage);
        code::suggestions(&self.all(), groups, usage)
    }

    /// The ticked privileges, and those that the account lacks.
    fn ticked(self, groups: &[Group]) -> (Vec<PrivilegeId>, Vec<PrivilegeId>) {
        let is_offered = |suggestion: &Suggestion| suggestion.availability == Availability::Offered;
        let (offered, lacking): (Vec<Suggestion>, Vec<Suggestion>) =
            untrack(|| self.suggestions(groups)).into_iter().partition(is_offered);
        let ids = |suggestions: Vec<Suggestion>| suggestions.into_iter().map(|suggestion| suggestion.id);
        (ids(offered).filter(|id| untrack(|| self.is_ticked(&id.0))).collect(), ids(lacking).collect())
    }

    /// The ticked private items.
    fn ticked_items(self) -> Vec<GrantedItem> {
        let is_meant = |item: &&FoundItem| !item.is_public() && untrack(|| self.is_ticked(&item.id.0));
        let items = |page: &Page| page.items.iter().filter(is_meant).map(GrantedItem::from).collect();
        self.items.with_untracked(|all| all.ready().map(items)).unwrap_or_default()
    }

    /// Leaves what is ticked and not chosen to the review on the Summary, unless the step was left with its draft.
    pub fn remind(self, groups: &[Group]) {
        let (privileges, _) = self.ticked(groups);
        if self.draft.replacements() != self.replacements {
            return;
        }
        if !privileges.is_empty() {
            self.draft.edit(|draft| draft.add_needed(&privileges));
        }
        self.maps.add_unchosen(self.ticked_items());
    }

    /// Chooses what is ticked, and forgets the rest.
    pub fn choose(self, groups: &[Group]) {
        let (privileges, lacking) = self.ticked(groups);
        let items = self.ticked_items();
        let mut named = code::items(&untrack(|| self.all()));
        self.others.update_value(|others| named.append(others));
        self.maps.add_named(named);
        let mut titles = Vec::new();
        self.draft.edit(|draft| titles = draft.choose_found(privileges.clone(), items));
        // Drops the results of readings still in progress.
        self.turns.update_value(|turns| turns.iter_mut().for_each(|turn| *turn += 1));
        self.found.set(Default::default());
        self.items.set(Loadable::Waiting);
        self.tick_all();
        self.outcome.set(ReadingOutcome::Chosen { privileges, items: titles, lacking });
        self.clear_field();
    }
}

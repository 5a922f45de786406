//! Presets: what a tutorial, a task or an SDK needs, found by name or address and resolved to what an account has.
//!
//! The draft records what each preset added, so that it can be removed again.

use crate::credential::catalogue::{self, Group};
use crate::credential::draft::{AddedPreset, Draft, MAX_PRESETS, Usage};
use crate::credential::notice::{Note, Rejection};
use crate::credential::privilege;
use crate::credential::search::words::{Query, Term};
use crate::portal::id::PrivilegeId;

/// The maximum length of a preset's name, in characters.
const MAX_NAME: usize = 64;

/// The maximum number of presets listed for a search.
const MAX_LISTED: usize = 8;

/// The minimum score of an address that belongs to the preset.
const ADDRESS: u32 = 1000;

/// A preset.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Preset {
    /// Its name in links: lower-case letters, digits and `-`.
    pub id: String,
    /// Its display name.
    pub title: String,
    /// The certainty of its needs.
    pub basis: Basis,
    /// The addresses of its pages.
    pub addresses: Vec<String>,
    /// The privileges it needs: the single ones of Location Platform if there are any (F-PRIV-15).
    pub privileges: Vec<String>,
    /// Whether it shows the author's own items, which need item access.
    pub needs_items: bool,
    /// Search words for it.
    pub words: Vec<String>,
}

/// The certainty of a preset's needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// Its own page says so.
    Stated,
    /// The read-me of Esri's sample says so.
    Sample,
    /// Third parties who read the page say so.
    Catalogue,
    /// It follows from the services it uses.
    #[default]
    Inferred,
    /// The operator of this page says so, in `config.json`.
    Deployer,
}

/// A preset resolved for an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The privileges that the account is offered for it.
    pub gives: Vec<PrivilegeId>,
    /// The privileges that the account lacks.
    pub lacks: Vec<PrivilegeId>,
    /// The privileges that the account has but the usage of the key rules out.
    pub closed: Vec<PrivilegeId>,
}

impl Preset {
    /// Resolves it for an account with this offer.
    pub fn resolve(&self, groups: &[Group], usage: Usage) -> Resolved {
        resolve(&self.privileges, groups, usage)
    }

    /// The score of the match; 0 if there is none.
    fn score(&self, query: &Query) -> u32 {
        let of_address = |address: &String| {
            let plain = address.split_once("://").map_or(&**address, |(_, rest)| rest).trim_end_matches('/');
            query.address_score(&plain.to_lowercase())
        };
        if query.is_address() {
            return self.addresses.iter().map(of_address).max().filter(|score| *score >= ADDRESS).unwrap_or(0);
        }
        let words = self.words.iter().map(|word| Term::new(word, 10));
        let terms: Vec<Term> = [Term::new(&self.title, 12)].into_iter().chain(words).collect();
        let best = |score: &dyn Fn(&Term) -> u32| terms.iter().map(score).max().unwrap_or(0);
        let mut total = best(&|term| query.phrase_score(term));
        for word in query.words() {
            match best(&|term| word.score(term)) {
                0 => return 0,
                score => total += score,
            }
        }
        total
    }
}

/// Resolves privileges for an account with this offer: to a wider privilege if it has only that (F-PRIV-4), and to
/// everything that a wider one includes if it has only those.
pub(super) fn resolve(privileges: &[String], groups: &[Group], usage: Usage) -> Resolved {
    let mut resolved = Resolved { gives: Vec::new(), lacks: Vec::new(), closed: Vec::new() };
    for id in privileges {
        let offered =
            |id: &str| catalogue::find(groups, &PrivilegeId(id.to_owned())).map(|privilege| privilege.id.clone());
        let found: Vec<PrivilegeId> = match offered(id).or_else(|| offered(catalogue::parent_of(id)?)) {
            Some(found) => vec![found],
            None => catalogue::children_of(id).into_iter().filter_map(offered).collect(),
        };
        if found.is_empty() {
            resolved.lacks.push(PrivilegeId(id.clone()));
        }
        for id in found {
            let is_closed = usage.closes(&id);
            let list = if is_closed { &mut resolved.closed } else { &mut resolved.gives };
            if !list.contains(&id) {
                list.push(id);
            }
        }
    }
    resolved
}

/// The presets that match a name, an address or other words, best first; empty for an empty text.
pub fn find<'a>(presets: &'a [Preset], typed: &str) -> Vec<&'a Preset> {
    let query = Query::new(typed);
    let mut found: Vec<(u32, &Preset)> = Vec::new();
    if query.is_empty() {
        return Vec::new();
    }
    for preset in presets {
        let score = preset.score(&query);
        let place = found.partition_point(|(other, _)| *other >= score);
        if score > 0 && place < MAX_LISTED {
            found.insert(place, (score, preset));
            found.truncate(MAX_LISTED);
        }
    }
    found.into_iter().map(|(_, preset)| preset).collect()
}

/// Whether a text can be the name of a preset. An address cannot.
pub fn is_name(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=MAX_NAME).contains(&text.len()) && text.bytes().all(allowed)
}

impl AddedPreset {
    /// Whether this account gives it other privileges than it has: fewer, or some that an earlier account lacked.
    fn changes(&self, groups: &[Group], usage: Usage) -> bool {
        let is_lacking = |id: &PrivilegeId| catalogue::find(groups, id).is_none();
        let is_given = |id: &PrivilegeId| resolve(std::slice::from_ref(&id.0), groups, usage).lacks.is_empty();
        self.gives.iter().any(is_lacking) || self.lacks.iter().any(is_given)
    }

    /// Whether a note is about a privilege that it lacks.
    pub(super) fn is_lack(&self, note: &Note) -> bool {
        note.why == Rejection::NotHeld && self.lacks.iter().any(|id| id.0 == note.what)
    }
}

/// The privileges of presets that are resolved again.
#[derive(Default)]
struct Ticks {
    /// Those that are chosen, or were until an account lacked them.
    on: Vec<String>,
    /// The others: unticked by the person, or not decided about.
    off: Vec<String>,
}

impl Draft {
    /// Chooses what a preset resolves to.
    pub fn add_preset(&mut self, preset: &Preset, groups: &[Group]) {
        let resolved = preset.resolve(groups, self.usage);
        let chosen = resolved.gives.clone();
        self.choose_preset(preset, &resolved, chosen);
    }

    /// Adds a preset unless it is already there, and chooses these of its privileges.
    fn choose_preset(&mut self, preset: &Preset, resolved: &Resolved, mut chosen: Vec<PrivilegeId>) {
        if self.presets.len() < MAX_PRESETS && !self.presets.iter().any(|other| other.id == preset.id) {
            chosen.retain(|id| !self.has_privilege(id));
            for id in &chosen {
                self.choose_privilege(id.clone(), true);
            }
            let Resolved { gives, lacks, .. } = resolved.clone();
            self.presets.push(AddedPreset { id: preset.id.clone(), gives, added: chosen, lacks });
        }
    }

    /// Removes a preset and everything that only it added.
    pub fn remove_preset(&mut self, id: &str) {
        let Some(place) = self.presets.iter().position(|preset| preset.id == id) else { return };
        for privilege in self.presets.remove(place).added {
            match self.presets.iter_mut().find(|preset| preset.gives.contains(&privilege)) {
                Some(other) => other.added.push(privilege),
                None => self.choose_privilege(privilege, false),
            }
        }
    }

    /// Whether an account with this offer changes the presets: a link or a recipe names some that are not added yet, or
    /// some were added for an account with another offer.
    pub fn has_presets_to_resolve(&self, groups: &[Group]) -> bool {
        !self.wanted_presets.is_empty() || self.presets.iter().any(|preset| preset.changes(groups, self.usage))
    }

    /// Adds the presets that a link or a recipe named, for an account with this offer, and resolves those again that were
    /// added for an account with another one. Administrative privileges wait for the person.
    pub fn reconcile_presets(&mut self, presets: &[Preset], groups: &[Group]) -> Vec<Note> {
        let mut notes = Vec::new();
        let Ticks { on, off } = self.take_back_presets(groups);
        let chosen_otherwise = self.privileges.clone();
        for name in std::mem::take(&mut self.wanted_presets) {
            let Some(preset) = presets.iter().find(|preset| preset.id == name) else {
                notes.push(Note { what: name, why: Rejection::NoPreset });
                continue;
            };
            let resolved = preset.resolve(groups, self.usage);
            let gives = &resolved.gives;
            let is_known = |id: &PrivilegeId| {
                self.withheld.contains(id) || self.has_privilege(id) || off.iter().any(|other| id.is(other))
            };
            let withheld = gives.iter().filter(|id| privilege::is_administrative(id) && !is_known(id));
            let withheld: Vec<PrivilegeId> = withheld.cloned().collect();
            self.withheld.extend(withheld);
            let mild = gives.iter().filter(|id| !privilege::is_administrative(id)).cloned().collect();
            self.choose_preset(preset, &resolved, mild);
            let Resolved { lacks, closed, .. } = resolved;
            notes.extend(lacks.into_iter().map(|id| Note { what: id.0, why: Rejection::NotHeld }));
            notes.extend(closed.into_iter().map(|id| Note { what: id.0, why: Rejection::PrivateUse }));
        }
        // Another spelling of an unticked privilege, unless it is that of a ticked one, too.
        let ticked = resolve(&on, groups, self.usage).gives;
        for id in resolve(&off, groups, self.usage).gives {
            if !ticked.contains(&id) && !chosen_otherwise.contains(&id) {
                self.choose_privilege(id, false);
            }
        }
        notes
    }

    /// Removes the presets that resolve to something else for this account; they are wanted again.
    fn take_back_presets(&mut self, groups: &[Group]) -> Ticks {
        let usage = self.usage;
        let again: Vec<AddedPreset> =
            self.presets.iter().filter(|preset| preset.changes(groups, usage)).cloned().collect();
        let left_out = self.notice.as_ref().map(|notice| notice.left_out.clone()).unwrap_or_default();
        let is_lacking = |id: &PrivilegeId| left_out.iter().any(|note| note.why.is_of_account() && id.is(&note.what));
        let mut ticks = Ticks::default();
        for id in again.iter().flat_map(|preset| &preset.gives) {
            let is_ticked = self.has_privilege(id) || is_lacking(id);
            let side = if is_ticked { &mut ticks.on } else { &mut ticks.off };
            side.push(id.0.clone());
        }
        for preset in again {
            self.remove_preset(&preset.id);
            if let Some(notice) = &mut self.notice {
                let is_given =
                    |note: &Note| note.why.is_of_account() && preset.gives.iter().any(|id| id.is(&note.what));
                notice.left_out.retain(|note| !preset.is_lack(note) && !is_given(note));
            }
            self.wanted_presets.push(preset.id);
        }
        ticks
    }

    /// The names of presets that a link needs, and the privileges beside them.
    pub(super) fn named_presets(&self) -> (Vec<&str>, Vec<&str>) {
        let is_whole = |preset: &&AddedPreset| preset.gives.iter().all(|privilege| self.has_privilege(privilege));
        let whole: Vec<&AddedPreset> = self.presets.iter().filter(is_whole).collect();
        let is_given = |id: &&PrivilegeId| whole.iter().any(|preset| preset.gives.contains(id));
        let beside = self.privileges.iter().filter(|id| !is_given(id)).map(|privilege| privilege.0.as_str()).collect();
        let names = self.wanted_presets.iter().map(String::as_str);
        (names.chain(whole.iter().map(|preset| preset.id.as_str())).collect(), beside)
    }
}

#[cfg(test)]
mod tests;

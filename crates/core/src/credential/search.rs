//! Finds privileges in the user's own words: by label, id, group, service, class, operation or everyday word.
//!
//! Finds everything in the catalogue, including what the account lacks, with the reason. ArcGIS Online has parents that
//! include their children (F-PRIV-4), so a word for a child finds the parent there.

mod lack;
pub(super) mod words;

use crate::credential::catalogue::{self, CatalogueEntry};
use crate::credential::guide::{Guide, PrivilegeFacts, Product};
use crate::credential::offer::Offer;
use crate::credential::privilege::Privilege;
use crate::portal::id::PrivilegeId;

pub use lack::Lack;
use words::{Query, Term};

/// The maximum number of suggestions for a query without results.
const MAX_NEAR: usize = 3;

/// The weight of a word in a privilege's label, in its own words, in its id, in its sub-group and in its group.
const LABEL: u32 = 12;
const WORDS: u32 = 10;
const ID: u32 = 8;
const SUBGROUP: u32 = 3;
const GROUP: u32 = 1;

/// The parts of addresses that every service has.
const EVERYWHERE: [&str; 4] = ["arcgis", "rest", "services", "world"];

/// A privilege that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// As offered to the account, or as listed in the catalogue.
    pub privilege: Privilege,
    /// Its relation to the query, unless its label and id show it.
    pub because: Option<Because>,
    /// Why the account cannot give it; `None` if it can.
    pub lack: Option<Lack>,
}

/// The relation of a privilege to a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// It includes a narrower privilege with this label.
    Includes(String),
    /// It is used for this: a service, a class, an operation or an everyday word.
    Word(String),
}

/// The results of a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// The privileges, best first.
    pub hits: Vec<Hit>,
    /// Words with a similar spelling, if nothing was found.
    pub near: Vec<String>,
}

/// The search index for one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Index {
    rows: Vec<IndexRow>,
    /// The results that rows refer to; several rows may refer to one.
    shown: Vec<(Privilege, Option<Lack>)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct IndexRow {
    /// The index in `shown`.
    to: usize,
    /// The label of a child, if it refers to the parent.
    child: Option<&'static str>,
    terms: Vec<Term>,
    services: Vec<String>,
}

impl Index {
    /// The index for an account with this offer.
    pub fn new(guide: &Guide, offer: &Offer) -> Self {
        let groups = &offer.groups;
        let product = offer.holder.and_then(|holder| holder.product);
        let mut index = Self { rows: Vec::new(), shown: Vec::new() };
        let is_offered = |id: &str| catalogue::find(groups, &PrivilegeId(id.to_owned())).is_some();
        let nothing = PrivilegeFacts::default();
        let entries = catalogue::entries();
        for entry in entries {
            let parent = entry.parent().filter(|parent| is_offered(parent) || product == Some(Product::Online));
            let parent = parent.filter(|_| !is_offered(entry.id));
            let id = parent.unwrap_or(entry.id);
            // An account with the children needs no parent.
            let is_split = || entries.iter().any(|child| child.parent() == Some(id) && is_offered(child.id));
            if !is_offered(id) && is_split() {
                continue;
            }
            let known = guide.known(entry.id).unwrap_or(&nothing);
            let to = index.place(id, offer, guide);
            index.rows.push(IndexRow::new(to, parent.map(|_| entry.label()), entry, known));
        }
        for privilege in groups.iter().flat_map(|group| &group.subgroups).flat_map(|subgroup| &subgroup.privileges) {
            if !index.shown.iter().any(|(shown, _)| shown.id == privilege.id) {
                index.shown.push((privilege.clone(), None));
                let terms = vec![Term::new(&privilege.id.0, ID)];
                index.rows.push(IndexRow { to: index.shown.len() - 1, child: None, terms, services: Vec::new() });
            }
        }
        index
    }

    fn place(&mut self, id: &str, offer: &Offer, guide: &Guide) -> usize {
        if let Some(place) = self.shown.iter().position(|(shown, _)| shown.id.is(id)) {
            return place;
        }
        let own = PrivilegeId(id.to_owned());
        let shown = match catalogue::find(&offer.groups, &own) {
            Some(privilege) => (privilege.clone(), None),
            None => {
                let privilege = catalogue::privilege(own);
                let lack = offer.holder.map(|holder| Lack::of(&privilege, guide.known(id), holder));
                (privilege, lack)
            }
        };
        self.shown.push(shown);
        self.shown.len() - 1
    }

    /// The matches for the query, best first; empty for an empty query.
    pub fn search(&self, query: &str) -> Found {
        let query = Query::new(query);
        if query.is_empty() {
            return Found::default();
        }
        let mut hits = self.hits(&query, true);
        if hits.is_empty() {
            hits = self.hits(&query, false);
        }
        let near = if hits.is_empty() { self.near(&query) } else { Vec::new() };
        Found { hits, near }
    }

    fn hits(&self, query: &Query, all: bool) -> Vec<Hit> {
        let mut best: Vec<(u32, Option<Because>)> = vec![(0, None); self.shown.len()];
        for row in &self.rows {
            let (score, because) = row.score(query, all);
            if score > best[row.to].0 {
                best[row.to] = (score, because);
            }
        }
        let mut ranked: Vec<(u32, Hit)> = Vec::new();
        for ((score, because), (privilege, lack)) in best.into_iter().zip(&self.shown) {
            // Unavailable privileges come after available ones, unless they match much better.
            let score = if lack.is_some() { score / 2 } else { score };
            if score > 0 {
                let place = ranked.partition_point(|(other, _)| *other >= score);
                ranked.insert(place, (score, Hit { privilege: privilege.clone(), because, lack: lack.clone() }));
            }
        }
        ranked.into_iter().map(|(_, hit)| hit).collect()
    }

    fn near(&self, query: &Query) -> Vec<String> {
        let mut near: Vec<(usize, &str)> = Vec::new();
        for token in self.rows.iter().flat_map(|row| &row.terms).flat_map(Term::tokens) {
            let Some(distance) = query.distance(token) else { continue };
            let place = near.partition_point(|(other, _)| *other <= distance);
            if place < MAX_NEAR && !near.iter().any(|(_, known)| *known == token) {
                near.insert(place, (distance, token));
                near.truncate(MAX_NEAR);
            }
        }
        near.into_iter().map(|(_, token)| token.to_owned()).collect()
    }
}

impl IndexRow {
    fn new(to: usize, child: Option<&'static str>, entry: &CatalogueEntry, known: &PrivilegeFacts) -> Self {
        let mut terms = vec![Term::new(entry.label(), LABEL), Term::new(entry.id, ID)];
        terms.push(Term::new(entry.subgroup, SUBGROUP));
        terms.push(Term::new(entry.group, GROUP));
        terms.extend(known.words.iter().map(|word| Term::new(word, WORDS)));
        for part in known.services.iter().flat_map(|service| service.split('/')) {
            let part = part.split('.').next().unwrap_or(part);
            if !EVERYWHERE.iter().any(|common| common.eq_ignore_ascii_case(part)) {
                terms.push(Term::new(part, ID));
            }
        }
        Self { to, child, terms, services: known.services.iter().map(|service| service.to_ascii_lowercase()).collect() }
    }

    /// The score of the match, and its reason. With `all`, every word has to match; otherwise one is enough.
    fn score(&self, query: &Query, all: bool) -> (u32, Option<Because>) {
        let by_address = self.services.iter().map(|service| query.address_score(service)).max().unwrap_or(0);
        if query.is_address() && by_address == 0 {
            return (0, None);
        }
        let (mut reason, mut most) = (None, 0);
        let mut note = |score: u32, place: usize| {
            if score > most {
                (most, reason) = (score, Some(place));
            }
            score
        };
        let phrases = self.terms.iter().enumerate().map(|(place, term)| note(query.phrase_score(term), place));
        let mut total = phrases.max().unwrap_or(0);
        let mut fitting = 0;
        for word in query.words() {
            let best = self.terms.iter().enumerate().map(|(place, term)| note(word.score(term), place)).max();
            let best = best.unwrap_or(0);
            fitting += usize::from(best > 0);
            total += best;
        }
        let needed = if all { query.words().len() } else { 1 };
        // An address need not match anything else.
        if fitting < needed && by_address == 0 {
            return (0, None);
        }
        // Label, id and headings are visible anyway.
        let word = reason.filter(|place| *place > 3 && by_address == 0).map(|place| &self.terms[place]);
        let because = match (self.child, word) {
            (Some(child), _) => Some(Because::Includes(child.to_owned())),
            (None, Some(term)) => Some(Because::Word(term.text().to_owned())),
            (None, None) => None,
        };
        (total + by_address, because)
    }
}

#[cfg(test)]
mod tests;

//! The entry for referrers: moves what was typed or pasted into the draft's list, piece by piece.

use crate::credential::draft::{Draft, MAX_REFERRERS};
use crate::credential::problem::{Field, Problem, Rule};
use crate::credential::referrer::{Referrer, ReferrerProblem};
use crate::credential::referrer_list;
use crate::credential::text;
use crate::credential::unresolved::Restriction;

/// The maximum number of doubtful referrers to ask about at once.
pub const MAX_DOUBTFUL: usize = 10;

impl Draft {
    /// Adds the typed referrers that parse; the others stay in the entry. This also resolves the referrers of a link.
    ///
    /// # Errors
    ///
    /// The problems of those that stay.
    pub fn add_referrers(&mut self) -> Result<(), Vec<Problem>> {
        let problem = |rule| Problem { field: Field::Referrers, rule };
        let pieces = referrer_list::take_apart(&self.referrer_entry);
        let (mut added, mut repeated, mut doubtful) = (Vec::new(), None, Vec::new());
        for piece in &pieces {
            match Referrer::parse(piece).map(Referrer::into_text) {
                Ok(referrer) if self.referrers.contains(&referrer) || added.contains(&referrer) => {
                    repeated.get_or_insert(Rule::RepeatedReferrer { entry: text::shown(&referrer) });
                }
                Ok(referrer) => added.push(referrer),
                Err(problem) => doubtful.push((piece.as_str(), refused(piece, problem))),
            }
        }
        let count = self.referrers.len() + added.len();
        if count > MAX_REFERRERS {
            return Err(vec![problem(Rule::TooMany { max: MAX_REFERRERS, count })]);
        }
        if added.is_empty() && doubtful.is_empty() {
            let nothing = || Referrer::parse("").err().map(|problem| refused("", problem));
            // In a longer list, duplicates need no message.
            return Err(repeated.or_else(nothing).map(problem).into_iter().collect());
        }
        if !added.is_empty() {
            self.referrers.extend(added);
            self.referrer_entry = doubtful.iter().map(|(piece, _)| *piece).collect::<Vec<_>>().join(" ");
            self.resolve(Restriction::Referrers);
        }
        if doubtful.is_empty() {
            return Ok(());
        }
        Err(doubtful.into_iter().take(MAX_DOUBTFUL).map(|(_, rule)| problem(rule)).collect())
    }

    /// Adds a referrer, or removes it if it is in the list.
    pub fn toggle_referrer(&mut self, referrer: &Referrer) {
        match self.referrers.iter().position(|other| other == referrer.as_str()) {
            Some(place) => drop(self.referrers.remove(place)),
            None => drop(self.push_referrer(referrer)),
        }
    }

    /// The referrer that the entry begins with, if it parses.
    pub fn typed_referrer(&self) -> Option<Referrer> {
        let first = referrer_list::take_apart(&self.referrer_entry).into_iter().next()?;
        Referrer::parse(&first).ok()
    }

    /// The parts of the entry that do not parse, each with what was probably meant. There may be many.
    pub fn doubtful_referrers(&self) -> Vec<(String, ReferrerProblem)> {
        let pieces = referrer_list::take_apart(&self.referrer_entry).into_iter();
        pieces.filter_map(|piece| Referrer::parse(&piece).err().map(|problem| (piece, problem))).collect()
    }

    /// Adds the suggestions for some parts of the entry, and removes these parts from it. What the list has no room for
    /// stays.
    pub fn use_meant(&mut self, meant: &[Referrer]) {
        let mut left = referrer_list::take_apart(&self.referrer_entry);
        left.retain(|piece| match Referrer::parse(piece) {
            Err(ReferrerProblem { suggestion: Some(referrer), .. }) if meant.contains(&referrer) => {
                !self.push_referrer(&referrer)
            }
            _ => true,
        });
        self.referrer_entry = left.join(" ");
    }

    /// Moves one referrer of a link or a recipe into the list, or several between white space: all or none, because any
    /// words there are unexpected.
    ///
    /// # Errors
    ///
    /// The first that does not parse or is already in the list.
    pub(super) fn take_written(&mut self, written: &str) -> Result<(), Problem> {
        let added = self.read_written(written).map_err(|rule| Problem { field: Field::Referrers, rule })?;
        self.referrers.extend(added);
        Ok(())
    }

    /// Adds the typed referrers when a person leaves the step without pressing `Add`.
    ///
    /// # Errors
    ///
    /// The problems of those that stay.
    pub fn settle_entry(&mut self) -> Result<(), Vec<Problem>> {
        if self.referrer_entry.trim().is_empty() {
            self.referrer_entry.clear();
            return Ok(());
        }
        self.add_referrers()
    }

    /// Adds a referrer unless the list is full. Returns whether the list has it now.
    fn push_referrer(&mut self, referrer: &Referrer) -> bool {
        let has_it = self.referrers.iter().any(|other| other == referrer.as_str());
        let fits = has_it || self.referrers.len() < MAX_REFERRERS;
        if fits && !has_it {
            self.referrers.push(referrer.clone().into_text());
        }
        if fits {
            self.resolve(Restriction::Referrers);
        }
        fits
    }

    fn read_written(&self, written: &str) -> Result<Vec<String>, Rule> {
        let mut added: Vec<String> = Vec::new();
        for piece in written.split_whitespace() {
            let referrer = Referrer::parse(piece).map_err(|problem| refused_of(written, piece, problem))?.into_text();
            if self.referrers.contains(&referrer) || added.contains(&referrer) {
                return Err(Rule::RepeatedReferrer { entry: text::shown(&referrer) });
            }
            added.push(referrer);
        }
        match self.referrers.len() + added.len() {
            count if count > MAX_REFERRERS => Err(Rule::TooMany { max: MAX_REFERRERS, count }),
            _ => Ok(added),
        }
    }
}

/// A word that is like no address is not set apart from those around it.
fn refused_of(written: &str, piece: &str, problem: ReferrerProblem) -> Rule {
    match Referrer::parse(written) {
        Err(whole) if problem.suggestion.is_none() => refused(written.trim(), whole),
        _ => refused(piece, problem),
    }
}

fn refused(entry: &str, problem: ReferrerProblem) -> Rule {
    Rule::Referrer { entry: text::shown(entry), problem }
}

#[cfg(test)]
mod tests;

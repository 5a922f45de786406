//! Checks a draft into a spec: applies every rule at once, so that a person can fix all problems in one go.

use crate::credential::draft::{Draft, MAX_PRIVILEGES, MAX_REFERRERS};
use crate::credential::expiration::Expiration;
use crate::credential::privilege::{self, MAX_ITEMS};
use crate::credential::problem::{Field, Problem, Rule};
use crate::credential::referrer::Referrer;
use crate::credential::spec::Spec;
use crate::credential::text;
use crate::credential::unresolved::Restriction;
use crate::portal::id::{ItemId, PrivilegeId};
use crate::route::Step;
use crate::timestamp::Timestamp;

/// The maximum length of a title of an item or a folder, in characters (F-FOLDER-2, F-ITEM-2).
pub const MAX_TITLE: usize = 250;

/// The maximum length of a summary, in characters: the limit of the portal's own field (F-ITEM-2).
pub const MAX_SUMMARY: usize = 2048;

/// The maximum number of tags. The portal's limits are unknown; these fit its search.
pub const MAX_TAGS: usize = 128;

/// The maximum length of a tag, in characters.
pub const MAX_TAG: usize = 128;

/// Collects the problems. A failed rule returns a placeholder, so that the other rules still run.
struct Checking(Vec<Problem>);

impl Checking {
    fn note(&mut self, field: Field, rule: Rule) {
        self.0.push(Problem { field, rule });
    }

    fn take<T: Default>(&mut self, field: Field, res: Result<T, Rule>) -> T {
        res.unwrap_or_else(|rule| {
            self.note(field, rule);
            T::default()
        })
    }
}

impl Draft {
    /// Returns the spec, or all problems in the order of the steps. A pending referrer in the entry counts as added.
    pub fn check(&self, now: Timestamp) -> Result<Spec, Vec<Problem>> {
        let mut checking = Checking(Vec::new());
        let expiration = Expiration::parse(&self.expiration, now);
        if let Err(problem) = &expiration {
            checking.note(Field::Expiration, Rule::Expiration(problem.clone()));
        }
        let referrers = self.check_referrers(&mut checking);
        let privileges = checking.take(Field::Privileges, self.check_privileges());
        let items = checking.take(Field::Items, self.check_items());
        if self.privileges.is_empty() && self.items.is_empty() {
            checking.note(Field::Privileges, Rule::NothingGranted);
        }
        for restriction in Restriction::ALL {
            if self.unresolved.iter().any(|entry| entry.restriction == restriction) {
                checking.note(restriction.field(), Rule::Unresolved);
            }
        }
        let title = checking.take(Field::Title, required(&self.title));
        let folder = checking.take(Field::Folder, text::line(&self.folder, MAX_TITLE));
        let tags = checking.take(Field::Tags, read_tags(&self.tags));
        let summary = checking.take(Field::Summary, text::paragraph(&self.summary, MAX_SUMMARY));
        let folder = Some(folder).filter(|folder| !folder.is_empty());
        match expiration {
            Ok(expiration) if checking.0.is_empty() => {
                Ok(Spec { expiration, referrers, privileges, items, title, folder, tags, summary, key: self.key })
            }
            _ => Err(checking.0),
        }
    }

    /// The problems that keep a person on a step: those of its own fields. From the Summary on, all problems count,
    /// including that nothing is granted or a restriction is unresolved; both may wait until then.
    pub fn check_step(&self, step: Step, now: Timestamp) -> Vec<Problem> {
        let mut problems = self.check(now).err().unwrap_or_default();
        if step < Step::Summary {
            problems.retain(|problem| {
                problem.field.step() == step && !matches!(problem.rule, Rule::NothingGranted | Rule::Unresolved)
            });
        }
        problems
    }

    fn check_referrers(&self, checking: &mut Checking) -> Vec<Referrer> {
        let mut settled = self.clone();
        if let Err(problems) = settled.settle_entry() {
            checking.0.extend(problems);
        }
        let count = settled.referrers.len();
        if count > MAX_REFERRERS {
            checking.note(Field::Referrers, Rule::TooMany { max: MAX_REFERRERS, count });
            return Vec::new();
        }
        let mut referrers = Vec::new();
        for entry in &settled.referrers {
            match Referrer::parse(entry) {
                Err(problem) => checking.note(Field::Referrers, Rule::Referrer { entry: text::shown(entry), problem }),
                Ok(referrer) if !referrers.contains(&referrer) => referrers.push(referrer),
                Ok(_) => checking.note(Field::Referrers, Rule::RepeatedReferrer { entry: text::shown(entry) }),
            }
        }
        referrers
    }

    fn check_privileges(&self) -> Result<Vec<PrivilegeId>, Rule> {
        let count = self.privileges.len();
        if count > MAX_PRIVILEGES {
            return Err(Rule::TooMany { max: MAX_PRIVILEGES, count });
        }
        match self.privileges.iter().find(|privilege| !is_privilege(privilege)) {
            Some(id) => Err(Rule::UnreadableId { id: text::shown(&id.0) }),
            None => Ok(self.privileges.clone()),
        }
    }

    fn check_items(&self) -> Result<Vec<ItemId>, Rule> {
        let mut items: Vec<ItemId> = Vec::new();
        for item in &self.items {
            if !is_safe_item_id(&item.id.0) {
                return Err(Rule::UnreadableId { id: text::shown(&item.id.0) });
            }
            if !items.contains(&item.id) {
                items.push(item.id.clone());
            }
        }
        if items.len() > MAX_ITEMS {
            return Err(Rule::TooMany { max: MAX_ITEMS, count: items.len() });
        }
        if !self.item_entry.trim().is_empty() {
            return Err(Rule::UnfinishedItem { entry: text::shown(&self.item_entry) });
        }
        Ok(items)
    }
}

fn required(typed: &str) -> Result<String, Rule> {
    let title = text::line(typed, MAX_TITLE)?;
    if title.is_empty() { Err(Rule::Required) } else { Ok(title) }
}

/// Parses the tags between commas; drops case-insensitive duplicates.
fn read_tags(typed: &str) -> Result<Vec<String>, Rule> {
    let (mut tags, mut known) = (Vec::new(), Vec::new());
    for piece in typed.split(',') {
        let tag = text::line(piece, MAX_TAG).map_err(|rule| match rule {
            Rule::TooLong { max, .. } => Rule::LongTag { tag: text::shown(piece), max },
            other => other,
        })?;
        let name = tag.to_lowercase();
        if !tag.is_empty() && !known.contains(&name) {
            tags.push(tag);
            known.push(name);
        }
    }
    match tags.len() {
        count if count > MAX_TAGS => Err(Rule::TooMany { max: MAX_TAGS, count }),
        _ => Ok(tags),
    }
}

/// Whether a stored id is a privilege, and not a grant of an item that bypasses the item list.
pub(super) fn is_privilege(id: &PrivilegeId) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b":_-.".contains(&byte);
    (1..=200).contains(&id.0.len()) && id.0.bytes().all(allowed) && !privilege::is_item_access(id)
}

/// Ids are 32 hexadecimal digits on every portal seen; all that matters is that one cannot be read as anything else.
pub(super) fn is_safe_item_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests;

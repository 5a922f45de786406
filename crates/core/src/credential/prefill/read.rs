//! Reads a link or a recipe, key by key, into a new draft.

use chrono::{Days, NaiveDate};

use crate::config::PortalChoice;
use crate::credential::catalogue;
use crate::credential::check::{is_privilege, is_safe_item_id};
use crate::credential::draft::{Draft, GrantedItem, MAX_PRESETS, MAX_REFERRERS, Usage};
use crate::credential::expiration::{self, ExpirationProblem, format_date};
use crate::credential::notice::{Note, Rejection};
use crate::credential::prefill::{FIELDS, Filled, KEYS, LISTS, MAX_LINK, MAX_NOTES, MAX_RECIPE, ReadContext};
use crate::credential::preset;
use crate::credential::privilege::{self, MAX_ITEMS};
use crate::credential::problem::{Field, Problem, Rule};
use crate::credential::referrer_list;
use crate::credential::text;
use crate::credential::unresolved::{Restriction, Unresolved, plain_key};
use crate::json::{self, Value};
use crate::portal::id::{ItemId, PrivilegeId};
use crate::urlencoded;

/// Reads the query of a link. An error means that none of it was applied.
pub fn link(query: &str, context: &ReadContext<'_>) -> Result<Filled, Rejection> {
    if query.len() > MAX_LINK {
        return Err(Rejection::TooLong);
    }
    let mut reading = PrefillReader::new(context);
    for (name, value) in urlencoded::pairs(&separated(query)) {
        reading.take(name, urlencoded::decoded(value).ok_or(Rejection::Encoding));
    }
    Ok(reading.done())
}

/// Writes `&` between the parts of a query that somebody separated by `&amp;`, copied from HTML, or by `;` before a
/// key.
fn separated(query: &str) -> String {
    let query = query.replace("&amp;", "&");
    let mut parts = query.split(';');
    let mut separated = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let name = part.split_once('=').map(|(name, _)| name).unwrap_or_default();
        let is_key = KEYS.contains(&name) || Restriction::guess_from_key(name).is_some() || is_usage(name);
        separated.push(if is_key { '&' } else { ';' });
        separated.push_str(part);
    }
    separated
}

/// Reads the text of a recipe file. An error means that none of it was applied.
pub fn recipe(file: &str, context: &ReadContext<'_>) -> Result<Filled, Rejection> {
    if file.len() > MAX_RECIPE {
        return Err(Rejection::TooLong);
    }
    // Windows editors put a byte order mark there.
    let text = file.trim_start_matches('\u{feff}');
    let members = match json::parse(text.as_bytes()) {
        Ok(Value::Object(members)) => members,
        Err(error) if text.trim_start().starts_with('{') => {
            return Err(Rejection::NotJson { line: error.line(), column: error.column() });
        }
        _ => return Err(Rejection::NotARecipe),
    };
    let mut reading = PrefillReader::new(context);
    for (name, value) in members.iter().filter(|(name, _)| name != "$schema") {
        let list = value.as_list().filter(|_| LISTS.contains(&&**name));
        let text = match list {
            Some(list) => list.iter().map(Value::as_text).collect::<Option<Vec<_>>>().map(|list| list.join(",")),
            None => value.as_text().map(str::to_owned),
        };
        reading.take(name, text.ok_or(Rejection::Kind));
        if !KEYS.contains(&&**name) {
            reading.look_into(value);
        }
    }
    Ok(reading.done())
}

struct PrefillReader<'h> {
    context: &'h ReadContext<'h>,
    draft: Draft,
    notes: Vec<Note>,
    taken: [bool; KEYS.len()],
    /// For each key, whether its value was refused.
    refused: [bool; KEYS.len()],
    /// Whether a usage was given that cannot be read.
    is_usage_unread: bool,
}

impl<'h> PrefillReader<'h> {
    fn new(context: &'h ReadContext<'h>) -> Self {
        Self {
            context,
            draft: Draft::new(context.today),
            notes: Vec::new(),
            taken: [false; KEYS.len()],
            refused: [false; KEYS.len()],
            is_usage_unread: false,
        }
    }

    fn note(&mut self, what: &str, why: Rejection) {
        let what: String = what.chars().filter(|character| !text::is_refused(*character)).collect();
        self.notes.push(Note { what: text::shown(&what), why });
    }

    /// Leaves a key out and notes why. If the key sets a restriction, that becomes unresolved; each referrer gets its
    /// own suggestion. Without a value it is listed under the key itself.
    fn refuse(&mut self, key: &str, value: Option<&str>, why: Rejection) {
        match (Restriction::guess_from_key(key), value) {
            (Some(Restriction::Referrers), Some(value)) => {
                let pieces = value.split(',').map(str::trim).filter(|piece| !piece.is_empty());
                pieces.take(MAX_REFERRERS).for_each(|piece| self.draft.add_unresolved(Unresolved::referrer(piece)));
            }
            (Some(_), Some(value)) if value.trim().is_empty() => {}
            (Some(restriction), value) => {
                self.draft.add_unresolved(Unresolved::new(restriction, value.unwrap_or(key)));
            }
            (None, _) => self.is_usage_unread |= is_usage(key),
        }
        self.note(key, why);
    }

    /// The content of an unknown key is ignored, but it may have been meant as a restriction.
    fn look_into(&mut self, value: &Value) {
        let Value::Object(members) = value else {
            return value.as_list().unwrap_or_default().iter().for_each(|value| self.look_into(value));
        };
        for (name, value) in members {
            match Restriction::guess_from_key(name) {
                Some(restriction) => {
                    self.draft.add_unresolved(Unresolved::new(restriction, value.as_text().unwrap_or(name)));
                }
                None => self.is_usage_unread |= is_usage(name),
            }
            self.look_into(value);
        }
    }

    /// Applies one key.
    fn take(&mut self, key: &str, value: Result<String, Rejection>) {
        let Some(place) = KEYS.iter().position(|name| *name == key) else {
            return self.refuse(key, value.as_deref().ok(), Rejection::UnknownKey);
        };
        if std::mem::replace(&mut self.taken[place], true) {
            return self.refuse(key, value.as_deref().ok(), Rejection::Repeated);
        }
        let text = match value {
            Ok(text) => text,
            Err(why) => {
                self.refused[place] = true;
                return self.refuse(key, None, why);
            }
        };
        match key {
            "referrers" => self.take_list(key, Field::Referrers, &text),
            "privileges" => self.take_list(key, Field::Privileges, &text),
            "items" => self.take_list(key, Field::Items, &text),
            "usage" => match Usage::named(&text) {
                Some(usage) => self.draft.usage = usage,
                None => self.refuse(key, None, Rejection::NoUsage),
            },
            "preset" => self.take_presets(key, &text),
            // Not quoted: nobody should read an address there and believe that this page trusts it.
            "portal" if !(self.context.knows_portal)(&text) => self.refuse(key, None, Rejection::NoPortal),
            "portal" => self.draft.portal = Some(PortalChoice::configured(&text)),
            "expires" => self.draft.expiration = date(&text, self.context).unwrap_or(text),
            _ => *typed(&mut self.draft, place) = text,
        }
    }

    /// Whether the presets exist, and what they resolve to, is known only after the sign-in. A text that cannot be a
    /// name is not quoted.
    fn take_presets(&mut self, key: &str, text: &str) {
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if !preset::is_name(name) || self.draft.wanted_presets.len() == MAX_PRESETS {
                return self.note(key, Rejection::NoPreset);
            }
            if !self.draft.wanted_presets.iter().any(|wanted| wanted == name) {
                self.draft.wanted_presets.push(name.to_owned());
            }
        }
    }

    fn take_list(&mut self, key: &str, field: Field, text: &str) {
        let list: Vec<&str> = text.split(',').map(str::trim).filter(|piece| !piece.is_empty()).collect();
        // Referrers and privileges have the same limit.
        let (count, max) = (list.len(), if field == Field::Items { MAX_ITEMS } else { MAX_REFERRERS });
        if count > max {
            let rule = Rule::TooMany { max, count };
            return self.refuse(key, None, Rejection::Rule(Problem { field, rule }));
        }
        for piece in list {
            match field {
                Field::Referrers => self.take_referrer(piece),
                Field::Privileges => self.take_privilege(piece),
                _ => self.take_item(piece),
            }
        }
    }

    fn take_referrer(&mut self, piece: &str) {
        // The browser's own form of an international host name.
        let written = referrer_list::with_ascii_hosts(piece, self.context.to_ascii);
        if let Err(problem) = self.draft.take_written(&written) {
            if !matches!(problem.rule, Rule::RepeatedReferrer { .. }) {
                self.draft.add_unresolved(Unresolved::referrer(piece));
            }
            self.note(piece, Rejection::Rule(problem));
        }
    }

    /// Whether the account has it is checked after the sign-in.
    fn take_privilege(&mut self, piece: &str) {
        let id = PrivilegeId(piece.to_owned());
        // Looked up as if it were the only privilege held, so that no parent replaces it.
        let known = catalogue::offered(std::slice::from_ref(&id));
        match catalogue::find(&known, &id).filter(|_| is_privilege(&id)) {
            None => self.note(piece, Rejection::NoPrivilege),
            Some(privilege) if !privilege::is_administrative(&privilege.id) => self.draft.choose_privilege(id, true),
            Some(_) if self.draft.withheld.contains(&id) => {}
            Some(_) => self.draft.withheld.push(id),
        }
    }

    /// Takes an item by its id. Its type and existence are checked after the sign-in.
    fn take_item(&mut self, piece: &str) {
        if !is_safe_item_id(piece) {
            self.draft.add_unresolved(Unresolved::new(Restriction::Items, piece));
            return self.note(piece, Rejection::NoItem);
        }
        if self.draft.items.iter().all(|item| item.id.0 != piece) {
            self.draft.items.push(GrantedItem::unknown(ItemId(piece.to_owned())));
        }
    }

    /// Checks the texts by the wizard's own rules; one that breaks a rule is reset to its default.
    fn done(mut self) -> Filled {
        self.leave_out_closed();
        let mut untouched = Draft::new(self.context.today);
        for problem in self.draft.check(self.context.now).err().unwrap_or_default() {
            // The person will still enter the title and what the key may do.
            if !matches!(problem.rule, Rule::Required | Rule::NothingGranted | Rule::Unresolved) {
                if widens(&problem.rule) {
                    let written = self.draft.expiration.clone();
                    self.draft.add_unresolved(Unresolved::new(Restriction::Expiration, &written));
                }
                // Keys and fields have the same order.
                let place = problem.field as usize;
                *typed(&mut self.draft, place) = std::mem::take(typed(&mut untouched, place));
                self.refused[place] = true;
                self.note(KEYS[place], Rejection::Rule(problem));
            }
        }
        if let Some(more @ 1..) = self.notes.len().checked_sub(MAX_NOTES) {
            self.notes.truncate(MAX_NOTES);
            self.note(&more.to_string(), Rejection::More);
        }
        let fields = FIELDS.into_iter().enumerate().filter(|(place, field)| self.is_filled(*place, *field));
        Filled { fields: fields.map(|(_, field)| field).collect(), draft: self.draft, notes: self.notes }
    }

    /// For a web page, or a usage that cannot be read, privileges for private use are left out.
    fn leave_out_closed(&mut self) {
        let usage = match self.is_usage_unread {
            true => Usage::WebPage,
            false => self.draft.usage,
        };
        let is_closed = |id: &PrivilegeId| usage.closes(id);
        for id in [&self.draft.privileges, &self.draft.withheld].into_iter().flatten().filter(|id| is_closed(id)) {
            self.notes.push(Note { what: text::shown(&id.0), why: Rejection::PrivateUse });
        }
        self.draft.privileges.retain(|id| !is_closed(id));
        self.draft.withheld.retain(|id| !is_closed(id));
    }

    fn is_filled(&self, place: usize, field: Field) -> bool {
        match field {
            Field::Referrers => !self.draft.referrers.is_empty(),
            Field::Privileges => self.draft.asks_for_privileges(),
            Field::Items => !self.draft.items.is_empty(),
            _ => self.taken[place] && !self.refused[place],
        }
    }
}

/// Whether a key means the usage, in any spelling.
fn is_usage(key: &str) -> bool {
    let key = plain_key(key);
    key == "use"
        || key.contains("usage")
        || ["usage", "usedin"].iter().any(|name| strsim::osa_distance(&key, name) <= 1)
}

/// Whether the default date may be later than the requested one. `TooLate` never is: the default is earlier.
fn widens(rule: &Rule) -> bool {
    matches!(rule, Rule::Expiration(ExpirationProblem::NotADate | ExpirationProblem::TooEarly { .. }))
}

/// The text of the key at this index.
fn typed(draft: &mut Draft, place: usize) -> &mut String {
    match KEYS[place] {
        "expires" => &mut draft.expiration,
        "title" => &mut draft.title,
        "folder" => &mut draft.folder,
        "tags" => &mut draft.tags,
        _ => &mut draft.summary,
    }
}

/// The date that `90d` means today; `None` if it does not have this form.
fn date(text: &str, context: &ReadContext<'_>) -> Option<String> {
    let days: u16 = text.trim().strip_suffix('d')?.parse().ok()?;
    let date = context.today.checked_add_days(Days::new(days.into()))?;
    Some(format_date(within(days, date, context)))
}

/// The date `days` from today on the person's own calendar may be outside the portal's range, which is in UTC.
fn within(days: u16, date: NaiveDate, context: &ReadContext<'_>) -> NaiveDate {
    match days {
        1..=365 => expiration::clamp(date, context.now),
        _ => date,
    }
}

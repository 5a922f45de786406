//! The draft: what the person typed and chose, unchecked. It contains no secret, so it may be stored; a stored draft is
//! trusted no more than typed text.

use chrono::NaiveDate;

use crate::config::PortalChoice;
use crate::credential::expiration;
use crate::credential::notice::{Note, Notice, Outcome, Source};
use crate::credential::privilege;
use crate::credential::referrer::{self, Referrer};
use crate::credential::unresolved::{MAX_UNRESOLVED, Restriction, Unresolved};
use crate::operation_id::OperationId;
use crate::portal::id::{ItemId, PrivilegeId};
use crate::portal::search::{FoundItem, PUBLIC, id_in};

/// The maximum number of referrers in a draft. The portal publishes no limit (F-REFERRER-7); a thousand origins fill a
/// form field of 60 KB, which servers still accept.
pub const MAX_REFERRERS: usize = 1000;

/// The maximum number of privileges in a draft; portals know fewer than 200.
pub const MAX_PRIVILEGES: usize = 1000;

/// The maximum number of presets in a draft.
pub const MAX_PRESETS: usize = 50;

/// The maximum length of a stored field, in characters: more than anyone types by hand, and quick to show.
const MAX_STORED_FIELD: usize = 20_000;

/// The maximum number of items in a stored draft: more than the 100 allowed, so that `check` can report the number.
const MAX_STORED_ITEMS: usize = 1000;

/// The folder that the portal's own wizard suggests (F-FOLDER-6).
const DEFAULT_FOLDER: &str = "Developer credentials";

/// The answers in the wizard, as typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The intended use of the key.
    pub usage: Usage,
    /// The expiration date, `YYYY-MM-DD` if a browser's date field wrote it.
    pub expiration: String,
    /// The date that the page suggested; unchanged, it does not count as an answer.
    pub suggested_expiration: String,
    /// The referrers added so far, in canonical form.
    pub referrers: Vec<String>,
    /// The text in the entry for the next referrer.
    pub referrer_entry: String,
    /// The chosen privileges: sorted, without duplicates.
    pub privileges: Vec<PrivilegeId>,
    /// The presets that were added, with what each added.
    pub presets: Vec<AddedPreset>,
    /// Names of presets that a link or a recipe asked for, until the account is known.
    pub wanted_presets: Vec<String>,
    /// The web map, scene or app that was pasted last, so that it can be read again.
    pub map: Option<ItemId>,
    /// The chosen items, in the order they were chosen.
    pub items: Vec<GrantedItem>,
    /// The text in the field for items that is not a complete item id yet. The field exists only without a sign-in.
    pub item_entry: String,
    /// The item's title.
    pub title: String,
    /// The title that the page suggested; unchanged, it does not count as an answer.
    pub suggested_title: String,
    /// The folder's title, typed or chosen; empty for the root folder.
    pub folder: String,
    /// The item's tags, separated by commas.
    pub tags: String,
    /// The item's summary.
    pub summary: String,
    /// Whether the key is generated now.
    pub key: KeyChoice,
    /// The chosen portal, if any.
    pub portal: Option<PortalChoice>,
    /// The typed address of the portal for the steps without a sign-in; may be empty.
    pub typed_portal: String,
    /// The privileges that were chosen because the code or the map that the person started from needs them.
    pub needed: Vec<PrivilegeId>,
    /// Administrative privileges a link asked for, until the person adds them or leaves them out.
    pub withheld: Vec<PrivilegeId>,
    /// Restrictions of a link, a recipe or a copied credential that are not in the draft, until the person decides.
    pub unresolved: Vec<Unresolved>,
    /// The message about a link or a recipe, if any.
    pub notice: Option<Notice>,
    /// The operation that was begun with it; `None` before `Create`, or if the operation was abandoned.
    pub operation: Option<OperationId>,
    /// Whether it is a copy of another draft: `Next` then stops only where something is missing.
    pub is_copy: bool,
    /// Whether it was filled in without a sign-in and has not been compared with an account.
    pub is_uncompared: bool,
    /// The hash of the account that was last signed in with it; `None` before the first sign-in.
    pub account: Option<String>,
}

/// An item the key will reach, with what a list of chosen items shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantedItem {
    /// The item's id.
    pub id: ItemId,
    /// The item's title.
    pub title: String,
    /// The item's type, as the portal names it.
    pub kind: String,
    /// With whom it is shared: `private`, `shared`, `org` or `public`.
    pub access: String,
}

impl GrantedItem {
    /// Whether it is public.
    pub fn is_public(&self) -> bool {
        self.access == PUBLIC
    }

    /// An item that a link named: only its id is known.
    pub fn unknown(id: ItemId) -> Self {
        Self { title: id.0.clone(), id, kind: String::new(), access: String::new() }
    }

    /// The item whose id was typed instead of search words: 32 hexadecimal digits on every portal seen.
    pub fn typed(words: &str) -> Option<Self> {
        let id = words.trim();
        ItemId::is_one(id).then(|| Self::unknown(ItemId(id.to_ascii_lowercase())))
    }

    /// Whether only its id is known.
    pub fn is_unknown(&self) -> bool {
        self.access.is_empty()
    }
}

impl From<&FoundItem> for GrantedItem {
    fn from(found: &FoundItem) -> Self {
        Self {
            id: found.id.clone(),
            title: found.title.clone(),
            kind: found.kind.clone(),
            access: found.access.clone(),
        }
    }
}

/// A preset that was added to a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedPreset {
    /// Its name.
    pub id: String,
    /// The privileges that it resolved to.
    pub gives: Vec<PrivilegeId>,
    /// Those of them that were not chosen before.
    pub added: Vec<PrivilegeId>,
    /// The privileges that it needs and the account lacks.
    pub lacks: Vec<PrivilegeId>,
}

/// The intended use of a key; the portal's own wizard asks this, too (F-PAGE-2).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Usage {
    /// In a web page or an app that other people open, who can read it there.
    WebPage,
    /// In the person's own scripts, notebooks and servers.
    Scripts,
    /// In a desktop or a native app.
    Native,
    /// Not said.
    #[default]
    Unsure,
}

impl Usage {
    /// Every answer, in the order in which they are offered.
    pub const ALL: [Usage; 4] = [Usage::WebPage, Usage::Scripts, Usage::Native, Usage::Unsure];

    /// Its name in links, recipes and stored drafts.
    pub fn name(self) -> &'static str {
        match self {
            Self::WebPage => "web-page",
            Self::Scripts => "scripts",
            Self::Native => "native",
            Self::Unsure => "",
        }
    }

    /// The answer with this name, if there is one.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|usage| usage.name() == name)
    }

    /// Whether this usage rules out a privilege: other people would act for the owner of the key (F-PRIV-5).
    pub fn closes(self, id: &PrivilegeId) -> bool {
        self == Self::WebPage && privilege::acts_for_person(id)
    }

    /// Whether clients of this usage send no `Referer`, so that a key with referrers is refused (F-REFERRER-6).
    pub fn sends_no_referrer(self) -> bool {
        matches!(self, Self::Scripts | Self::Native)
    }
}

/// The outcome of `Create`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum KeyChoice {
    /// The key is generated and shown.
    #[default]
    Now,
    /// Only the credential is created.
    Later,
}

impl Default for Draft {
    /// An untouched draft without an expiration date.
    fn default() -> Self {
        Self {
            usage: Usage::Unsure,
            expiration: String::new(),
            suggested_expiration: String::new(),
            referrers: Vec::new(),
            referrer_entry: String::new(),
            privileges: Vec::new(),
            presets: Vec::new(),
            wanted_presets: Vec::new(),
            map: None,
            items: Vec::new(),
            item_entry: String::new(),
            title: String::new(),
            suggested_title: String::new(),
            folder: DEFAULT_FOLDER.to_owned(),
            tags: String::new(),
            summary: String::new(),
            key: KeyChoice::Now,
            portal: None,
            typed_portal: String::new(),
            needed: Vec::new(),
            withheld: Vec::new(),
            unresolved: Vec::new(),
            notice: None,
            operation: None,
            is_copy: false,
            is_uncompared: false,
            account: None,
        }
    }
}

impl Draft {
    /// An untouched draft that expires one month after `today`, the person's own date.
    pub fn new(today: NaiveDate) -> Self {
        let mut draft = Self::default();
        draft.suggest_expiration(today);
        draft
    }

    /// Sets the suggested date, one month after `today`, the person's own date. Only for an untouched draft: a date that
    /// was chosen may be the same as the suggested one.
    pub fn suggest_expiration(&mut self, today: NaiveDate) {
        self.expiration = expiration::format_date(expiration::month_after(today));
        self.suggested_expiration.clone_from(&self.expiration);
    }

    /// Suggests a title in place of none, or of an earlier suggestion with which no operation was begun.
    pub fn suggest_title(&mut self, title: String) {
        if self.title.is_empty() || self.title == self.suggested_title && self.operation.is_none() {
            self.suggested_title.clone_from(&title);
            self.title = title;
        }
    }

    /// Whether it has an answer of the person or of a link. The choice of a portal does not count.
    pub fn has_answers(&self) -> bool {
        let untouched = Self {
            expiration: self.suggested_expiration.clone(),
            suggested_expiration: self.suggested_expiration.clone(),
            title: self.suggested_title.clone(),
            suggested_title: self.suggested_title.clone(),
            portal: self.portal.clone(),
            typed_portal: self.typed_portal.clone(),
            operation: self.operation.clone(),
            notice: self.notice.clone(),
            account: self.account.clone(),
            is_uncompared: self.is_uncompared,
            ..Self::default()
        };
        *self != untouched
    }

    /// Whether no person, link or operation has changed it.
    pub fn is_untouched(&self) -> bool {
        self.notice.is_none() && self.operation.is_none() && !self.has_answers()
    }

    /// Whether it has privileges: chosen, waiting for the person's decision, or of presets that are not resolved yet.
    pub(super) fn asks_for_privileges(&self) -> bool {
        !self.privileges.is_empty() || !self.withheld.is_empty() || !self.wanted_presets.is_empty()
    }

    /// Sets the message about a link or a recipe, replacing an earlier one.
    pub fn notify(&mut self, outcome: Outcome) {
        self.notice = Some(Notice::new(outcome));
    }

    /// Adds notes about what was left out. Creates the notice if there is none, as when the embedding page, or a person
    /// who is not signed in, filled in the form.
    pub fn note(&mut self, notes: Vec<Note>) {
        if self.notice.is_none() && !notes.is_empty() {
            let source = if self.is_uncompared { Source::ByHand } else { Source::Page };
            self.notify(Outcome::Filled(source));
        }
        if let Some(notice) = &mut self.notice {
            notice.left_out.extend(notes);
        }
    }

    /// Adds a restriction unless it is already there.
    pub(super) fn add_unresolved(&mut self, unresolved: Unresolved) {
        let alike = self.unresolved.iter().filter(|other| other.restriction == unresolved.restriction);
        if alike.count() < MAX_UNRESOLVED && !self.unresolved.contains(&unresolved) {
            self.unresolved.push(unresolved);
        }
    }

    /// Adds the suggested referrer, and resolves every entry with the same suggestion.
    pub fn use_suggestion(&mut self, referrer: &Referrer) {
        if !self.referrers.iter().any(|other| other == referrer.as_str()) {
            self.referrers.push(referrer.clone().into_text());
        }
        self.unresolved.retain(|other| other.suggestion.as_ref() != Some(referrer));
    }

    /// Whether the person may leave an entry out. Without the last referrer the key works from anywhere, which must be
    /// said in so many words.
    pub fn can_leave_out(&self, restriction: Restriction) -> bool {
        restriction != Restriction::Referrers || !self.referrers.is_empty()
    }

    /// Leaves one entry out because the person said so, if it may be left out.
    pub fn leave_out(&mut self, unresolved: &Unresolved) {
        if self.can_leave_out(unresolved.restriction) {
            self.unresolved.retain(|other| other != unresolved);
        }
    }

    /// Resolves all entries of a kind: the person gave their own answer or wants none.
    pub fn resolve(&mut self, restriction: Restriction) {
        self.unresolved.retain(|other| other.restriction != restriction);
    }

    /// Sets the date that the person chose.
    pub fn set_expiration(&mut self, date: String) {
        self.expiration = date;
        self.resolve(Restriction::Expiration);
    }

    /// Sets the items that the person chose.
    pub fn set_items(&mut self, items: Vec<GrantedItem>) {
        if self.items != items {
            self.resolve(Restriction::Items);
        }
        self.items = items;
    }

    /// Adds the items whose ids or addresses were typed or pasted; only their ids are known. The rest stays in the
    /// field. A text without any id is unchanged.
    pub fn enter_items(&mut self, typed: &str) {
        let parts = typed
            .split(|character: char| character.is_whitespace() || matches!(character, ',' | ';'))
            .filter(|part| !part.is_empty());
        let (ids, others): (Vec<&str>, Vec<&str>) = parts.partition(|part| id_in(part).is_some());
        for id in ids.iter().filter_map(|part| id_in(part)).map(str::to_ascii_lowercase) {
            if !self.items.iter().any(|item| item.id.0 == id) {
                self.items.push(GrantedItem::unknown(ItemId(id)));
                self.resolve(Restriction::Items);
            }
        }
        self.item_entry = if ids.is_empty() { typed.to_owned() } else { others.join(" ") };
    }

    /// Cuts what is far beyond every limit; `check` names what is merely beyond one.
    pub(super) fn shorten(&mut self) {
        for field in self.typed_fields() {
            cut(field);
        }
        self.referrers.truncate(MAX_REFERRERS);
        self.items.truncate(MAX_STORED_ITEMS);
        self.needed.truncate(MAX_PRIVILEGES);
        self.withheld.truncate(MAX_PRIVILEGES);
        self.privileges.truncate(MAX_PRIVILEGES);
        self.presets.truncate(MAX_PRESETS);
        self.wanted_presets.truncate(MAX_PRESETS);
        self.unresolved.truncate(MAX_UNRESOLVED * Restriction::ALL.len());
    }

    /// Chooses a privilege or removes it, case-insensitively (F-PRIV-10).
    pub fn choose_privilege(&mut self, id: PrivilegeId, is_chosen: bool) {
        let place = self.privileges.iter().position(|other| other.is(&id.0));
        match (place, is_chosen) {
            (None, true) => self.privileges.insert(self.privileges.partition_point(|other| *other < id), id),
            (Some(place), false) => drop(self.privileges.remove(place)),
            _ => {}
        }
    }

    /// Whether a privilege is chosen, case-insensitively.
    pub fn has_privilege(&self, id: &PrivilegeId) -> bool {
        self.privileges.iter().any(|other| other.is(&id.0))
    }

    /// The host that the key is for, judging by the referrers: the first that is not the person's own computer.
    pub fn main_host(&self) -> Option<&str> {
        self.referrers.iter().find(|referrer| !referrer::is_local(referrer)).map(|referrer| referrer::host(referrer))
    }

    fn typed_fields(&mut self) -> impl Iterator<Item = &mut String> {
        let own = [
            &mut self.expiration,
            &mut self.referrer_entry,
            &mut self.title,
            &mut self.folder,
            &mut self.tags,
            &mut self.summary,
            &mut self.typed_portal,
            &mut self.item_entry,
        ];
        let shown = self.items.iter_mut().flat_map(|item| [&mut item.title, &mut item.kind, &mut item.access]);
        own.into_iter().chain(&mut self.referrers).chain(shown)
    }
}

fn cut(field: &mut String) {
    if let Some((end, _)) = field.char_indices().nth(MAX_STORED_FIELD) {
        field.truncate(end);
    }
}

#[cfg(test)]
mod tests;

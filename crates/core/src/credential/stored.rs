//! Stores the draft as text in the tab's storage, and restores it. A stored draft is hostile input: whatever can be
//! read is restored, and the rest keeps its default.

use crate::config::{MAX_ID, PortalChoice};
use crate::credential::draft::{AddedPreset, Draft, GrantedItem, KeyChoice, Usage};
use crate::credential::notice::{Notice, Outcome};
use crate::credential::preset::{self};
use crate::credential::referrer::Referrer;
use crate::credential::stored_notice;
use crate::credential::unresolved::{Restriction, Unresolved};
use crate::json::{self, Object, Value};
use crate::operation_id::OperationId;
use crate::portal::id::{ItemId, PrivilegeId};
use crate::portal::search::id_in;

/// The maximum length of a note, in characters; no note that is written comes near it.
const MAX_NOTE: usize = 1000;

/// The maximum number of sentences in a draft that an earlier version stored.
const MAX_SENTENCES: usize = 200;

/// The maximum size of a stored draft, in bytes; browsers store 5 MB for a page.
const MAX_STORED: usize = 4_000_000;

impl Draft {
    /// The draft as text for storage.
    pub fn store(&self) -> String {
        let mut draft = self.clone();
        draft.shorten();
        let mut out = Object::compact();
        for (name, field) in FIELDS {
            out.text(name, field(&mut draft));
        }
        let portal = draft.portal.as_ref().map_or("", |portal| match portal {
            PortalChoice::Configured(id) => &id.0,
            PortalChoice::Custom => CUSTOM_PORTAL,
        });
        out.text("portal", portal);
        out.text("operation", draft.operation.as_ref().map_or("", OperationId::as_str));
        out.text("map", draft.map.as_ref().map_or("", |map| &map.0));
        out.value("referrers", &texts(&draft.referrers));
        out.value("privileges", &ids(&draft.privileges));
        out.value("withheld", &ids(&draft.withheld));
        if !draft.needed.is_empty() {
            out.value("needed", &ids(&draft.needed));
        }
        if let Some(notice) = &draft.notice {
            out.value("notice", &json::array(stored_notice::write(notice).iter().map(|entry| texts(entry))));
        }
        if !draft.unresolved.is_empty() {
            let unresolved = draft.unresolved.iter().map(|request| texts(&unresolved_texts(request)));
            out.value("unresolved", &json::array(unresolved));
        }
        if !draft.wanted_presets.is_empty() {
            out.value("wanted_presets", &texts(&draft.wanted_presets));
        }
        if !draft.presets.is_empty() {
            out.value("presets", &json::array(draft.presets.iter().map(|preset| texts(&preset_texts(preset)))));
        }
        out.value("items", &json::array(draft.items.iter().map(item_text)));
        if draft.usage != Usage::Unsure {
            out.text("usage", draft.usage.name());
        }
        if draft.is_copy {
            out.text("copy", "yes");
        }
        if draft.is_uncompared {
            out.text("uncompared", "yes");
        }
        if let Some(account) = &draft.account {
            out.text("account", account);
        }
        out.text("key", if draft.key == KeyChoice::Now { "now" } else { "later" });
        out.end()
    }

    /// Restores a stored draft, of this or another version of the page. `None` if it is not a draft.
    pub fn restore(stored: &str) -> Option<Self> {
        if stored.len() > MAX_STORED {
            return None;
        }
        let Ok(Value::Object(members)) = json::parse(stored.as_bytes()) else { return None };
        let mut draft = Draft::default();
        for (name, value) in &members {
            draft.take(name, value);
        }
        draft.shorten();
        Some(draft)
    }

    fn take(&mut self, name: &str, value: &Value<'_>) {
        if let Some((_, field)) = FIELDS.iter().find(|(key, _)| *key == name) {
            if let Some(text) = value.as_text() {
                text.clone_into(field(self));
            }
            return;
        }
        let Value::List(list) = value else {
            self.take_text(name, value.as_text().unwrap_or_default());
            return;
        };
        if name == "notice" {
            self.notice = notice(list);
            return;
        }
        let texts = list.iter().filter_map(Value::as_text).map(str::to_owned);
        match name {
            "referrers" => self.referrers = texts.collect(),
            // The format of an earlier version.
            "notes" if !list.is_empty() => {
                let cut = |text: String| text.chars().take(MAX_NOTE).collect();
                self.notify(Outcome::Sentences(texts.take(MAX_SENTENCES).map(cut).collect()));
            }
            "privileges" => texts.for_each(|text| self.choose_privilege(PrivilegeId(text), true)),
            "needed" => self.needed = texts.map(PrivilegeId).collect(),
            "withheld" => self.withheld = texts.map(PrivilegeId).collect(),
            "items" => self.items = list.iter().filter_map(item).collect(),
            "wanted_presets" => self.wanted_presets = texts.filter(|name| preset::is_name(name)).collect(),
            "presets" => self.presets = list.iter().filter_map(added_preset).collect(),
            "unresolved" => self.unresolved = list.iter().filter_map(unresolved).collect(),
            _ => {}
        }
    }

    fn take_text(&mut self, name: &str, text: &str) {
        match name {
            "usage" => self.usage = Usage::named(text).unwrap_or_default(),
            "portal" => self.portal = portal(text),
            "operation" => self.operation = OperationId::parse(text),
            "map" => self.map = id_in(text).map(|id| ItemId(id.to_owned())),
            "copy" => self.is_copy |= text == "yes",
            "uncompared" => self.is_uncompared |= text == "yes",
            "account" => self.account = (text.len() <= MAX_ID).then(|| text.to_owned()),
            "key" if text == "later" => self.key = KeyChoice::Later,
            _ => {}
        }
    }
}

/// The stored form of a custom portal; no id has this form.
const CUSTOM_PORTAL: &str = "\u{0}other";

fn portal(stored: &str) -> Option<PortalChoice> {
    match stored {
        "" => None,
        CUSTOM_PORTAL => Some(PortalChoice::Custom),
        id => (id.len() <= MAX_ID).then(|| PortalChoice::configured(id)),
    }
}

/// Its name, the privileges that it resolved to, those of them that it added, and those that the account lacked; each
/// list between commas.
fn preset_texts(preset: &AddedPreset) -> [String; 4] {
    let commas = |ids: &[PrivilegeId]| ids.iter().map(|id| id.0.as_str()).collect::<Vec<_>>().join(",");
    [preset.id.clone(), commas(&preset.gives), commas(&preset.added), commas(&preset.lacks)]
}

fn added_preset(value: &Value<'_>) -> Option<AddedPreset> {
    // Earlier versions stored three.
    let [id, gives, added, rest @ ..] = value.as_list()? else { return None };
    let ids = |list: &Value<'_>| -> Option<Vec<PrivilegeId>> {
        let ids = list.as_text()?.split(',').filter(|id| !id.is_empty());
        Some(ids.map(|id| PrivilegeId(id.to_owned())).collect())
    };
    let id = id.as_text().filter(|name| preset::is_name(name))?.to_owned();
    let lacks = rest.first().map_or_else(|| Some(Vec::new()), ids)?;
    Some(AddedPreset { id, gives: ids(gives)?, added: ids(added)?, lacks })
}

/// The names of the restrictions in storage. They are part of the format and must not change.
const RESTRICTIONS: [(&str, Restriction); 4] = [
    ("expiration", Restriction::Expiration),
    ("referrers", Restriction::Referrers),
    ("items", Restriction::Items),
    ("portal", Restriction::Portal),
];

/// Marks an item that the portal could not be asked about.
const NOT_LOOKED_UP: &str = "unread";

fn unresolved_texts(unresolved: &Unresolved) -> [String; 4] {
    let restriction =
        RESTRICTIONS.iter().find(|(_, known)| *known == unresolved.restriction).map_or("", |(name, _)| *name);
    let suggestion = unresolved.suggestion.as_ref().map_or("", Referrer::as_str);
    let state = if unresolved.is_not_looked_up { NOT_LOOKED_UP } else { "" };
    [restriction, &unresolved.text, suggestion, state].map(str::to_owned)
}

/// A damaged suggestion is dropped.
fn unresolved(value: &Value<'_>) -> Option<Unresolved> {
    // Earlier versions stored three.
    let [restriction, written, suggestion, rest @ ..] = value.as_list()? else { return None };
    let restriction = RESTRICTIONS.iter().find(|(name, _)| Some(*name) == restriction.as_text())?.1;
    let suggestion = suggestion.as_text().and_then(|text| Referrer::parse(text).ok());
    let text = written.as_text()?.chars().take(MAX_NOTE).collect();
    let is_not_looked_up =
        restriction == Restriction::Items && rest.first().and_then(Value::as_text) == Some(NOT_LOOKED_UP);
    Some(Unresolved { restriction, text, suggestion, is_not_looked_up })
}

fn notice(lists: &[Value<'_>]) -> Option<Notice> {
    let texts = |entry: &'_ Value<'_>| -> Vec<String> {
        let texts = entry.as_list().unwrap_or_default().iter().filter_map(Value::as_text);
        texts.map(|text| text.chars().take(MAX_NOTE).collect()).collect()
    };
    let lists: Vec<Vec<String>> = lists.iter().map(texts).collect();
    let lists: Vec<Vec<&str>> = lists.iter().map(|texts| texts.iter().map(String::as_str).collect()).collect();
    stored_notice::read(&lists)
}

/// A text field of a draft: its name in storage, and its accessor.
type TextField = (&'static str, fn(&mut Draft) -> &mut String);

const FIELDS: [TextField; 10] = [
    ("expiration", |draft| &mut draft.expiration),
    ("suggested_expiration", |draft| &mut draft.suggested_expiration),
    ("referrer_entry", |draft| &mut draft.referrer_entry),
    ("title", |draft| &mut draft.title),
    ("suggested_title", |draft| &mut draft.suggested_title),
    ("folder", |draft| &mut draft.folder),
    ("tags", |draft| &mut draft.tags),
    ("summary", |draft| &mut draft.summary),
    ("typed_portal", |draft| &mut draft.typed_portal),
    ("item_entry", |draft| &mut draft.item_entry),
];

fn texts(texts: &[String]) -> String {
    json::texts(texts.iter().map(String::as_str))
}

fn ids(ids: &[PrivilegeId]) -> String {
    json::texts(ids.iter().map(|id| id.0.as_str()))
}

fn item_text(item: &GrantedItem) -> String {
    let mut out = Object::compact();
    for (name, value) in [("id", &item.id.0), ("title", &item.title), ("kind", &item.kind), ("access", &item.access)] {
        out.text(name, value);
    }
    out.end()
}

/// An item without an id is dropped.
fn item(value: &Value<'_>) -> Option<GrantedItem> {
    let Value::Object(members) = value else { return None };
    let text = |name: &str| members.iter().find(|(member, _)| member == name)?.1.as_text().map(str::to_owned);
    Some(GrantedItem {
        id: ItemId(text("id")?),
        title: text("title").unwrap_or_default(),
        kind: text("kind").unwrap_or_default(),
        access: text("access").unwrap_or_default(),
    })
}

//! Finds risky, needless or missing answers before `Create`, and says what a leaked key could cost.
//!
//! Each rule is a function of the draft and of the data; a table lists them.

use crate::credential::catalogue::Group;
use crate::credential::draft::{AddedPreset, Draft, GrantedItem, Usage};
use crate::credential::expiration::Expiration;
use crate::credential::guide::Guide;
use crate::credential::preset;
use crate::credential::privilege;
use crate::credential::problem::Field;
use crate::credential::referrer;
use crate::credential::unresolved::Restriction;
use crate::credential::web_map::ReadMap;
use crate::origin;
use crate::portal::id::{ItemId, PrivilegeId};
use crate::timestamp::Timestamp;

/// A long lifetime for a key that acts for a person, in days.
const LONG_FOR_A_PERSON_DAYS: i64 = 92;

/// A lifetime longer than the suggested month, in days.
const MORE_THAN_A_MONTH_DAYS: i64 = 33;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// The kinds of item that show other items.
const MAPS: [&str; 2] = ["web map", "web scene"];

/// The severity of a remark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkSeverity {
    /// Others could misuse the key, or nobody could use it at all.
    Serious,
    /// Possibly unintended.
    Minor,
}

/// Something that deserves a second look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// Neither a privilege nor an item is chosen: the key could do nothing, and `Create` will report it.
    NothingGranted,
    /// These privileges act on the whole organization.
    Administrative(Vec<PrivilegeId>),
    /// Some privileges are billed, and until this expiration anyone who reads the key can use them anywhere.
    BilledAnywhere(Timestamp),
    /// A wildcard before a shared host allows everybody who has a page there.
    SharedHost(String),
    /// A page without https can be modified in transit and then use the key.
    PlainHttp(String),
    /// Anyone can read the key of a web page, and this one can act for its owner.
    PersonalInWebPage(PrivilegeId),
    /// Anyone who finds the key in the page can use it anywhere.
    NoReferrers,
    /// Scripts, servers, desktop and native apps send no `Referer`, so the key is refused there.
    ReferrersUnsent,
    /// Anything on a person's own machine is allowed, beside the intended pages.
    LocalBesidePublic(String),
    /// It reaches every layer that the account can edit, because no item narrows it.
    EveryLayer(PrivilegeId),
    /// Storing addresses is billed differently from showing them, and both are chosen.
    StoredToo(PrivilegeId),
    /// A key that acts for a person works for so many days.
    LongLife(i64),
    /// Not needed by anything that the person started from; with the number of such privileges.
    Unneeded(PrivilegeId, usize),
    /// The preset or the map with this name needs it, but it is not chosen.
    NeededBy(String, PrivilegeId),
    /// The code or the map that the person started from needs it, but it is not chosen; with the number of such
    /// privileges.
    NeededNotChosen(PrivilegeId, usize),
    /// The code or the map that the person started from uses this private item, but it is not chosen; with the number of
    /// such items.
    ItemNotChosen(String, usize),
    /// This item is public.
    PublicItem(String),
    /// Everyone who opens the web page can read this item, which is not public; with the number of such items.
    NonpublicItem(String, usize),
    /// A map without other items: what it shows may need access of its own.
    MapAlone(String),
    /// A map, and how many of the private items in it are not chosen.
    LayersLeftOut(String, usize),
    /// The code or the map that the person started from does not name this item; with the number of such items.
    ItemsBeyondCode(String, usize),
}

impl Remark {
    /// The severity.
    pub fn severity(&self) -> RemarkSeverity {
        match self {
            Self::NothingGranted
            | Self::Administrative(_)
            | Self::BilledAnywhere(_)
            | Self::SharedHost(_)
            | Self::PlainHttp(_)
            | Self::PersonalInWebPage(_)
            | Self::NoReferrers
            | Self::ReferrersUnsent => RemarkSeverity::Serious,
            _ => RemarkSeverity::Minor,
        }
    }

    /// The field where it can be changed.
    pub fn field(&self) -> Field {
        match self {
            Self::SharedHost(_)
            | Self::PlainHttp(_)
            | Self::LocalBesidePublic(_)
            | Self::BilledAnywhere(_)
            | Self::NoReferrers
            | Self::ReferrersUnsent => Field::Referrers,
            Self::NothingGranted
            | Self::Administrative(_)
            | Self::PersonalInWebPage(_)
            | Self::EveryLayer(_)
            | Self::StoredToo(_)
            | Self::Unneeded(..)
            | Self::NeededBy(..)
            | Self::NeededNotChosen(..) => Field::Privileges,
            Self::LongLife(_) => Field::Expiration,
            Self::PublicItem(_)
            | Self::NonpublicItem(..)
            | Self::ItemNotChosen(..)
            | Self::MapAlone(_)
            | Self::LayersLeftOut(..)
            | Self::ItemsBeyondCode(..) => Field::Items,
        }
    }
}

/// The actions open to anyone who has the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Exposure {
    /// Spend the organization's credits.
    pub spends: bool,
    /// Read items or data that are not public.
    pub reads: bool,
    /// Change items or data.
    pub changes: bool,
    /// Act on the whole organization.
    pub administers: bool,
}

/// Known facts about the items.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownItems {
    /// The maps that were read.
    pub maps: Vec<ReadMap>,
    /// The items named in the code or by the map that the person started from; `None` without either.
    pub named: Option<Vec<ItemId>>,
    /// Private items of such code or maps that were ticked and not chosen when the step was left.
    pub unchosen: Vec<GrantedItem>,
}

impl KnownItems {
    /// Adds maps that were read, replacing earlier readings of the same. An incomplete reading removes nothing.
    pub fn add_maps(&mut self, maps: Vec<ReadMap>) {
        for mut map in maps {
            match self.maps.iter_mut().find(|old| old.id == map.id) {
                Some(old) if map.is_whole => *old = map,
                Some(old) => {
                    map.layers.retain(|layer| old.layers.iter().all(|known| known.id != layer.id));
                    old.layers.append(&mut map.layers);
                    map.addresses.retain(|address| !old.addresses.contains(address));
                    old.addresses.append(&mut map.addresses);
                }
                None => self.maps.push(map),
            }
        }
    }

    /// Adds the items that code or a map names, once the person has decided which of them to choose.
    pub fn add_named(&mut self, items: Vec<ItemId>) {
        self.unchosen.retain(|item| !items.contains(&item.id));
        self.named.get_or_insert_default().extend(items);
    }

    /// Adds private items of code or a map that were ticked and not chosen, each once.
    pub fn add_unchosen(&mut self, items: Vec<GrantedItem>) {
        for item in items {
            if self.unchosen.iter().all(|known| known.id != item.id) {
                self.unchosen.push(item);
            }
        }
    }

    /// The private items that chosen maps show and that are not chosen, each once.
    pub fn missing(&self, chosen: &[GrantedItem]) -> Vec<GrantedItem> {
        let mut missing: Vec<GrantedItem> = Vec::new();
        for layer in self.chosen_maps(chosen).flat_map(|map| &map.layers) {
            if chosen.iter().chain(&missing).all(|item| item.id != layer.id) {
                missing.push(layer.clone());
            }
        }
        missing
    }

    fn chosen_maps(&self, chosen: &[GrantedItem]) -> impl Iterator<Item = &ReadMap> {
        self.maps.iter().filter(|map| chosen.iter().any(|item| item.id == map.id))
    }
}

struct ReviewContext<'a> {
    draft: &'a Draft,
    guide: &'a Guide,
    known: &'a KnownItems,
    /// The chosen maps with the privileges that their services need, as far as the account can give them.
    maps: Vec<(&'a ReadMap, Vec<PrivilegeId>)>,
    now: Timestamp,
}

impl<'a> ReviewContext<'a> {
    fn new(draft: &'a Draft, guide: &'a Guide, known: &'a KnownItems, groups: &[Group], now: Timestamp) -> Self {
        let needs = |map: &ReadMap| {
            let needs: Vec<String> = map.needs(&guide.recognizers).into_iter().map(|id| id.0).collect();
            preset::resolve(&needs, groups, draft.usage).gives
        };
        let maps = known.chosen_maps(&draft.items).map(|map| (map, needs(map))).collect();
        Self { draft, guide, known, maps, now }
    }
}

/// The rules, in the order of the steps.
const RULES: [fn(&ReviewContext<'_>) -> Option<Remark>; 22] = [
    nothing_granted,
    administrative,
    billed_anywhere,
    no_referrers,
    referrers_unsent,
    shared_host,
    plain_http,
    local_beside_public,
    long_life,
    personal_in_web_page,
    every_layer,
    stored_too,
    unneeded,
    needed_by_preset,
    needed_not_chosen,
    needed_by_map,
    item_not_chosen,
    public_item,
    nonpublic_item,
    map_alone,
    layers_left_out,
    items_beyond_code,
];

impl Draft {
    /// Whether the key could do nothing.
    pub fn grants_nothing(&self) -> bool {
        self.privileges.is_empty() && self.items.is_empty()
    }

    /// Whether there are no referrers. If a link asked for some that could not be applied, the person is asked anyway.
    fn works_anywhere(&self) -> bool {
        let is_asked = self.unresolved.iter().any(|unresolved| unresolved.restriction == Restriction::Referrers);
        self.referrers.is_empty() && self.referrer_entry.trim().is_empty() && !is_asked
    }

    /// The remarks on the draft, most serious first.
    pub fn review(&self, guide: &Guide, known: &KnownItems, groups: &[Group], now: Timestamp) -> Vec<Remark> {
        let seen = ReviewContext::new(self, guide, known, groups, now);
        let mut remarks = Vec::new();
        for rule in RULES {
            // A map and a preset may have the same title and need the same.
            if let Some(remark) = rule(&seen).filter(|remark| !remarks.contains(remark)) {
                let place = remarks.partition_point(|other: &Remark| other.severity() <= remark.severity());
                remarks.insert(place, remark);
            }
        }
        remarks
    }

    /// The actions open to anyone who has the key.
    pub fn exposure(&self) -> Exposure {
        let mut exposure = Exposure { reads: self.items.iter().any(|item| !item.is_public()), ..Exposure::default() };
        for id in &self.privileges {
            exposure.spends |= privilege::is_billed(id);
            exposure.administers |= privilege::is_administrative(id);
            if privilege::acts_for_person(id) {
                exposure.reads = true;
                exposure.changes |= !is_view(id);
            }
        }
        exposure
    }

    /// Whether other people open the page that uses the key, as far as the person said.
    pub fn is_for_web_page(&self) -> bool {
        match self.usage {
            Usage::WebPage => true,
            Usage::Unsure => self.referrers.iter().any(|referrer| !referrer::is_local(referrer)),
            Usage::Scripts | Usage::Native => false,
        }
    }

    fn first_referrer(&self, is_meant: impl Fn(&str) -> bool) -> Option<String> {
        self.referrers.iter().find(|referrer| is_meant(referrer)).cloned()
    }
}

fn nothing_granted(seen: &ReviewContext<'_>) -> Option<Remark> {
    seen.draft.grants_nothing().then_some(Remark::NothingGranted)
}

fn administrative(seen: &ReviewContext<'_>) -> Option<Remark> {
    let is_meant = |id: &&PrivilegeId| privilege::is_administrative(id);
    let found: Vec<PrivilegeId> = seen.draft.privileges.iter().filter(is_meant).cloned().collect();
    (!found.is_empty()).then_some(Remark::Administrative(found))
}

/// For a web page another remark covers every lifetime, and elsewhere referrers do not help.
fn billed_anywhere(seen: &ReviewContext<'_>) -> Option<Remark> {
    let end = Expiration::parse(&seen.draft.expiration, seen.now).ok()?.at();
    let is_long = end.millis_since(seen.now) > MORE_THAN_A_MONTH_DAYS * DAY_MS;
    let is_billed = seen.draft.privileges.iter().any(privilege::is_billed);
    let is_meant = seen.draft.usage == Usage::Unsure && seen.draft.works_anywhere();
    (is_long && is_billed && is_meant).then_some(Remark::BilledAnywhere(end))
}

fn no_referrers(seen: &ReviewContext<'_>) -> Option<Remark> {
    (seen.draft.usage == Usage::WebPage && seen.draft.works_anywhere()).then_some(Remark::NoReferrers)
}

fn referrers_unsent(seen: &ReviewContext<'_>) -> Option<Remark> {
    let is_refused = seen.draft.usage.sends_no_referrer() && !seen.draft.referrers.is_empty();
    is_refused.then_some(Remark::ReferrersUnsent)
}

fn shared_host(seen: &ReviewContext<'_>) -> Option<Remark> {
    let is_shared = |referrer: &str| {
        if !origin::authority(referrer).starts_with("*.") {
            return false;
        }
        let host = referrer::host(referrer);
        seen.guide.shared_hosts.iter().any(|shared| match shared.strip_prefix('*') {
            Some(end) => host.ends_with(end) || host == &end[1..],
            None => host == shared,
        })
    };
    seen.draft.first_referrer(is_shared).map(Remark::SharedHost)
}

fn plain_http(seen: &ReviewContext<'_>) -> Option<Remark> {
    let is_plain = |referrer: &str| referrer.starts_with("http:") && !referrer::is_local(referrer);
    seen.draft.first_referrer(is_plain).map(Remark::PlainHttp)
}

fn local_beside_public(seen: &ReviewContext<'_>) -> Option<Remark> {
    let has_public = seen.draft.referrers.iter().any(|referrer| !referrer::is_local(referrer));
    seen.draft.first_referrer(referrer::is_local).filter(|_| has_public).map(Remark::LocalBesidePublic)
}

fn long_life(seen: &ReviewContext<'_>) -> Option<Remark> {
    let end = Expiration::parse(&seen.draft.expiration, seen.now).ok()?.at();
    let days = end.millis_since(seen.now) / DAY_MS;
    (days > LONG_FOR_A_PERSON_DAYS && seen.draft.privileges.iter().any(privilege::acts_for_person))
        .then_some(Remark::LongLife(days))
}

/// A page on the developer's own machine is not open to others.
fn personal_in_web_page(seen: &ReviewContext<'_>) -> Option<Remark> {
    let personal = seen.draft.privileges.iter().find(|id| privilege::acts_for_person(id));
    personal.filter(|_| seen.draft.is_for_web_page()).cloned().map(Remark::PersonalInWebPage)
}

fn every_layer(seen: &ReviewContext<'_>) -> Option<Remark> {
    let wide = seen.draft.privileges.iter().find(|id| privilege::reaches_every_layer(id));
    wide.filter(|_| seen.draft.items.is_empty()).cloned().map(Remark::EveryLayer)
}

fn stored_too(seen: &ReviewContext<'_>) -> Option<Remark> {
    let find = |end: &str| seen.draft.privileges.iter().find(|id| id.is(&["premium:user:geocode:", end].concat()));
    find("temporary").and(find("stored")).cloned().map(Remark::StoredToo)
}

fn unneeded(seen: &ReviewContext<'_>) -> Option<Remark> {
    let of_maps = || seen.maps.iter().flat_map(|(_, needs)| needs);
    let given = || seen.draft.presets.iter().flat_map(|preset| &preset.gives).chain(&seen.draft.needed);
    let is_given = |id: &&PrivilegeId| given().chain(of_maps()).any(|other| other.is(&id.0));
    let beside: Vec<&PrivilegeId> = seen.draft.privileges.iter().filter(|id| !is_given(id)).collect();
    let has_start = given().any(|id| seen.draft.has_privilege(id));
    let first = beside.first().filter(|_| has_start)?;
    Some(Remark::Unneeded((*first).clone(), beside.len()))
}

fn needed_by_preset(seen: &ReviewContext<'_>) -> Option<Remark> {
    let lacks = |preset: &AddedPreset| {
        let missing = preset.gives.iter().find(|id| !seen.draft.has_privilege(id))?;
        let title =
            seen.guide.presets.iter().find(|known| known.id == preset.id).map_or(&preset.id, |known| &known.title);
        Some(Remark::NeededBy(title.clone(), missing.clone()))
    };
    seen.draft.presets.iter().find_map(lacks)
}

/// For example the stored kind of geocoding for a batch of addresses (F-PRIV-14).
fn needed_not_chosen(seen: &ReviewContext<'_>) -> Option<Remark> {
    let missing: Vec<&PrivilegeId> = seen.draft.needed.iter().filter(|id| !seen.draft.has_privilege(id)).collect();
    Some(Remark::NeededNotChosen((*missing.first()?).clone(), missing.len()))
}

/// For example the basemap of a chosen map. What code needs, too, is another remark.
fn needed_by_map(seen: &ReviewContext<'_>) -> Option<Remark> {
    let is_missing = |id: &PrivilegeId| !seen.draft.has_privilege(id) && !seen.draft.needed.contains(id);
    seen.maps.iter().find_map(|(map, needs)| {
        let missing = needs.iter().find(|id| is_missing(id))?.clone();
        let title = seen.draft.items.iter().find(|item| item.id == map.id).map(|item| item.title.clone())?;
        Some(Remark::NeededBy(title, missing))
    })
}

fn item_not_chosen(seen: &ReviewContext<'_>) -> Option<Remark> {
    let is_chosen = |item: &&GrantedItem| seen.draft.items.iter().any(|chosen| chosen.id == item.id);
    let missing: Vec<&GrantedItem> = seen.known.unchosen.iter().filter(|item| !is_chosen(item)).collect();
    Some(Remark::ItemNotChosen(missing.first()?.title.clone(), missing.len()))
}

fn public_item(seen: &ReviewContext<'_>) -> Option<Remark> {
    seen.draft.items.iter().find(|item| item.is_public()).map(|item| Remark::PublicItem(item.title.clone()))
}

/// Only if the person said that it is a web page: most keys with items are for the owner's own pages.
fn nonpublic_item(seen: &ReviewContext<'_>) -> Option<Remark> {
    let is_nonpublic = |item: &&GrantedItem| !item.is_public() && !item.is_unknown();
    let nonpublic: Vec<&GrantedItem> = seen.draft.items.iter().filter(is_nonpublic).collect();
    let first = nonpublic.first().filter(|_| seen.draft.usage == Usage::WebPage)?;
    Some(Remark::NonpublicItem(first.title.clone(), nonpublic.len()))
}

/// A map that was read completely is judged by [`layers_left_out`].
fn map_alone(seen: &ReviewContext<'_>) -> Option<Remark> {
    let is_map = |item: &GrantedItem| MAPS.iter().any(|kind| item.kind.eq_ignore_ascii_case(kind));
    let items = &seen.draft.items;
    let is_read = |item: &GrantedItem| seen.known.maps.iter().any(|map| map.id == item.id && map.is_whole);
    let map = items.iter().find(|item| is_map(item) && !is_read(item)).filter(|_| items.iter().all(is_map))?;
    let is_told = !seen.known.missing(items).is_empty();
    (!is_told).then(|| Remark::MapAlone(map.title.clone()))
}

fn layers_left_out(seen: &ReviewContext<'_>) -> Option<Remark> {
    let items = &seen.draft.items;
    let is_chosen = |id: &ItemId| items.iter().any(|item| item.id == *id);
    let lacks = |map: &ReadMap| map.layers.iter().filter(|layer| !is_chosen(&layer.id)).count();
    let (map, count) = seen.known.chosen_maps(items).map(|map| (map, lacks(map))).find(|(_, count)| *count > 0)?;
    let title = items.iter().find(|item| item.id == map.id).map(|item| item.title.clone())?;
    Some(Remark::LayersLeftOut(title, count))
}

/// The items that a chosen map shows count as named.
fn items_beyond_code(seen: &ReviewContext<'_>) -> Option<Remark> {
    let named = seen.known.named.as_ref()?;
    let items = &seen.draft.items;
    let is_named = |id: &ItemId| named.contains(id) || seen.known.unchosen.iter().any(|item| item.id == *id);
    let is_shown =
        |id: &ItemId| seen.known.chosen_maps(items).any(|map| map.layers.iter().any(|layer| layer.id == *id));
    let beyond: Vec<&GrantedItem> = items.iter().filter(|item| !is_named(&item.id) && !is_shown(&item.id)).collect();
    Some(Remark::ItemsBeyondCode(beyond.first()?.title.clone(), beyond.len()))
}

/// Whether a privilege only allows viewing, judging by its id: `portal:user:viewOrgItems`.
fn is_view(id: &PrivilegeId) -> bool {
    let action = id.0.rsplit(':').next().unwrap_or_default();
    action.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("view"))
}

#[cfg(test)]
mod tests;

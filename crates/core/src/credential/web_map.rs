//! Determines the needs of web maps, scenes and apps: read from the portal, item by item (F-ITEM-18, F-ITEM-19).
//!
//! [`Reading`] is plain data. It says what to ask next, and takes the answers in any order. All text in an answer is
//! untrusted: it is bounded and cleaned, and affects only what is offered.

use crate::credential::code::{self, Finding, MAX_PLACES, Need, Place, Recognizers, SourceText};
use crate::credential::draft::GrantedItem;
use crate::json::quoted;
use crate::portal::error::Error;
use crate::portal::id::{ItemId, PrivilegeId};
use crate::portal::search::FoundItem;
use crate::portal::web_map::{Ask, Layer, MapAnswer};

/// The maximum number of requests for what was added last.
pub const MAX_REQUESTS: usize = 200;

/// The maximum number of requests in flight.
const AT_ONCE: usize = 4;

/// The maximum number of layers and services stored for one reading.
const MAX_LAYERS: usize = 2_000;

/// The types of items whose data refers to other items.
const SHOWING: [&str; 7] =
    ["web map", "web scene", "group layer", "web mapping application", "web experience", "dashboard", "storymap"];

/// A part that could not be offered, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gap {
    /// This item could not be read.
    Unread(String, Error),
    /// This item is not public and belongs to another organization.
    OfOthers(String),
    /// This many items were skipped: there were too many.
    TooMany(usize),
}

impl Gap {
    /// Whether a retry may help.
    pub fn may_go(&self) -> bool {
        matches!(self, Self::Unread(..))
    }
}

/// A web map, a scene or an app that was read, with what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadMap {
    /// The item.
    pub id: ItemId,
    /// The private items among those that it shows, directly or indirectly.
    pub layers: Vec<GrantedItem>,
    /// The addresses of the services that it shows, directly or indirectly.
    pub addresses: Vec<String>,
    /// Whether all of it could be read.
    pub is_whole: bool,
}

impl ReadMap {
    /// The privileges that its services need.
    pub fn needs(&self, recognizers: &Recognizers) -> Vec<PrivilegeId> {
        let sources: Vec<SourceText> =
            self.addresses.iter().map(|address| SourceText::new(None, quoted(address))).collect();
        let needs = privileges(recognizers, &sources).into_iter().map(|finding| finding.need);
        needs.filter_map(|need| if let Need::Privilege(id) = need { Some(id) } else { None }).collect()
    }
}

/// The privileges that addresses of services need; the addresses may contain ids of items, which are no needs.
fn privileges(recognizers: &Recognizers, sources: &[SourceText]) -> Vec<Finding> {
    let mut findings = code::find(recognizers, sources);
    findings.retain(|finding| matches!(finding.need, Need::Privilege(_)));
    findings
}

/// An item, and what the portal says about it.
#[derive(Debug, Clone)]
struct MapItem {
    id: ItemId,
    item: Option<FoundItem>,
    /// Whether its organization allows granting it.
    is_own: bool,
    /// Why it, or its data, could not be read.
    error: Option<Error>,
    /// The indexes of what it shows in the list of layers; `None` if it is not a map.
    layers: Option<Vec<usize>>,
}

/// A reading of some maps or apps.
#[derive(Debug, Clone)]
pub struct Reading {
    org_id: String,
    /// All questions, in order.
    asks: Vec<Ask>,
    /// The number of questions asked.
    asked: usize,
    /// The number of questions answered.
    answered: usize,
    /// The number of answers that could be used.
    read: usize,
    /// The maximum number of questions.
    limit: usize,
    /// Each item once, in order of appearance.
    known: Vec<MapItem>,
    layers: Vec<Layer>,
    /// The number of layers left out.
    left_out: usize,
}

impl Reading {
    /// An empty reading for a member of this organization.
    pub fn new(org_id: String) -> Self {
        Self {
            org_id,
            asks: Vec::new(),
            asked: 0,
            answered: 0,
            read: 0,
            limit: 0,
            known: Vec::new(),
            layers: Vec::new(),
            left_out: 0,
        }
    }

    /// Adds this item, unless it is known; retries it if it could not be read.
    pub fn add(&mut self, id: &ItemId) {
        match self.known.iter_mut().find(|known| known.id == *id && known.error.is_some()) {
            Some(known) => {
                known.error = None;
                self.asks.push(Ask::Item(id.clone()));
            }
            None => self.ask_about(id),
        }
        self.limit = self.asked + MAX_REQUESTS;
    }

    fn ask_about(&mut self, id: &ItemId) {
        if self.known.iter().all(|known| known.id != *id) {
            let id = id.clone();
            self.asks.push(Ask::Item(id.clone()));
            self.known.push(MapItem { id, item: None, is_own: true, error: None, layers: None });
        }
    }

    /// The next question; `None` while enough are in flight, and at the end.
    pub fn next_ask(&mut self) -> Option<Ask> {
        if self.asked - self.answered >= AT_ONCE || self.asked >= self.limit {
            return None;
        }
        let ask = self.asks.get(self.asked)?;
        self.asked += 1;
        Some(ask.clone())
    }

    /// The number of answered requests, and the number known so far.
    pub fn progress(&self) -> (usize, usize) {
        (self.answered, self.asks.len().min(self.limit))
    }

    /// The number of answers that could be used.
    pub fn read_count(&self) -> usize {
        self.read
    }

    /// Whether everything has been read.
    pub fn is_over(&self) -> bool {
        let (answered, of) = self.progress();
        answered == of
    }

    /// Handles an answer.
    pub fn take(&mut self, ask: &Ask, answer: Result<MapAnswer, Error>) {
        self.answered += 1;
        self.read += usize::from(answer.is_ok());
        let (Ask::Item(id) | Ask::Data(id)) = ask;
        let Some(place) = self.known.iter().position(|known| known.id == *id) else { return };
        match answer {
            Err(error) => self.known[place].error = Some(error),
            Ok(MapAnswer::Item { mut item, org_id, address }) => {
                item.id = id.clone();
                // F-ITEM-20.
                self.known[place].is_own = org_id.is_empty() || org_id == self.org_id;
                if shows_others(&item.kind) {
                    self.asks.push(Ask::Data(id.clone()));
                } else if !address.is_empty() {
                    let name = item.title.clone();
                    self.push(Layer { name, item: Some(id.clone()), addresses: vec![address] });
                }
                self.known[place].item = Some(item);
            }
            Ok(MapAnswer::Data(layers)) => {
                let mut places = Vec::new();
                for layer in layers {
                    let item = layer.item.clone();
                    let Some(place) = self.push(layer) else { continue };
                    places.push(place);
                    if let Some(item) = item {
                        self.ask_about(&item);
                    }
                }
                self.known[place].layers = Some(places);
            }
        }
    }

    /// Stores a layer; returns its index.
    fn push(&mut self, layer: Layer) -> Option<usize> {
        let has_room = self.layers.len() < MAX_LAYERS;
        match has_room {
            true => self.layers.push(layer),
            false => self.left_out += 1,
        }
        has_room.then(|| self.layers.len() - 1)
    }

    /// The items that need a grant and can be granted: those that are not public.
    pub fn private(&self) -> Vec<FoundItem> {
        self.known.iter().filter_map(MapItem::private).cloned().collect()
    }

    /// The findings in the maps, each with the layers that need it: privileges first.
    pub fn findings(&self, recognizers: &Recognizers) -> Vec<Finding> {
        let sources: Vec<SourceText> = self
            .layers
            .iter()
            .flat_map(|layer| {
                layer.addresses.iter().map(|address| SourceText::new(Some(self.name_of(layer)), quoted(address)))
            })
            .collect();
        let mut findings = privileges(recognizers, &sources);
        for place in findings.iter_mut().flat_map(|finding| &mut finding.places) {
            // The source that was read is the address of a layer, named after the layer.
            if let Place::Line { file, .. } = place {
                *place = Place::Layer(file.take().unwrap_or_default());
            }
        }
        findings.extend(self.private().into_iter().map(|item| {
            let mut names: Vec<String> = Vec::new();
            for layer in self.layers.iter().filter(|layer| layer.item.as_ref() == Some(&item.id)) {
                let name = self.name_of(layer);
                if !names.contains(&name) && names.len() < MAX_PLACES {
                    names.push(name);
                }
            }
            if names.is_empty() {
                names.push(item.title);
            }
            Finding { need: Need::Item(item.id), places: names.into_iter().map(Place::Layer).collect() }
        }));
        findings
    }

    /// The parts that could not be read or cannot be offered.
    pub fn gaps(&self) -> Vec<Gap> {
        let mut gaps = Vec::new();
        for known in &self.known {
            if let Some(error) = &known.error {
                gaps.push(Gap::Unread(self.title(&known.id), error.clone()));
            }
            if known.item.as_ref().is_some_and(|item| is_private(item) && !known.is_own) {
                gaps.push(Gap::OfOthers(self.title(&known.id)));
            }
        }
        let left = self.left_out + self.asks.len().saturating_sub(self.limit);
        if left > 0 {
            gaps.push(Gap::TooMany(left));
        }
        gaps
    }

    /// Every item that appeared.
    pub fn items(&self) -> impl Iterator<Item = &ItemId> {
        self.known.iter().map(|known| &known.id)
    }

    /// The maps, scenes and apps that were read.
    pub fn maps(&self) -> Vec<ReadMap> {
        self.known.iter().filter(|known| known.layers.is_some()).map(|known| self.map(&known.id)).collect()
    }

    /// Follows what a map shows, recursively; a cycle adds nothing new.
    fn map(&self, id: &ItemId) -> ReadMap {
        let mut seen: Vec<&ItemId> = vec![id];
        let mut map =
            ReadMap { id: id.clone(), layers: Vec::new(), addresses: Vec::new(), is_whole: self.left_out == 0 };
        let mut at = 0;
        while let Some(known) = seen.get(at).and_then(|id| self.known.iter().find(|known| known.id == **id)) {
            let layers: Vec<&Layer> =
                known.layers.iter().flatten().filter_map(|place| self.layers.get(*place)).collect();
            for item in layers.iter().filter_map(|layer| layer.item.as_ref()) {
                if !seen.contains(&item) {
                    seen.push(item);
                }
            }
            let is_map_unread =
                known.layers.is_none() && known.item.as_ref().is_some_and(|item| shows_others(&item.kind));
            map.is_whole &= known.item.is_some() && !is_map_unread;
            map.layers.extend(known.private().filter(|_| at > 0).map(GrantedItem::from));
            let own = self.layers.iter().filter(|layer| layer.item.as_ref() == Some(&known.id));
            for address in layers.into_iter().chain(own).flat_map(|layer| &layer.addresses) {
                if !map.addresses.contains(address) {
                    map.addresses.push(address.clone());
                }
            }
            at += 1;
        }
        map
    }

    /// The name of a layer: its own, its item's, or its address.
    fn name_of(&self, layer: &Layer) -> String {
        match (layer.name.is_empty(), &layer.item, layer.addresses.first()) {
            (true, Some(id), _) => self.title(id),
            (true, None, Some(address)) => address.clone(),
            _ => layer.name.clone(),
        }
    }

    /// The title of an item: its own, or the name of its layer.
    fn title(&self, id: &ItemId) -> String {
        let item = self.known.iter().find(|known| known.id == *id).and_then(|known| known.item.as_ref());
        let shown = || self.layers.iter().find(|layer| layer.item.as_ref() == Some(id)).map(|layer| &layer.name);
        let title = item
            .map(|item| &item.title)
            .filter(|title| !title.is_empty())
            .or_else(shown)
            .filter(|title| !title.is_empty());
        title.unwrap_or(&id.0).clone()
    }
}

impl MapItem {
    /// The item, if a key needs access to it and can be granted it.
    fn private(&self) -> Option<&FoundItem> {
        self.item.as_ref().filter(|item| is_private(item) && self.is_own)
    }
}

/// Whether items of this type show others.
pub fn shows_others(kind: &str) -> bool {
    SHOWING.iter().any(|other| kind.eq_ignore_ascii_case(other))
}

fn is_private(item: &FoundItem) -> bool {
    !item.is_public()
}

#[cfg(test)]
mod tests;

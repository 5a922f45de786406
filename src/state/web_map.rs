//! The web map, scene or app that the person starts from on step 2.

use key_wizard_core::{credential::web_map::Reading, portal::search::Page};
use leptos::prelude::*;

use super::{
    findings::{Findings, Input, ReadingOutcome},
    guide::GuideStore,
    loadable::Loadable,
    maps::MapStore,
};

/// Shows what a map needs as findings.
#[derive(Clone, Copy)]
pub struct WebMap {
    guide: GuideStore,
    maps: MapStore,
    findings: Findings,
}

impl WebMap {
    /// Starts without anything read.
    pub fn new(guide: GuideStore, maps: MapStore, findings: Findings) -> Self {
        Self { guide, maps, findings }
    }

    /// Shows what the map needs once it has been read.
    pub fn show(self) {
        let guide = self.guide;
        let needs = |reading: &Reading| {
            let found = guide.read_once(|guide| reading.findings(&guide.recognizers));
            (found, reading.private(), reading.gaps().is_empty())
        };
        let read = untrack(|| self.maps.reading(|reading| reading.is_over().then(|| needs(reading)))).flatten();
        if read.is_none() && self.findings.is_chosen() {
            return;
        }
        let is_read = read.is_some();
        let (found, items, is_whole) = read.unwrap_or_default();
        let shown = untrack(|| self.maps.reading(|reading| reading.items().cloned().collect()));
        self.findings.set_others(shown.unwrap_or_default());
        self.findings.end(match is_read {
            true if guide.failed_once() => ReadingOutcome::NotLoaded,
            // Something may be needed by what could not be read.
            true if found.is_empty() && is_whole && untrack(|| guide.is_here()) => ReadingOutcome::NothingFound,
            _ => ReadingOutcome::Open,
        });
        self.findings.tick_all();
        self.findings.show(self.findings.begin(Input::Map), found);
        self.findings.set_items(Loadable::Ready(Page { total: 0, next: None, items }));
    }
}

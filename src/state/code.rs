//! The program that the person pastes or chooses on step 2. The program itself is not stored.

use key_wizard_core::{
    credential::code::{Finder, Finding, MAX_SOURCE, Recognizers, SourceText},
    portal::{
        id::ItemId,
        search::{self, FoundItem, Page},
    },
};
use leptos::{prelude::*, task::spawn_local};
use web_sys::Event;

use super::{
    findings::{Findings, Input, ReadingOutcome, Turn},
    guide::GuideStore,
    loadable::Loadable,
    session::SessionStore,
};
use crate::platform::{file, time};

/// The time spent reading a program before yielding, in milliseconds: half a frame.
const PART_MS: i64 = 8;

/// Reads programs into the findings.
#[derive(Clone, Copy)]
pub struct Code {
    session: SessionStore,
    guide: GuideStore,
    findings: Findings,
    has_files: RwSignal<bool>,
}

impl Code {
    /// Starts without anything read.
    pub fn new(session: SessionStore, guide: GuideStore, findings: Findings) -> Self {
        Self { session, guide, findings, has_files: RwSignal::new(false) }
    }

    /// Reads the text of the field.
    pub fn read_text(self, text: String) {
        self.findings.hide_text(false);
        self.read(text);
    }

    /// Reads a pasted text that replaces the content of the field but is not shown in it.
    pub fn read_hidden_text(self, text: String) {
        self.findings.clear_field();
        self.findings.hide_text(true);
        self.read(text);
    }

    fn read(self, text: String) {
        let sources = if text.trim().is_empty() { Vec::new() } else { vec![SourceText::new(None, text)] };
        spawn_local(self.look(self.findings.begin(Input::Text), sources));
    }

    /// Reads the files just chosen, replacing earlier ones.
    pub fn read_files(self, event: &Event) {
        let (texts, turn) = (file::texts(event, MAX_SOURCE), self.findings.begin(Input::Files));
        self.has_files.set(true);
        spawn_local(async move {
            let sources = texts.await.into_iter().map(|(name, text)| SourceText::new(Some(name), text)).collect();
            self.look(turn, sources).await;
        });
    }

    /// The step may be gone after each wait.
    async fn look(self, turn: Turn, sources: Vec<SourceText>) {
        let guide = self.guide;
        guide.fetch().await;
        let recognizers = guide.read_once(|guide| guide.recognizers.clone());
        let Some(found) = self.find(turn, &recognizers, &sources).await else { return };
        let otherwise = match (guide.failed_once(), sources.is_empty()) {
            (_, true) => ReadingOutcome::Open,
            (true, false) => ReadingOutcome::NotLoaded,
            (false, false) => ReadingOutcome::NothingFound,
        };
        drop(sources);
        let Some(before) = self.findings.item_ids() else { return };
        self.findings.show(turn, found);
        self.findings.end(if self.findings.has_found() { ReadingOutcome::Open } else { otherwise });
        let has_failed = self.findings.has_failed();
        if let Some(ids) = self.findings.item_ids().filter(|now| *now != before || has_failed) {
            self.look_up(ids).await;
        }
    }

    /// Reads for part of a frame at a time. Returns `None` once a later reading has begun.
    async fn find(self, turn: Turn, recognizers: &Recognizers, sources: &[SourceText]) -> Option<Vec<Finding>> {
        let mut finder = Finder::new(recognizers, sources);
        let mut began = time::by_the_browser();
        while finder.go_on() {
            if time::by_the_browser().millis_since(began) >= PART_MS {
                time::yield_to_browser().await;
                if !self.findings.is_current(turn) {
                    return None;
                }
                began = time::by_the_browser();
            }
        }
        self.findings.is_current(turn).then(|| finder.findings())
    }

    async fn look_up(self, ids: Vec<ItemId>) {
        self.findings.set_items(Loadable::Waiting);
        if self.session.is_by_hand() {
            let items = ids.into_iter().map(FoundItem::unknown).collect();
            return self.findings.set_items(Loadable::Ready(Page { total: 0, next: None, items }));
        }
        let Some(person) = self.session.person().filter(|_| !ids.is_empty()) else { return };
        let answer = self.session.send(search::by_id(&person.account.org_id, &ids)).await;
        if self.findings.item_ids().is_some_and(|now| now == ids) {
            self.findings.set_items(answer.into());
        }
    }

    /// Whether files have been read, which may also be dropped while the section is collapsed; reactive.
    pub fn has_files(self) -> bool {
        self.has_files.get()
    }
}

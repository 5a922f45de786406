//! The data about privileges beyond their labels, loaded once for the page, when the person approaches the step that
//! needs it.

use std::cell::RefCell;

use key_wizard_core::{
    config::Config,
    credential::{
        guide::Guide,
        preset::{Basis, Preset},
    },
};
use leptos::{prelude::*, task::spawn_local};

use crate::platform::config;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Idle,
    Loading,
    Here,
    Failed,
}

/// The data, and the presets of `config.json`, which come first.
struct Loaded {
    progress: Progress,
    guide: Guide,
    own: Vec<Preset>,
}

thread_local! {
    // Not in a signal: each type in a signal adds a kilobyte, and the data changes once.
    static LOADED: RefCell<Loaded> =
        RefCell::new(Loaded { progress: Progress::Idle, guide: Guide::default(), own: Vec::new() });
}

/// The data, once it is loaded.
#[derive(Clone, Copy)]
pub struct GuideStore {
    /// Counts the changes.
    version: RwSignal<u32>,
}

impl GuideStore {
    pub(super) fn new() -> Self {
        Self { version: RwSignal::new(0) }
    }

    /// Sets the presets of the configuration, before anything is loaded.
    pub fn configure(self, config: &Config) {
        let own = config.presets.iter().map(|preset| Preset {
            id: preset.id.clone(),
            title: preset.title.clone(),
            basis: Basis::Deployer,
            privileges: preset.privileges.clone(),
            ..Preset::default()
        });
        let own: Vec<Preset> = own.collect();
        LOADED.with_borrow_mut(|loaded| loaded.own = own);
    }

    /// Loads the data unless it is loaded or loading; retries after a failure.
    pub fn load(self) {
        if LOADED.with_borrow(|loaded| matches!(loaded.progress, Progress::Idle | Progress::Failed)) {
            spawn_local(self.fetch());
        }
    }

    /// Loads the data unless it is loaded. Two callers may fetch at once: the browser caches the file.
    pub async fn fetch(self) {
        let is_here = || LOADED.with_borrow(|loaded| loaded.progress == Progress::Here);
        if is_here() {
            return;
        }
        LOADED.with_borrow_mut(|loaded| loaded.progress = Progress::Loading);
        let guide = config::guide().await.ok().and_then(|text| Guide::parse(&text));
        if is_here() {
            return;
        }
        LOADED.with_borrow_mut(|loaded| match guide {
            Some(guide) => {
                loaded.progress = Progress::Here;
                loaded.guide = guide;
                loaded.guide.put_first(loaded.own.clone());
            }
            None => loaded.progress = Progress::Failed,
        });
        // The page may be gone by now.
        let _ = self.version.try_update(|version| *version += 1);
    }

    /// Reads the data, which is empty until it is loaded; reactive.
    pub fn read<T>(self, read: impl FnOnce(&Guide) -> T) -> T {
        self.version();
        self.read_once(read)
    }

    /// Reads the current data, untracked.
    pub fn read_once<T>(self, read: impl FnOnce(&Guide) -> T) -> T {
        LOADED.with_borrow(|loaded| read(&loaded.guide))
    }

    /// The version of the data; reactive.
    pub fn version(self) -> u32 {
        self.version.get()
    }

    /// Whether it is loaded; reactive.
    pub fn is_here(self) -> bool {
        self.version();
        LOADED.with_borrow(|loaded| loaded.progress == Progress::Here)
    }

    /// Whether loading failed; reactive.
    pub fn has_failed(self) -> bool {
        self.version();
        self.failed_once()
    }

    /// Whether loading failed, untracked.
    pub fn failed_once(self) -> bool {
        LOADED.with_borrow(|loaded| loaded.progress == Progress::Failed)
    }
}

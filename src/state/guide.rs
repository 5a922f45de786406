//! What is known of privileges beyond their labels: data that is loaded when somebody is on the way to the step that needs
//! it, and once for the page.

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

/// How far the data has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Progress {
    Idle,
    Loading,
    Here,
    Failed,
}

/// The data, and the presets of `config.json` that come before its own.
struct Loaded {
    progress: Progress,
    guide: Guide,
    own: Vec<Preset>,
}

thread_local! {
    // Not in a signal: each type in one weighs a kilobyte, and the data changes once.
    static LOADED: RefCell<Loaded> =
        RefCell::new(Loaded { progress: Progress::Idle, guide: Guide::default(), own: Vec::new() });
}

/// The data, as soon as it is here.
#[derive(Clone, Copy)]
pub struct GuideStore {
    /// Counts what has changed.
    version: RwSignal<u32>,
}

impl GuideStore {
    /// Before anything is loaded.
    pub(super) fn new() -> Self {
        Self { version: RwSignal::new(0) }
    }

    /// The presets of the configuration, before anything is loaded.
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

    /// Loads the data unless it is here or on its way; what failed is tried again.
    pub fn load(self) {
        if LOADED.with_borrow(|loaded| matches!(loaded.progress, Progress::Idle | Progress::Failed)) {
            spawn_local(self.fetch());
        }
    }

    /// Loads the data unless it is here. Two may ask at once: the browser keeps the file for both.
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

    /// Reads the data, and again when it comes; before that there is none.
    pub fn read<T>(self, read: impl FnOnce(&Guide) -> T) -> T {
        self.version();
        self.read_once(read)
    }

    /// Reads the data as it is now.
    pub fn read_once<T>(self, read: impl FnOnce(&Guide) -> T) -> T {
        LOADED.with_borrow(|loaded| read(&loaded.guide))
    }

    /// Changes when the data does; read again whenever that happens.
    pub fn version(self) -> u32 {
        self.version.get()
    }

    /// Whether it is here; read again whenever that changes.
    pub fn is_here(self) -> bool {
        self.version();
        LOADED.with_borrow(|loaded| loaded.progress == Progress::Here)
    }

    /// Whether it could not be had; read again whenever that changes.
    pub fn has_failed(self) -> bool {
        self.version();
        self.failed_once()
    }

    /// Whether it could not be had, as it is now.
    pub fn failed_once(self) -> bool {
        LOADED.with_borrow(|loaded| loaded.progress == Progress::Failed)
    }
}

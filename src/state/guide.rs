//! What is known of privileges beyond their labels: data that is loaded when somebody is on the way to the step that needs
//! it, and once for the page.

use key_wizard_core::credential::guide::Guide;
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

/// The data, as soon as it is here.
#[derive(Clone, Copy)]
pub struct GuideStore {
    guide: RwSignal<Guide>,
    progress: RwSignal<Progress>,
}

impl GuideStore {
    /// Before anything is loaded.
    pub(super) fn new() -> Self {
        Self { guide: RwSignal::new(Guide::default()), progress: RwSignal::new(Progress::Idle) }
    }

    /// Loads the data unless it is here or on its way; what failed is tried again.
    pub fn load(self) {
        if matches!(self.progress.get_untracked(), Progress::Loading | Progress::Here) {
            return;
        }
        self.progress.set(Progress::Loading);
        spawn_local(async move {
            let guide = config::guide().await.ok().and_then(|text| Guide::parse(&text));
            // The page may be gone by now.
            let _ = self.progress.try_set(if guide.is_some() { Progress::Here } else { Progress::Failed });
            if let Some(guide) = guide {
                let _ = self.guide.try_set(guide);
            }
        });
    }

    /// Reads the data, and again when it comes; before that there is none.
    pub fn read<T>(self, read: impl FnOnce(&Guide) -> T) -> T {
        self.guide.with(read)
    }

    /// Whether it could not be had; read again whenever that changes.
    pub fn has_failed(self) -> bool {
        self.progress.get() == Progress::Failed
    }
}

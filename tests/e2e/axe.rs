//! axe-core and screenshots.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::engine::either;
use crate::page::Page;
use crate::suite;

/// The system's color scheme, light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on a light background.
    Light,
    /// Light text on a dark background.
    Dark,
}

impl Scheme {
    /// The value of the media query, also used in file names.
    pub fn name(self) -> &'static str {
        match self {
            Scheme::Light => "light",
            Scheme::Dark => "dark",
        }
    }
}

/// axe-core, from `AKW_AXE` or the pinned copy in the tool cache.
static AXE: LazyLock<String> = LazyLock::new(|| {
    let home = std::env::var("HOME").unwrap_or_default();
    let cache = std::env::var("XDG_CACHE_HOME").unwrap_or_else(|_| format!("{home}/.cache"));
    let pinned = format!("{cache}/arcgis-key-wizard/axe-core-4.14.1/node_modules/axe-core/axe.min.js");
    let path = std::env::var("AKW_AXE").unwrap_or(pinned);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("axe-core at {path} (set AKW_AXE): {error}"))
});

/// A library that tests load.
pub struct Library {
    /// The global variable that exists once it is loaded.
    pub global: &'static str,
    /// Its source.
    pub source: &'static str,
}

impl Page {
    /// All axe-core violations of the current page and its frames, one line each.
    pub async fn axe(&self) -> Vec<String> {
        self.axe_with("{}").await
    }

    /// The same with more options, as JavaScript.
    ///
    /// It runs in an isolated world, so that its use of `innerHTML` is not counted as ours and the policy does not
    /// block it.
    async fn axe_with(&self, options: &str) -> Vec<String> {
        let run = format!(
            "axe.run(document, {{ resultTypes: ['violations'], iframes: false, ...{options} }}).then(outcome => outcome.violations.flatMap(rule => \
             rule.nodes.map(node => rule.id + ' (' + rule.impact + '): ' + node.target.join(' ') + ': ' + node.failureSummary)))"
        );
        let axe = Library { global: "axe", source: &AXE };
        let found = either!(&self.engine, engine => engine.apart(&axe, &run).await);
        let found = found.unwrap_or_else(|problem| panic!("axe-core: {problem}"));
        found.iter().map(|rule| rule.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Fails if axe-core finds anything in light, or a contrast violation in dark: nothing else depends on colors.
    pub async fn is_accessible(&self, what: &str) {
        for (scheme, options) in [(Scheme::Light, "{}"), (Scheme::Dark, "{ runOnly: ['color-contrast'] }")] {
            self.set_scheme(scheme).await;
            let found = self.axe_with(options).await;
            assert!(found.is_empty(), "{what} in {}: {found:#?}", scheme.name());
        }
        self.set_scheme(Scheme::Light).await;
    }

    /// Emulates the system's color scheme, with reduced motion.
    pub async fn set_scheme(&self, scheme: Scheme) {
        either!(&self.engine, engine => engine.set_scheme(scheme).await);
        // A change of scheme takes a frame to reach every element.
        self.next_frame().await;
    }

    /// Emulates print media.
    pub async fn see_as_printed(&self, printed: bool) {
        either!(&self.engine, engine => engine.see_as_printed(printed).await);
    }

    /// Emulates a viewport of this many CSS pixels; a width of 0 ends the emulation.
    pub async fn set_size(&self, width: u32, height: u32) {
        either!(&self.engine, engine => engine.set_size(width, height).await);
    }

    /// True if the page scrolls horizontally, which it never should.
    pub async fn overflows_sideways(&self) -> bool {
        self.js("document.documentElement.scrollWidth > document.documentElement.clientWidth").await == json!(true)
    }

    async fn photograph(&self, path: &Path) {
        let picture = either!(&self.engine, engine => engine.picture().await);
        let bytes = STANDARD.decode(picture).expect("the browser sends base64");
        std::fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Fails if the page scrolls horizontally, in a wide viewport or at 320 pixels. If `AKW_PICTURES` names a folder,
    /// saves four screenshots there: wide and narrow, light and dark.
    pub async fn photograph_all(&self, name: &str) {
        let folder = std::env::var_os("AKW_PICTURES").map(PathBuf::from);
        either!(&self.engine, engine => engine.hide_scrollbars(true).await);
        for (width, height, label) in [(1280, 900, "wide"), (320, 700, "narrow")] {
            self.set_size(width, height).await;
            self.next_frame().await;
            assert!(!self.overflows_sideways().await, "{name} scrolls sideways at {width} pixels");
            let Some(folder) = &folder else { continue };
            for scheme in [Scheme::Light, Scheme::Dark] {
                self.set_scheme(scheme).await;
                let file = format!("{name}-{label}-{}-{}.png", scheme.name(), suite::kind().name());
                self.photograph(&folder.join(file)).await;
            }
            self.set_scheme(Scheme::Light).await;
        }
        either!(&self.engine, engine => engine.hide_scrollbars(false).await);
        self.set_size(0, 0).await;
        // An earlier press would hit the narrow page.
        self.until("the window is wide again", async || self.js("innerWidth > 320").await == json!(true)).await;
    }

    /// Grants or denies clipboard write access.
    pub async fn allow_clipboard(&self, allowed: bool) {
        either!(&self.engine, engine => engine.allow_clipboard(allowed).await);
    }

    /// Records what the page writes to the clipboard: its own policy denies reading, even to a test.
    pub async fn listen_to_clipboard(&self) {
        let script = "(() => { const clipboard = navigator.clipboard, write = clipboard.writeText.bind(clipboard); \
                      clipboard.writeText = text => { globalThis.akwCopied = text; return write(text) }; return 1 })()";
        self.js(script).await;
    }

    /// The text that the page last wrote to the clipboard.
    pub async fn clipboard(&self) -> String {
        self.js("globalThis.akwCopied ?? ''").await.as_str().unwrap_or_default().to_owned()
    }

    /// Switches the network off or on.
    pub async fn set_offline(&self, offline: bool) {
        either!(&self.engine, engine => engine.set_offline(offline).await);
    }

    /// Runs a script before every new document, for example to break a browser function on purpose.
    pub async fn before_each_document(&self, source: &str) {
        either!(&self.engine, engine => engine.before_each_document(source).await);
    }

    /// Downloads go into this folder without a prompt.
    pub async fn download_into(&self, folder: &Path) {
        either!(&self.engine, engine => engine.download_into(folder).await);
    }

    /// Sets the file of an input, found by its CSS selector; the native file chooser cannot be automated.
    pub async fn give_file(&self, selector: &str, file: &Path) {
        either!(&self.engine, engine => engine.give_file(selector, file).await);
    }

    /// Bytes used by scripts and documents after garbage collection.
    pub async fn memory(&self) -> f64 {
        either!(&self.engine, engine => engine.memory().await)
    }
}

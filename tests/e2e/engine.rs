//! A common interface to both browsers: anything beyond WebDriver is implemented for each separately.

use std::path::Path;

use fantoccini::Client;
use fantoccini::wd::Capabilities;

use crate::chromium::{self, Chromium};
use crate::firefox::{self, Firefox};

/// The features of a running browser beyond WebDriver.
pub enum Engine {
    /// Through the devtools protocol.
    Chromium(Chromium),
    /// Through WebDriver BiDi and Firefox's own code.
    Firefox(Firefox),
}

/// Runs the same code for either browser.
macro_rules! either {
    ($engine:expr, $value:ident => $act:expr) => {
        match $engine {
            $crate::engine::Engine::Chromium($value) => $act,
            $crate::engine::Engine::Firefox($value) => $act,
        }
    };
}
pub(crate) use either;

/// The browser of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
}

impl Kind {
    /// The prefix of test names.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Chromium => "chromium",
            Kind::Firefox => "firefox",
        }
    }

    /// The driver and its arguments; it picks a free port and prints it.
    pub fn driver(self) -> Vec<String> {
        match self {
            Kind::Chromium => chromium::driver(),
            Kind::Firefox => firefox::driver(),
        }
    }

    /// Prepares a new profile, if that saves time.
    pub async fn prepare(self, profile: &Path) {
        if self == Kind::Firefox {
            firefox::warm::fill(profile).await;
        }
    }

    /// The capabilities to request from the driver.
    pub fn capabilities(self, profile: &Path) -> Capabilities {
        let wanted = match self {
            Kind::Chromium => chromium::capabilities(profile),
            Kind::Firefox => firefox::capabilities(profile),
        };
        match wanted {
            serde_json::Value::Object(map) => map,
            _ => unreachable!("both are objects"),
        }
    }

    /// The engine for this session.
    pub async fn engine(self, client: Client) -> Engine {
        match self {
            Kind::Chromium => Engine::Chromium(Chromium::new(client).await),
            Kind::Firefox => Engine::Firefox(Firefox::new(client).await),
        }
    }
}

/// A path from the environment variable, or the default.
pub fn path(variable: &str, otherwise: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| otherwise.to_owned())
}

//! The two browsers under one set of eyes and hands: what WebDriver itself has no word for, each says in its own way.

use std::path::Path;

use fantoccini::Client;
use fantoccini::wd::Capabilities;

use crate::chromium::{self, Chromium};
use crate::firefox::{self, Firefox};

/// A running browser beyond WebDriver.
pub enum Engine {
    /// By the devtools protocol.
    Chromium(Chromium),
    /// By WebDriver BiDi and Firefox's own code.
    Firefox(Firefox),
}

/// Does the same with whichever browser it is.
macro_rules! either {
    ($engine:expr, $value:ident => $act:expr) => {
        match $engine {
            $crate::engine::Engine::Chromium($value) => $act,
            $crate::engine::Engine::Firefox($value) => $act,
        }
    };
}
pub(crate) use either;

/// Which browser a test runs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
}

impl Kind {
    /// As the names of tests begin.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Chromium => "chromium",
            Kind::Firefox => "firefox",
        }
    }

    /// The driver and its arguments; it takes any free port and says which.
    pub fn driver(self) -> Vec<String> {
        match self {
            Kind::Chromium => chromium::driver(),
            Kind::Firefox => firefox::driver(),
        }
    }

    /// Makes a new profile ready, where that saves time.
    pub async fn prepare(self, profile: &Path) {
        if self == Kind::Firefox {
            firefox::warm::fill(profile).await;
        }
    }

    /// What the driver is asked for.
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

    /// The rest of the browser that this session belongs to.
    pub async fn engine(self, client: Client) -> Engine {
        match self {
            Kind::Chromium => Engine::Chromium(Chromium::new(client).await),
            Kind::Firefox => Engine::Firefox(Firefox::new(client).await),
        }
    }
}

/// A path from the environment, else this one.
pub fn path(variable: &str, otherwise: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| otherwise.to_owned())
}

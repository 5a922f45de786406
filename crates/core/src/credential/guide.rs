//! Facts about privileges beyond their labels, and what tutorials need: data of the repository's folder `data`, which
//! the page loads shortly before a step needs it.

use std::sync::Arc;

use crate::credential::code::Recognizers;
use crate::credential::preset::{Basis, Preset, is_name};
use crate::json::{self, Value};

/// The data.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Guide {
    /// The known privileges.
    pub privileges: Vec<PrivilegeFacts>,
    /// The presets.
    pub presets: Vec<Preset>,
    /// Hosts whose sub-domains belong to different people, from the public suffix list and ArcGIS' own. `*.` matches
    /// any names before.
    pub shared_hosts: Vec<String>,
    /// The recognizers for programs, shared with a scan that runs in slices.
    pub recognizers: Arc<Recognizers>,
}

/// The facts about a privilege.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrivilegeFacts {
    /// Its id.
    pub id: String,
    /// The products that offer it.
    pub products: Vec<Product>,
    /// The certainty of its products and its label.
    pub standing: Standing,
    /// The services it opens, each by host and path.
    pub services: Vec<String>,
    /// Classes and functions of SDKs that need it, operations of the services, and everyday words for its uses.
    pub words: Vec<String>,
    /// A common pitfall.
    pub trap: Option<Trap>,
    /// Whether Location Platform gives it only to accounts with pay-as-you-go (F-PRIV-13).
    pub is_paid_on_platform: bool,
}

/// A product whose accounts differ in what they can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Product {
    /// ArcGIS Location Platform.
    Platform,
    /// ArcGIS Online.
    Online,
    /// ArcGIS Enterprise.
    Enterprise,
}

/// The certainty of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// Esri's documentation says so.
    Documented,
    /// Others say so.
    ThirdParty,
    /// It follows from other facts.
    #[default]
    Inferred,
}

/// A common pitfall of a privilege.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trap {
    /// Geocoding many addresses in one request always needs the stored kind (F-PRIV-14).
    Batch,
    /// Some services are in beta and refuse keys without it (F-PRIV-12).
    Beta,
    /// It reaches every layer that the account can edit.
    EveryLayer,
}

const PRODUCTS: [(&str, Product); 3] =
    [("platform", Product::Platform), ("online", Product::Online), ("enterprise", Product::Enterprise)];

const STANDINGS: [(&str, Standing); 3] =
    [("documented", Standing::Documented), ("third party", Standing::ThirdParty), ("inferred", Standing::Inferred)];

const TRAPS: [(&str, Trap); 3] = [("batch", Trap::Batch), ("beta", Trap::Beta), ("every layer", Trap::EveryLayer)];

const BASES: [(&str, Basis); 4] = [
    ("stated", Basis::Stated),
    ("readme", Basis::Sample),
    ("catalogue", Basis::Catalogue),
    ("inferred", Basis::Inferred),
];

impl Guide {
    /// Parses the file that a build makes of `data`. `None` if it is not such a file; unknown content is ignored.
    pub fn parse(text: &str) -> Option<Self> {
        let Ok(file) = json::parse(text.as_bytes()) else { return None };
        let privileges = objects(&file, "privileges")?.iter().filter_map(known).collect();
        let presets = objects(&file, "presets").unwrap_or_default().iter().filter_map(preset).collect();
        let recognizers = file.get("recognizers").map(Recognizers::read).unwrap_or_default();
        Some(Self { privileges, presets, shared_hosts: file.texts("shared_hosts"), recognizers: Arc::new(recognizers) })
    }

    /// Adds presets before the others, replacing those with the same name.
    pub fn put_first(&mut self, presets: Vec<Preset>) {
        self.presets.retain(|old| !presets.iter().any(|preset| preset.id == old.id));
        self.presets.splice(..0, presets);
    }

    /// The facts about a privilege, if any.
    pub fn known(&self, id: &str) -> Option<&PrivilegeFacts> {
        self.privileges.iter().find(|known| known.id.eq_ignore_ascii_case(id))
    }
}

fn objects<'t, 'a>(file: &'t Value<'a>, name: &str) -> Option<&'t [Value<'a>]> {
    file.get(name)?.as_list()
}

fn known(entry: &Value<'_>) -> Option<PrivilegeFacts> {
    let mut words = entry.texts("classes");
    words.extend(entry.texts("operations"));
    words.extend(entry.texts("words"));
    let text = |name: &str| entry.get(name).and_then(Value::as_text);
    Some(PrivilegeFacts {
        id: text("id")?.to_owned(),
        products: entry.texts("in").iter().filter_map(|name| named(&PRODUCTS, name)).collect(),
        standing: text("standing").and_then(|name| named(&STANDINGS, name)).unwrap_or_default(),
        services: entry.texts("opens"),
        words,
        trap: text("trap").and_then(|name| named(&TRAPS, name)),
        is_paid_on_platform: text("paid") == Some("platform"),
    })
}

fn preset(entry: &Value<'_>) -> Option<Preset> {
    let text = |name: &str| entry.get(name).and_then(Value::as_text);
    Some(Preset {
        id: text("id").filter(|id| is_name(id))?.to_owned(),
        title: text("title")?.to_owned(),
        basis: text("standing").and_then(|name| named(&BASES, name)).unwrap_or_default(),
        addresses: entry.texts("at"),
        privileges: entry.texts("privileges"),
        needs_items: matches!(entry.get("items"), Some(Value::Flag(true))),
        words: entry.texts("words"),
    })
}

fn named<T: Copy>(names: &[(&str, T)], name: &str) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

#[cfg(test)]
pub(crate) mod tests;

//! What holds for every text from outside, however strange: one target for each reader.
//!
//! Each target reads its input as the page would, and panics if a property does not hold. `src/main.rs` hands a target
//! to libFuzzer, which looks for such an input; `tests/corpus.rs` tries the inputs in `corpus`, so that what was found
//! once stays corrected. A new reader needs a row in [`TARGETS`] and a folder in `corpus` with a few real inputs.

mod addresses;
mod answers;
mod callback;
mod config;
mod forms;
mod messages;
mod prefill;
/// What an answer must hold, read without any code of the product.
#[path = "../../tests/it/hostile/proof.rs"]
mod proof;
mod records;

use key_wizard_core::portal::request::Request;
use key_wizard_core::portal::root::PortalRoot;
use key_wizard_core::timestamp::Timestamp;
use url::Url;

/// 2026-11-23T08:30:00Z; any time will do.
const NOW: Timestamp = Timestamp(1_795_422_600_000);

/// A reader of text from outside.
pub struct Target {
    /// Its name, and that of its folder in `corpus`.
    pub name: &'static str,
    property: Property,
}

/// What must hold for every input of a target.
enum Property {
    /// The page gets bytes.
    OfBytes(fn(&[u8])),
    /// The browser hands over a text.
    OfText(fn(&str)),
}

use Property::{OfBytes, OfText};

/// Every target.
pub const TARGETS: [Target; 12] = [
    Target { name: "answers", property: OfBytes(answers::check) },
    Target { name: "callback", property: OfText(callback::check) },
    Target { name: "config", property: OfText(config::check) },
    Target { name: "draft", property: OfText(records::check_draft) },
    Target { name: "forms", property: OfText(forms::check) },
    Target { name: "journal", property: OfText(records::check_journal) },
    Target { name: "link", property: OfText(prefill::check_link) },
    Target { name: "messages", property: OfText(messages::check) },
    Target { name: "pending", property: OfText(records::check_pending) },
    Target { name: "portals", property: OfText(addresses::check_portal) },
    Target { name: "recipe", property: OfText(prefill::check_recipe) },
    Target { name: "referrers", property: OfText(addresses::check_referrer) },
];

impl Target {
    /// Panics if the property does not hold for `input`.
    pub fn check(&self, input: &[u8]) {
        match self.property {
            OfBytes(property) => property(input),
            OfText(property) => property(&String::from_utf8_lossy(input)),
        }
    }
}

/// No name in a path leads a request elsewhere: a browser leaves its address as it is.
fn check_path<T: 'static>(request: Request<T>) {
    let root = PortalRoot::parse("https://gis.example.com/portal").expect("it is an address");
    let url = root.rest_url(&request.encode().0.path);
    assert_eq!(Url::parse(&url).expect("a browser takes it").as_str(), url);
}

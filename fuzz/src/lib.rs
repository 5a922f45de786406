//! Properties that hold for every text from outside: one target for each parser.
//!
//! Each target parses its input as the page would, and panics if a property does not hold. `src/main.rs` passes a
//! target to libFuzzer, which searches for such an input; `tests/corpus.rs` runs the inputs in `corpus`, so that
//! fixed bugs stay fixed. A new parser needs a row in [`TARGETS`] and a folder in `corpus` with a few real inputs.

mod addresses;
mod answers;
mod callback;
mod code;
mod config;
mod forms;
mod messages;
mod prefill;
/// The required fields of an answer, parsed without any product code.
#[path = "../../tests/it/hostile/proof.rs"]
mod proof;
mod records;

use key_wizard_core::portal::base_url::PortalRoot;
use key_wizard_core::portal::request::Request;
use key_wizard_core::timestamp::Timestamp;
use url::Url;

/// 2026-11-23T08:30:00Z; any time works.
const NOW: Timestamp = Timestamp(1_795_422_600_000);

/// A parser of text from outside.
pub struct Target {
    /// Its name, and the name of its folder in `corpus`.
    pub name: &'static str,
    /// Panics if the property does not hold for a text.
    pub check: fn(&str),
}

/// Every target.
pub const TARGETS: [Target; 13] = [
    Target { name: "answers", check: answers::check },
    Target { name: "callback", check: callback::check },
    Target { name: "code", check: code::check },
    Target { name: "config", check: config::check },
    Target { name: "draft", check: records::check_draft },
    Target { name: "forms", check: forms::check },
    Target { name: "journal", check: records::check_journal },
    Target { name: "link", check: prefill::check_link },
    Target { name: "messages", check: messages::check },
    Target { name: "pending", check: records::check_pending },
    Target { name: "portals", check: addresses::check_portal },
    Target { name: "recipe", check: prefill::check_recipe },
    Target { name: "referrers", check: addresses::check_referrer },
];

/// No name in a path redirects a request: a browser leaves the address unchanged.
fn check_path<T: 'static>(request: Request<T>) {
    let root = PortalRoot::parse("https://gis.example.com/portal").expect("it is an address");
    let url = root.rest_url(&request.encode().0.path);
    assert_eq!(Url::parse(&url).expect("a browser takes it").as_str(), url);
}

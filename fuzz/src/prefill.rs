//! Links and recipes: accepted values round-trip, and each rejected part has a message.

use key_wizard_core::config::PortalChoice;
use key_wizard_core::credential::draft::Draft;
use key_wizard_core::credential::expiration;
use key_wizard_core::credential::notice::Rejection;
use key_wizard_core::credential::prefill::{self, Filled, MAX_NOTES, ReadContext};
use key_wizard_core::route;

use crate::NOW;

/// The configured portal.
const PORTAL: &str = "a";

pub fn check_link(text: &str) {
    let filled = link(text);
    // Parsing the whole fragment gives the same link, or none.
    assert!(route::link(text).is_none_or(|query| text.ends_with(query)));
    check(filled);
}

pub fn check_recipe(text: &str) {
    check(recipe(text));
}

fn check(filled: Result<Filled, Rejection>) {
    let Ok(Filled { draft, notes, .. }) = filled else { return };
    assert!(notes.len() <= MAX_NOTES + 1);
    assert!(notes.iter().all(|note| note.what.chars().count() <= 81 && !note.what.chars().any(char::is_control)));
    assert!(
        draft.portal.as_ref().is_none_or(|portal| *portal == PortalChoice::configured(PORTAL)),
        "a portal is named by its id"
    );
    assert!(draft.operation.is_none() && draft.notice.is_none() && draft.referrer_entry.is_empty());

    // A link contains only answers; these are still questions.
    let expected = Draft { withheld: Vec::new(), unresolved: Vec::new(), ..draft.clone() };
    let written = prefill::write(&draft, expiration::utc_date(NOW));
    let query = route::link(&written.link).expect("a written link is a link");
    for filled in [link(query), recipe(&written.recipe)] {
        let read = filled.expect("what was written is read");
        assert_eq!(read.notes, [], "nothing of what was written is left out");
        assert_eq!(read.draft, expected, "what was written is read back");
    }
    // Any draft can be checked without a panic; a link alone never bypasses the user.
    if let Err(problems) = draft.check(NOW) {
        assert!(!problems.is_empty());
    }
}

fn link(query: &str) -> Result<Filled, Rejection> {
    prefill::link(query, &context())
}

fn recipe(file: &str) -> Result<Filled, Rejection> {
    prefill::recipe(file, &context())
}

fn context() -> ReadContext<'static> {
    ReadContext { today: expiration::utc_date(NOW), now: NOW, knows_portal: &|id| id == PORTAL, to_ascii: &|_| None }
}

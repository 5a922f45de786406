//! Code that users paste.

use std::sync::LazyLock;

use key_wizard_core::credential::{
    code::{self, Need, Place, SourceText},
    guide::Guide,
};

/// The repository's data.
static GUIDE: LazyLock<Guide> = LazyLock::new(|| {
    let recognizers = include_str!("../../data/recognizers.json");
    Guide::parse(&format!("{{\"privileges\":[],\"recognizers\":{recognizers}}}")).expect("it is the data")
});

/// Each match is on the line it names, spelled as it is there, and each item is an id.
pub fn check(text: &str) {
    let sources = [SourceText::new(None, text.to_owned())];
    let lines: Vec<&str> = text.split('\n').collect();
    for finding in code::find(&GUIDE.recognizers, &sources) {
        assert!(!finding.places.is_empty());
        for place in &finding.places {
            let Place::Line { line, matched, .. } = place else { panic!("{place:?} is in no program") };
            assert!(lines[line - 1].contains(matched), "{place:?}");
        }
        if let Need::Item(id) = finding.need {
            assert!(id.0.len() == 32 && id.0.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id:?}");
        }
    }
}

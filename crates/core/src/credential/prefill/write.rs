//! A draft as a link, as a recipe file, and as a button for somebody's documentation.

use chrono::NaiveDate;

use crate::credential::draft::Draft;
use crate::credential::expiration;
use crate::credential::prefill::{KEYS, LISTS};
use crate::json::Object;
use crate::portal::id::PrivilegeId;
use crate::urlencoded;

/// A draft as both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What follows the page's address in a link, from its `#`.
    pub link: String,
    /// The text of a recipe file.
    pub recipe: String,
}

/// What differs from an untouched draft, and the lifetime in days from `today`: a date would be over one day.
pub fn write(draft: &Draft, today: NaiveDate) -> Written {
    let untouched = values(&Draft::default(), today);
    let (mut link, mut recipe) = (String::from("#/new"), Object::lines());
    let mut before = "?";
    for (place, value) in values(draft, today).iter().enumerate() {
        if *value == untouched[place] {
            continue;
        }
        for part in [before, KEYS[place], "="] {
            link.push_str(part);
        }
        before = "&";
        // These may stand in a fragment as they are, and make a link easier to read.
        urlencoded::encode(value.as_bytes(), b":/,*", &mut |byte| link.push(byte.into()));
        match LISTS.contains(&KEYS[place]) {
            true => recipe.texts(KEYS[place], value.split(',')),
            false => recipe.text(KEYS[place], value),
        }
    }
    Written { link, recipe: recipe.end() }
}

/// A link as HTML to paste into a page, without a script. An address as a browser writes it holds no quotes and no angle
/// brackets (URL Standard, path percent-encode set).
pub fn button(link: &str) -> String {
    ["<a href=\"", &link.replace('&', "&amp;"), "\">Get an API key</a>"].concat()
}

/// The values in the order of [`KEYS`], lists between commas.
fn values(draft: &Draft, today: NaiveDate) -> [String; KEYS.len()] {
    let expires = expiration::parse_date(&draft.expiration).map_or_else(String::new, |date| {
        let days = date.signed_duration_since(today).num_days().max(1);
        // The last possible day is nearer than a year away, and means a year.
        let days = if days >= 364 { 365 } else { days };
        [&days.to_string(), "d"].concat()
    });
    let (presets, mut ids) = draft.named_presets();
    // Whoever opens the link would not get them.
    ids.retain(|id| !draft.usage.closes(&PrivilegeId((*id).to_owned())));
    let items: Vec<&str> = draft.items.iter().map(|it| it.id.0.as_str()).collect();
    [
        expires,
        draft.referrers.join(","),
        ids.join(","),
        items.join(","),
        draft.title.clone(),
        draft.folder.clone(),
        draft.tags.clone(),
        draft.summary.clone(),
        draft.usage.name().to_owned(),
        presets.join(","),
        draft.portal.clone(),
    ]
}

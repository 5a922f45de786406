//! Writes a draft as a link, as a recipe file, and as a button or the element for an author's own page.

use chrono::NaiveDate;

use crate::config::PortalChoice;
use crate::credential::draft::Draft;
use crate::credential::expiration;
use crate::credential::prefill::{KEYS, LISTS};
use crate::json::Object;
use crate::portal::id::PrivilegeId;
use crate::urlencoded;

/// A draft in every form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The fragment of a link, from its `#`.
    pub link: String,
    /// The text of a recipe file.
    pub recipe: String,
    /// The attributes of the element, each after a space.
    pub attributes: String,
}

/// Writes what differs from an untouched draft, with the lifetime in days from `today`, because a date would expire.
pub fn write(draft: &Draft, today: NaiveDate) -> Written {
    let untouched = values(&Draft::default(), today);
    let (mut link, mut recipe, mut attributes) = (String::from("#/new"), Object::lines(), String::new());
    let mut before = "?";
    for (place, value) in values(draft, today).iter().enumerate() {
        if *value == untouched[place] {
            continue;
        }
        for part in [before, KEYS[place], "="] {
            link.push_str(part);
        }
        before = "&";
        // These may stay unencoded in a fragment and make a link easier to read.
        urlencoded::encode(value.as_bytes(), b":/,*", &mut |byte| link.push(byte.into()));
        match LISTS.contains(&KEYS[place]) {
            true => recipe.texts(KEYS[place], value.split(',')),
            false => recipe.text(KEYS[place], value),
        }
        // Another page has another configuration, with other portal ids.
        if KEYS[place] != "portal" {
            for part in [" ", KEYS[place], "=\"", &escaped(value), "\""] {
                attributes.push_str(part);
            }
        }
    }
    Written { link, recipe: recipe.end(), attributes }
}

/// A link as HTML to paste into a page, without a script.
pub fn button(link: &str) -> String {
    ["<a href=\"", &escaped(link), "\">Get an API key</a>"].concat()
}

/// The element as HTML to paste into a page that serves its folder, with a button for readers without JavaScript. Its
/// client id is the one that the page's owner registers.
pub fn element(portal: &str, Written { attributes, .. }: &Written, button: &str) -> String {
    let portal = escaped(portal);
    [
        "<script type=\"module\" src=\"/key-wizard/arcgis-key-wizard.js\"></script>\n<arcgis-key-wizard portal=\"",
        &portal,
        "\" client-id=\"YOUR_CLIENT_ID\"",
        attributes,
        ">\n  ",
        button,
        "\n</arcgis-key-wizard>",
    ]
    .concat()
}

/// Escapes a text for an HTML attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

/// The values in the order of [`KEYS`], with commas between the entries of lists.
fn values(draft: &Draft, today: NaiveDate) -> [String; KEYS.len()] {
    let expires = expiration::parse_date(&draft.expiration).map_or_else(String::new, |date| {
        let days = date.signed_duration_since(today).num_days().max(1);
        // The last possible day is less than a year away, and means a year.
        let days = if days >= 364 { 365 } else { days };
        [&days.to_string(), "d"].concat()
    });
    let (presets, mut ids) = draft.named_presets();
    // The recipient of the link would not get them.
    ids.retain(|id| !draft.usage.closes(&PrivilegeId((*id).to_owned())));
    let items: Vec<&str> = draft.items.iter().map(|item| item.id.0.as_str()).collect();
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
        draft.portal.as_ref().map_or("", PortalChoice::id).to_owned(),
    ]
}

//! A draft as a link, as a recipe file, and as a button for somebody's documentation.

use std::borrow::Cow;

use chrono::{Datelike, NaiveDate};

use crate::credential::draft::Draft;
use crate::credential::expiration;
use crate::form;
use crate::json::{Tree, quoted};

/// A key with its value.
type Member = (&'static str, Tree<'static>);

/// The link that fills in this draft. `page` is the page's own address; `today` the date its lifetime counts from.
pub fn link_to(page: &str, draft: &Draft, today: NaiveDate) -> String {
    let mut out = [page, "#/new"].concat();
    let mut before = '?';
    for (name, value) in members(draft, today) {
        out.push(before);
        out.push_str(name);
        out.push('=');
        match value {
            Tree::List(list) => {
                let list: Vec<&str> = list.iter().filter_map(Tree::as_text).collect();
                push(&mut out, &list.join(","));
            }
            value => push(&mut out, value.as_text().unwrap_or_default()),
        }
        before = '&';
    }
    out
}

/// The recipe file that fills in this draft.
pub fn recipe_of(draft: &Draft, today: NaiveDate) -> String {
    let line = |(name, value): Member| {
        let value = match value {
            Tree::List(list) => {
                let list: Vec<String> = list.iter().filter_map(Tree::as_text).map(quoted).collect();
                ["[", &list.join(", "), "]"].concat()
            }
            value => quoted(value.as_text().unwrap_or_default()),
        };
        ["  ", &quoted(name), ": ", &value].concat()
    };
    let lines: Vec<String> = members(draft, today).into_iter().map(line).collect();
    ["{\n", &lines.join(",\n"), "\n}\n"].concat()
}

/// A link as HTML to paste into a page: no script, and nothing that ends its attribute early.
pub fn button(link: &str) -> String {
    let link = link.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    ["<a href=\"", &link, "\">Get an API key</a>"].concat()
}

/// What differs from an untouched draft, and the lifetime in days: a date would be over one day.
fn members(draft: &Draft, today: NaiveDate) -> Vec<Member> {
    let untouched = Draft::default();
    let mut members = Vec::new();
    if let Some(date) = expiration::parse_date(&draft.expiration) {
        let days = (date.num_days_from_ce() - today.num_days_from_ce()).clamp(1, 365);
        members.push(("expires", text([&days.to_string(), "d"].concat())));
    }
    let lists: [(&str, Vec<String>); 3] = [
        ("referrers", draft.referrers.clone()),
        ("privileges", draft.privileges.iter().map(|it| it.0.clone()).collect()),
        ("items", draft.items.iter().map(|it| it.id.0.clone()).collect()),
    ];
    for (name, list) in lists {
        if !list.is_empty() {
            members.push((name, Tree::List(list.into_iter().map(text).collect())));
        }
    }
    let texts = [
        ("title", &draft.title, &untouched.title),
        ("folder", &draft.folder, &untouched.folder),
        ("tags", &draft.tags, &untouched.tags),
        ("summary", &draft.summary, &untouched.summary),
        ("portal", &draft.portal, &untouched.portal),
    ];
    for (name, value, usual) in texts {
        if value != usual {
            members.push((name, text(value.clone())));
        }
    }
    members
}

fn text(text: String) -> Tree<'static> {
    Tree::Text(Cow::Owned(text))
}

/// Encodes a value, but for what may stand in a fragment as it is and makes a link easier to read.
fn push(out: &mut String, value: &str) {
    for byte in value.bytes() {
        match byte {
            b':' | b'/' | b',' | b'*' => out.push(byte.into()),
            byte => form::encode(&[byte], |it| out.push(it.into())),
        }
    }
}

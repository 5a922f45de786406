//! Words for readers: what problems, refusals and states are called. English; one function per thing that is said.
//!
//! `Display` of an error is for logs and tests. What stands only in one view, such as a label, stands in that view.

pub mod config;
pub mod operation;
pub mod portal;
pub mod prefill;
pub mod problem;
pub mod sign_in;

use key_wizard_core::{
    credential::{
        expiration::Preset,
        privilege::{Privilege, Scope},
    },
    portal::account::Account,
};

/// Something that happened, in three parts: what it was, what is true now, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What happened, short.
    pub title: String,
    /// What it means.
    pub text: String,
    /// What the reader can do.
    pub advice: String,
}

impl News {
    /// News from its three parts.
    pub fn new(title: impl Into<String>, text: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { title: title.into(), text: text.into(), advice: advice.into() }
    }

    /// All of it as one line of text.
    pub fn in_one_line(&self) -> String {
        [&*self.title, ". ", &self.text, " ", &self.advice].concat()
    }
}

/// Stands where nothing was chosen.
pub const NONE: &str = "None";

/// The name of a preset lifetime.
pub fn preset(preset: Preset) -> &'static str {
    match preset {
        Preset::Days7 => "7 days",
        Preset::Days30 => "30 days",
        Preset::Days90 => "90 days",
        Preset::Year1 => "1 year",
    }
}

/// How a key without referrers is described.
pub const ANY_REFERRER: &str = "Any: the key works from everywhere";

/// How an item in no folder is described.
pub const ROOT_FOLDER: &str = "Your content, in no folder";

/// `Step 2 of 5`.
pub fn place(place: usize, of: usize) -> String {
    format!("Step {place} of {of}")
}

/// One of a credential's two keys.
pub fn slot(digit: &str) -> String {
    format!("API key {digit} of 2")
}

/// What dates are possible.
pub fn expiration_hint(earliest: &str, latest: &str) -> String {
    format!("From {earliest} to {latest}. A key never works longer than one year.")
}

/// A text for an administrator, about privileges given by label and id.
pub fn request_for_privileges(account: &Account, host: &str, missing: &[(String, &str)]) -> String {
    let lines: Vec<String> = missing.iter().map(|(label, id)| format!("- {label} ({id})")).collect();
    format!(
        "Hello,\n\nI would like to create API keys in {} ({host}). My account {} lacks these privileges:\n\n{}\n\n\
         Could you give me a role that has them? My user type must be Creator or higher.\n\nThank you",
        account.org_name,
        account.username.0,
        lines.join("\n")
    )
}

/// The end of a key in both clocks.
pub fn works_until(utc: &str, local: &str) -> String {
    format!("The key works until {utc} ({local} on your clock).")
}

/// `1 privilege chosen`, `3 privileges chosen`.
pub fn privileges_chosen(count: usize) -> String {
    format!("{} chosen", counted(count, "privilege", "privileges"))
}

/// How many privileges a search found.
pub fn privileges_found(found: usize, offered: usize) -> String {
    if found == 0 {
        " · nothing found: try another word".to_owned()
    } else {
        format!(" · {found} of {offered} shown")
    }
}

/// How many items are chosen, of how many that may be.
pub fn items_chosen(count: usize) -> String {
    match count {
        100 => "100 of 100 items chosen: no more fit in one credential".to_owned(),
        _ => format!("{count} of 100 items chosen"),
    }
}

/// How many items a search found.
pub fn items_found(total: i64) -> String {
    match total {
        ..=0 => "nothing found: try other words or filters".to_owned(),
        // The portal counts no further (F-SEARCH-2).
        10_000.. => "10,000 or more found: narrow the search to see what you need".to_owned(),
        1 => "1 item found".to_owned(),
        _ => format!("{total} items found"),
    }
}

/// Why a search found nothing new, and what else there is.
pub fn search_failed(why: &str, is_empty: bool) -> String {
    let listed = if is_empty { "" } else { "What is listed was found before and may be out of date. " };
    [" · ", why, " · ", listed, "You can type an item's id instead."].concat()
}

/// What stands under a privilege's label, after its id.
pub fn privilege_about(privilege: &Privilege) -> String {
    let mut about = String::new();
    if privilege.billable == Some(true) {
        about.push_str(" · use is billed");
    }
    if privilege.scope == Scope::Personal {
        about.push_str(" · private apps only");
    }
    about
}

/// A sharing level in words.
pub fn sharing(access: &str) -> &str {
    match access {
        "private" => "Owner only",
        "shared" => "Groups",
        "org" => "Organization",
        "public" => "Everyone",
        other => other,
    }
}

/// A count with the right form of its noun.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

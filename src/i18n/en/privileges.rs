//! Texts about privileges, items, presets and code.

use key_wizard_core::{
    credential::{
        code::{MAX_PLACES, Place},
        guide::{PrivilegeFacts, Product, Standing, Trap},
        preset::{Basis, Preset as StartingPoint},
        review::{Exposure, Remark},
        search::Lack,
        web_map::Gap,
    },
    portal::{account::Account, error::Error, id::PrivilegeId, search::LAST},
};

use super::{
    label::label,
    numbers::{LANGUAGE, instant, list, number, plural},
    problem::portal_error,
};
use crate::{
    i18n::Label,
    platform::intl::{self, Plural},
};

pub(super) fn lack(lack: &Lack) -> String {
    match lack {
        Lack::Product(products) => {
            let names: Vec<&str> = products.iter().copied().map(product).collect();
            format!("Your account cannot give it: it belongs to {}.", list(&names))
        }
        Lack::Release(release) => {
            format!("Your portal cannot give it to a key: ArcGIS Enterprise {} and later can.", release.name())
        }
        Lack::PayAsYouGo => {
            "Your account cannot give it without pay-as-you-go, which you can enable for it.".to_owned()
        }
        Lack::Role { group, subgroup } => format!(
            "Your role does not have it. Ask an administrator for a role with it, from {group} › {subgroup}, or for \
             another user type."
        ),
        Lack::Subscription => "Your subscription or your user type does not include it.".to_owned(),
    }
}

fn product(product: Product) -> &'static str {
    match product {
        Product::Platform => "ArcGIS Location Platform",
        Product::Online => "ArcGIS Online",
        Product::Enterprise => "ArcGIS Enterprise",
    }
}

const MOST_GAPS: usize = 10;

const MOST_PLACES: usize = 5;

pub(super) fn code_places(places: &[Place]) -> String {
    let place = |place: &Place| match place {
        Place::Layer(name) => name.clone(),
        Place::Line { file: None, line, matched } => format!("line {}: {matched}", number(*line)),
        Place::Line { file: Some(file), line, matched } => format!("{file}, line {}: {matched}", number(*line)),
    };
    let mut listed: Vec<String> = places.iter().take(MOST_PLACES).map(place).collect();
    if places.len() > MOST_PLACES {
        // Places beyond the stored maximum are not counted.
        let is_counted = places.len() < MAX_PLACES;
        let rest = number(places.len() - MOST_PLACES);
        listed.push(if is_counted { format!("and {rest} more") } else { "and more".to_owned() });
    }
    listed.join(" · ")
}

/// Each gap is on its own line.
pub(super) fn map_read(done: usize, of: usize, gaps: &[Gap]) -> String {
    let mut lines = vec![format!("{} of {} read", number(done), number(of))];
    lines.extend(gaps.iter().take(MOST_GAPS).map(map_gap));
    if gaps.len() > MOST_GAPS {
        lines.push(format!("And {} more.", number(gaps.len() - MOST_GAPS)));
    }
    lines.join("\n")
}

fn map_gap(gap: &Gap) -> String {
    match gap {
        Gap::Unread(name, Error::Unreadable { .. }) => format!("“{name}” · What it shows cannot be read."),
        Gap::Unread(name, error) => format!("“{name}” · {}", portal_error(error)),
        Gap::OfOthers(name) => {
            format!("“{name}” · It belongs to another organization, so you cannot grant access to it.")
        }
        Gap::TooMany(count) => match plural(*count) {
            Plural::One => format!("{} more part was not read: there are too many.", number(*count)),
            _ => format!("{} more parts were not read: there are too many.", number(*count)),
        },
    }
}

pub(super) fn grant_layers(maps: usize, layers: usize) -> String {
    let whose = if maps == 1 { "its" } else { "their" };
    match plural(layers) {
        Plural::One => format!("Also give access to {whose} private item"),
        _ => format!("Also give access to {whose} {} private items", number(layers)),
    }
}

pub(super) fn chosen_from_code(gives: &[String], items: &[String], lacks: &[String]) -> String {
    let mut parts = Vec::new();
    let all: Vec<String> = gives.iter().chain(items).cloned().collect();
    parts.push(match all.is_empty() {
        true => "Nothing was chosen.".to_owned(),
        false => format!("Chosen: {}.", intl::list(LANGUAGE, &all)),
    });
    if !lacks.is_empty() {
        parts.push(format!("Not chosen, because this key cannot have it: {}.", intl::list(LANGUAGE, lacks)));
    }
    parts.join(" ")
}

pub(super) fn preset_needs(gives: &[String], lacks: &[String], closed: &[String], preset: &StartingPoint) -> String {
    let mut parts = Vec::new();
    if !gives.is_empty() {
        parts.push(intl::list(LANGUAGE, gives));
    }
    if !lacks.is_empty() {
        parts.push(format!("your account lacks {}", intl::list(LANGUAGE, lacks)));
    }
    if !closed.is_empty() {
        parts.push(format!("not for a page or app that other people open: {}", intl::list(LANGUAGE, closed)));
    }
    if preset.needs_items {
        parts.push("access to your items, on the next step".to_owned());
    }
    let basis = match preset.basis {
        Basis::Stated => "stated by its page",
        Basis::Sample => "stated by the sample",
        Basis::Catalogue => "stated by its page, according to a third party that read it",
        Basis::Inferred => "inferred from what it uses",
        Basis::Deployer => "from the operator of this page",
    };
    parts.push(basis.to_owned());
    parts.join(" · ")
}

pub(super) fn remark(remark: &Remark) -> String {
    match remark {
        Remark::NothingGranted => {
            format!("{}. {}", label(Label::NothingGranted), label(Label::NothingGrantedAdvice))
        }
        Remark::Administrative(found) => format!(
            "With {} the key can act on your whole organization. Leave out what your app does not need.",
            list(&found.iter().map(|id| id.0.as_str()).collect::<Vec<_>>())
        ),
        Remark::BilledAnywhere(until) => format!(
            "Anyone who has this key can use it at your cost, from any website, until {}. Add referrers, or choose an \
             earlier date.",
            instant(*until)
        ),
        Remark::SharedHost(referrer) => format!("{referrer} allows every page on that host, not only yours."),
        Remark::PlainHttp(referrer) => {
            format!("A page at {referrer} can be changed on its way to the reader and then misuse the key.")
        }
        Remark::PersonalInWebPage(PrivilegeId(id)) => {
            format!("Anyone can read the key of a web page, and with {id} this one can act in your name.")
        }
        Remark::NoReferrers => label(Label::ReferrersNeeded).to_owned(),
        Remark::ReferrersUnsent => label(Label::ReferrersUnsent).to_owned(),
        Remark::LocalBesidePublic(referrer) => {
            format!("{referrer} is for development: use a separate key there, not the one your users get.")
        }
        Remark::EveryLayer(PrivilegeId(id)) => {
            format!("{id} reaches every layer you can edit. Grant access to single items to limit it to them.")
        }
        Remark::StoredToo(PrivilegeId(id)) => {
            format!("To show addresses without keeping them, the key does not need {id}, which is billed differently.")
        }
        Remark::Unneeded(PrivilegeId(id), 1) => format!("What you started from does not need {id}."),
        Remark::Unneeded(PrivilegeId(id), count) => {
            format!("What you started from does not need {id} and {} more.", number(count - 1))
        }
        Remark::NeededBy(title, PrivilegeId(id)) => format!("“{title}” needs {id}, which is not chosen."),
        Remark::NeededNotChosen(PrivilegeId(id), count) => not_chosen("needs", id, *count),
        Remark::ItemNotChosen(title, count) => not_chosen("uses", &format!("“{title}”"), *count),
        Remark::LongLife(days) => {
            format!(
                "The key can act in your name for {} days. A shorter lifetime limits the damage of a leak.",
                number(*days as usize)
            )
        }
        Remark::PublicItem(title) => format!("Everybody can open “{title}”, so most keys need no access to it."),
        Remark::NonpublicItem(title, 1) => {
            format!("“{title}” is not public, and everyone who opens your page can read it.")
        }
        Remark::NonpublicItem(title, count) => {
            format!(
                "“{title}” and {} more are not public, and everyone who opens your page can read them.",
                number(count - 1)
            )
        }
        Remark::MapAlone(title) => {
            format!("“{title}” does not show its private items unless you grant access to them, too.")
        }
        Remark::LayersLeftOut(title, count) => match plural(*count) {
            Plural::One => format!("“{title}” shows {} private item that the key cannot open.", number(*count)),
            _ => format!("“{title}” shows {} private items that the key cannot open.", number(*count)),
        },
        Remark::ItemsBeyondCode(title, 1) => format!("What you started from does not use “{title}”."),
        Remark::ItemsBeyondCode(title, count) => {
            format!("What you started from does not use “{title}” and {} more.", number(count - 1))
        }
    }
}

/// Of several, the first is named.
fn not_chosen(verb: &str, first: &str, count: usize) -> String {
    match count {
        1 => format!("The code or map you started from {verb} {first}, which is not chosen."),
        _ => format!(
            "The code or map you started from {verb} {first} and {} more, which are not chosen.",
            number(count - 1)
        ),
    }
}

pub(super) fn exposure(exposure: Exposure) -> String {
    let parts = [
        (exposure.spends, "spend the organization's credits"),
        (exposure.reads, "read what is not public"),
        (exposure.changes, "change content"),
        (exposure.administers, "administer the organization"),
    ];
    let parts: Vec<&str> = parts.iter().filter(|(is_so, _)| *is_so).map(|(_, words)| *words).collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!("Anyone who has the key can {}.", list(&parts)),
    }
}

/// Facts separated by dots, as beside the id; empty if there are none to mention.
pub(super) fn about(known: &PrivilegeFacts) -> String {
    let mut parts = Vec::new();
    if !known.services.is_empty() {
        let mut hosts: Vec<&str> = known.services.iter().filter_map(|service| service.split('/').next()).collect();
        hosts.dedup();
        parts.push(format!("opens {}", list(&hosts)));
    }
    parts.extend(known.trap.map(trap).map(str::to_owned));
    match known.standing {
        Standing::Documented => {}
        Standing::ThirdParty => parts.push("not from Esri's documentation".to_owned()),
        Standing::Inferred => parts.push("inferred, not documented".to_owned()),
    }
    parts.join(" · ")
}

fn trap(trap: Trap) -> &'static str {
    match trap {
        Trap::Batch => "many addresses in one request always need this, stored or not",
        Trap::Beta => "some services are in beta and refuse a key without it",
        Trap::EveryLayer => "gives access to every layer you can edit, unless you grant single items",
    }
}

pub(super) fn privilege_request(account: &Account, host: &str, missing: &[(String, &str)]) -> String {
    let lines: Vec<String> = missing.iter().map(|(label, id)| format!("- {label} ({id})")).collect();
    format!(
        "Hello,\n\nI would like to create API keys in {} ({host}). My account {} lacks these privileges:\n\n{}\n\n\
         Could you give me a role that has them? My user type must be Creator or higher.\n\nThank you",
        account.org_name,
        account.username.0,
        lines.join("\n")
    )
}

pub(super) fn items_found(total: i64) -> String {
    // The portal counts no further (F-SEARCH-2).
    if total >= i64::from(LAST) {
        let most = intl::number(LANGUAGE, i64::from(LAST));
        return format!("{most} or more found: narrow the search to see what you need");
    }
    match intl::plural(LANGUAGE, total.unsigned_abs()) {
        _ if total <= 0 => "nothing found: try other words or filters".to_owned(),
        Plural::One => format!("{total} item found"),
        _ => format!("{} items found", intl::number(LANGUAGE, total)),
    }
}

pub(super) fn shared_with(access: &str) -> &str {
    match access {
        "private" => "Owner only",
        "shared" => "Groups",
        "org" => "Organization",
        "public" => "Everyone",
        other => other,
    }
}

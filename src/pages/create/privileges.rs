//! Step 2: what the key may do, from what the signed-in person may give.

use std::{cell::RefCell, rc::Rc};

use key_wizard_core::{
    credential::{
        catalogue::{self, Group, SubGroup},
        draft::Usage,
        obstacle::grantable,
        privilege::{self, Scope},
        problem::Field as Name,
        search::{Found, Hit, Index},
    },
    portal::id::PrivilegeId,
};
use leptos::prelude::*;
use web_sys::Node;

use super::{code, presets, web_map};
use crate::{
    i18n::{Label, Message, text},
    pages::{labels::error_of, words},
    platform::focus,
    state::{App, session::Person},
    ui::{
        button::{Variant, button},
        dom::{self, El, Read, act, el, group, heading, nothing, read, show, switch, ticked},
        field::{field, text_control},
        keyed_rows::keep_rows,
        notice::{Severity, notice, paragraph},
    },
};

/// The privileges that were chosen when `Selected only` was ticked; nothing without it.
type Selected = RwSignal<Option<Vec<PrivilegeId>>>;

/// What the search finds; nothing while nothing is looked for.
type Search = Read<Option<Rc<Found>>>;

/// The fields of the step.
pub fn privileges(app: App, person: &Person) -> Node {
    let held = grantable(&person.account);
    let is_enterprise = person.account.is_enterprise;
    let groups = Rc::new(catalogue::offered(&held));
    let offered = groups.iter().flat_map(|it| &it.subgroups).map(|it| it.privileges.len()).sum();
    let query = RwSignal::new(String::new());
    let selected: Selected = RwSignal::new(None);
    // The index is made anew when the data comes; the last answer serves all who ask for it.
    let index: RefCell<(u32, Option<Index>)> = RefCell::new((0, None));
    let last: RefCell<(String, u32, Rc<Found>)> = RefCell::default();
    let found = read(move || {
        let (typed, version) = (query.get(), app.guide.version());
        if typed.trim().is_empty() {
            return None;
        }
        let mut last = last.borrow_mut();
        if (last.0.as_str(), last.1) != (typed.as_str(), version) {
            let mut index = index.borrow_mut();
            if index.0 != version {
                *index = (version, None);
            }
            let make = || app.guide.read_once(|guide| Index::new(guide, &held, is_enterprise));
            let found = index.1.get_or_insert_with(make).search(&typed);
            *last = (typed, version, Rc::new(found));
        }
        Some(last.2.clone())
    });
    group([
        presets::presets(app, person, groups.clone()),
        code::code(app, groups.clone()),
        web_map::web_map(app, groups.clone()),
        tools(app, query, found.clone(), offered, selected).into(),
        left_out(person),
        unavailable(app, groups.clone()),
        el("div")
            .class("privileges__lists")
            .live_class("privileges__lists--selected", move || selected.with(Option::is_some))
            .with(results(app, (query, selected), &found))
            .with(
                el("div")
                    .class("privileges")
                    .flag("hidden", move || !query.with(|typed| typed.trim().is_empty()))
                    .with_all(groups.iter().enumerate().map(|(place, it)| {
                        let opens = move || place == 0 || selected.with(Option::is_some);
                        group_view((app, selected), it, opens).into()
                    })),
            )
            .into(),
    ])
}

fn tools(app: App, query: RwSignal<String>, found: Search, offered: usize, selected: Selected) -> El {
    let words =
        words::field(Name::Privileges.id(), Label::SearchPrivileges, None).checked(error_of(app, Name::Privileges));
    let control = text_control("input", &words, read(move || query.get()), act(move |typed| query.set(typed)))
        .attr("type", "search")
        .attr("placeholder", &text(Label::SearchPrivilegesExample));
    let shown = move || {
        let Some(found) = found() else { return String::new() };
        let words = match found.hits.is_empty() {
            true => text(Label::NoPrivilegeFound),
            false => {
                let shown = found.hits.iter().filter(|hit| hit.lack.is_none()).count();
                text(Message::PrivilegesShown { shown, of: offered })
            }
        };
        [" · ", &words].concat()
    };
    let count = move || text(Message::PrivilegesSelected(app.draft.read(|draft| draft.privileges.len())));
    let status = el("p").class("hint").attr("role", "status");
    let mark = el("input")
        .attr("type", "checkbox")
        .class("choice__mark")
        .live_checked(move || selected.with(Option::is_some))
        .on("change", move |event| {
            selected.set(ticked(&event).then(|| app.draft.read_once(|draft| draft.privileges.clone())));
        });
    let filter = el("label").class("choice").with(mark).text(&text(Label::SelectedOnly));
    el("div")
        .class("privileges__tools")
        .with(field(&words, control))
        .with(
            el("div")
                .class("privileges__count")
                .with(status.with(el("b").live_text(count)).live_text(shown))
                .with(filter),
        )
        .with(show(move || app.guide.has_failed(), || paragraph(&text(Label::GuideNotLoaded)).class("hint").into()))
}

/// What was found, the best first, in place of the groups.
fn results(app: App, (query, selected): (RwSignal<String>, Selected), found: &Search) -> Node {
    let of = |found: &Search| {
        let found = found.clone();
        move || found().unwrap_or_default()
    };
    let (near, hits, any) = (of(found), of(found), of(found));
    let end = dom::text("");
    let rows = el("div").class("privileges__rows").with(end.clone());
    keep_rows(end, read(move || hits().hits.clone()), Hit::eq, move |hit| row((app, selected), "found-", hit));
    group([
        switch(
            move || near().near.clone(),
            move |words| match words.is_empty() {
                true => nothing(),
                false => nearest(query, words),
            },
        ),
        fieldset("privileges__group", "privileges__title", &text(Label::SearchResults))
            .flag("hidden", move || any().hits.is_empty())
            .with(rows)
            .into(),
    ])
}

/// Words to look for instead.
fn nearest(query: RwSignal<String>, words: &[String]) -> Node {
    let buttons = words.iter().map(|word| {
        let typed = word.clone();
        button(word, Variant::Link, move || {
            query.set(typed.clone());
            // The button goes with what it was for.
            focus::on(Name::Privileges.id());
        })
        .into()
    });
    paragraph(&text(Label::NearestWords)).class("button-row").with_all(buttons).into()
}

/// What this release of ArcGIS Enterprise gives to no key.
fn left_out(person: &Person) -> Node {
    match person.account.release.filter(|release| !release.grants_portal_privileges()) {
        Some(release) => paragraph(&text(Message::PortalPrivilegesLeftOut(&release.name()))).class("hint").into(),
        None => nothing(),
    }
}

/// What the draft holds and this account does not have: kept and named instead of dropped.
fn unavailable(app: App, groups: Rc<Vec<Group>>) -> Node {
    let missing = move || {
        app.draft.read(|draft| {
            let missing = catalogue::not_offered(&draft.privileges, &groups);
            missing.into_iter().cloned().collect::<Vec<_>>()
        })
    };
    switch(missing, move |missing| {
        if missing.is_empty() {
            return nothing();
        }
        notice(Severity::Warning, &text(Label::PrivilegesUnavailable))
            .with(paragraph(&text(Label::PrivilegesUnavailableAdvice)))
            .with_all(missing.iter().map(|id| {
                let mark = tick(app, id.clone()).attr("aria-label", &id.0);
                el("label").class("choice").with(mark).with(el("code").text(&id.0)).into()
            }))
            .into()
    })
}

/// A group that folds.
fn group_view((app, selected): (App, Selected), group: &Group, opens: impl Fn() -> bool + 'static) -> El {
    let privileges = group.subgroups.iter().flat_map(|it| &it.privileges);
    let own: Vec<PrivilegeId> = privileges.map(|privilege| privilege.id.clone()).collect();
    let chosen = move || app.draft.read(|draft| own.iter().filter(|id| draft.has_privilege(id)).count());
    // What most keys are for, and what is chosen.
    let has_chosen = chosen.clone();
    let words = move || match chosen() {
        0 => String::new(),
        count => [" · ", &text(Message::PrivilegesSelected(count))].concat(),
    };
    let summary = el("summary")
        .class("privileges__summary")
        .with(heading(2).class("privileges__title").text(group.title))
        .with(el("span").class("hint").live_text(words));
    el("details")
        .class("privileges__group")
        .flag("open", move || opens() || untrack(&has_chosen) > 0)
        .with(summary)
        .with_all(group.subgroups.iter().map(|it| subgroup_view((app, selected), it).into()))
}

fn subgroup_view(lists: (App, Selected), subgroup: &SubGroup) -> El {
    let rows = subgroup.privileges.iter().map(|privilege| {
        let hit = Hit { privilege: privilege.clone(), because: None, lack: None };
        row(lists, "privilege-", &hit).into()
    });
    fieldset("privileges__subgroup", "privileges__subtitle", subgroup.title)
        .with(el("div").class("privileges__rows").with_all(rows))
}

fn fieldset(class: &str, title_class: &str, title: &str) -> El {
    el("fieldset").class(class).with(el("legend").class(title_class).text(title))
}

/// A privilege: its box, its label, its id, and what is known of it. One that the account lacks cannot be ticked.
fn row((app, selected): (App, Selected), prefix: &str, hit: &Hit) -> El {
    let privilege = &hit.privilege;
    let id = privilege.id.clone();
    let own = id.clone();
    let label_id = [prefix, &id.0].concat();
    let about_id = [&label_id, "-about"].concat();
    let mut mark = tick(app, id.clone()).attr("aria-labelledby", &label_id).attr("aria-describedby", &about_id);
    let is_private = Usage::WebPage.closes(&id);
    let is_closed = move || is_private && app.draft.read(|draft| draft.usage == Usage::WebPage);
    if hit.lack.is_some() {
        mark = mark.attr("disabled", "");
    } else if is_private {
        // What is chosen already can be taken back.
        let chosen = id.clone();
        mark = mark.flag("disabled", move || is_closed() && !app.draft.read(|draft| draft.has_privilege(&chosen)));
    }
    let billed = privilege::is_billed(&id).then(|| text(Label::Billed));
    let private = (privilege.scope == Scope::Personal).then(|| text(Label::PrivateAppsOnly));
    let because = hit.because.as_ref().map(|it| text(Message::Because(it)));
    let notes = billed.into_iter().chain(private).chain(because);
    let known = move || {
        let words = app.guide.read(|guide| guide.known(&id.0).map(|it| text(Message::Known(it))));
        words.filter(|it| !it.is_empty()).map_or_else(String::new, |it| [" · ", &it].concat())
    };
    let lack = hit.lack.as_ref().map(|it| el("span").class("privileges__lack").text(&text(Message::Lack(it))).into());
    let about = el("span")
        .class("privileges__id")
        .id(&about_id)
        .with(el("code").attr("translate", "no").text(&privilege.id.0))
        .with_all(notes.map(|note| dom::text(&[" · ", &note].concat())))
        .live_text(known)
        .with_all(lack)
        .with(show(is_closed, || el("span").class("privileges__lack").text(&text(Label::PrivateUseClosed)).into()));
    let words = el("span").class("privileges__words").with(el("span").id(&label_id).text(&privilege.label)).with(about);
    let class = if hit.lack.is_some() { "privileges__row privileges__row--lacking" } else { "privileges__row" };
    // What was taken back since stays, so that nothing moves while somebody presses.
    let is_left_out = move || {
        let stays = selected.with(|selected| selected.as_ref().is_none_or(|it| it.contains(&own)));
        !stays && !app.draft.read(|draft| draft.has_privilege(&own))
    };
    el("div")
        .class(class)
        .live_class("privileges__row--left-out", is_left_out)
        .with(el("label").class("choice").with(mark).with(words))
}

fn tick(app: App, id: PrivilegeId) -> El {
    let chosen = id.clone();
    el("input")
        .attr("type", "checkbox")
        .class("choice__mark")
        .live_checked(move || app.draft.read(|draft| draft.has_privilege(&chosen)))
        .on("change", move |event| {
            let (id, ticked) = (id.clone(), ticked(&event));
            app.draft.edit(|draft| draft.choose_privilege(id, ticked));
        })
}

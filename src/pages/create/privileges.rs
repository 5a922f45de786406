//! Step 2: what the key may do, chosen from the offered privileges.

use std::{cell::RefCell, rc::Rc};

use key_wizard_core::{
    credential::{
        catalogue::{self, Group, SubGroup},
        draft::{Draft, Usage},
        offer::Offer,
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
    state::App,
    ui::{
        button::{Variant, button},
        dom::{self, Callback, El, IntoView, Signal, el, heading, nothing, show, switch, ticked, watch},
        field::{field, text_control},
        keyed_rows::keep_rows,
        notice::{Severity, notice, paragraph},
    },
};

/// The privileges that were chosen when `Selected only` was ticked; `None` if it is not.
type Selected = RwSignal<Option<Vec<PrivilegeId>>>;

/// The results of the search; `None` without a query.
type FoundPrivileges = Signal<Option<Rc<Found>>>;

/// The prefix of the ids of results.
const FOUND: &str = "found-";

/// The number of results shown at first, best first: few enough to draw with each key. A button shows the rest.
const FIRST_RESULTS: usize = 10;

/// The fields of the step.
pub fn privileges(app: App, offer: &Rc<Offer>) -> Node {
    let query = RwSignal::new(String::new());
    let selected: Selected = RwSignal::new(None);
    // The index is built before anybody types, and again when the data arrives. The last result is cached.
    let index: RefCell<Option<(u32, Index)>> = RefCell::default();
    let last: RefCell<(String, u32, Rc<Found>)> = RefCell::default();
    let own = offer.clone();
    let found = Signal::derive(move || {
        let (typed, version) = (query.get(), app.guide.version());
        let mut index = index.borrow_mut();
        if index.as_ref().is_none_or(|(of, _)| *of != version) {
            *index = None;
        }
        let (_, index) = index.get_or_insert_with(|| (version, app.guide.read_once(|guide| Index::new(guide, &own))));
        if typed.trim().is_empty() {
            return None;
        }
        let mut last = last.borrow_mut();
        if (last.0.as_str(), last.1) != (typed.as_str(), version) {
            let found = Rc::new(index.search(&typed));
            *last = (typed, version, found);
        }
        Some(last.2.clone())
    });
    (
        presets::presets(app, offer.clone()),
        code::code(app, offer.clone()),
        // Maps are read from the portal.
        match offer.holder {
            Some(_) => web_map::web_map(app, offer.clone()),
            None => paragraph(&text(Label::MapNeedsSignIn)).class("hint"),
        },
        tools(app, query, found, offer.count(), selected),
        left_out(offer),
        unavailable(app, offer.clone()),
        el("div")
            .class("privileges__lists")
            .class(("privileges__lists--selected", move || selected.with(Option::is_some)))
            .child(results(app, query, selected, found))
            .child(
                el("div")
                    .class("privileges")
                    .attr("hidden", move || !query.with(|typed| typed.trim().is_empty()))
                    .children(offer.groups.iter().enumerate().map(|(place, group)| {
                        let opens = move || place == 0 || selected.with(Option::is_some);
                        group_view(app, selected, group, opens).into_view()
                    })),
            ),
    )
        .into_view()
}

fn tools(app: App, query: RwSignal<String>, found: FoundPrivileges, offered: usize, selected: Selected) -> El {
    let words =
        words::field(Name::Privileges.id(), Label::SearchPrivileges, None).checked(error_of(app, Name::Privileges));
    let control = text_control(
        "input",
        &words,
        Signal::derive(move || query.get()),
        Callback::new(move |typed| query.set(typed)),
    )
    .attr("type", "search")
    .attr("placeholder", text(Label::SearchPrivilegesExample));
    let matches = move || {
        let Some(found) = found.get() else { return String::new() };
        let words = match selected.get() {
            _ if found.hits.is_empty() => text(Label::NoPrivilegeFound),
            None => {
                let found = found.hits.iter().filter(|hit| hit.lack.is_none()).count();
                text(Message::PrivilegesFound { found, of: offered })
            }
            Some(ids) => match found.hits.iter().filter(|hit| is_listed(app, &ids, &hit.privilege.id)).count() {
                0 => text(Label::NoSelectedPrivilegeFound),
                found => text(Message::PrivilegesFound { found, of: listed_count(app, &ids) }),
            },
        };
        [" · ", &words].concat()
    };
    let count = move || text(Message::PrivilegesSelected(app.draft.read(|draft| draft.privileges.len())));
    let status = el("p").class("hint").attr("role", "status");
    let mark = el("input")
        .attr("type", "checkbox")
        .class("choice__mark")
        .prop("checked", move || selected.with(Option::is_some))
        .on("change", move |event| {
            selected.set(ticked(&event).then(|| app.draft.read_once(|draft| draft.privileges.clone())));
        });
    let filter = el("label").class("choice").child(mark).text(text(Label::SelectedOnly));
    el("div")
        .class("privileges__tools")
        .child(field(&words, control))
        .child(
            el("div").class("privileges__count").child(status.child(el("b").text(count)).text(matches)).child(filter),
        )
        .child(show(move || app.guide.has_failed(), || paragraph(&text(Label::GuideNotLoaded)).class("hint")))
}

/// The results, best first, in place of the groups.
fn results(app: App, query: RwSignal<String>, selected: Selected, found: FoundPrivileges) -> Node {
    let found = move || found.get().unwrap_or_default();
    // The query whose results are all shown.
    let whole = RwSignal::new(String::new());
    let count = move || {
        let is_whole = whole.with(|whole| query.with(|typed| typed == whole));
        // The style hides rows that are not selected.
        let is_filtered = selected.with(Option::is_some);
        let all = found().hits.len();
        if is_whole || is_filtered { all } else { all.min(FIRST_RESULTS) }
    };
    let shown = move || found().hits.iter().take(count()).cloned().collect::<Vec<_>>();
    let end = dom::text_node("");
    let rows = el("div").class("privileges__rows").child(end.clone());
    keep_rows(end, Signal::derive(shown), Hit::eq, move |hit| row(app, selected, FOUND, hit));
    // The list that was scrolled before is another one.
    watch(move || {
        if let Some(first) = found().hits.first() {
            focus::into_sight(&mark_id(FOUND, &first.privilege.id));
        }
    });
    let has_more = move || count() < found().hits.len();
    let show_all = show(has_more, move || {
        button(&text(Label::ShowAllResults), Variant::Plain, move || {
            let found = untrack(found);
            whole.set(query.get_untracked());
            // The button is gone, and a disabled box takes no focus.
            let is_free = |hit: &&Hit| !app.draft.read_once(|draft| is_disabled(draft, hit));
            match found.hits.iter().skip(FIRST_RESULTS).find(is_free) {
                Some(hit) => focus::on(&mark_id(FOUND, &hit.privilege.id)),
                None => focus::on(Name::Privileges.id()),
            }
        })
    });
    (
        switch(move || found().near.clone(), move |words| (!words.is_empty()).then(|| nearest(query, words))),
        fieldset("privileges__group", "privileges__title", &text(Label::SearchResults))
            .attr("hidden", move || found().hits.is_empty())
            .child(rows)
            .child(show_all),
    )
        .into_view()
}

/// Similar words to search for instead.
fn nearest(query: RwSignal<String>, words: &[String]) -> El {
    let buttons = words.iter().map(|word| {
        let typed = word.clone();
        button(word, Variant::Link, move || {
            query.set(typed.clone());
            // The button disappears with the query.
            focus::on(Name::Privileges.id());
        })
        .into_view()
    });
    paragraph(&text(Label::NearestWords)).class("button-row").children(buttons)
}

/// The privileges unavailable to keys of this release of ArcGIS Enterprise.
fn left_out(offer: &Offer) -> Node {
    match offer.release_without_portal_privileges() {
        Some(release) => paragraph(&text(Message::PortalPrivilegesLeftOut(&release.name()))).class("hint").into_view(),
        None => nothing(),
    }
}

/// The draft's privileges that this account lacks: listed instead of dropped.
fn unavailable(app: App, offer: Rc<Offer>) -> Node {
    let missing = move || {
        app.draft.read(|draft| {
            let missing = catalogue::not_offered(&draft.privileges, &offer.groups);
            missing.into_iter().cloned().collect::<Vec<_>>()
        })
    };
    switch(missing, move |missing| {
        if missing.is_empty() {
            return nothing();
        }
        notice(Severity::Warning, &text(Label::PrivilegesUnavailable))
            .child(paragraph(&text(Label::PrivilegesUnavailableAdvice)))
            .children(missing.iter().map(|id| {
                let mark = tick(app, id.clone()).attr("aria-label", &id.0);
                el("label").class("choice").child(mark).child(el("code").text(&id.0)).into_view()
            }))
            .into_view()
    })
}

/// A collapsible group.
fn group_view(app: App, selected: Selected, group: &Group, opens: impl Fn() -> bool + 'static) -> El {
    let privileges = group.subgroups.iter().flat_map(|subgroup| &subgroup.privileges);
    let own: Vec<PrivilegeId> = privileges.map(|privilege| privilege.id.clone()).collect();
    let chosen = move || app.draft.read(|draft| own.iter().filter(|id| draft.has_privilege(id)).count());
    // Open for what most keys need, and for what is chosen.
    let has_chosen = chosen.clone();
    let words = move || match chosen() {
        0 => String::new(),
        count => [" · ", &text(Message::PrivilegesSelected(count))].concat(),
    };
    let summary = el("summary")
        .class("privileges__summary")
        .child(heading(2).class("privileges__title").text(group.title))
        .child(el("span").class("hint").text(words));
    el("details")
        .class("privileges__group")
        .attr("open", move || opens() || untrack(&has_chosen) > 0)
        .child(summary)
        .children(group.subgroups.iter().map(|subgroup| subgroup_view(app, selected, subgroup)))
}

fn subgroup_view(app: App, selected: Selected, subgroup: &SubGroup) -> El {
    let rows = subgroup.privileges.iter().map(|privilege| {
        let hit = Hit { privilege: privilege.clone(), because: None, lack: None };
        row(app, selected, "privilege-", &hit).into_view()
    });
    fieldset("privileges__subgroup", "privileges__subtitle", subgroup.title)
        .child(el("div").class("privileges__rows").children(rows))
}

fn fieldset(class: &str, title_class: &str, title: &str) -> El {
    el("fieldset").class(class).child(el("legend").class(title_class).text(title))
}

/// A privilege: its checkbox, its label, its id, and facts about it. One that the account lacks cannot be ticked.
fn row(app: App, selected: Selected, prefix: &str, hit: &Hit) -> El {
    let privilege = &hit.privilege;
    let id = privilege.id.clone();
    let own = id.clone();
    let label_id = [prefix, &id.0].concat();
    let about_id = [&label_id, "-about"].concat();
    let mut mark = tick(app, id.clone())
        .id(&mark_id(prefix, &id))
        .attr("aria-labelledby", &label_id)
        .attr("aria-describedby", &about_id);
    let is_private = Usage::WebPage.closes(&id);
    let is_closed = move || is_private && app.draft.read(|draft| draft.usage == Usage::WebPage);
    if hit.lack.is_some() || is_private {
        let hit = hit.clone();
        mark = mark.attr("disabled", move || app.draft.read(|draft| is_disabled(draft, &hit)));
    }
    let billed = privilege::is_billed(&id).then(|| text(Label::Billed));
    let private = (privilege.scope == Scope::Personal).then(|| text(Label::PrivateAppsOnly));
    let because = hit.because.as_ref().map(|because| text(Message::Because(because)));
    let notes = billed.into_iter().chain(private).chain(because);
    let known = move || {
        let words = app.guide.read(|guide| guide.known(&id.0).map(|known| text(Message::PrivilegeFacts(known))));
        words.filter(|words| !words.is_empty()).map_or_else(String::new, |words| [" · ", &words].concat())
    };
    let lack =
        hit.lack.as_ref().map(|lack| el("span").class("privileges__lack").text(text(Message::Lack(lack))).into_view());
    let about = el("span")
        .class("privileges__id")
        .id(&about_id)
        .child(el("code").attr("translate", "no").text(&privilege.id.0))
        .children(notes.map(|note| dom::text_node(&[" · ", &note].concat())))
        .text(known)
        .children(lack)
        .child(show(is_closed, || el("span").class("privileges__lack").text(text(Label::PrivateUseClosed))));
    let words =
        el("span").class("privileges__words").child(el("span").id(&label_id).text(&privilege.label)).child(about);
    let class = if hit.lack.is_some() { "privileges__row privileges__row--lacking" } else { "privileges__row" };
    let is_left_out = move || selected.with(|ids| ids.as_ref().is_some_and(|ids| !is_listed(app, ids, &own)));
    el("div")
        .class(class)
        .class(("privileges__row--left-out", is_left_out))
        .child(el("label").class("choice").child(mark).child(words))
}

/// Whether `Selected only`, set when these were chosen, lists a privilege. An unticked one stays until the filter is set
/// again, so that rows do not move under the pointer.
fn is_listed(app: App, were_chosen: &[PrivilegeId], id: &PrivilegeId) -> bool {
    were_chosen.contains(id) || app.draft.read(|draft| draft.has_privilege(id))
}

fn listed_count(app: App, were_chosen: &[PrivilegeId]) -> usize {
    let is_added = |id: &&PrivilegeId| !were_chosen.contains(id);
    were_chosen.len() + app.draft.read(|draft| draft.privileges.iter().filter(is_added).count())
}

/// Whether the checkbox of a privilege cannot be pressed. A chosen one can still be unticked.
fn is_disabled(draft: &Draft, hit: &Hit) -> bool {
    let id = &hit.privilege.id;
    hit.lack.is_some() || draft.usage.closes(id) && !draft.has_privilege(id)
}

/// The id of a privilege's checkbox.
fn mark_id(prefix: &str, id: &PrivilegeId) -> String {
    [prefix, &id.0, "-mark"].concat()
}

fn tick(app: App, id: PrivilegeId) -> El {
    let chosen = id.clone();
    el("input")
        .attr("type", "checkbox")
        .class("choice__mark")
        .prop("checked", move || app.draft.read(|draft| draft.has_privilege(&chosen)))
        .on("change", move |event| {
            let (id, ticked) = (id.clone(), ticked(&event));
            app.draft.edit(|draft| draft.choose_privilege(id, ticked));
        })
}

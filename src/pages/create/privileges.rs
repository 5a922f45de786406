//! Step 2: what the key may do, from what the signed-in person may give.

use std::rc::Rc;

use key_wizard_core::{
    credential::{
        catalogue::{self, Group, SubGroup},
        obstacle::grantable,
        privilege::{Privilege, Scope},
        problem::Field as Name,
    },
    portal::id::PrivilegeId,
};
use leptos::prelude::*;
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::{labels::error_of, words},
    state::{App, session::Person},
    ui::{
        dom::{self, Act, El, act, el, group, nothing, read, switch, ticked},
        field::{field, text_control},
        notice::{Severity, notice, paragraph},
    },
};

/// The privileges still shown while a search is typed.
type Shown = RwSignal<Vec<PrivilegeId>>;

/// The fields of the step.
pub fn privileges(app: App, person: &Person) -> Node {
    let groups = Rc::new(catalogue::offered(&grantable(&person.account)));
    let query = RwSignal::new(String::new());
    let all = found(&groups, "");
    let offered = all.len();
    let shown = RwSignal::new(all);
    let searched = groups.clone();
    let search = act(move |typed: String| {
        shown.set(found(&searched, &typed));
        query.set(typed);
    });
    group([
        tools(app, (query, search), shown, offered).into(),
        left_out(person),
        unavailable(app, groups.clone()),
        group(groups.iter().enumerate().map(|(place, it)| group_view(app, shown, it, place == 0).into())),
    ])
}

fn found(groups: &[Group], query: &str) -> Vec<PrivilegeId> {
    let mut ids = Vec::new();
    for group in catalogue::filter(groups, query) {
        for subgroup in group.subgroups {
            ids.extend(subgroup.privileges.into_iter().map(|privilege| privilege.id));
        }
    }
    ids
}

fn tools(app: App, (query, search): (RwSignal<String>, Act<String>), shown: Shown, offered: usize) -> El {
    let words =
        words::field(Name::Privileges.id(), Label::SearchPrivileges, None).checked(error_of(app, Name::Privileges));
    let control = text_control("input", &words, read(move || query.get()), search)
        .attr("type", "search")
        .attr("placeholder", &text(Label::SearchPrivilegesExample));
    let found = move || match shown.with(Vec::len) {
        found if found == offered => String::new(),
        0 => [" · ", &text(Label::NoPrivilegeFound)].concat(),
        found => [" · ", &text(Message::PrivilegesShown { shown: found, of: offered })].concat(),
    };
    let count = move || text(Message::PrivilegesSelected(app.draft.read(|draft| draft.privileges.len())));
    let status = el("p").class("hint").attr("role", "status");
    el("div")
        .class("privileges__tools")
        .with(field(&words, control))
        .with(status.with(el("b").live_text(count)).live_text(found))
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
fn group_view(app: App, shown: Shown, group: &Group, is_first: bool) -> El {
    let ids: Vec<PrivilegeId> = group.subgroups.iter().flat_map(ids_of).collect();
    let (own, all) = (ids.clone(), shown.with_untracked(Vec::len));
    let chosen = move || app.draft.read(|draft| own.iter().filter(|id| draft.privileges.contains(id)).count());
    // What most keys are for, and what is chosen.
    let is_open = is_first || untrack(&chosen) > 0;
    let words = move || match chosen() {
        0 => String::new(),
        count => [" · ", &text(Message::PrivilegesSelected(count))].concat(),
    };
    let summary = el("summary")
        .class("privileges__summary")
        .with(el("h2").class("privileges__title").text(group.title))
        .with(el("span").class("hint").live_text(words));
    el("details")
        .class("privileges__group")
        .flag("hidden", hidden(shown, ids))
        .flag("open", move || is_open || shown.with(Vec::len) < all)
        .with(summary)
        .with_all(group.subgroups.iter().map(|it| subgroup_view(app, shown, it).into()))
}

fn subgroup_view(app: App, shown: Shown, subgroup: &SubGroup) -> El {
    let rows = subgroup.privileges.iter().map(|it| row(app, shown, it).into());
    fieldset("privileges__subgroup", "privileges__subtitle", subgroup.title, hidden(shown, ids_of(subgroup)))
        .with(el("div").class("privileges__rows").with_all(rows))
}

fn fieldset(class: &str, title_class: &str, title: &str, hidden: impl Fn() -> bool + 'static) -> El {
    el("fieldset").class(class).flag("hidden", hidden).with(el("legend").class(title_class).text(title))
}

fn ids_of(subgroup: &SubGroup) -> Vec<PrivilegeId> {
    subgroup.privileges.iter().map(|privilege| privilege.id.clone()).collect()
}

fn hidden(shown: Shown, ids: Vec<PrivilegeId>) -> impl Fn() -> bool {
    move || shown.with(|shown| !ids.iter().any(|id| shown.contains(id)))
}

fn row(app: App, shown: Shown, privilege: &Privilege) -> El {
    let label_id = ["privilege-", &privilege.id.0].concat();
    let about_id = [&label_id, "-about"].concat();
    let mark = tick(app, privilege.id.clone()).attr("aria-labelledby", &label_id).attr("aria-describedby", &about_id);
    let billed = (privilege.billable == Some(true)).then_some(Label::Billed);
    let private = (privilege.scope == Scope::Personal).then_some(Label::PrivateAppsOnly);
    let about = el("span")
        .class("privileges__id")
        .id(&about_id)
        .with(el("code").attr("translate", "no").text(&privilege.id.0))
        .with_all(billed.into_iter().chain(private).map(|note| dom::text(&[" · ", &text(note)].concat())));
    let words = el("span").class("privileges__words").with(el("span").id(&label_id).text(&privilege.label)).with(about);
    el("div")
        .class("privileges__row")
        .flag("hidden", hidden(shown, vec![privilege.id.clone()]))
        .with(el("label").class("choice").with(mark).with(words))
}

fn tick(app: App, id: PrivilegeId) -> El {
    let chosen = id.clone();
    el("input")
        .attr("type", "checkbox")
        .class("choice__mark")
        .live_checked(move || app.draft.read(|draft| draft.privileges.contains(&chosen)))
        .on("change", move |event| {
            let (id, ticked) = (id.clone(), ticked(&event));
            app.draft.edit(|draft| draft.choose_privilege(id, ticked));
        })
}

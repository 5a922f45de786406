//! Step 2: what the key may do, from what the signed-in person may give.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::{
    app::App,
    credential::{
        catalogue::{self, Group, SubGroup},
        privilege::Privilege,
        problem::Field as Name,
    },
    html, i18n,
    portal::id::PrivilegeId,
    ui::field::{Field, described_by, input_class},
};

/// The privileges still shown while a search is typed.
type Shown = Memo<BTreeSet<PrivilegeId>>;

/// The fields of the step.
#[component]
pub fn Privileges() -> impl IntoView {
    let app = App::here();
    let groups = StoredValue::new(catalogue::offered(&app.account().privileges));
    let query = RwSignal::new(String::new());
    let shown: Shown = Memo::new(move |_| query.with(|query| groups.with_value(|groups| ids(groups, query))));
    let offered = groups.with_value(|groups| ids(groups, "").len());
    html! {
        <Tools query=query shown=shown offered=offered />
        <Unavailable groups=groups />
        {groups.get_value().into_iter().map(move |group| group_view(app, shown, group)).collect_view()}
    }
}

fn ids(groups: &[Group], query: &str) -> BTreeSet<PrivilegeId> {
    let found = catalogue::filter(groups, query);
    let subgroups = found.into_iter().flat_map(|group| group.subgroups);
    subgroups.flat_map(|subgroup| subgroup.privileges).map(|privilege| privilege.id).collect()
}

#[component]
fn Tools(query: RwSignal<String>, shown: Shown, offered: usize) -> impl IntoView {
    let app = App::here();
    let id = Name::Privileges.id();
    let error = app.error_of(Name::Privileges);
    let count = move || i18n::privileges_chosen(app.draft(|draft| draft.privileges.len()));
    let found = move || {
        let found = shown.with(BTreeSet::len);
        if found == offered { String::new() } else { i18n::privileges_found(found, offered) }
    };
    html! {
        <div class="privileges__tools">
            <Field id=id label="Search privileges" error=error>
                <input
                    id=id
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    translate="no"
                    placeholder="Routing, premium:user:places …"
                    class=move || input_class(error.with(Option::is_some))
                    aria-describedby=described_by(id)
                    prop:value=query
                    on:input=move |event| query.set(event_target_value(&event))
                    // Enter searches, which has happened by typing; it must not leave the step.
                    on:keydown=move |event| if event.key() == "Enter" { event.prevent_default() }
                />
            </Field>
            <p class="hint" role="status">
                <b>{count}</b>
                {move || { let found = found(); if found.is_empty() { found } else { format!(" · {found}") } }}
            </p>
        </div>
    }
}

/// What the draft holds and this account does not have, kept and named instead of dropped.
#[component]
fn Unavailable(groups: StoredValue<Vec<Group>>) -> impl IntoView {
    let app = App::here();
    let missing = Memo::new(move |_| {
        let offered = groups.with_value(|groups| ids(groups, ""));
        app.draft(|draft| draft.privileges.difference(&offered).cloned().collect::<Vec<_>>())
    });
    let row = move |id: PrivilegeId| {
        let label = id.0.clone();
        html! {
            <label class="choice">
                <input
                    type="checkbox"
                    class="choice__mark"
                    prop:checked=true
                    on:change=move |_| app.edit(|draft| { draft.privileges.remove(&id); })
                />
                <code>{label}</code>
            </label>
        }
    };
    html! {
        <fieldset class="notice notice--warning" hidden=move || missing.with(Vec::is_empty)>
            <legend class="notice__title">{"Chosen before, but not available to this account"}</legend>
            <p>{"The portal would refuse these. Clear them, or ask your administrator for them."}</p>
            {move || missing.get().into_iter().map(row).collect_view()}
        </fieldset>
    }
}

fn group_view(app: App, shown: Shown, group: Group) -> impl IntoView {
    let ids: Vec<PrivilegeId> = group
        .subgroups
        .iter()
        .flat_map(|subgroup| &subgroup.privileges)
        .map(|privilege| privilege.id.clone())
        .collect();
    html! {
        <fieldset class="privileges__group" hidden=move || none_shown(shown, &ids)>
            <legend class="privileges__title">{group.title}</legend>
            {group.subgroups.into_iter().map(move |subgroup| subgroup_view(app, shown, subgroup)).collect_view()}
        </fieldset>
    }
}

fn subgroup_view(app: App, shown: Shown, subgroup: SubGroup) -> impl IntoView {
    let ids: Vec<PrivilegeId> = subgroup.privileges.iter().map(|privilege| privilege.id.clone()).collect();
    html! {
        <fieldset class="privileges__subgroup" hidden=move || none_shown(shown, &ids)>
            <legend class="privileges__subtitle">{subgroup.title}</legend>
            <div class="privileges__rows">
                {subgroup.privileges.into_iter().map(move |privilege| row(app, shown, privilege)).collect_view()}
            </div>
        </fieldset>
    }
}

fn none_shown(shown: Shown, ids: &[PrivilegeId]) -> bool {
    shown.with(|shown| !ids.iter().any(|id| shown.contains(id)))
}

fn row(app: App, shown: Shown, privilege: Privilege) -> impl IntoView {
    let id = StoredValue::new(privilege.id.clone());
    let label_id = format!("privilege-{}", privilege.id.0);
    let about_id = format!("{label_id}-about");
    let about = i18n::privilege_about(&privilege);
    html! {
        <div class="privileges__row" hidden=move || id.with_value(|id| shown.with(|shown| !shown.contains(id)))>
            <label class="choice">
                <input
                    type="checkbox"
                    class="choice__mark"
                    aria-labelledby=label_id.clone()
                    aria-describedby=about_id.clone()
                    prop:checked=move || id.with_value(|id| app.draft(|draft| draft.privileges.contains(id)))
                    on:change=move |event| {
                        let id = id.get_value();
                        let checked = event_target_checked(&event);
                        app.edit(|draft| if checked { draft.privileges.insert(id); } else { draft.privileges.remove(&id); });
                    }
                />
                <span class="privileges__words">
                    <span id=label_id>{privilege.label}</span>
                    <span class="privileges__id" id=about_id>
                        <code translate="no">{privilege.id.0}</code>
                        {about}
                    </span>
                </span>
            </label>
        </div>
    }
}

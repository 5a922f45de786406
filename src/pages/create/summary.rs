//! Step 5: everything chosen, and whether the key is generated now.

pub mod share;

use key_wizard_core::{
    credential::{
        draft::{Draft, GrantedItem, KeyChoice},
        expiration::Expiration,
        privilege,
    },
    route::Step,
};
use web_sys::Node;

use crate::{
    i18n,
    pages::labels::privilege_labels,
    platform::{embedder, time},
    state::App,
    ui::{
        button::{Variant, button},
        dom::{El, Read, el, group, nothing, read, show, switch},
        notice::{Severity, notice, paragraph},
    },
};
use share::reuse;

/// The fields of the step.
pub fn summary(app: App) -> Node {
    let line = move |of: fn(&Draft) -> String| read(move || vec![app.draft.read(of)]);
    let rows = [
        row(app, "Expiration date", Step::Credentials, line(expiration)),
        row(app, "Referrers", Step::Credentials, read(move || app.draft.read(referrers))),
        row(app, "Privileges", Step::Privileges, read(move || privilege_labels(app))),
        row(app, "Item access", Step::ItemAccess, read(move || app.draft.read(items))),
        row(app, "Title", Step::Details, line(|draft| draft.title.trim().to_owned())),
        row(app, "Folder", Step::Details, line(folder)),
        row(app, "Tags", Step::Details, line(|draft| draft.tags.clone())),
        row(app, "Summary", Step::Details, line(|draft| draft.summary.clone())),
    ];
    let choices = el("fieldset")
        .class("stack stack--close")
        .with(el("legend").class("field__label").text("The API key"))
        .with(choice(app, KeyChoice::Now, "Generate the API key now. I am ready to copy and save the key."))
        .with(choice(app, KeyChoice::Later, "Create the credential and generate the key later."));
    group([
        el("dl").class("summary_list").with_all(rows.into_iter().map(Into::into)).into(),
        warning(app),
        twin(app),
        choices.into(),
        if embedder::is_alone() { reuse(app).into() } else { nothing() },
    ])
}

fn row(app: App, name: &str, step: Step, values: Read<Vec<String>>) -> El {
    let id = ["summary-", &name.to_ascii_lowercase().replace(' ', "-")].concat();
    let change = button("Change", Variant::Link, move || app.navigation.change(step)).attr("aria-describedby", &id);
    el("div")
        .class("summary_list__row")
        .with(el("dt").class("summary_list__key").id(&id).text(name))
        .with(el("dd").class("summary_list__value").with(switch(move || values(), |values| lines(values).into())))
        .with(el("dd").class("summary_list__action").with(change))
}

/// Values one below the other; one word stands for none.
pub fn lines(values: &[String]) -> El {
    let list = el("ul").class("summary_list__values");
    let mut shown = values.iter().filter(|value| !value.trim().is_empty()).peekable();
    if shown.peek().is_none() {
        return list.with(el("li").text(i18n::NONE));
    }
    list.with_all(shown.map(|value| el("li").with(el("bdi").text(value)).into()))
}

fn expiration(draft: &Draft) -> String {
    match Expiration::parse(&draft.expiration, time::now()) {
        Ok(expiration) => i18n::works_until(&time::utc_instant(expiration.at()), &time::local_instant(expiration.at())),
        Err(_) => draft.expiration.clone(),
    }
}

fn referrers(draft: &Draft) -> Vec<String> {
    match draft.referrers.is_empty() {
        true => vec![i18n::ANY_REFERRER.to_owned()],
        false => draft.referrers.clone(),
    }
}

/// The chosen items. Titles can be alike, so each has its id.
fn items(draft: &Draft) -> Vec<String> {
    let words = |item: &GrantedItem| match item.is_unknown() {
        true => item.title.clone(),
        false => format!("{} ({}, {})", item.title, item.kind, item.id.0),
    };
    draft.items.iter().map(words).collect()
}

fn folder(draft: &Draft) -> String {
    match draft.folder.trim() {
        "" => i18n::ROOT_FOLDER.to_owned(),
        folder => folder.to_owned(),
    }
}

/// What a person should know before pressing `Create`.
fn warning(app: App) -> Node {
    let personal = move || app.draft.read(|draft| draft.privileges.iter().any(privilege::is_personal));
    show(personal, || {
        notice(Severity::Warning, "Keep this key out of public pages")
            .with(paragraph(
                "Some of these privileges act on your content, members or organization. Whoever reads the key can \
                 use them in your name. Use it in private apps and scripts only.",
            ))
            .into()
    })
}

/// The title is in use: no reason to wait, and none to refuse.
fn twin(app: App) -> Node {
    app.jobs.find_duplicate_title();
    switch(
        move || app.content.duplicate_title(),
        |duplicate| {
            let Some((item, folder)) = duplicate else { return nothing() };
            let place = i18n::operation::twin(item, folder);
            notice(Severity::Warning, i18n::operation::TWIN)
                .attr("role", "status")
                .with(paragraph(&place).with(el("bdi").text(folder)).text(i18n::operation::TWIN_ALLOWED))
                .into()
        },
    )
}

fn choice(app: App, choice: KeyChoice, words: &str) -> El {
    let mark = el("input")
        .attr("type", "radio")
        .attr("name", "key-choice")
        .class("choice__mark")
        .live_checked(move || app.draft.read(|draft| draft.key == choice))
        .on("change", move |_| app.draft.edit(|draft| draft.key = choice));
    el("label").class("choice choice--boxed").with(mark).with(el("span").text(words))
}

//! Where step 2 may start, too: the person's own program, whose needs are listed, ticked and chosen at one press.

use std::rc::Rc;

use key_wizard_core::{
    credential::{
        catalogue::Group,
        code::{Availability, Finding, Need, Place, Suggestion},
    },
    portal::{id::ItemId, search::Page},
};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::{labels::privilege_name, words},
    platform::focus,
    state::{
        App,
        code::{Code, Outcome},
        loadable::Loadable,
    },
    ui::{
        button::{Variant, button},
        dom::{El, IntoView, el, nothing, show, switch, ticked, typed},
        field::{control, field},
    },
};

/// The id of the field.
const FIELD: &str = "your-code";

/// The endings of the files that programs are in, for the dialog that chooses some.
const ENDINGS: &str =
    ".js,.mjs,.jsx,.ts,.tsx,.vue,.svelte,.py,.swift,.kt,.kts,.java,.cs,.dart,.r,.html,.htm,.json,.txt";

/// The fields, folded, and what is found.
pub fn code(app: App, groups: Rc<Vec<Group>>) -> El {
    let code = Code::new(app);
    let field_words = words::field(FIELD, Label::YourCode, Some(Label::YourCodeHint));
    let pasted = control("textarea", &field_words)
        .attr("rows", "6")
        // Its own text is not read back: only pasting, typing and choosing change it.
        .prop("value", move || {
            code.emptied();
            String::new()
        })
        .on("input", move |event| code.read_text(typed(&event)));
    let file_words = words::field("code-files", Label::CodeFiles, Some(Label::CodeFilesHint));
    let files = control("input", &file_words)
        .attr("type", "file")
        .attr("multiple", "")
        .attr("accept", ENDINGS)
        .on("change", move |event| code.read_files(&event));
    let body = el("div")
        .class("stack")
        .child(field(&field_words, pasted))
        .child(field(&file_words, files))
        .child(found(code, groups, (FIELD, Label::FoundInCode)));
    el("details")
        .class("aside")
        .attr("open", move || code.has_files())
        .child(el("summary").text(text(Label::StartFromCode)))
        .child(body)
}

/// What is found, to be ticked and chosen, and what came of it. The focus goes to the field then.
pub fn found(code: Code, groups: Rc<Vec<Group>>, (home, name): (&'static str, Label)) -> Node {
    let offered = groups.clone();
    let list = switch(
        move || (code.findings(), code.suggestions(&offered), code.items()),
        move |(findings, suggestions, items)| rows(code, name, (findings, suggestions, items)),
    );
    let choose = show(
        move || code.can_choose(),
        move || {
            let groups = groups.clone();
            let press = move || {
                code.choose(&groups);
                focus::on(home);
            };
            button(&text(Label::ChooseThese), Variant::Plain, press)
        },
    );
    let status = el("p").class("hint").attr("role", "status").text(move || said(&code.outcome()));
    (list, choose, status).into_view()
}

fn said(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Open => String::new(),
        Outcome::NotLoaded => text(Label::CodeNotRead),
        Outcome::NothingFound => text(Label::NothingInCode),
        Outcome::Chosen { privileges, items, lacking } => {
            let names = |ids: &[_]| ids.iter().map(privilege_name).collect::<Vec<_>>();
            let (gives, lacks) = (names(privileges), names(lacking));
            text(Message::ChosenFromCode { gives: &gives, items, lacks: &lacks })
        }
    }
}

fn rows(code: Code, name: Label, (findings, suggestions, items): (&[Finding], &[Suggestion], &Loadable<Page>)) -> Node {
    if findings.is_empty() {
        return nothing();
    }
    let privileges = suggestions.iter().map(|it| privilege(code, it).into_view());
    let items = findings.iter().filter_map(|it| match &it.need {
        Need::Item(id) => Some(item(code, id, &it.places, items).into_view()),
        Need::Privilege(_) => None,
    });
    let list = el("ul").class("picked picked--long").attr("aria-label", text(name)).attr("tabindex", "0");
    list.children(privileges).children(items).into_view()
}

fn privilege(code: Code, suggestion: &Suggestion) -> El {
    let Suggestion { id, availability, places } = suggestion;
    let note = match availability {
        Availability::Offered => None,
        Availability::Lacking => Some(Label::AccountLacks),
        Availability::Closed => Some(Label::PrivateUseClosed),
    };
    row(code, &id.0, &privilege_name(id), places, note.map(text), *availability == Availability::Offered)
}

/// An item, and whether the key needs access to it.
fn item(code: Code, id: &ItemId, places: &[Place], items: &Loadable<Page>) -> El {
    let (mut title, mut is_grantable) = (id.0.as_str(), false);
    let note = match items {
        Loadable::Waiting => text(Label::Searching),
        Loadable::Failed(error) => text(Message::SearchFailed { error, is_empty: true }),
        Loadable::Ready(page) => match page.items.iter().find(|it| it.id == *id) {
            None => text(Label::ItemOfOthers),
            Some(found) => {
                title = &found.title;
                is_grantable = !found.is_public();
                match is_grantable {
                    true => [&*found.kind, " · ", &text(Message::SharedWith(&found.access))].concat(),
                    false => text(Label::ItemIsPublic),
                }
            }
        },
    };
    row(code, &id.0, title, places, Some(note), is_grantable)
}

/// Its box, what it is, where it shows, and what is to be said of it. What cannot be chosen has a box that is off.
fn row(code: Code, id: &str, name: &str, places: &[Place], note: Option<String>, can_be_chosen: bool) -> El {
    let (key, own) = (id.to_owned(), id.to_owned());
    let mark = el("input")
        .attr("type", "checkbox")
        .class("choice__mark")
        .prop("checked", move || can_be_chosen && code.is_ticked(&key))
        .attr("disabled", move || !can_be_chosen)
        .on("change", move |event| code.tick(&own, ticked(&event)));
    // Layers are often called like their items.
    let places = Some(text(Message::CodePlaces(places))).filter(|places| places != name);
    let about: Vec<String> = places.into_iter().chain(note).collect();
    let words = el("span")
        .class("privileges__words")
        .child(el("bdi").text(name))
        .child(el("span").class("privileges__id").child(el("bdi").attr("translate", "no").text(about.join(" · "))));
    el("li").class("picked__entry").child(el("label").class("choice").child(mark).child(words))
}

//! On the Summary and after the key: the answers as a link, as HTML and as the element for somebody's page, and as a recipe
//! file.

use web_sys::Node;

use crate::{
    i18n::{Label, text},
    pages::words,
    platform::embedder,
    state::{App, prefill::Shared},
    ui::{
        button::Variant,
        copy_button::copy_button,
        dom::{el, group, nothing, switch},
        notice::paragraph,
    },
};

/// The part of the page, closed until the person opens it. Links lead to the page itself, so that there are none in a page
/// around it.
pub fn reuse(app: App) -> Node {
    if !embedder::is_alone() {
        return nothing();
    }
    el("details")
        .class("aside")
        .with(el("summary").text(&text(Label::Share)))
        .with(el("div").class("stack stack--close").with(paragraph(&text(Label::ShareLead))).with(switch(
            // Nothing else that is shared changes while these pages are on the screen.
            move || app.draft.read(|draft| (draft.withheld.len(), draft.unresolved.len())),
            move |&(_, unresolved)| match unresolved {
                0 => ways(&app.shared()),
                // A link without them would lose the restrictions in silence.
                _ => paragraph(&text(Label::ShareUnresolved)).into(),
            },
        )))
        .into()
}

fn ways(shared: &Shared) -> Node {
    let recipe = el("a")
        .class(Variant::Plain.class())
        .attr("href", &shared.recipe)
        .attr("download", "api-key-recipe.json")
        .text(&text(Label::DownloadRecipe));
    let links = match shared.link.is_empty() {
        true => paragraph(&text(Label::TooLongForLink)).into(),
        false => group([copied(Label::CopyLink, &shared.link), copied(Label::CopyHtmlButton, &shared.button)]),
    };
    let element = copied(Label::CopyElement, &shared.element);
    group([links, element, el("div").class("button-row").with(recipe).into()])
}

fn copied(label: Label, content: &str) -> Node {
    group([
        el("p").with(el("code").attr("translate", "no").text(content)).into(),
        copy_button(&words::copy(label), content.to_owned()).into(),
    ])
}

//! On the Summary and after the key: the answers as a link, as HTML, as the element for another page, and as a recipe
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
        dom::{IntoView, el, nothing, switch},
        notice::paragraph,
    },
};

/// The section, collapsed at first. Links lead to the app's own page, so there are none in an embedding page.
pub fn share(app: App) -> Node {
    if !embedder::is_alone() {
        return nothing();
    }
    el("details")
        .class("aside")
        .child(el("summary").text(text(Label::Share)))
        .child(el("div").class("stack stack--close").child(paragraph(&text(Label::ShareLead))).child(switch(
            // Nothing else that is shared changes while these pages are on the screen.
            move || app.draft.read(|draft| (draft.withheld.len(), draft.unresolved.len())),
            move |&(_, unresolved)| match unresolved {
                0 => ways(&app.shared()),
                // A link without them would lose the restrictions silently.
                _ => paragraph(&text(Label::ShareUnresolved)).into_view(),
            },
        )))
        .into_view()
}

fn ways(shared: &Shared) -> Node {
    let recipe = el("a")
        .class(Variant::Plain.class())
        .attr("href", &shared.recipe)
        .attr("download", "api-key-recipe.json")
        .text(text(Label::DownloadRecipe));
    let links = match shared.link.is_empty() {
        true => paragraph(&text(Label::TooLongForLink)).into_view(),
        false => (copied(Label::CopyLink, &shared.link), copied(Label::CopyHtmlButton, &shared.button)).into_view(),
    };
    let element = copied(Label::CopyElement, &shared.element);
    (links, element, el("div").class("button-row").child(recipe)).into_view()
}

fn copied(label: Label, content: &str) -> Node {
    (
        el("p").child(el("code").attr("translate", "no").text(content)),
        copy_button(&words::copy(label), content.to_owned()),
    )
        .into_view()
}

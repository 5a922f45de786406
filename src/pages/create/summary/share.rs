//! On the Summary: the answers as a link, as HTML for somebody's page, and as a recipe file.

use web_sys::Node;

use crate::{
    state::{App, prefill::Shared},
    ui::{
        button::Variant,
        copy_button::copy_button,
        dom::{El, el, group, switch},
        notice::paragraph,
    },
};

/// The part of the page, closed until the person opens it.
pub fn reuse(app: App) -> El {
    let words = "Each of these opens this page filled in like now, for you or for readers of your documentation. None \
                 of them holds a secret; everybody signs in and presses Create for themselves.";
    el("details").class("aside").with(el("summary").text("Use these answers again")).with(
        el("div").class("stack stack--close").with(paragraph(words)).with(switch(
            // All else that changes while the Summary is on the screen is not shared.
            move || app.draft.read(|draft| draft.withheld.len()),
            move |_| ways(&app.shared()),
        )),
    )
}

fn ways(shared: &Shared) -> Node {
    let recipe = el("a")
        .class(Variant::Plain.class())
        .attr("href", &shared.recipe)
        .attr("download", "api-key-recipe.json")
        .text("Download recipe");
    let links = match shared.link.is_empty() {
        true => paragraph("This is too much for a link.").into(),
        false => group([copied("Copy link", &shared.link), copied("Copy HTML button", &shared.button)]),
    };
    group([links, el("div").class("button-row").with(recipe).into()])
}

fn copied(words: &str, text: &str) -> Node {
    group([
        el("p").with(el("code").attr("translate", "no").text(text)).into(),
        copy_button(words, text.to_owned()).into(),
    ])
}

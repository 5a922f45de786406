//! The frame of every page: the product's name, the account and portal, and signing out.

use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    platform::{embedder, focus, window_events},
    state::{
        App,
        session::{Person, Phase},
    },
    ui::{
        button::{Variant, button},
        dom::{self, El, IntoView, el, nothing, on_mount, switch},
    },
};

/// The id of the heading that takes focus when a page opens.
pub const HEADING: &str = "page-heading";

/// Header and main part of a page.
pub fn frame(app: App, main: impl IntoIterator<Item = Node>) -> Node {
    let account = switch(
        move || app.session.phase(),
        move |phase| match phase {
            Phase::SignedIn(person) => signed_in(app, person),
            Phase::ByHand(root) => not_signed_in(app, root.host()),
            _ => nothing(),
        },
    );
    let bar = el("div").class("frame__bar").child(el("span").class("frame__name").text(text(Label::ProductName)));
    // A page has one of each landmark, and an element is only part of a page.
    let (header, body) = if embedder::is_alone() { ("header", "main") } else { ("div", "div") };
    (el(header).class("frame__header").child(bar.child(account)), el(body).class("frame__main").children(main))
        .into_view()
}

fn signed_in(app: App, person: &Person) -> Node {
    let account = &person.account;
    let bdi = |words: &str| el("bdi").text(words);
    let words: El = el("p")
        .class("frame__account")
        .attr("translate", "no")
        .child(el("b").child(bdi(&account.full_name)))
        .text(" (")
        .child(bdi(&account.username.0))
        .text(")")
        .child(el("br"))
        .child(bdi(&account.org_name))
        .text(" · ")
        .child(bdi(person.host()));
    (words, button(&text(Label::SignOut), Variant::Small, move || app.ask_to_sign_out())).into_view()
}

fn not_signed_in(app: App, host: &str) -> Node {
    let words = el("p")
        .class("frame__account")
        .text(text(Label::NotSignedIn))
        .child(el("br"))
        .child(el("bdi").attr("translate", "no").text(host));
    (words, button(&text(Label::SignIn), Variant::Small, move || app.leave_by_hand())).into_view()
}

/// The heading of a page: takes focus when the page opens, and gives the document its title.
pub fn heading(words: &str) -> El {
    let name = text(Label::AppTitle);
    let title = if words == name { name } else { text(Message::DocumentTitle(words)) };
    on_mount(move || {
        window_events::set_title(&title);
        focus::on_heading(HEADING);
    });
    dom::heading(1).id(HEADING).attr("tabindex", "-1").text(words)
}

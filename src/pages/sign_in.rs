//! The sign-in page: what this is, which portal, and the ways in.

mod attempt;
mod by_hand;
pub mod custom_portal;

use key_wizard_core::{
    config::{ConfiguredPortal, PortalChoice},
    message::News,
    route::Step,
};
use web_sys::Node;

use attempt::{SignInAttempt, leaving, news_box};
use by_hand::by_hand;
use custom_portal::other_portal;

pub use attempt::portal_said;

use super::{layout::heading, prefill_notices, words};
use crate::{
    i18n::{Label, Message, text},
    platform::{embedder, location},
    state::App,
    ui::{
        button::{Variant, button, row},
        copy_button::copy_button,
        dom::{Callback, El, IntoView, Signal, el, show, switch, watch},
        field::{control, field, select_field},
        notice::paragraph,
    },
};

/// The id of the `Sign in` button, which is the same in `index.html`.
const SIGN_IN: &str = "sign-in";

/// The page, with news if there is any.
pub fn sign_in_page(app: App, news: Option<&News>) -> Node {
    let attempt = SignInAttempt::new(app);
    let target = move || app.session.target(&chosen(app));
    let ask = move || target().into_iter().for_each(|target| attempt.ask(target));
    let sign_in = move || target().into_iter().for_each(|target| attempt.leave(target));
    let came_back = move || app.returned_without_callback(target());
    let way_in = switch(
        move || chosen(app) == PortalChoice::Custom,
        move |other| match other {
            true => other_portal(app).into_view(),
            false => {
                let button = leaving(app, button(&text(Label::SignIn), Variant::Primary, sign_in)).id(SIGN_IN);
                let button = button.on("pointerenter", move |_| ask()).on("focus", move |_| ask());
                row([button, by_hand(app, move || target().map(|target| target.root))]).into_view()
            }
        },
    );
    let status = move || match (app.sign_in.is_redirecting(), app.sign_in.is_popup_open()) {
        (true, _) => text(Label::LeavingForPortal),
        (_, true) => text(Label::SignInInWindow),
        _ => String::new(),
    };
    // The embedding page of an element has full access to it.
    let privacy = if embedder::is_alone() { Label::SignInPrivacy } else { Label::SignInPrivacyInPage };
    let card = el("div")
        .class("card")
        .child(portal_choice(app))
        .child(way_in)
        // Below the buttons, so that nothing moves under the pointer.
        .child(
            el("div")
                .class("stack")
                .attr("role", "status")
                .child(news.is_none().then(|| kept(app)))
                .child(el("p").class("hint").text(status))
                .child(attempt.notice(news.cloned())),
        )
        .child(show(
            move || app.sign_in.is_callback_overdue(),
            move || row([button(&text(Label::CameBackWithoutSignIn), Variant::Plain, came_back)]),
        ))
        .child(paragraph(&text(privacy)).class("hint"))
        .child(only_alone(|| recipe(app)));
    // Readers of an embedding page may not mean to sign in, so do not ask its portal yet; nor before one is chosen.
    if embedder::is_alone() {
        watch(move || {
            if is_portal_certain(app) {
                ask();
            }
        });
    }
    (
        heading(&text(Label::AppTitle)),
        news.map(news_box),
        el("p").class("lead").text(text(Label::SignInLead)),
        card,
        only_alone(registration),
        // Below the content of `index.html`, so that nothing moves when this page replaces it.
        prefill_notices::notices(app, Step::Credentials),
    )
        .into_view()
}

/// After a reload: the answers kept in this tab, and the operations that anybody began in this browser.
fn kept(app: App) -> Node {
    let has_answers = move || app.draft.is_kept() && app.draft.read(|draft| draft.has_answers());
    let waits =
        move || app.jobs.journals().waiting().map_or_else(String::new, |waiting| text(Message::Waiting(waiting)));
    let waiting = switch(waits, |waits| (!waits.is_empty()).then(|| paragraph(waits)));
    (waiting, show(has_answers, || paragraph(&text(Label::AnswersKept)))).into_view()
}

/// Content that is of no use in an embedding page.
fn only_alone<V>(build: impl FnOnce() -> V) -> Option<V> {
    embedder::is_alone().then(build)
}

/// The portal chosen here or named by a link or a recipe, else the first.
fn chosen(app: App) -> PortalChoice {
    let named = app.draft.read(|draft| draft.portal.clone());
    let portal = app.session.config(|config| config.chosen(named.as_ref()).map(|portal| portal.id.clone()));
    portal.map_or(PortalChoice::Custom, PortalChoice::Configured)
}

/// Whether there is no other portal to choose, or one was chosen.
fn is_portal_certain(app: App) -> bool {
    let is_named = app.draft.read(|draft| draft.portal.is_some());
    is_named || app.session.config(|config| config.portals.len() == 1 && !config.allow_other_portals)
}

/// Files dropped on the field are handled by the browser; those dropped beside it by `boot.js`.
fn recipe(app: App) -> El {
    let words = words::field("recipe", Label::Recipe, Some(Label::RecipeHint));
    let choose = control("input", &words).attr("type", "file").attr("accept", ".json,application/json");
    field(&words, choose.on("change", move |event| app.open_recipe(&event)))
}

fn portal_choice(app: App) -> Node {
    let row = |configured_portal: &ConfiguredPortal| {
        (
            configured_portal.id.0.clone(),
            text(Message::PortalAtHost { name: &configured_portal.name, host: configured_portal.root.host() }),
        )
    };
    let mut options: Vec<(String, String)> = app.session.config(|config| config.portals.iter().map(row).collect());
    if app.session.config(|config| config.allow_other_portals) {
        options.push((PortalChoice::Custom.id().to_owned(), text(Label::AnotherPortal)));
    }
    if let [(_, words)] = options.as_slice() {
        let value = el("p").class("field__value").child(el("b").child(el("bdi").text(words)));
        return el("div")
            .class("field")
            .child(el("p").class("field__label").text(text(Label::Portal)))
            .child(value)
            .into_view();
    }
    let words = words::field("portal", Label::Portal, None);
    let choose = Callback::new(move |id: String| {
        app.draft.edit(|draft| draft.portal = Some(PortalChoice::of_id(&id)));
    });
    select_field(&words, options, Signal::derive(move || chosen(app).id().to_owned()), choose).into_view()
}

/// The values that an operator copies to register this page with a portal.
fn registration() -> El {
    let address = location::redirect_uri();
    let body = el("div")
        .class("stack stack--close")
        .child(paragraph(&text(Label::RegisterThisPage)))
        .child(el("p").child(el("code").attr("translate", "no").text(&address)))
        .child(copy_button(&words::copy(Label::CopyRedirectUri), address));
    el("details").class("aside").child(el("summary").text(text(Label::RunningThisPage))).child(body)
}

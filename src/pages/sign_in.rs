//! The first page: what this is, which portal, and the way in.

pub mod custom_portal;
mod departure;

use key_wizard_core::{
    config::{ConfiguredPortal, PortalId},
    message::News,
    route::Step,
};
use web_sys::Node;

use custom_portal::other_portal;
use departure::{Departure, news_box};

pub use departure::portal_said;

use super::{layout::heading, prefill_notices, words};
use crate::{
    i18n::{Label, Message, text},
    platform::{embedder, location, time},
    state::App,
    ui::{
        button::{Variant, button, row},
        copy_button::copy_button,
        dom::{El, act, el, group, nothing, read, show, switch, watch},
        field::{control, field, select_field},
        notice::paragraph,
    },
};

/// The id of the `Sign in` button, which is the same in `index.html`.
const SIGN_IN: &str = "sign-in";
/// The value of the `Portal` choice that stands for an address typed by the person.
const OTHER: &str = "\u{0}other";

/// The page, with news if there is any.
pub fn sign_in_page(app: App, news: Option<&News>) -> Node {
    let departure = Departure::new(app);
    let target = move || app.session.target(&PortalId(chosen(app)));
    let ask = move || target().into_iter().for_each(|target| departure.ask(target));
    let sign_in = move || target().into_iter().for_each(|target| departure.leave(target));
    let came_back = move || app.returned_without_callback(target());
    let way_in = switch(
        move || chosen(app) == OTHER,
        move |other| match other {
            true => other_portal(app),
            false => {
                let button = leaving(app, button(&text(Label::SignIn), Variant::Primary, sign_in)).id(SIGN_IN);
                row([button.on("pointerenter", move |_| ask()).on("focus", move |_| ask())]).into()
            }
        },
    );
    let status = move || match (app.sign_in.is_redirecting(), app.sign_in.is_popup_open()) {
        (true, _) => text(Label::LeavingForPortal),
        (_, true) => text(Label::SignInInWindow),
        _ => String::new(),
    };
    let card = el("div")
        .class("card")
        .with(portal_choice(app))
        .with(way_in)
        // Below what is pressed, so that nothing moves under the pointer.
        .with(
            el("div")
                .class("stack")
                .attr("role", "status")
                .with(el("p").class("hint").live_text(status))
                .with(departure.notice(news.cloned())),
        )
        .with(show(
            move || app.sign_in.is_callback_overdue(),
            move || row([button(&text(Label::CameBackWithoutSignIn), Variant::Plain, came_back)]).into(),
        ))
        .with(paragraph(&text(Label::SignInPrivacy)).class("hint"))
        .with(only_alone(|| recipe(app).into()));
    // Nobody who reads the page around an element, or has yet to choose, need mean to sign in there.
    if embedder::is_alone() {
        watch(Box::new(move || {
            if is_portal_certain(app) {
                ask();
            }
        }));
    }
    group([
        heading(&text(Label::AppTitle)),
        news.map_or_else(nothing, |news| news_box(news).into()),
        prefill_notices::notices(app, Step::Credentials),
        el("p").class("lead").text(&text(Label::SignInLead)).into(),
        card.into(),
        only_alone(registration),
        news.map_or_else(|| kept(app), |_| nothing()),
    ])
}

/// After a reload: what is kept, and what was begun in this browser, by whomever. Last, so that it moves nothing.
fn kept(app: App) -> Node {
    let has_answers = move || !app.draft.had_no_draft() && app.draft.read(|draft| draft.has_answers(time::today()));
    let waits = move || app.jobs.journals().waiting().map_or_else(String::new, |it| text(Message::Waiting(it)));
    el("div")
        .class("stack")
        .attr("role", "status")
        .with(show(has_answers, || paragraph(&text(Label::AnswersKept)).into()))
        .with(el("p").live_text(waits))
        .into()
}

/// A button that leaves for a portal. It keeps focus while the page is on its way, which a disabled one would not.
fn leaving(app: App, button: El) -> El {
    button.live_attr("aria-disabled", move || app.sign_in.is_redirecting().then(|| "true".to_owned()))
}

/// What is of no use on somebody else's page.
fn only_alone(build: impl FnOnce() -> Node) -> Node {
    if embedder::is_alone() { build() } else { nothing() }
}

/// The portal chosen here or named by a link or a recipe, else the first.
fn chosen(app: App) -> String {
    let named = app.draft.read(|draft| draft.portal.clone());
    app.session.config(|config| {
        let is_there = named == OTHER && config.allow_other_portals || config.portals.iter().any(|it| it.id.0 == named);
        let first = || config.portals.first().map_or(OTHER.to_owned(), |it| it.id.0.clone());
        if is_there { named } else { first() }
    })
}

/// Whether there is no other portal to choose, or one was chosen.
fn is_portal_certain(app: App) -> bool {
    let is_named = app.draft.read(|draft| !draft.portal.is_empty());
    is_named || app.session.config(|config| config.portals.len() == 1 && !config.allow_other_portals)
}

/// Files dropped on the field are the browser's own doing; those dropped beside it, that of `boot.js`.
fn recipe(app: App) -> El {
    let words = words::field("recipe", Label::Recipe, Some(Label::RecipeHint));
    let choose = control("input", &words).attr("type", "file").attr("accept", ".json,application/json");
    field(&words, choose.on("change", move |event| app.open_recipe(&event)))
}

fn portal_choice(app: App) -> Node {
    let row =
        |it: &ConfiguredPortal| (it.id.0.clone(), text(Message::PortalAtHost { name: &it.name, host: it.root.host() }));
    let mut options: Vec<(String, String)> = app.session.config(|config| config.portals.iter().map(row).collect());
    if app.session.config(|config| config.allow_other_portals) {
        options.push((OTHER.to_owned(), text(Label::AnotherPortal)));
    }
    if let [(_, words)] = options.as_slice() {
        let value = el("p").class("field__value").with(el("b").with(el("bdi").text(words)));
        return el("div")
            .class("field")
            .with(el("p").class("field__label").text(&text(Label::Portal)))
            .with(value)
            .into();
    }
    let words = words::field("portal", Label::Portal, None);
    let choose = act(move |id| app.draft.edit(|draft| draft.portal = id));
    select_field(&words, options, read(move || chosen(app)), choose).into()
}

/// What whoever registers this page with a portal needs to copy.
fn registration() -> Node {
    let address = location::redirect_uri();
    let body = el("div")
        .class("stack stack--close")
        .with(paragraph(&text(Label::RegisterThisPage)))
        .with(el("p").with(el("code").attr("translate", "no").text(&address)))
        .with(copy_button(&words::copy(Label::CopyRedirectUri), address));
    el("details").class("aside").with(el("summary").text(&text(Label::RunningThisPage))).with(body).into()
}

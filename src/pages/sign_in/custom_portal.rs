//! A portal other than the configured ones: typed, checked, and confirmed by its host before leaving.

use key_wizard_core::{
    auth::target::Target,
    config::PortalChoice,
    portal::{base_url::PortalRoot, id::ClientId},
};
use leptos::prelude::*;
use web_sys::Node;

use super::{
    attempt::{SignInAttempt, leaving},
    by_hand::by_hand,
};
use crate::{
    i18n::{Label, Message, text},
    pages::words,
    platform::focus,
    state::App,
    ui::{
        button::{Variant, button, row},
        dom::{Callback, El, IntoView, Signal, el, nothing, on_mount, switch},
        field::text_field,
        notice::{Severity, notice, paragraph},
    },
};

/// The id of the address field.
const ADDRESS: &str = "portal-address";
/// The id of the client id field.
const CLIENT_ID: &str = "client-id";
/// The id of the button that leaves for the portal.
const CONTINUE: &str = "continue";

#[derive(Clone, Copy)]
struct Form {
    address: RwSignal<String>,
    client_id: RwSignal<String>,
    /// Whether a button that needs the address was pressed, so that its problem is shown.
    is_address_tried: RwSignal<bool>,
    /// The same for the client id.
    is_client_id_tried: RwSignal<bool>,
    confirming: RwSignal<bool>,
}

impl Form {
    /// The portal of the address; if it is invalid, shows and focuses the problem.
    fn root(self) -> Option<PortalRoot> {
        let root = self.address.with_untracked(|address| PortalRoot::parse(address)).ok();
        if root.is_none() {
            self.is_address_tried.set(true);
            focus::on(ADDRESS);
        }
        root
    }

    fn target(self) -> Option<Target> {
        let root = self.address.with_untracked(|address| PortalRoot::parse(address)).ok()?;
        let client_id = self.client_id.with_untracked(|id| ClientId(id.trim().to_owned()));
        (!client_id.0.is_empty()).then_some(Target { portal: PortalChoice::Custom, root, client_id })
    }

    /// Replaces the button by the question, or shows a problem; focuses either.
    fn proceed(self) {
        self.is_client_id_tried.set(true);
        let is_complete = self.target().is_some();
        self.confirming.set(is_complete);
        if self.root().is_some() {
            focus::on(if is_complete { CONTINUE } else { CLIENT_ID });
        }
    }

    fn change(self, field: RwSignal<String>, text: String) {
        self.confirming.set(false);
        field.set(text);
    }
}

/// Address and client id, then the question whether this is the right host.
pub fn other_portal(app: App) -> El {
    let form = Form {
        address: RwSignal::new(app.draft.read_once(|draft| draft.typed_portal.clone())),
        client_id: RwSignal::new(String::new()),
        is_address_tried: RwSignal::new(false),
        is_client_id_tried: RwSignal::new(false),
        confirming: RwSignal::new(false),
    };
    let confirm = switch(
        move || form.confirming.get(),
        move |confirming| match form.target().filter(|_| *confirming) {
            Some(target) => question(app, target).into_view(),
            None => {
                let sign_in = button(&text(Label::SignIn), Variant::Primary, move || form.proceed());
                row([sign_in, by_hand(app, move || form.root())]).into_view()
            }
        },
    );
    el("div").class("stack").child(address_field(form)).child(client_field(form)).child(confirm)
}

fn address_field(form: Form) -> El {
    let error = Signal::derive(move || {
        let problem = form.address.with(|address| PortalRoot::parse(address)).err();
        problem.filter(|_| form.is_address_tried.get()).map(|problem| text(Message::PortalAddressProblem(&problem)))
    });
    let words = words::field(ADDRESS, Label::PortalAddress, Some(Label::PortalAddressHint));
    let value = Signal::derive(move || form.address.get());
    let field = text_field(&words.checked(error), value, Callback::new(move |text| form.change(form.address, text)));
    el("div").class("stack stack--close").child(field).child(suggestion(form))
}

/// The address that was probably meant, as a button.
fn suggestion(form: Form) -> Node {
    let meant = move || {
        let is_told = form.is_address_tried.get() && form.address.with(|address| PortalRoot::parse(address)).is_err();
        is_told.then(|| form.address.with(|address| PortalRoot::meant(address))).flatten()
    };
    switch(meant, move |meant| {
        let Some(root) = meant.clone() else { return nothing() };
        row([button(&text(Message::UsePortal(&root)), Variant::Small, move || {
            form.change(form.address, root.clone());
            focus::on(ADDRESS);
        })])
        .into_view()
    })
}

fn client_field(form: Form) -> El {
    let error = Signal::derive(move || {
        let missing = form.client_id.with(|id| id.trim().is_empty()) && form.is_client_id_tried.get();
        missing.then(|| text(Label::ClientIdMissing))
    });
    let words = words::field(CLIENT_ID, Label::ClientId, Some(Label::ClientIdHint)).checked(error);
    let value = Signal::derive(move || form.client_id.get());
    let field = text_field(&words, value, Callback::new(move |text| form.change(form.client_id, text)));
    let hint = move || match form.client_id.with(|id| ClientId(id.trim().to_owned()).looks_like_item_id()) {
        true => text(Label::ClientIdIsItemId),
        false => String::new(),
    };
    el("div").class("stack stack--close").child(field).child(el("p").class("hint").attr("role", "status").text(hint))
}

fn question(app: App, target: Target) -> El {
    let host = target.root.host().to_owned();
    let attempt = SignInAttempt::new(app);
    let asked = target.clone();
    on_mount(move || attempt.ask(asked));
    let go = button(&text(Message::ContinueTo(&host)), Variant::Primary, move || attempt.leave(target.clone()));
    let go = go.id(CONTINUE);
    notice(Severity::Warning, &text(Message::IsYourPortal(&host)))
        .child(paragraph(&text(Label::CustomPortalConsequence)))
        .child(row([leaving(app, go)]))
        .child(el("div").attr("role", "status").child(attempt.notice(None)))
}

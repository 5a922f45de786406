//! Another portal than the configured ones: typed, checked, and confirmed by its host before leaving.

use leptos::prelude::*;

use super::App;
use crate::{
    auth::sign_in::Target,
    config::PortalId,
    html, i18n,
    portal::{id::ClientId, root::PortalRoot},
    ui::{
        button::{Button, Look},
        field::TextField,
        notice::{Notice, Tone},
    },
};

/// The id under which a typed portal goes; no configured portal can have it, since ids are not empty.
pub const TYPED: &str = "";

/// Address and client id, then the question whether this is the right host.
#[component]
pub fn OtherPortal() -> impl IntoView {
    let app = App::here();
    let address = RwSignal::new(String::new());
    let client_id = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let confirming = RwSignal::new(None::<Target>);
    let root = move || address.with(|address| PortalRoot::parse(address));
    let address_error = Signal::derive(move || {
        let problem = root().err().filter(|_| tried.get())?;
        Some(i18n::config::root_problem(&problem))
    });
    let client_error = Signal::derive(move || {
        let missing = tried.get() && client_id.with(|id| id.trim().is_empty());
        missing.then(|| "Enter the client id of this page in that portal.".to_owned())
    });
    let proceed = move || {
        tried.set(true);
        let client_id = client_id.with_untracked(|id| ClientId(id.trim().to_owned()));
        if let Ok(root) = root().as_ref()
            && !client_id.0.is_empty()
        {
            confirming.set(Some(Target { portal_id: PortalId(TYPED.to_owned()), root: root.clone(), client_id }));
        }
    };
    html! {
        <TextField
            id="portal-address"
            label="Portal address"
            hint="Such as https://gis.example.com/portal"
            error=address_error
            required=true
            value=address
            on_input=move |text| { address.set(text); confirming.set(None); }
        />
        <TextField
            id="client-id"
            label="Client ID"
            hint="Of the OAuth credentials registered in that portal for this page."
            error=client_error
            required=true
            value=client_id
            on_input=move |text| { client_id.set(text); confirming.set(None); }
        />
        {move || match confirming.get() {
            None => html! {
                <div class="button-row"><Button words="Sign in" look=Look::Primary on_press=proceed /></div>
            }.into_any(),
            Some(target) => html! { <Confirm app=app target=target /> }.into_any(),
        }}
    }
}

#[component]
fn Confirm(app: App, target: Target) -> impl IntoView {
    let host = target.root.host().to_owned();
    let words = format!("Continue to {host}");
    html! {
        <Notice tone=Tone::Warning title=format!("Is {host} your portal?")>
            <p>{"You are about to sign in there, and to let this page act for you there. Go on only if you know this host."}</p>
            <div class="button-row">
                <Button words=words look=Look::Primary disabled=app.leaving on_press=move || app.leave_for(target.clone()) />
            </div>
        </Notice>
    }
}

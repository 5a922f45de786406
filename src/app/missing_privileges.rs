//! Told before step 1: which privileges this account lacks to make keys, with a text for the administrator.

use leptos::prelude::*;

use super::{App, frame::Heading};
use crate::{
    credential::{catalogue, privilege},
    html,
    portal::id::PrivilegeId,
    ui::{
        button::Button,
        copy_button::CopyButton,
        field::Field,
        notice::{Notice, Tone},
    },
};

/// The page; `on_anyway` goes on to the wizard all the same.
#[component]
pub fn MissingPrivileges(missing: Vec<PrivilegeId>, #[prop(into)] on_anyway: Callback<()>) -> impl IntoView {
    let app = App::here();
    let text = request(app, &missing);
    let copied = text.clone();
    let surely = privilege::prevents_creation(&missing);
    html! {
        <Heading words="Your account may not create API keys" />
        <Notice tone=Tone::Warning title="These privileges are missing from your account">
            <ul>{missing.into_iter().map(row).collect_view()}</ul>
        </Notice>
        <div class="card">
            <p>{"An administrator of your organization can give them to you, through a role that has them. Your user type must be Creator or higher."}</p>
            <Field id="request" label="Text for your administrator">
                <textarea id="request" class="field__input" readonly="readonly" rows="8" prop:value=text></textarea>
            </Field>
            <CopyButton
                words="Copy text"
                done="Copied."
                denied="Your browser does not allow copying. Select the text and copy it yourself."
                text=copied
            />
        </div>
        <Show when=move || !surely>
            <div class="stack stack--close">
                <p>{"Some accounts, such as those of ArcGIS Location Platform, may create keys without being told so."}</p>
                <div class="button-row"><Button words="Try anyway" on_press=on_anyway /></div>
            </div>
        </Show>
    }
}

fn row(id: PrivilegeId) -> impl IntoView {
    html! {
        <li>
            <b>{label(&id)}</b>{" "}<code translate="no">{id.0}</code>
        </li>
    }
}

fn label(id: &PrivilegeId) -> String {
    let groups = catalogue::offered(std::slice::from_ref(id));
    catalogue::find(&groups, id).map_or_else(|| id.0.clone(), |privilege| privilege.label.clone())
}

fn request(app: App, missing: &[PrivilegeId]) -> String {
    let account = app.account();
    let lines: Vec<String> = missing.iter().map(|id| format!("- {} ({})", label(id), id.0)).collect();
    format!(
        "Hello,\n\nI would like to create API keys in {} ({}). My account {} lacks these privileges:\n\n{}\n\n\
         Could you give me a role that has them? My user type must be Creator or higher.\n\nThank you",
        account.org_name,
        app.portal_host(),
        account.username.0,
        lines.join("\n")
    )
}

//! Step 4: what the item is called and where it lies.

use leptos::prelude::*;

use crate::{
    app::App,
    credential::problem::Field as Name,
    html,
    ui::{
        combobox::Combobox,
        field::{LongTextField, TextField},
    },
};

/// The fields of the step.
#[component]
pub fn Details() -> impl IntoView {
    let app = App::here();
    html! {
        <TextField
            id=Name::Title.id()
            label="Title"
            hint="What you will look for in your content later, such as “Store finder, production”."
            error=app.error_of(Name::Title)
            required=true
            value=Signal::derive(move || app.draft(|draft| draft.title.clone()))
            on_input=move |text| app.edit(|draft| draft.title = text)
        />
        <Combobox
            id=Name::Folder.id()
            label="Folder"
            hint=Signal::derive(move || app.folder_hint())
            error=app.error_of(Name::Folder)
            options=Signal::derive(move || app.folder_titles())
            value=Signal::derive(move || app.draft(|draft| draft.folder.clone()))
            on_input=move |text| app.edit(|draft| draft.folder = text)
        />
        <TextField
            id=Name::Tags.id()
            label="Tags"
            hint="Optional. Separate them with commas."
            error=app.error_of(Name::Tags)
            value=Signal::derive(move || app.draft(|draft| draft.tags.clone()))
            on_input=move |text| app.edit(|draft| draft.tags = text)
        />
        <LongTextField
            id=Name::Summary.id()
            label="Summary"
            hint="Optional. What the key is for and who uses it."
            error=app.error_of(Name::Summary)
            value=Signal::derive(move || app.draft(|draft| draft.summary.clone()))
            on_input=move |text| app.edit(|draft| draft.summary = text)
        />
    }
}

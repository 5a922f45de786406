//! Step 4: the item's title, tags, summary and folder.

use key_wizard_core::credential::{draft::Draft, problem::Field as Name};
use web_sys::Node;

use crate::{
    i18n::{Label, Message, text},
    pages::{labels::error_of, words},
    state::{App, content::FolderOutcome},
    ui::{
        combobox::{Combobox, combobox},
        dom::{Callback, IntoView, Signal, on_mount},
        field::{FieldWords, field, text_control, text_field},
    },
};

/// The fields of the step.
pub fn details(app: App) -> Node {
    on_mount(move || app.content.fetch_again());
    let words = |name: Name, label, hint| words::field(name.id(), label, hint).checked(error_of(app, name));
    let title = words(Name::Title, Label::Title, Some(Label::TitleHint));
    let folder =
        FieldWords { hint: Signal::derive(move || folder_hint(app)), ..words(Name::Folder, Label::Folder, None) };
    let tags = words(Name::Tags, Label::Tags, Some(Label::TagsHint));
    let summary = words(Name::Summary, Label::Summary, Some(Label::SummaryHint));
    let (title_value, title_change) = text_of(app, |draft| &draft.title, |draft| &mut draft.title);
    let (folder_value, folder_change) = text_of(app, |draft| &draft.folder, |draft| &mut draft.folder);
    let (tags_value, tags_change) = text_of(app, |draft| &draft.tags, |draft| &mut draft.tags);
    let (summary_value, summary_change) = text_of(app, |draft| &draft.summary, |draft| &mut draft.summary);
    let title_control =
        text_control("input", &title, title_value, title_change).attr("type", "text").attr("aria-required", "true");
    let summary_control = text_control("textarea", &summary, summary_value, summary_change).attr("rows", "3");
    (
        field(&title, title_control),
        combobox(Combobox {
            words: folder,
            suggestions: text(Label::Suggestions),
            options: Signal::derive(move || {
                app.content.sorted_folders().into_iter().map(|folder| folder.title).collect()
            }),
            value: folder_value,
            input: folder_change,
        }),
        text_field(&tags, tags_value, tags_change),
        field(&summary, summary_control),
    )
        .into_view()
}

/// The outcome for the typed folder.
fn folder_hint(app: App) -> String {
    match app.content.folder_outcome() {
        FolderOutcome::Unknown => text(Label::FolderByHand),
        FolderOutcome::NoFolder => text(Label::FolderNone),
        FolderOutcome::Exists => text(Label::FolderExists),
        FolderOutcome::Created => text(Label::FolderNew),
        FolderOutcome::Waiting => text(Label::FoldersLoading),
        FolderOutcome::Failed(error) => text(Message::FoldersUnlisted(&error)),
    }
}

/// Reads and writes one text of the draft.
fn text_of(
    app: App,
    get: fn(&Draft) -> &String,
    get_mut: fn(&mut Draft) -> &mut String,
) -> (Signal<String>, Callback<String>) {
    let value = Signal::derive(move || app.draft.read(|draft| get(draft).clone()));
    (value, Callback::new(move |text| app.draft.edit(|draft| *get_mut(draft) = text)))
}

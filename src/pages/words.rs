//! Words for the parts of a screen, which know no language.

use crate::{
    i18n::{Label, Message, text},
    ui::{copy_button, field, removable_list::Entry},
};

/// A field of this label, with this hint.
pub fn field(id: &'static str, label: Label, hint: Option<Label>) -> field::Words {
    field::Words::plain(id, text(label), hint.map_or_else(String::new, text))
}

/// A button that copies.
pub fn copy(label: Label) -> copy_button::Words {
    copy_button::Words { copy: text(label), copied: text(Label::Copied), denied: text(Label::CopyDenied) }
}

/// An entry of a list, with what is known about it.
pub fn entry(words: &str, about: String) -> Entry {
    Entry { words: words.to_owned(), about, remove_name: text(Message::RemoveEntry(words)) }
}

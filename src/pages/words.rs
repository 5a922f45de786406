//! Texts for the parts of a screen, which know no language.

use std::rc::Rc;

use key_wizard_core::credential::draft::GrantedItem;

use crate::{
    i18n::{Label, Message, text},
    ui::{
        copy_button::CopyWords,
        field::FieldWords,
        removable_list::{Changes, Entry, ListWords},
    },
};

/// A field with this label and hint.
pub fn field(id: &'static str, label: Label, hint: Option<Label>) -> FieldWords {
    FieldWords::plain(id, text(label), hint.map_or_else(String::new, text))
}

/// The texts of a copy button.
pub fn copy(label: Label) -> CopyWords {
    CopyWords { copy: text(label), copied: text(Label::Copied), denied: text(Label::CopyDenied) }
}

/// The texts of a list of entries.
pub fn list(id: &'static str, home: &'static str, name: Label) -> ListWords {
    let changed =
        |changes: Changes<'_>| text(Message::ListChanged { added: &changes.added, removed: &changes.removed });
    ListWords {
        id,
        home,
        list: text(name),
        remove: text(Label::Remove),
        remove_all: text(Label::RemoveAll),
        changed: Rc::new(changed),
    }
}

/// An entry of a list, with what is known about it.
pub fn entry(id: &str, words: &str, about: String) -> Entry {
    Entry { id: id.to_owned(), words: words.to_owned(), about, remove_name: text(Message::RemoveEntry(words)) }
}

/// An item in a list of chosen ones.
pub fn item(item: &GrantedItem) -> Entry {
    let about = match item.is_unknown() {
        true => String::new(),
        false => [&item.kind, " · ", &text(Message::SharedWith(&item.access))].concat(),
    };
    entry(&item.id.0, &item.title, about)
}

//! Words for the parts of a screen, which know no language.

use std::rc::Rc;

use key_wizard_core::credential::draft::GrantedItem;

use crate::{
    i18n::{Label, Message, text},
    ui::{
        copy_button, field,
        removable_list::{self, Entry},
    },
};

/// A field of this label, with this hint.
pub fn field(id: &'static str, label: Label, hint: Option<Label>) -> field::Words {
    field::Words::plain(id, text(label), hint.map_or_else(String::new, text))
}

/// A button that copies.
pub fn copy(label: Label) -> copy_button::Words {
    copy_button::Words { copy: text(label), copied: text(Label::Copied), denied: text(Label::CopyDenied) }
}

/// A list of entries.
pub fn list(id: &'static str, home: &'static str, name: Label) -> removable_list::Words {
    let changed = |changes: removable_list::Changes<'_>| {
        text(Message::ListChanged { added: &changes.added, removed: &changes.removed })
    };
    removable_list::Words {
        id,
        home,
        list: text(name),
        remove: text(Label::Remove),
        remove_all: text(Label::RemoveAll),
        changed: Rc::new(changed),
    }
}

/// An entry of a list, with what is known about it.
pub fn entry(words: &str, about: String) -> Entry {
    Entry { words: words.to_owned(), about, remove_name: text(Message::RemoveEntry(words)) }
}

/// An item in a list of chosen ones.
pub fn item(item: &GrantedItem) -> Entry {
    let about = match item.is_unknown() {
        true => String::new(),
        false => [&item.kind, " · ", &text(Message::SharedWith(&item.access))].concat(),
    };
    entry(&item.title, about)
}

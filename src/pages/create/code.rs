//! A way to start step 2: the person's own program, whose needs are listed, ticked and chosen with one press.

use std::rc::Rc;

use key_wizard_core::credential::offer::Offer;

use super::findings::found;
use crate::{
    i18n::{Label, Message, text},
    pages::words,
    platform::focus,
    state::{App, code::Code, findings::Findings},
    ui::{
        button::{Variant, button, row},
        dom::{self, El, el, show, typed},
        field::{control, field},
    },
};

/// The id of the field.
const FIELD: &str = "your-code";

/// The maximum size of a pasted text that the field shows, in bytes: a megabyte freezes a browser for a second.
const MAX_SHOWN: usize = 65_536;

/// The file name extensions of programs, for the file chooser.
const ENDINGS: &str =
    ".js,.mjs,.jsx,.ts,.tsx,.vue,.svelte,.py,.ipynb,.swift,.kt,.kts,.java,.cs,.dart,.r,.html,.htm,.json,.txt";

/// The collapsible section with the fields and the findings.
pub fn code(app: App, offer: Rc<Offer>) -> El {
    let findings = Findings::new(app.draft, app.guide, app.maps);
    let code = Code::new(app.session, app.guide, findings);
    let field_words = words::field(FIELD, Label::YourCode, Some(Label::YourCodeHint));
    let pasted = control("textarea", &field_words)
        .attr("rows", "6")
        // Only ever cleared from here: pasting, typing and choosing change the text.
        .prop("value", move || {
            findings.emptied();
            String::new()
        })
        .on("paste", move |event| {
            let text = dom::pasted(&event);
            if text.len() > MAX_SHOWN {
                event.prevent_default();
                code.read_hidden_text(text);
            }
        })
        .on("input", move |event| code.read_text(typed(&event)));
    let hidden = move || if findings.is_text_hidden() { text(Label::LongTextHidden) } else { String::new() };
    let remove = move || {
        code.read_text(String::new());
        findings.clear_field();
        focus::on(FIELD);
    };
    let remove_hidden = show(
        move || findings.is_text_hidden(),
        move || {
            let name = text(Message::RemoveEntry(&text(Label::YourCode)));
            row([button(&text(Label::Remove), Variant::Small, remove).attr("aria-label", &name)])
        },
    );
    let file_words = words::field("code-files", Label::CodeFiles, Some(Label::CodeFilesHint));
    let files = control("input", &file_words)
        .attr("type", "file")
        .attr("multiple", "")
        .attr("accept", ENDINGS)
        .on("change", move |event| code.read_files(&event));
    let body = el("div")
        .class("stack")
        .child(field(&field_words, pasted))
        .child(el("p").class("hint").attr("role", "status").text(hidden))
        .child(remove_hidden)
        .child(field(&file_words, files))
        .child(found(findings, offer, FIELD, Label::FoundInCode));
    el("details")
        .class("aside")
        .attr("open", move || code.has_files())
        .child(el("summary").text(text(Label::StartFromCode)))
        .child(body)
}

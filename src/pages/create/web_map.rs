//! Where step 2 may start, too: a web map, a scene or an app of the portal, which is read, and whose needs are listed.

use std::rc::Rc;

use key_wizard_core::{
    credential::catalogue::Group,
    portal::{id::ItemId, search::id_in},
};
use leptos::prelude::{Get, RwSignal, Set, untrack};
use web_sys::Node;

use super::code;
use crate::{
    i18n::{Label, Message, text},
    pages::words,
    platform::focus,
    state::{App, code::Code, map_reader::MapReader},
    ui::{
        button::{Variant, button},
        dom::{Read, el, group, nothing, read, show, switch, typed, watch},
        field::{control, field},
    },
};

/// The id of the field.
const FIELD: &str = "your-map";

/// The field, folded, what is read, and what it needs.
pub fn web_map(app: App, groups: Rc<Vec<Group>>) -> Node {
    let (code, reader) = (Code::new(app), MapReader::new(app.session, app.content));
    let has_no_id = RwSignal::new(false);
    let begin = move |words: &str| {
        let id = id_in(words);
        has_no_id.set(id.is_none() && !words.trim().is_empty());
        reader.stop();
        if let Some(id) = id {
            reader.add(&ItemId(id.to_ascii_lowercase()));
        }
    };
    watch(Box::new(move || {
        let reading = reader.finished();
        untrack(|| code.show_map(reading));
    }));
    let words = words::field(FIELD, Label::YourMap, Some(Label::YourMapHint));
    let pasted = control("input", &words)
        .attr("type", "search")
        .live_value(move || {
            code.emptied();
            String::new()
        })
        .on("input", move |event| begin(&typed(&event)));
    let missing = read(move || match has_no_id.get() {
        true => text(Label::NoIdFound),
        false => String::new(),
    });
    let cancel = show(
        move || reader.is_reading(),
        move || {
            let press = move || {
                reader.stop();
                focus::on(FIELD);
            };
            button(&text(Label::Cancel), Variant::Plain, press).into()
        },
    );
    let body = el("div")
        .class("stack")
        .with(field(&words, pasted))
        .with(progress(reader, missing))
        .with(cancel)
        .with(code::found(code, groups, (FIELD, Label::NeededByMap)));
    el("details").class("aside").with(el("summary").text(&text(Label::StartFromMap))).with(body).into()
}

/// How far a reading has come, and what could not be read. Without a reading, something else may be said.
pub fn progress(reader: MapReader, otherwise: Read<String>) -> Node {
    let said = move || match reader.progress() {
        Some((done, of)) => text(Message::MapRead { done, of }),
        None => otherwise(),
    };
    let gaps = switch(
        move || reader.finished().map(|reading| reading.gaps()).unwrap_or_default(),
        |gaps| {
            if gaps.is_empty() {
                return nothing();
            }
            let row = |gap| el("li").class("picked__entry").with(el("bdi").text(&text(Message::MapGap(gap)))).into();
            let list = el("ul").class("picked picked--long").attr("tabindex", "0");
            list.attr("aria-label", &text(Label::NotRead)).with_all(gaps.iter().map(row)).into()
        },
    );
    group([el("p").class("hint").attr("role", "status").live_text(said).into(), gaps])
}

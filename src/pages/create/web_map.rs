//! Where step 2 may start, too: a web map, a scene or an app of the portal, which is read, and whose needs are listed.

use std::rc::Rc;

use key_wizard_core::{
    credential::{catalogue::Group, web_map::Reading},
    portal::{id::ItemId, search::id_in},
};
use leptos::prelude::{Get, GetUntracked, RwSignal, Set, untrack};
use web_sys::Node;

use super::code;
use crate::{
    i18n::{Label, Message, text},
    pages::words,
    platform::focus,
    state::{App, code::Code, maps::MapStore},
    ui::{
        button::{Variant, button},
        dom::{El, Read, el, read, show, typed, watch},
        field::{control, field},
    },
};

/// The id of the field.
const FIELD: &str = "your-map";

/// The field, folded, what is read, and what it needs.
pub fn web_map(app: App, groups: Rc<Vec<Group>>) -> Node {
    let (code, maps) = (Code::new(app), app.maps);
    maps.stop();
    // The id that was typed last; empty where there is none.
    let (last, has_no_id) = (RwSignal::new(String::new()), RwSignal::new(false));
    let begin = move |words: &str| {
        let id = id_in(words).unwrap_or_default().to_ascii_lowercase();
        has_no_id.set(id.is_empty() && !words.trim().is_empty());
        // What is typed behind the id of an address begins no other reading.
        if last.get_untracked() != id {
            last.set(id.clone());
            maps.stop();
            if !id.is_empty() {
                maps.add(&ItemId(id));
            }
        }
    };
    let is_read = move || maps.reading(Reading::is_over) == Some(true);
    let mut was = (false, 0);
    watch(Box::new(move || {
        let now = (is_read(), app.guide.version());
        if was != now {
            was = now;
            untrack(|| code.show_map());
        }
    }));
    let words = words::field(FIELD, Label::YourMap, Some(Label::YourMapHint));
    let pasted = control("input", &words)
        .attr("type", "search")
        .live_value(move || {
            code.emptied();
            last.set(String::new());
            String::new()
        })
        .on("input", move |event| begin(&typed(&event)));
    let missing = read(move || match has_no_id.get() {
        true => text(Label::NoIdFound),
        false => String::new(),
    });
    let cancel = show(
        move || maps.reading(Reading::is_over) == Some(false),
        move || {
            let press = move || {
                maps.stop();
                last.set(String::new());
                focus::on(FIELD);
            };
            button(&text(Label::Cancel), Variant::Plain, press).into()
        },
    );
    let body = el("div")
        .class("stack")
        .with(field(&words, pasted))
        .with(progress(maps, missing))
        .with(cancel)
        .with(code::found(code, groups, (FIELD, Label::NeededByMap)));
    el("details").class("aside").with(el("summary").text(&text(Label::StartFromMap))).with(body).into()
}

/// How far a reading has come, and what could not be read. Without a reading, something else may be said.
pub fn progress(maps: MapStore, otherwise: Read<String>) -> El {
    let said = |reading: &Reading| {
        let (done, of) = reading.progress();
        let gaps = if reading.is_over() { reading.gaps() } else { Vec::new() };
        text(Message::MapRead { done, of, gaps: &gaps })
    };
    let said = move || maps.reading(said).unwrap_or_else(|| otherwise());
    el("p").class("hint hint--lines").attr("role", "status").live_text(said)
}

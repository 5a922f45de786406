//! A way to start step 2: a web map, a scene or an app of the portal, which is read and whose needs are listed.

use std::rc::Rc;

use key_wizard_core::{
    credential::{
        offer::Offer,
        web_map::{Gap, Reading},
    },
    portal::{id::ItemId, search::id_in},
};
use leptos::prelude::{Get, GetUntracked, RwSignal, Set, With, on_cleanup, untrack};
use web_sys::Node;

use super::findings::found;
use crate::{
    i18n::{Label, Message, text},
    pages::words,
    platform::focus,
    state::{App, findings::Findings, maps::MapStore, web_map::WebMap},
    ui::{
        button::{Variant, button},
        dom::{El, Signal, el, show, typed, watch},
        field::{control, field},
    },
};

/// The id of the field.
const FIELD: &str = "your-map";

/// The id of the button that stops the reading.
const CANCEL: &str = "your-map-cancel";

/// The collapsible section with the field, the progress of reading, and the findings.
pub fn web_map(app: App, offer: Rc<Offer>) -> El {
    let (guide, maps) = (app.guide, app.maps);
    let findings = Findings::new(app.draft, guide, maps);
    let needs = WebMap::new(guide, maps, findings);
    on_cleanup(move || maps.stop());
    // The id typed last; empty if there is none.
    let (last, has_no_id) = (RwSignal::new(String::new()), RwSignal::new(false));
    let begin = move |words: &str| {
        let id = id_in(words).unwrap_or_default().to_ascii_lowercase();
        has_no_id.set(id.is_empty() && !words.trim().is_empty());
        // Typing after the id in an address does not restart the reading.
        if last.get_untracked() != id {
            last.set(id);
            read(app, last);
        }
    };
    let is_read = move || maps.reading(Reading::is_over) == Some(true);
    let mut was = (false, 0);
    watch(move || {
        let now = (is_read(), app.guide.version());
        if was != now {
            // The button disappears, so focus moves to the field.
            if now.0 && focus::held() == CANCEL {
                focus::on(FIELD);
            }
            was = now;
            untrack(|| needs.show());
        }
    });
    watch(move || {
        if findings.emptied() > 0 {
            last.set(String::new());
            untrack(|| maps.stop());
        }
    });
    let was_read = !untrack(|| kept(app)).is_empty();
    let words = words::field(FIELD, Label::YourMap, Some(Label::YourMapHint));
    let pasted = control("input", &words)
        .attr("type", "search")
        .prop("value", move || {
            findings.emptied();
            String::new()
        })
        .on("input", move |event| begin(&typed(&event)));
    let missing = Signal::derive(move || match has_no_id.get() {
        true => text(Label::NoIdFound),
        false => String::new(),
    });
    let body = el("div")
        .class("stack")
        .child(field(&words, pasted))
        .child(kept_map(app, last))
        .child(progress(maps, missing))
        .child(cancel(maps, last))
        .child(again(app, last))
        .child(found(findings, offer, FIELD, Label::NeededByMap));
    el("details")
        .class("aside")
        .attr("open", move || was_read)
        .child(el("summary").text(text(Label::StartFromMap)))
        .child(body)
}

/// The id of the map read last, also before a reload; empty if there is none.
fn kept(app: App) -> String {
    app.draft.read(|draft| draft.map.as_ref().map_or_else(String::new, |map| map.0.clone()))
}

/// A button that reads that map again, while no other is being read.
fn kept_map(app: App, last: RwSignal<String>) -> Node {
    let is_left = move || last.with(String::is_empty) && !kept(app).is_empty();
    show(is_left, move || {
        let press = move || {
            last.set(untrack(|| kept(app)));
            read(app, last);
            focus::on(FIELD);
        };
        let again = button("", Variant::Plain, press).text(move || text(Message::ReadMapAgain(&kept(app))));
        // Long words wrap in a paragraph; the id in the button must wrap, too.
        el("p").class("button-row").child(again)
    })
}

fn cancel(maps: MapStore, last: RwSignal<String>) -> Node {
    show(
        move || maps.reading(Reading::is_over) == Some(false),
        move || {
            let press = move || {
                maps.stop();
                last.set(String::new());
                focus::on(FIELD);
            };
            button(&text(Label::Cancel), Variant::Plain, press).id(CANCEL)
        },
    )
}

/// A button that retries what could not be read.
fn again(app: App, last: RwSignal<String>) -> Node {
    let maps = app.maps;
    let is_read = move || maps.reading(Reading::is_over) == Some(true);
    let has_gaps =
        move || maps.reading(|reading| reading.is_over() && reading.gaps().iter().any(Gap::may_go)) == Some(true);
    show(
        move || has_gaps() || is_read() && app.guide.has_failed(),
        move || {
            let press = move || {
                read(app, last);
                focus::on(FIELD);
            };
            button(&text(Label::TryAgain), Variant::Plain, press)
        },
    )
}

/// Starts reading the map with this id, and recognizing what it needs.
fn read(app: App, id: RwSignal<String>) {
    app.maps.stop();
    let id = id.get_untracked();
    if !id.is_empty() {
        app.guide.load();
        let map = ItemId(id);
        app.maps.add(&map);
        app.draft.edit(|draft| draft.map = Some(map));
    }
}

/// The progress of a reading, and what could not be read. Without a reading, shows `otherwise`.
pub fn progress(maps: MapStore, otherwise: Signal<String>) -> El {
    let said = |reading: &Reading| {
        let (done, (_, of)) = (reading.read_count(), reading.progress());
        let gaps = if reading.is_over() { reading.gaps() } else { Vec::new() };
        text(Message::MapRead { done, of, gaps: &gaps })
    };
    let said = move || maps.reading(said).unwrap_or_else(|| otherwise.get());
    // Do not announce each of two hundred answers.
    let is_busy = move || (maps.reading(Reading::is_over) == Some(false)).to_string();
    el("p").class("hint hint--lines").attr("role", "status").attr("aria-busy", is_busy).text(said)
}

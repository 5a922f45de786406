//! A virtual list of items: only the visible rows are in the page, however many the portal has.

use std::sync::Arc;

use key_wizard_core::{credential::draft::GrantedItem, portal::search::FoundItem};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent, Node};

use crate::{
    i18n::{Label, Message, text},
    platform::{embedder, focus},
    state::items_search::Search,
    ui::{
        dom::{El, IntoView, Signal, el, ticked, watch},
        keyed_rows::keep_rows,
    },
};

/// Rows kept in the page above and below the visible ones, so that scrolling shows no gaps.
const MARGIN: usize = 12;
/// Visible rows before the list has been measured.
const FIRST_SIGHT: usize = 12;
/// Rows are added and removed in groups of this size, to reduce rebuilds while scrolling.
const STEP: usize = 8;
/// Request the next page when only this many loaded rows are left below.
const AHEAD: usize = 40;

/// The visible rows: the first one, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sight {
    first: usize,
    count: usize,
}

impl Sight {
    /// The range of rows to keep in the page, of `total` loaded ones; the end is exclusive.
    fn window(self, total: usize) -> (usize, usize) {
        let first = self.first.min(total);
        let start = first.saturating_sub(MARGIN) / STEP * STEP;
        let end = (first + self.count + MARGIN).next_multiple_of(STEP);
        (start, end.min(total))
    }
}

/// The suffix of a checkbox's id.
const MARK: &str = "-mark";

/// The list with its scrolling.
pub fn items_list(search: Search) -> Node {
    let sight = RwSignal::new(Sight { first: 0, count: FIRST_SIGHT });
    let window = move || sight.get().window(search.found.with(Vec::len));
    let list = el("ul")
        .class("items__list picked")
        .attr("aria-label", text(Label::ItemsFound))
        .attr("tabindex", "0")
        .attr("hidden", move || search.found.with(Vec::is_empty));
    let element = list.html();
    begin_at_top(search, element.clone(), sight);
    let pressed = element.clone();
    let list = list.on("keydown", move |event| walk(search, &pressed, &event, sight));
    let before = spacer(move || window().0);
    let after = spacer(move || search.found.with(Vec::len).saturating_sub(window().1));
    let list = list.on("scroll", move |_| scrolled(search, &element, sight)).child(before).child(after.clone());
    let shown = Signal::derive(move || {
        let (start, end) = window();
        search.found.with(|found| found.get(start..end).unwrap_or_default().to_vec())
    });
    keep_rows(after.into_view(), shown, Arc::ptr_eq, move |item| row(search, item));
    list.into_view()
}

/// Scrolls to the top for a new search.
fn begin_at_top(search: Search, list: HtmlElement, sight: RwSignal<Sight>) {
    watch(move || {
        search.generation.track();
        list.set_scroll_top(0);
        sight.update(|sight| sight.first = 0);
    });
}

/// Moves between rows with the arrow keys. Only one row is in the tab order, because ten thousand would take as many
/// presses.
fn walk(search: Search, list: &HtmlElement, event: &Event, sight: RwSignal<Sight>) {
    let key = event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).unwrap_or_default();
    let Sight { first, count } = sight.get_untracked();
    let active = search.active.get_untracked();
    let next = search.found.with_untracked(|found| {
        let here = found.iter().position(|item| Some(&item.id) == active.as_ref());
        // From the list itself, start at its first visible row.
        let here = if focus::held().ends_with(MARK) { here.unwrap_or(0) } else { first };
        let next = step(&key, here, found.len(), count)?;
        found.get(next).map(|item| (next, item.clone()))
    });
    let Some((next, item)) = next else { return };
    event.prevent_default();
    search.active.set(Some(item.id.clone()));
    let row = row_height(list);
    let (top, height) = (list.scroll_top(), list.client_height());
    let place = i32::try_from(next).unwrap_or_default() * row;
    if place < top {
        list.set_scroll_top(place);
    } else if place + row > top + height {
        list.set_scroll_top(place + row - height);
    }
    // The row must be in the page before it can take focus.
    scrolled(search, list, sight);
    focus::on(&mark_id(&item));
}

/// The index of the row that a key moves to.
fn step(key: &str, here: usize, total: usize, in_sight: usize) -> Option<usize> {
    let last = total.checked_sub(1)?;
    let page = in_sight.saturating_sub(1).max(1);
    Some(match key {
        "ArrowDown" => (here + 1).min(last),
        "ArrowUp" => here.saturating_sub(1),
        "PageDown" => (here + page).min(last),
        "PageUp" => here.saturating_sub(page),
        "Home" => 0,
        "End" => last,
        _ => return None,
    })
}

/// Measured on a row that is there, with its border: a pixel less would be hundreds of rows in a list of 10,000. The
/// one with the focus may be higher, since it shows its whole title.
fn row_height(list: &HtmlElement) -> i32 {
    let find = |row: &str| list.query_selector(row).ok().flatten().and_then(|row| row.dyn_into::<HtmlElement>().ok());
    let row = find("label:not(:focus-within)").or_else(|| find("label"));
    row.map_or(0, |row| row.offset_height()).max(1)
}

/// Updates the visible rows. All rows but the focused one have the same height, so the heights of list and row determine
/// them.
fn scrolled(search: Search, list: &HtmlElement, sight: RwSignal<Sight>) {
    let row = row_height(list);
    let now = Sight { first: (list.scroll_top() / row) as usize, count: (list.client_height() / row) as usize + 1 };
    if sight.get_untracked() != now {
        keep_focus(search, list, now);
        sight.set(now);
    }
    if now.first + now.count + AHEAD > search.found.with_untracked(Vec::len) {
        search.load_more();
    }
}

/// Moves focus to the list when the focused row is about to leave the page. Once focus is lost, Firefox does not always
/// move it elsewhere, and Tab would begin at the top.
fn keep_focus(search: Search, list: &HtmlElement, now: Sight) {
    let held = focus::held();
    let stays = search.found.with_untracked(|found| {
        let (start, end) = now.window(found.len());
        found.get(start..end).unwrap_or_default().iter().any(|item| held == mark_id(item))
    });
    if held.ends_with(MARK) && !stays {
        embedder::focus(list, true, false);
    }
}

fn mark_id(item: &FoundItem) -> String {
    ["item-", &item.id.0, MARK].concat()
}

/// Takes the space of rows that are not in the page.
fn spacer(rows: impl Fn() -> usize + 'static) -> El {
    el("li").attr("aria-hidden", "true").style("block-size", move || format!("calc(var(--row) * {})", rows()))
}

fn row(search: Search, item: &Arc<FoundItem>) -> El {
    let (id, item) = (item.id.clone(), item.clone());
    let chosen = move || search.chosen.with(|chosen| chosen.iter().any(|item| item.id == id));
    let (ticked_now, free) = (chosen.clone(), chosen);
    let own = item.id.clone();
    let this = own.clone();
    let is_first = move || search.found.with(|found| found.first().is_some_and(|first| first.id == this));
    let this = own.clone();
    let is_active =
        move || search.active.with(|active| active.as_ref().map_or_else(&is_first, |active| *active == this));
    let title_id = ["item-", &item.id.0].concat();
    let about_id = [&title_id, "-about"].concat();
    let about = [&item.kind, " · ", &text(Message::SharedWith(&item.access)), " · ", &item.owner].concat();
    let words = el("span")
        .class("items__words")
        .child(
            el("bdi")
                .class("items__title")
                .id(&title_id)
                .attr("translate", "no")
                .attr("title", &item.title)
                .text(&item.title),
        )
        .child(el("span").class("items__about").id(&about_id).text(&about));
    let mark = el("input")
        .id(&mark_id(&item))
        .attr("type", "checkbox")
        .class("choice__mark")
        .attr("tabindex", move || Some(if is_active() { "0" } else { "-1" }.to_owned()))
        .on("focus", move |_| search.active.set(Some(own.clone())))
        .attr("aria-labelledby", &title_id)
        .attr("aria-describedby", &about_id)
        .prop("checked", ticked_now)
        .attr("disabled", move || !free() && search.is_full())
        .on("change", move |event| search.choose(GrantedItem::from(&*item), ticked(&event)));
    el("li").child(el("label").class("items__row").child(mark).child(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(first: usize, total: usize, expected: (usize, usize)) {
        assert_eq!(Sight { first, count: 8 }.window(total), expected);
    }

    #[test]
    fn only_the_rows_in_sight_and_a_margin_are_kept_in_the_page() {
        check(0, 10_000, (0, 24));
        check(5_000, 10_000, (4_984, 5_024));
        check(9_995, 10_000, (9_976, 10_000));
    }

    #[test]
    fn keys_walk_over_the_rows_and_stop_at_the_ends() {
        let steps = [
            ("ArrowDown", 0, Some(1)),
            ("ArrowDown", 99, Some(99)),
            ("ArrowUp", 0, Some(0)),
            ("ArrowUp", 5, Some(4)),
            ("PageDown", 5, Some(12)),
            ("PageDown", 98, Some(99)),
            ("PageUp", 5, Some(0)),
            ("Home", 50, Some(0)),
            ("End", 50, Some(99)),
            ("Tab", 50, None),
        ];
        for (key, here, expected) in steps {
            assert_eq!(step(key, here, 100, 8), expected, "{key} at {here}");
        }
        assert_eq!(step("ArrowDown", 0, 0, 8), None);
    }

    #[test]
    fn a_list_that_has_become_shorter_is_shown_to_its_end() {
        check(40, 3, (0, 3));
        check(0, 0, (0, 0));
    }
}

//! A long list of items of which only the rows in sight are in the page, however many the portal has.

use std::sync::Arc;

use key_wizard_core::{credential::draft::GrantedItem, portal::search::FoundItem};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::{
    i18n::{Label, Message, text},
    platform::{embedder, focus},
    state::items_search::Search,
    ui::{
        dom::{El, el, read, ticked, watch},
        keyed_rows::keep_rows,
    },
};

/// Rows kept in the page above and below those in sight, so that scrolling shows no gaps.
const MARGIN: usize = 12;
/// Rows in sight before the list has been measured.
const FIRST_SIGHT: usize = 12;
/// Rows that come and go together: fewer rebuilds while scrolling.
const STEP: usize = 8;
/// Ask for the next page when this few loaded rows are left below.
const AHEAD: usize = 40;

/// The rows in sight: the first, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sight {
    first: usize,
    count: usize,
}

impl Sight {
    /// The rows to keep in the page, of `total` loaded ones: from the first of these to before the second.
    fn window(self, total: usize) -> (usize, usize) {
        let first = self.first.min(total);
        let start = first.saturating_sub(MARGIN) / STEP * STEP;
        let end = (first + self.count + MARGIN).next_multiple_of(STEP);
        (start, end.min(total))
    }
}

/// What the id of a checkbox ends with.
const MARK: &str = "-mark";

/// The list with its scrolling.
pub fn items_list(search: Search) -> Node {
    let sight = RwSignal::new(Sight { first: 0, count: FIRST_SIGHT });
    let window = move || sight.get().window(search.found.with(Vec::len));
    let list = el("ul").class("items__list picked").attr("aria-label", &text(Label::ItemsFound)).attr("tabindex", "0");
    let element = list.html();
    begin_at_top(search, element.clone(), sight);
    let before = spacer(move || window().0);
    let after = spacer(move || search.found.with(Vec::len).saturating_sub(window().1));
    let list = list.on("scroll", move |_| scrolled(search, &element, sight)).with(before).with(after.clone());
    let shown = read(move || {
        let (start, end) = window();
        search.found.with(|found| found.get(start..end).unwrap_or_default().to_vec())
    });
    keep_rows(&after, shown, move |item| row(search, item));
    list.into()
}

/// A new search starts at its top.
fn begin_at_top(search: Search, list: HtmlElement, sight: RwSignal<Sight>) {
    watch(Box::new(move || {
        search.generation.track();
        list.set_scroll_top(0);
        sight.update(|sight| sight.first = 0);
    }));
}

/// All rows are of one height, so the heights of list and row tell what is in sight.
fn scrolled(search: Search, list: &HtmlElement, sight: RwSignal<Sight>) {
    let row = list.query_selector("label").ok().flatten().and_then(|row| row.dyn_into::<HtmlElement>().ok());
    // With its border: a pixel less would be hundreds of rows in a list of 10,000.
    let row = row.map_or(0, |row| row.offset_height()).max(1);
    let now = Sight { first: (list.scroll_top() / row) as usize, count: (list.client_height() / row) as usize + 1 };
    if sight.get_untracked() != now {
        keep_focus(search, list, now);
        sight.set(now);
    }
    if now.first + now.count + AHEAD > search.found.with_untracked(Vec::len) {
        search.load_more();
    }
}

/// A row that has the focus and is about to leave the page gives it to the list. Once it is lost, Firefox does not always
/// take another, and Tab would begin at the top.
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

/// Holds the place of rows that are not in the page.
fn spacer(rows: impl Fn() -> usize + 'static) -> El {
    el("li").attr("aria-hidden", "true").live_style("block-size", move || format!("calc(var(--row) * {})", rows()))
}

fn row(search: Search, item: &Arc<FoundItem>) -> El {
    let (id, item) = (item.id.clone(), item.clone());
    let chosen = move || search.chosen.with(|chosen| chosen.iter().any(|it| it.id == id));
    let (ticked_now, free) = (chosen.clone(), chosen);
    let title_id = ["item-", &item.id.0].concat();
    let about_id = [&title_id, "-about"].concat();
    let about = [&item.kind, " · ", &text(Message::SharedWith(&item.access)), " · ", &item.owner].concat();
    let words = el("span")
        .class("items__words")
        .with(el("bdi").class("items__title").id(&title_id).attr("translate", "no").text(&item.title))
        .with(el("span").class("items__about").id(&about_id).text(&about));
    let mark = el("input")
        .id(&mark_id(&item))
        .attr("type", "checkbox")
        .class("choice__mark")
        .attr("aria-labelledby", &title_id)
        .attr("aria-describedby", &about_id)
        .live_checked(ticked_now)
        .flag("disabled", move || !free() && search.is_full())
        .on("change", move |event| search.choose(GrantedItem::from(&*item), ticked(&event)));
    el("li").with(el("label").class("items__row").with(mark).with(words))
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
    fn a_list_that_has_become_shorter_is_shown_to_its_end() {
        check(40, 3, (0, 3));
        check(0, 0, (0, 0));
    }
}

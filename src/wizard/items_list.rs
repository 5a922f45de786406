//! A long list of items of which only the rows in sight are in the page, however many the portal has.

use leptos::{html::Ul, prelude::*};

use super::items_dialog::Search;
use crate::{html, i18n, portal::search::FoundItem};

/// Rows kept in the page above and below those in sight, so that scrolling shows no gaps.
const MARGIN: usize = 12;
/// Rows in sight before the list has been measured.
const FIRST_SIGHT: usize = 12;
/// Ask for the next page when this few loaded rows are left below.
const AHEAD: usize = 30;

/// The rows in sight: the first, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Sight {
    first: usize,
    count: usize,
}

impl Sight {
    /// The rows to keep in the page, of `total` loaded ones.
    fn window(self, total: usize) -> std::ops::Range<usize> {
        let first = self.first.min(total);
        first.saturating_sub(MARGIN)..(first + self.count + MARGIN).min(total)
    }
}

/// The list with its scrolling.
#[component]
pub fn ItemsList(search: Search) -> impl IntoView {
    let list: NodeRef<Ul> = NodeRef::new();
    let sight = RwSignal::new(Sight { first: 0, count: FIRST_SIGHT });
    let range = Memo::new(move |_| sight.get().window(search.found.with(Vec::len)));
    Effect::new(move |_| {
        // A new search starts at its top.
        search.generation.track();
        if let Some(list) = list.get_untracked() {
            list.set_scroll_top(0);
        }
        sight.update(|sight| sight.first = 0);
    });
    let scrolled = move |_| {
        if let Some(list) = list.get_untracked() {
            sight.set(measure(&list, range.get_untracked()));
        }
        if sight.with_untracked(|sight| sight.first + sight.count) + AHEAD > search.found.with_untracked(Vec::len) {
            search.load_more();
        }
    };
    let rows = move || {
        let range = range.get();
        search.found.with(|found| found[range].to_vec())
    };
    html! {
        <ul
            class="items__list picked"
            node_ref=list
            aria-label="Items found"
            tabindex="-1"
            on:scroll=scrolled
        >
            <li aria-hidden="true" style:block-size=move || spacer(range.get().start)></li>
            <For each=rows key=|item| item.id.clone() children=move |item| row(search, item) />
            <li
                aria-hidden="true"
                style:block-size=move || spacer(search.found.with(Vec::len) - range.get().end)
            ></li>
        </ul>
    }
}

fn spacer(rows: usize) -> String {
    format!("calc(var(--row) * {rows})")
}

/// What is in sight now. All rows are of one height, so the heights of list and content tell it.
fn measure(list: &web_sys::HtmlUListElement, range: std::ops::Range<usize>) -> Sight {
    let row = list.query_selector(".items__row").ok().flatten().map_or(0, |row| row.client_height()).max(1);
    debug_assert!(range.start <= range.end);
    Sight { first: (list.scroll_top() / row) as usize, count: (list.client_height() / row) as usize + 1 }
}

fn row(search: Search, item: FoundItem) -> impl IntoView {
    let id = StoredValue::new(item.id.clone());
    let chosen = move || id.with_value(|id| search.chosen.with(|chosen| chosen.iter().any(|item| item.id == *id)));
    let title_id = format!("item-{}", item.id.0);
    let about_id = format!("{title_id}-about");
    let about = format!("{} · {} · {}", item.kind, i18n::sharing(&item.access), item.owner);
    let title = item.title.clone();
    html! {
        <li>
            <label class="items__row">
                <input
                    type="checkbox"
                    class="choice__mark"
                    aria-labelledby=title_id.clone()
                    aria-describedby=about_id.clone()
                    prop:checked=chosen
                    disabled=move || !chosen() && search.full()
                    on:change=move |event| search.choose(&item, event_target_checked(&event))
                />
                <span class="items__words">
                    <bdi class="items__title" id=title_id translate="no">{title}</bdi>
                    <span class="items__about" id=about_id>{about}</span>
                </span>
            </label>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_in_sight_and_a_margin_are_kept_in_the_page() {
        assert_eq!(Sight { first: 0, count: 8 }.window(10_000), 0..20);
        assert_eq!(Sight { first: 5_000, count: 8 }.window(10_000), 4_988..5_020);
        assert_eq!(Sight { first: 9_995, count: 8 }.window(10_000), 9_983..10_000);
        assert_eq!(Sight { first: 40, count: 8 }.window(3), 0..3, "a shorter list was loaded meanwhile");
    }
}

//! The dialog of step 3, for searching and ticking items.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::page::Page;
use crate::target::{Node, Target};

/// The dialog with the organization's items.
pub struct ItemsDialog<'p>(pub &'p Page);

impl<'p> ItemsDialog<'p> {
    /// The search field.
    pub const SEARCH: &'static str = "Search items";
    /// The filter by type.
    pub const TYPE: &'static str = "Type";
    /// The filter by sharing.
    pub const SHARING: &'static str = "Sharing";
    /// The filter by folder.
    pub const FOLDER: &'static str = "Folder";
    /// Adds an item that no search finds, by its id.
    pub const ADD_BY_ID: &'static str = "Add the item with this id";

    /// The question before ticks are lost.
    pub const DISCARD_QUESTION: &'static str = "Close without adding these items?";

    /// The dialog itself.
    pub fn it(&self) -> Target<'p> {
        self.0.dialog(super::ItemAccessStep::BROWSE)
    }

    /// Searches by words.
    pub async fn search(&self, words: &str) {
        self.it().textbox(ItemsDialog::SEARCH).fill(words).await;
    }

    /// The checkbox of an item.
    pub fn item(&self, title: &str) -> Target<'p> {
        self.it().checkbox(&format!("{title}*"))
    }

    /// Ticks the first items in the list; returns their accessible names.
    pub async fn choose_first(&self, count: usize) -> Vec<String> {
        self.it().checkbox("*").first().wait().await;
        let all = self.it().checkbox("*").all().await;
        let names: Vec<String> = all.into_iter().take(count).map(|node| node.name).collect();
        assert_eq!(names.len(), count, "the dialog lists {count} items");
        for name in &names {
            self.it().checkbox(name).first().click().await;
        }
        self.counts(count).await;
        names
    }

    /// Waits until the dialog reports this many of 100 as chosen.
    pub async fn counts(&self, count: usize) {
        self.0.shows(&format!("{count} of 100")).await;
    }

    /// The list of rows, which scrolls separately.
    fn list(&self) -> Target<'p> {
        self.it().group("Items found")
    }

    /// Scrolls to the end of the loaded items; returns the [`place`](ItemsDialog::place).
    pub async fn scroll_to_end(&self) -> Value {
        self.list().js("function () { this.scrollTop = this.scrollHeight; return this.scrollTop }").await
    }

    /// Scrolls to the first row.
    pub async fn scroll_to_start(&self) {
        self.list().js("function () { this.scrollTop = 0 }").await;
    }

    /// The scroll position of the list, in pixels.
    pub async fn place(&self) -> Value {
        self.list().js("function () { return this.scrollTop }").await
    }

    /// Waits until the list contains exactly the items with these titles, over all its rows.
    pub async fn lists(&self, titles: &BTreeSet<String>) {
        assert!(!titles.is_empty(), "an empty list proves no filter");
        self.0.until(&format!("the dialog lists {titles:?}"), async || self.titles().await == *titles).await;
    }

    /// The titles of all rows, collected by scrolling; the page renders only the rows near the visible ones.
    async fn titles(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.scroll_to_start().await;
        loop {
            self.0.next_frame().await;
            found.extend(self.it().checkbox("*").all().await.into_iter().map(|row| row.name));
            let before = self.place().await;
            self.list().js("function () { this.scrollTop += this.clientHeight }").await;
            if self.place().await == before {
                return found;
            }
        }
    }

    /// Ticks unticked rows from the top until this many are ticked, scrolling to render more.
    pub async fn tick_with_scrolling(&self, count: usize) {
        let script = "function () { for (const box of [...this.querySelectorAll('input:not(:checked)')].slice(0, LEFT)) box.click(); \
                      this.scrollTop += this.clientHeight }";
        self.0
            .until(&format!("{count} items are ticked"), async || {
                let left = count - self.counted().await;
                self.list().js(&script.replace("LEFT", &left.to_string())).await;
                left == 0
            })
            .await;
    }

    /// How many the dialog reports as chosen.
    async fn counted(&self) -> usize {
        let text = self.it().text().await;
        let count =
            text.lines().find_map(|line| line.split_once(" of 100")).and_then(|(count, _)| count.trim().parse().ok());
        count.unwrap_or_else(|| panic!("no count in {text}"))
    }

    /// Waits until this holds for all unticked rows on the page, and there is at least one.
    pub async fn unticked_are(&self, holds: impl Fn(&Node) -> bool) {
        self.0
            .until("all rows that are not ticked are so", async || {
                let rows = self.it().checkbox("*").all().await;
                let unticked: Vec<&Node> = rows.iter().filter(|row| !row.is("checked")).collect();
                !unticked.is_empty() && unticked.into_iter().all(&holds)
            })
            .await;
    }

    /// Applies the choice and closes.
    pub async fn add(&self) {
        self.it().button("Add items").click().await;
        self.it().gone().await;
    }
}

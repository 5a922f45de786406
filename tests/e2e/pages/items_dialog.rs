//! The dialog of step 3, in which items are searched and ticked.

use crate::page::Page;
use crate::target::{Node, Target};

/// The dialog over the organisation's items.
pub struct ItemsDialog<'p>(pub &'p Page);

impl<'p> ItemsDialog<'p> {
    /// The dialog itself.
    pub fn it(&self) -> Target<'p> {
        self.0.dialog("Browse items")
    }

    /// Narrows the list by words.
    pub async fn search(&self, words: &str) {
        self.it().textbox("Search items").fill(words).await;
    }

    /// The checkbox of an item.
    pub fn item(&self, title: &str) -> Target<'p> {
        self.it().checkbox(&format!("{title}*"))
    }

    /// Ticks the first items of the list; returns their accessible names.
    pub async fn choose_first(&self, count: usize) -> Vec<String> {
        self.it().checkbox("*").first().wait().await;
        let all = self.it().checkbox("*").all().await;
        let names: Vec<String> = all.into_iter().take(count).map(|it| it.name).collect();
        assert_eq!(names.len(), count, "the dialog lists {count} items");
        for name in &names {
            self.it().checkbox(name).first().click().await;
        }
        self.counts(count).await;
        names
    }

    /// Waits until the dialog says that this many of 100 are chosen.
    pub async fn counts(&self, count: usize) {
        self.0.shows(&format!("{count} of 100")).await;
    }

    /// The list of rows, which scrolls by itself.
    fn list(&self) -> Target<'p> {
        self.it().group("Items found")
    }

    /// Scrolls to the end of what is loaded.
    pub async fn scroll_to_end(&self) {
        self.list().js("function () { this.scrollTop = this.scrollHeight }").await;
    }

    /// How many rows are scrolled away at the top.
    pub async fn rows_above(&self) -> i64 {
        self.list().js("function () { return Math.floor(this.scrollTop / 60) }").await.as_i64().expect("a number")
    }

    /// The rows of one of the filters.
    pub async fn options_of(&self, filter: &str) -> Vec<String> {
        let options = self.it().choice(filter).js("function () { return [...this.options].map(it => it.text) }").await;
        options.as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect()
    }

    /// Ticks as many rows as wanted, scrolling where the list ends.
    pub async fn tick_with_scrolling(&self, count: usize) {
        let script = "function () { for (const it of this.querySelectorAll('input:not(:checked):not(:disabled)')) it.click(); \
                      this.scrollTop += this.clientHeight }";
        self.0
            .until(&format!("{count} items are ticked"), async || {
                self.list().js(script).await;
                self.it().text().await.contains(&format!("{count} of 100"))
            })
            .await;
    }

    /// A row that is not ticked.
    pub async fn first_unchecked(&self) -> Option<Node> {
        self.it().checkbox("*").all().await.into_iter().find(|it| !it.is("checked"))
    }

    /// Takes the choice over and closes.
    pub async fn add(&self) {
        self.it().button("Add items").click().await;
        self.it().gone().await;
    }
}

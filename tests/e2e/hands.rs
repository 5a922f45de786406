//! What a user does with an element: read it, click it, type into it.

use std::path::Path;

use fantoccini::elements::Element;
use serde_json::Value;

use crate::engine::either;
use crate::target::{Node, Target};

/// Scrolls to the middle of the window.
const SCROLL_FREE: &str = "function () { this.scrollIntoView({ block: 'center' }) }";

const TEXT: &str = "function () { return this.innerText ?? this.textContent }";

impl Target<'_> {
    /// Calls a JavaScript function with the element as `this`.
    pub async fn js(&self, function: &str) -> Value {
        let node = self.wait().await;
        let object = self.resolve(&node).await.unwrap_or_else(|| panic!("{} went away", self.describe()));
        let answer = either!(&self.page.engine, engine => engine.call(&object, function).await);
        answer.unwrap_or_else(|problem| panic!("{}: {problem}", self.describe()))
    }

    /// The visible text inside the element.
    pub async fn text(&self) -> String {
        self.js(TEXT).await.as_str().unwrap_or_default().to_owned()
    }

    /// The visible text inside each of several elements.
    pub async fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        for node in self.all().await {
            let Some(object) = self.resolve(&node).await else { continue };
            let text = either!(&self.page.engine, engine => engine.call(&object, TEXT).await);
            texts.extend(text.ok().and_then(|text| text.as_str().map(str::to_owned)));
        }
        texts
    }

    /// The value of the field.
    pub async fn value(&self) -> String {
        self.js("function () { return this.value ?? this.textContent }").await.as_str().unwrap_or_default().to_owned()
    }

    /// Focuses the element without a click.
    pub async fn focus(&self) {
        self.js("function () { this.focus() }").await;
    }

    /// The same element for WebDriver; `None` if it has just been removed.
    async fn element(&self) -> Option<Element> {
        self.element_of(&self.look().await?.into_iter().next()?).await
    }

    async fn element_of(&self, node: &Node) -> Option<Element> {
        let object = self.resolve(node).await?;
        let id = either!(&self.page.engine, engine => engine.element(&object).await)?;
        Some(Element::from_element_id(self.page.client.clone(), id.into()))
    }

    /// Clicks with the mouse, as soon as the element is present, enabled and not covered.
    pub async fn click(&self) {
        self.page.until(&format!("one can click {}", self.describe()), async || self.try_click().await).await;
    }

    /// Clicks with the mouse if the element is present, enabled and not covered; returns whether it clicked.
    pub async fn try_click(&self) -> bool {
        let Some(node) = self.all().await.into_iter().next().filter(|node| !node.is("disabled")) else { return false };
        let Some(element) = self.element_of(&node).await else { return false };
        let done = element.click().await.is_ok();
        if !done {
            self.scroll_free().await;
        }
        done
    }

    /// Scrolls it to the middle, in case a sticky element covers it.
    async fn scroll_free(&self) {
        let Some(node) = self.all().await.into_iter().next() else { return };
        if let Some(object) = self.resolve(&node).await {
            // The element may be gone.
            let _ = either!(&self.page.engine, engine => engine.call(&object, SCROLL_FREE).await);
        }
    }

    /// Presses Enter on the element: WebDriver considers content slotted into a shadow button to cover the button.
    pub async fn enter(&self) {
        self.focus().await;
        self.page.press("Enter").await;
    }

    /// Replaces the value of the field, with real key presses if WebDriver can type the text.
    pub async fn fill(&self, text: &str) {
        self.click().await;
        self.page.press("Control+a").await;
        // In a shadow tree, WebDriver moves the caret to the end before typing, which clears the selection.
        self.page.press("Delete").await;
        if text.len() <= 200 && text.chars().all(|character| character.is_ascii_graphic() || character == ' ') {
            self.send(text).await;
        } else {
            self.page.type_text(text).await;
        }
    }

    /// Types a text without clicking first, like a keyboard user.
    pub async fn send(&self, text: &str) {
        let element = self.element().await.unwrap_or_else(|| panic!("{} went away", self.describe()));
        element.send_keys(text).await.unwrap_or_else(|error| panic!("{}: {error}", self.describe()));
    }

    /// Drags a file here and drops it.
    pub async fn drop_file(&self, file: &Path) {
        let node = self.wait().await;
        let object = self.resolve(&node).await.unwrap_or_else(|| panic!("{} went away", self.describe()));
        either!(&self.page.engine, engine => engine.drop_file(&object, file).await);
    }

    /// Selects an option of a `select` by its text.
    pub async fn select(&self, label: &str) {
        self.wait().await;
        let element = self.element().await.unwrap_or_else(|| panic!("{} went away", self.describe()));
        element
            .select_by_label(label)
            .await
            .unwrap_or_else(|error| panic!("{} has no {label:?}: {error}", self.describe()));
    }
}

//! What a person does with an element once it is found: read it, click it, type into it.

use fantoccini::elements::Element;
use serde_json::{Value, json};

use crate::cdp;
use crate::target::Target;

/// The key under which WebDriver passes an element.
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

impl Target<'_> {
    /// Calls a JavaScript function with the element as `this`.
    pub async fn js(&self, function: &str) -> Value {
        let node = self.wait().await;
        let object = self.resolve(&node).await.unwrap_or_else(|| panic!("{} went away", self.describe()));
        let params =
            json!({ "objectId": object, "functionDeclaration": function, "returnByValue": true, "userGesture": true });
        let answer = self.page.cdp("Runtime.callFunctionOn", params).await;
        assert!(answer.get("exceptionDetails").is_none(), "{}: {answer}", self.describe());
        answer["result"]["value"].clone()
    }

    /// The text inside, as it is shown.
    pub async fn text(&self) -> String {
        self.js("function () { return this.innerText ?? this.textContent }")
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// What is typed in the field.
    pub async fn value(&self) -> String {
        self.js("function () { return this.value ?? this.textContent }").await.as_str().unwrap_or_default().to_owned()
    }

    /// Gives the element the keyboard without a click.
    pub async fn focus(&self) {
        self.js("function () { this.focus() }").await;
    }

    /// The same element for WebDriver, or nothing if it just went away.
    async fn element(&self) -> Option<Element> {
        let node = self.look().await?.into_iter().next()?;
        let object = self.resolve(&node).await?;
        let params = json!({ "objectId": object, "functionDeclaration": "function () { globalThis.akwFound = this }" });
        cdp::run(&self.page.client, "Runtime.callFunctionOn", params).await.ok()?;
        let found = self
            .page
            .client
            .execute("const it = globalThis.akwFound; delete globalThis.akwFound; return it", vec![])
            .await
            .ok()?;
        let id = found[ELEMENT_KEY].as_str()?.to_owned();
        Some(Element::from_element_id(self.page.client.clone(), id.into()))
    }

    /// Clicks with the mouse, as soon as the element is there, enabled and not covered.
    pub async fn click(&self) {
        self.page
            .until(&format!("one can click {}", self.describe()), async || {
                let enabled = self.all().await.first().is_some_and(|it| !it.is("disabled"));
                match (enabled, self.element().await) {
                    (true, Some(element)) => element.click().await.is_ok(),
                    _ => false,
                }
            })
            .await;
    }

    /// Presses Enter on the element: WebDriver takes what is slotted into a button of a shadow root for something over it.
    pub async fn enter(&self) {
        self.focus().await;
        self.page.press("Enter").await;
    }

    /// Replaces what is typed in the field, with real key presses where WebDriver can type them.
    pub async fn fill(&self, text: &str) {
        self.click().await;
        self.page.press("Control+a").await;
        if text.is_empty() {
            self.page.press("Delete").await;
        } else if text.len() <= 200 && text.chars().all(|it| it.is_ascii_graphic() || it == ' ') {
            self.send(text).await;
        } else {
            self.page.type_text(text).await;
        }
    }

    /// Presses the keys of a text without clicking first, as someone does who walked here by keyboard.
    pub async fn send(&self, text: &str) {
        let element = self.element().await.unwrap_or_else(|| panic!("{} went away", self.describe()));
        element.send_keys(text).await.unwrap_or_else(|error| panic!("{}: {error}", self.describe()));
    }

    /// Chooses a row of a `select` by its text.
    pub async fn select(&self, label: &str) {
        self.wait().await;
        let element = self.element().await.unwrap_or_else(|| panic!("{} went away", self.describe()));
        element
            .select_by_label(label)
            .await
            .unwrap_or_else(|error| panic!("{} has no {label:?}: {error}", self.describe()));
    }
}

//! Finds elements as a screen reader does: by role and accessible name, computed by the browser.

use std::cell::RefCell;
use std::collections::BTreeMap;

use arcgis_key_wizard::i18n::{Label, text};
use serde_json::Value;

use crate::engine::either;
use crate::page::Page;

/// The accessible name of an element: a literal if it is part of the product's contract, otherwise a key of the
/// page's messages.
pub trait Name {
    /// The name, as the page shows it.
    fn words(self) -> String;
}

impl Name for &str {
    fn words(self) -> String {
        self.to_owned()
    }
}

impl Name for &String {
    fn words(self) -> String {
        self.clone()
    }
}

impl Name for Label {
    fn words(self) -> String {
        text(self)
    }
}

/// One step of the path to an element.
#[derive(Debug, Clone)]
struct Selector {
    roles: &'static [&'static str],
    /// The exact name; `…*` matches a prefix, `*…*` a substring, `*` anything.
    name: String,
    /// Takes the first match instead of rejecting several.
    first: bool,
}

impl Selector {
    fn fits(&self, node: &Node) -> bool {
        self.roles.contains(&node.role.as_str()) && fits(&self.name, &node.name)
    }

    /// The exact name for the browser's query, if there is one.
    fn exact(&self) -> Option<&str> {
        (!self.name.contains('*')).then_some(self.name.as_str())
    }
}

fn fits(pattern: &str, name: &str) -> bool {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (None, None) => name == pattern,
        (None, Some(start)) => name.starts_with(start),
        (Some(end), None) => name.ends_with(end),
        (Some(_), Some(_)) => name.contains(pattern.trim_matches('*')),
    }
}

/// An element's data in the accessibility tree.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Computed role.
    pub role: String,
    /// Computed accessible name.
    pub name: String,
    /// Computed accessible description: hints and error messages.
    pub description: String,
    /// Properties such as `checked`, `disabled`, `expanded`, `invalid`.
    pub states: BTreeMap<String, Value>,
    /// The browser's id for the element.
    pub id: i64,
}

impl Node {
    /// True if a state such as `checked` is on.
    pub fn is(&self, state: &str) -> bool {
        matches!(self.states.get(state), Some(Value::Bool(true)))
            || self.states.get(state).and_then(Value::as_str) == Some("true")
    }
}

/// A path to one element, resolved anew for each use.
#[derive(Clone)]
pub struct Target<'p> {
    pub(crate) page: &'p Page,
    path: Vec<Selector>,
}

/// All kinds of elements to find, on a page or inside another element.
macro_rules! finders {
    ($($(#[$doc:meta])* $name:ident: $roles:expr;)*) => {
        impl Page {
            $($(#[$doc])* #[allow(dead_code, reason = "every way to look is there on both")]
            pub fn $name(&self, name: impl Name) -> Target<'_> {
                Target { page: self, path: vec![Selector { roles: &$roles, name: name.words(), first: false }] }
            })*
        }
        impl<'p> Target<'p> {
            $($(#[$doc])* #[allow(dead_code, reason = "every way to look is there on both")]
            pub fn $name(&self, name: impl Name) -> Target<'p> {
                let mut path = self.path.clone();
                path.push(Selector { roles: &$roles, name: name.words(), first: false });
                Target { page: self.page, path }
            })*
        }
    };
}

finders! {
    /// A button; `*` matches any beginning or end of the name.
    button: ["button", "DisclosureTriangle"];
    /// A link.
    link: ["link"];
    /// Any field for typing: text, search, date and combo boxes.
    textbox: ["textbox", "searchbox", "combobox", "Date", "textField"];
    /// A list with one selected option.
    choice: ["combobox", "listbox", "menulist"];
    /// An option of such a list.
    option: ["option", "menuListOption"];
    /// A checkbox.
    checkbox: ["checkbox"];
    /// A radio button.
    radio: ["radio"];
    /// A heading of any level.
    heading: ["heading"];
    /// A dialog, modal or not.
    dialog: ["dialog", "alertdialog"];
    /// A named group, region or fieldset.
    group: ["group", "region", "radiogroup", "form", "list", "Details", "navigation"];
    /// A live region for polite messages.
    status: ["status"];
    /// A live region for urgent messages.
    alert: ["alert"];
    /// An element that holds a result, such as the key.
    output: ["status", "code", "textbox", "generic", "group", "region", "paragraph"];
    /// A list entry or table row.
    row: ["listitem", "row"];
}

impl<'p> Target<'p> {
    pub(crate) fn describe(&self) -> String {
        let parts: Vec<String> =
            self.path.iter().map(|selector| format!("{} {:?}", selector.roles[0], selector.name)).collect();
        parts.join(" → ")
    }

    /// All elements that match now.
    pub async fn all(&self) -> Vec<Node> {
        self.look().await.unwrap_or_default()
    }

    /// `None` if the document was just being replaced.
    pub(crate) async fn look(&self) -> Option<Vec<Node>> {
        let mut root = either!(&self.page.engine, engine => engine.document().await)?;
        let (last, scopes) = self.path.split_last()?;
        for scope in scopes {
            let node = self.query(&root, scope).await?.into_iter().next()?;
            root = self.resolve(&node).await?;
        }
        self.query(&root, last).await
    }

    pub(crate) async fn resolve(&self, node: &Node) -> Option<Value> {
        either!(&self.page.engine, engine => engine.resolve(node).await)
    }

    async fn query(&self, root: &Value, selector: &Selector) -> Option<Vec<Node>> {
        let found = either!(&self.page.engine, engine => engine.query(root, selector.roles, selector.exact()).await)?;
        Some(found.into_iter().filter(|node| selector.fits(node)).collect())
    }

    /// True if the element exists now.
    pub async fn exists(&self) -> bool {
        !self.all().await.is_empty()
    }

    /// Waits for the element; two with the same role and name are a bug in the page or in the test.
    pub async fn wait(&self) -> Node {
        let found = RefCell::new(Vec::new());
        let is_there = async || {
            *found.borrow_mut() = self.all().await;
            !found.borrow().is_empty()
        };
        self.page.until(&format!("there is {}", self.describe()), is_there).await;
        let mut found = found.into_inner();
        if self.path.last().is_some_and(|selector| selector.first) {
            found.truncate(1);
        }
        assert!(found.len() < 2, "{} times {}", found.len(), self.describe());
        found.remove(0)
    }

    /// The first of several matches.
    pub fn first(mut self) -> Target<'p> {
        if let Some(last) = self.path.last_mut() {
            last.first = true;
        }
        self
    }

    /// Waits until the element is gone.
    pub async fn gone(&self) {
        self.page.until(&format!("there is no {}", self.describe()), async || !self.exists().await).await;
    }

    /// Waits until a state such as `checked` is on.
    pub async fn becomes(&self, state: &str) {
        let what = format!("{} is {state}", self.describe());
        self.page.until(&what, async || self.all().await.first().is_some_and(|node| node.is(state))).await;
    }

    /// True if a state such as `checked` is on now.
    pub async fn is(&self, state: &str) -> bool {
        self.wait().await.is(state)
    }
}

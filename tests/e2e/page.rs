//! What a user does with a browser window: navigate, read, press, look; and what only a tester does: emulate, inspect.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use fantoccini::Client;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::key::Key;
use fantoccini::wd::WindowHandle;
use serde_json::Value;

use crate::engine::{Engine, either};
use crate::suite;
use crate::watch::{self, Seen};

/// The timeout for any single wait. Generous, because two browsers share two cores.
const PATIENCE: Duration = Duration::from_secs(25);

/// The polling interval: each poll makes the browser walk its accessibility tree.
const GLANCE: Duration = Duration::from_millis(50);

/// The current window of a browser.
pub struct Page {
    /// The WebDriver session.
    pub client: Client,
    pub(crate) engine: Engine,
    pub(crate) seen: Mutex<Seen>,
}

/// The focused element, as exposed to assistive technology.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focused {
    /// Computed role, for example `button`.
    pub role: String,
    /// Computed accessible name.
    pub name: String,
}

impl Page {
    /// Prepares a fresh session: installs the hidden observer before the first page loads.
    pub(crate) async fn new(client: Client, engine: Engine) -> Page {
        let page = Page { client, engine, seen: Mutex::new(Seen::default()) };
        page.before_each_document(watch::OBSERVER).await;
        page
    }

    /// Leaves nothing of a test to the next one: replaces all tabs by an empty one, and resets the test's settings.
    pub(crate) async fn renew(&self) {
        suite::doing(|| "leaving the browser to the next test".to_owned());
        let old = self.windows().await;
        let new = self.client.new_window(true).await.expect("the browser opens a tab");
        for tab in old {
            // A window that closes by itself may be gone.
            if self.client.switch_to_window(tab).await.is_ok() {
                self.client.close_window().await.expect("the tab closes");
            }
        }
        self.look_at(&new.handle).await;
        either!(&self.engine, engine => engine.renew().await);
        either!(&self.engine, engine => engine.gather().await);
        *self.seen.lock().expect("no test panics while it holds the lock") = Seen::default();
        self.before_each_document(watch::OBSERVER).await;
    }

    /// Evaluates a JavaScript expression in the page; awaits promises, and requires a JSON value.
    pub async fn js(&self, expression: &str) -> Value {
        suite::doing(|| format!("evaluating {expression}"));
        self.try_js(expression).await.unwrap_or_else(|problem| panic!("{expression}: {problem}"))
    }

    /// Like [`Page::js`], for moments when the document may just be replaced.
    pub async fn try_js(&self, expression: &str) -> Result<Value, String> {
        either!(&self.engine, engine => engine.evaluate(expression).await)
    }

    /// Navigates to an address and waits for the load event.
    pub async fn goto(&self, url: &str) {
        suite::doing(|| format!("going to {url}"));
        self.client.goto(url).await.unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// Opens an empty tab and switches to it; returns the tab it came from.
    pub async fn open_tab(&self) -> WindowHandle {
        let tab = self.client.new_window(true).await.expect("the browser opens a tab");
        self.switch_to(&tab.handle).await
    }

    /// Works inside the first frame of the page from now on, or in the page itself again.
    pub async fn look_into_frame(&self, into: bool) {
        match into {
            true => self.client.clone().enter_frame(0).await.expect("there is a frame"),
            false => self.client.clone().enter_parent_frame().await.expect("there is a page around"),
        }
        either!(&self.engine, engine => engine.look_into_frame(into).await);
    }

    /// All tabs and windows.
    pub async fn windows(&self) -> Vec<WindowHandle> {
        self.client.windows().await.expect("the browser lists its windows")
    }

    /// Switches to another tab; returns the one it came from.
    pub async fn switch_to(&self, tab: &WindowHandle) -> WindowHandle {
        let before = self.client.window().await.expect("there is a tab");
        self.look_at(tab).await;
        before
    }

    /// Switches to another tab if the current one may be gone.
    pub async fn look_at(&self, tab: &WindowHandle) {
        self.client.switch_to_window(tab.clone()).await.expect("the tab is open");
        either!(&self.engine, engine => engine.switched(tab));
    }

    /// Closes another tab.
    pub async fn close_other_tab(&self, tab: &WindowHandle) {
        let here = self.switch_to(tab).await;
        self.client.close_window().await.expect("the tab closes");
        self.look_at(&here).await;
    }

    /// Presses the browser's Back button.
    pub async fn back(&self) {
        self.client.back().await.expect("the browser goes back");
    }

    /// Presses the browser's Forward button.
    pub async fn forward(&self) {
        self.client.forward().await.expect("the browser goes forward");
    }

    /// Presses the browser's Reload button.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("the browser reloads");
    }

    /// The address bar.
    pub async fn url(&self) -> String {
        self.client.current_url().await.expect("the window has an address").to_string()
    }

    /// The title of the window.
    pub async fn title(&self) -> String {
        self.client.title().await.expect("the window has a title")
    }

    /// All visible text, including shadow roots.
    pub async fn text(&self) -> String {
        let script = "(() => { \
            const inside = root => [...root.querySelectorAll('*')].flatMap(element => element.shadowRoot ? [element.shadowRoot, ...inside(element.shadowRoot)] : []); \
            const tops = [document.body, ...inside(document).flatMap(root => [...root.children])]; \
            return tops.map(top => top?.innerText ?? '').join('\\n') })()";
        let text = match either!(&self.engine, engine => engine.in_frame()) {
            true => self.client.execute(&format!("return {script}"), vec![]).await.ok(),
            false => self.try_js(script).await.ok(),
        };
        text.and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// The text of every live region: the latest announcements to assistive technology.
    pub async fn status_text(&self) -> String {
        let script = "[...document.querySelectorAll('[role=status],[role=alert],[aria-live]')].map(element => element.textContent).join('\\n')";
        self.js(script).await.as_str().unwrap_or_default().to_owned()
    }

    /// Waits until a text is visible.
    pub async fn shows(&self, text: &str) {
        self.until(&format!("the page shows {text:?}"), async || self.text().await.contains(text)).await;
    }

    /// Waits until a live region contains a text.
    pub async fn announces(&self, text: &str) {
        self.until(&format!("a live region says {text:?}"), async || self.status_text().await.contains(text)).await;
    }

    /// Polls until a condition holds: the only place of the suite that waits for time to pass.
    pub async fn until(&self, what: &str, condition: impl AsyncFn() -> bool) {
        suite::doing(|| format!("until {what}"));
        let start = Instant::now();
        while !condition().await {
            if start.elapsed() > PATIENCE {
                let (url, text) = (self.url().await, self.text().await);
                let named = self.named().await.join("\n");
                panic!(
                    "waited {PATIENCE:?} in vain: {what}\n at {url}\n on the page:\n{text}\n by role and name:\n{named}"
                );
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// All named elements by role and name, for the report when an element was not found.
    async fn named(&self) -> Vec<String> {
        let nodes = either!(&self.engine, engine => engine.everything().await);
        let dull = ["StaticText", "InlineTextBox", "none", "generic", "RootWebArea"];
        let named = nodes.iter().filter(|node| !node.name.is_empty() && !dull.contains(&node.role.as_str()));
        named.take(80).map(|node| format!("  {} {:?}", node.role, node.name)).collect()
    }

    /// Presses a key, with optional modifiers: `Tab`, `Shift+Tab`, `Enter`, `Control+a`.
    pub async fn press(&self, keys: &str) {
        let codes: Vec<char> = keys.split('+').map(key_code).collect();
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in &codes {
            actions = actions.then(KeyAction::Down { value: *value });
        }
        for value in codes.iter().rev() {
            actions = actions.then(KeyAction::Up { value: *value });
        }
        self.client.perform_actions(actions).await.unwrap_or_else(|error| panic!("pressing {keys}: {error}"));
    }

    /// Types into the focused element.
    pub async fn type_text(&self, text: &str) {
        either!(&self.engine, engine => engine.type_text(text).await);
    }

    /// The focused element, by computed role and name.
    pub async fn focused(&self) -> Focused {
        let node = either!(&self.engine, engine => engine.focused().await);
        Focused { role: node.role, name: node.name }
    }

    /// Types letter by letter into the focused element.
    pub async fn keys(&self, text: &str) {
        for letter in text.chars() {
            self.press_one(letter).await;
        }
    }

    async fn press_one(&self, value: char) {
        let actions =
            KeyActions::new("keyboard".to_owned()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(actions).await.unwrap_or_else(|error| panic!("pressing {value:?}: {error}"));
    }

    /// Presses Tab until the text field with this name is focused.
    pub async fn tab_to_field(&self, name: &str) {
        self.tab_until(name, |node| {
            node.name == name && ["textbox", "searchbox", "combobox"].contains(&node.role.as_str())
        })
        .await;
    }

    /// Moves to the radio button whose name contains this word, by Tab and then the arrows, and selects it.
    pub async fn choose_by_keyboard(&self, word: &str) {
        self.tab_to_role("radio").await;
        for _ in 0..20 {
            if self.focused().await.name.contains(word) {
                return self.press("Space").await;
            }
            self.press("Down").await;
        }
        panic!("no radio button for {word}");
    }

    /// Presses Tab until an element with this role is focused.
    pub async fn tab_to_role(&self, role: &str) {
        self.tab_until(role, |node| node.role == role).await;
    }

    /// Presses Tab until the element with this role and name is focused; fails after a full cycle.
    pub async fn tab_to(&self, role: &str, name: &str) {
        self.tab_until(&format!("{role} {name:?}"), |node| node.role == role && node.name == name).await;
    }

    /// Waits for the next frame.
    pub async fn next_frame(&self) {
        self.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))").await;
    }

    async fn tab_until(&self, what: &str, is_it: impl Fn(&Focused) -> bool) {
        let mut walked = Vec::new();
        for _ in 0..400 {
            let focused = self.focused().await;
            if is_it(&focused) {
                return;
            }
            walked.push(format!("{} {:?}", focused.role, focused.name));
            self.press("Tab").await;
            // At the pace of a user: the rows from the last press are rendered.
            self.next_frame().await;
        }
        walked.truncate(60);
        panic!("Tab never reaches {what}; it walked over {walked:#?}");
    }
}

/// The WebDriver code of a key, by its common name.
fn key_code(name: &str) -> char {
    let key = match name {
        "Tab" => Key::Tab,
        "Shift" => Key::Shift,
        "Control" => Key::Control,
        "Alt" => Key::Alt,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Space" => return ' ',
        "Up" => Key::Up,
        "Down" => Key::Down,
        "Left" => Key::Left,
        "Right" => Key::Right,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageDown" => Key::PageDown,
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        other => return other.chars().next().expect("a key has a name"),
    };
    key.into()
}

//! A button.

use leptos::prelude::*;

use crate::html;

/// How much a button asks to be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// The one way on.
    Primary,
    /// Everything else.
    #[default]
    Plain,
    /// Beside something it belongs to.
    Small,
    /// In a line of text.
    Link,
    /// Takes something away for good.
    Danger,
}

impl Look {
    fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Plain => "button",
            Self::Small => "button button--small",
            Self::Link => "button button--link",
            Self::Danger => "button button--danger",
        }
    }
}

/// A button that does something on this page. `about` names what it belongs to, for those who hear the page.
#[component]
pub fn Button(
    #[prop(into)] words: Signal<String>,
    #[prop(optional)] look: Look,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional, into)] about: Option<String>,
    #[prop(into)] on_press: Callback<()>,
) -> impl IntoView {
    html! {
        <button
            type="button"
            class=look.class()
            disabled=disabled
            aria-describedby=about
            on:click=move |_| on_press.run(())
        >
            {words}
        </button>
    }
}

/// The button that sends a form: pressing Enter in a field does the same.
#[component]
pub fn Submit(#[prop(into)] words: String, #[prop(optional, into)] disabled: Signal<bool>) -> impl IntoView {
    html! {
        <button type="submit" class="button button--primary" disabled=disabled>{words}</button>
    }
}

//! A boxed message.

use leptos::prelude::*;

use crate::html;

/// What kind of news a notice brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Worth knowing.
    #[default]
    Plain,
    /// Worth a second thought.
    Warning,
    /// Something went wrong.
    Bad,
    /// Something went well.
    Good,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "notice",
            Self::Warning => "notice notice--warning",
            Self::Bad => "notice notice--bad",
            Self::Good => "notice notice--good",
        }
    }
}

/// A message with a title. A bad one is announced at once.
#[component]
pub fn Notice(#[prop(optional)] tone: Tone, #[prop(into)] title: String, children: Children) -> impl IntoView {
    html! {
        <div class=tone.class() role=(tone == Tone::Bad).then_some("alert")>
            <p class="notice__title">{title}</p>
            {children()}
        </div>
    }
}

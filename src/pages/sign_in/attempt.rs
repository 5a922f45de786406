//! Leaving for a portal: the portal is asked while the person reads, so that a press need not wait for the answer.

use key_wizard_core::{auth::target::Target, message::News};
use leptos::{prelude::*, task::spawn_local};
use web_sys::Node;

use crate::{
    i18n::{self, Label, NewsWords},
    state::{App, auth_preflight::preflight},
    ui::{
        button::{Variant, button, row},
        dom::{El, el, switch},
        notice::{Severity, notice, paragraph},
    },
};

/// An attempt to sign in at a portal: the portal's answer about this page, and the press that leaves.
#[derive(Clone, Copy)]
pub struct SignInAttempt {
    app: App,
    asked: RwSignal<Option<Target>>,
    problem: RwSignal<Option<News>>,
}

impl SignInAttempt {
    /// An attempt before the portal has been asked.
    pub fn new(app: App) -> Self {
        Self { app, asked: RwSignal::new(None), problem: RwSignal::new(None) }
    }

    /// Asks the portal whether it knows this page, once for each portal.
    pub fn ask(self, target: Target) {
        if self.asked.with_untracked(|asked| asked.as_ref() == Some(&target)) {
            return;
        }
        self.asked.set(Some(target.clone()));
        self.problem.set(None);
        spawn_local(async move {
            let news = preflight(&target).await;
            // Another portal may have been chosen, or this part of the page may be gone.
            if self.asked.try_with_untracked(|asked| *asked == Some(target)) == Some(true) {
                self.problem.set(news);
            }
        });
    }

    /// Handles the press. If the portal refused this page, asks it again: the cause may have been fixed.
    pub fn leave(self, target: Target) {
        match self.problem.with_untracked(Option::is_some) {
            true => self.app.leave_if_taken(target, move |news| self.problem.set(Some(news))),
            false => self.app.leave_for(target),
        }
    }

    /// The portal's answer, unless `known` shows it already.
    pub fn notice(self, known: Option<News>) -> Node {
        let problem = move || self.problem.get().filter(|news| Some(news) != known.as_ref());
        switch(problem, move |news| news.as_ref().map(|news| news_box(news).child(self.anyway(news))))
    }

    /// A button to continue if only an undocumented call prevents the sign-in.
    fn anyway(self, news: &News) -> Option<El> {
        let target = self.asked.get_untracked().filter(|_| news.may_be_wrong())?;
        let press = move || self.app.leave_for(target.clone());
        Some(row([button(&i18n::text(Label::SignInAnyway), Variant::Plain, press)]))
    }
}

/// A button that leaves for a portal. Not disabled while the page is leaving, because it would lose focus.
pub fn leaving(app: App, button: El) -> El {
    button.attr("aria-disabled", move || app.sign_in.is_redirecting().then(|| "true".to_owned()))
}

/// News in a box.
pub fn news_box(news: &News) -> El {
    let NewsWords { title, text, advice, quote } = i18n::news(news);
    let quote = quote.map(|quote| portal_said(&quote));
    notice(Severity::Warning, &title).child(paragraph(&text)).child(quote).child(paragraph(&advice))
}

/// The portal's own message: only text, isolated from the direction of the surrounding text.
pub fn portal_said(words: &str) -> El {
    paragraph(&i18n::text(Label::PortalSaid)).text(" ").child(el("bdi").text(words))
}

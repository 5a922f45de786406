//! What the person is told about a link or a recipe, as a value that the stored draft keeps.

use crate::credential::draft::Draft;
use crate::credential::prefill::{Note, Why};
use crate::credential::problem::Field;
use crate::route::Step;

/// What filled the form in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A link that was followed.
    Link,
    /// A recipe that was opened.
    Recipe,
    /// The page that embeds the wizard.
    Page,
    /// Another draft, whose key was made or whose recipe was opened.
    Copy,
}

/// What became of a link or a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It filled the form in, except for what is noted.
    Filled(Source),
    /// Nothing of it was used.
    Refused(Source, Why),
    /// What an earlier version of the page stored: a title, a lead, and a sentence for each thing left out, in English.
    Sentences(Vec<String>),
}

/// What the person is told about a link or a recipe.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What became of it.
    pub outcome: Outcome,
    /// The fields that it filled in.
    pub filled: Vec<Field>,
    /// Whether something that was typed before is gone.
    pub is_replacement: bool,
    /// What was left out.
    pub left_out: Vec<Note>,
}

impl Notice {
    /// A notice that names no field.
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome, filled: Vec::new(), is_replacement: false, left_out: Vec::new() }
    }

    /// What it says on a step: all on the first and the last one, on which a person may arrive, and on the others the
    /// fields of that step. Nothing where it has nothing to say.
    pub fn on(&self, step: Step) -> Option<Self> {
        if matches!(step, Step::Credentials | Step::Summary) || !matches!(self.outcome, Outcome::Filled(_)) {
            return Some(self.clone());
        }
        let filled: Vec<Field> = self.filled.iter().filter(|field| field.step() == step).copied().collect();
        (!filled.is_empty()).then(|| Self { filled, is_replacement: false, ..self.clone() })
    }
}

impl Draft {
    /// Says what became of a link or a recipe, instead of what was said before.
    pub fn notify(&mut self, outcome: Outcome) {
        self.notice = Some(Notice::new(outcome));
    }

    /// Notes what was left out. A page that fills the form in has nothing to say before that.
    pub fn note(&mut self, notes: Vec<Note>) {
        if self.notice.is_none() && !notes.is_empty() {
            self.notify(Outcome::Filled(Source::Page));
        }
        if let Some(notice) = &mut self.notice {
            notice.left_out.extend(notes);
        }
    }
}

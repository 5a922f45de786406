//! Where the person is in the wizard and what they have typed: pure, without a screen.

use crate::credential::{draft::Draft, problem::Problem, spec::Spec};
use crate::route::Step;
use crate::timestamp::Timestamp;

/// The steps that a person fills in, in the order of the walk.
pub const WALK: [Step; 5] = [Step::Credentials, Step::Privileges, Step::ItemAccess, Step::Details, Step::Summary];

/// The wizard's whole state: the step, the draft, and the problems of the last check.
#[derive(Debug, Clone, PartialEq)]
pub struct Wizard {
    step: Step,
    /// What the person has typed. Every field may hold anything until it is checked.
    pub draft: Draft,
    problems: Vec<Problem>,
    way_on: WayOn,
}

/// Where `Next` leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WayOn {
    Walk,
    BackToSummary,
}

impl Wizard {
    /// A wizard at its first step.
    pub fn new(draft: Draft) -> Self {
        Self { step: Step::Credentials, draft, problems: Vec::new(), way_on: WayOn::Walk }
    }

    /// The step on the screen.
    pub fn step(&self) -> Step {
        self.step
    }

    /// What the last check found; empty again once the person moves.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Checks the step and moves on if it is right: to the next one, or back to the Summary after `Change`.
    pub fn next(&mut self, now: Timestamp) {
        if self.step == Step::Credentials {
            // What it refuses, the check below names.
            let _ = self.draft.settle_entry();
        }
        self.problems = self.draft.check_step(self.step, now);
        if self.problems.is_empty() {
            self.go_to(match self.way_on {
                WayOn::Walk => after(self.step),
                WayOn::BackToSummary => Step::Summary,
            });
        }
    }

    /// Adds what stands in the referrer's entry to the list, or says why not.
    pub fn add_referrer(&mut self) {
        self.problems = self.draft.add_referrer().err().into_iter().collect();
    }

    /// One step back. Nothing is checked, nothing typed is lost.
    pub fn back(&mut self) {
        self.go_to(match self.way_on {
            WayOn::Walk => before(self.step),
            WayOn::BackToSummary => Step::Summary,
        });
    }

    /// Shows a step, as the browser's Back and Forward ask.
    pub fn go_to(&mut self, step: Step) {
        if self.step != step {
            self.problems.clear();
        }
        if step == Step::Summary {
            self.way_on = WayOn::Walk;
        }
        self.step = step;
    }

    /// From the Summary to the step of one answer; `Next` there comes back.
    pub fn change(&mut self, step: Step) {
        self.go_to(step);
        self.way_on = WayOn::BackToSummary;
    }

    /// From the error summary to the step at fault; the problems stay on the screen.
    pub fn mend(&mut self, step: Step) {
        if self.step != step {
            self.step = step;
            self.way_on = WayOn::BackToSummary;
        }
    }

    /// Checks everything; the problems of every step are kept for the screen.
    pub fn check(&mut self, now: Timestamp) -> Option<Spec> {
        match self.draft.check(now) {
            Ok(spec) => {
                self.problems.clear();
                Some(spec)
            }
            Err(problems) => {
                self.problems = problems;
                None
            }
        }
    }
}

fn after(step: Step) -> Step {
    neighbour(step, |index| index + 1)
}

fn before(step: Step) -> Step {
    neighbour(step, |index| index.saturating_sub(1))
}

fn neighbour(step: Step, moved: fn(usize) -> usize) -> Step {
    let index = WALK.iter().position(|it| *it == step).unwrap_or(0);
    WALK[moved(index).min(WALK.len() - 1)]
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_422_600_000); // 2026-11-23T08:30:00Z

    fn wizard() -> Wizard {
        Wizard::new(Draft::new(NaiveDate::from_ymd_opt(2026, 11, 23).expect("a real date")))
    }

    #[test]
    fn next_walks_the_steps_in_order() {
        let mut wizard = wizard();
        wizard.draft.title = "My key".to_owned();
        let mut walked = vec![wizard.step()];
        while wizard.step() != Step::Summary {
            wizard.next(NOW);
            walked.push(wizard.step());
        }
        assert_eq!(walked, WALK);
    }

    #[test]
    fn a_step_with_a_problem_is_not_left_by_next_and_keeps_what_was_typed() {
        let mut wizard = wizard();
        wizard.draft.expiration = "soon".to_owned();
        wizard.next(NOW);
        assert_eq!(wizard.step(), Step::Credentials);
        assert_eq!(wizard.problems().len(), 1);
        assert_eq!(wizard.draft.expiration, "soon");
    }

    #[test]
    fn next_after_change_comes_back_to_the_summary() {
        let mut wizard = wizard();
        wizard.go_to(Step::Summary);
        wizard.change(Step::Privileges);
        wizard.next(NOW);
        assert_eq!(wizard.step(), Step::Summary);
        wizard.back();
        assert_eq!(wizard.step(), Step::Details);
    }

    #[test]
    fn the_whole_check_names_the_problems_of_every_step() {
        let mut wizard = wizard();
        wizard.go_to(Step::Summary);
        assert!(wizard.check(NOW).is_none());
        let steps: Vec<Step> = wizard.problems().iter().map(|problem| problem.field.step()).collect();
        assert_eq!(steps, [Step::Privileges, Step::Details]);
        wizard.mend(Step::Details);
        assert_eq!(wizard.problems().len(), 2, "the problems stay while they are mended");
    }
}

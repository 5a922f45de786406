//! The state of the wizard: the step and the typed draft. Pure, without a view.

use crate::credential::draft::Draft;
use crate::credential::problem::{Problem, Rule};
use crate::credential::spec::Spec;
use crate::route::Step;
use crate::timestamp::Timestamp;

/// The steps that a person fills in, in order.
pub const WALK: [Step; 5] = [Step::Credentials, Step::Privileges, Step::ItemAccess, Step::Details, Step::Summary];

/// The wizard's whole state: the step, the draft, and the problems of the last check.
#[derive(Debug, Clone, PartialEq)]
pub struct Wizard {
    step: Step,
    /// The draft as typed. Any field may be invalid until it is checked.
    pub draft: Draft,
    problems: Vec<Problem>,
    attempt: Attempt,
    way_on: WayOn,
}

/// The last press of `Next` or `Create` that failed the check.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Attempt {
    /// The number of failed presses.
    pub count: u32,
    /// The problems found; empty once the person has moved on.
    pub problems: Vec<Problem>,
    /// Whether nothing was fixed since the previous press.
    pub is_repeated: bool,
}

/// The destination of `Next`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum WayOn {
    Walk,
    BackToSummary,
}

impl Wizard {
    /// A wizard at its first step.
    pub fn new(draft: Draft) -> Self {
        let (step, problems, attempt) = (Step::Credentials, Vec::new(), Attempt::default());
        Self { step, draft, problems, attempt, way_on: WayOn::Walk }
    }

    /// The step on the screen.
    pub fn step(&self) -> Step {
        self.step
    }

    /// Edits the draft. Drops the problems that this fixes; only the next check finds new ones.
    pub fn edit<T>(&mut self, now: Timestamp, change: impl FnOnce(&mut Draft) -> T) -> T {
        let changed = change(&mut self.draft);
        if !self.problems.is_empty() {
            let left = self.draft.check(now).err().unwrap_or_default();
            let still = |problem: &Problem| left.iter().find(|now| now.is_same(problem)).cloned();
            self.problems = self.problems.iter().filter_map(still).collect();
        }
        changed
    }

    /// The problems of the last check that are not fixed yet. Leaving the step clears them.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The last press of `Next` or `Create` that failed the check.
    pub fn attempt(&self) -> &Attempt {
        &self.attempt
    }

    /// Whether a problem is not fixed yet.
    pub fn is_open(&self, problem: &Problem) -> bool {
        self.problems.iter().any(|other| other.is_same(problem))
    }

    /// Whether a press of `Next` or `Create` failed and not everything is fixed.
    pub fn is_refused(&self) -> bool {
        self.attempt.problems.iter().any(|problem| self.is_open(problem))
    }

    fn refuse(&mut self, problems: Vec<Problem>) {
        self.attempt.is_repeated = self.attempt.problems == problems;
        self.attempt.count += 1;
        self.attempt.problems.clone_from(&problems);
        self.problems = problems;
    }

    fn accept(&mut self) {
        self.problems.clear();
        self.attempt.problems.clear();
    }

    /// Checks the step and, if it is valid, moves to the next one, or back to the Summary after `Change`.
    pub fn next(&mut self, now: Timestamp) {
        self.settle();
        let to = match self.way_on {
            WayOn::Walk => after(&self.draft, self.step, now),
            WayOn::BackToSummary => Step::Summary,
        };
        self.leave_for(now, to);
    }

    /// Jumps to a step of the progress indicator: back without a check, forward if this step is valid, as `Next` does.
    pub fn jump(&mut self, to: Step, now: Timestamp) {
        if to < self.step {
            self.go_to(to);
        } else {
            self.settle();
            self.leave_for(now, to);
        }
    }

    /// Adds the typed referrers. The check of the step reports those that are refused.
    fn settle(&mut self) {
        if self.step == Step::Credentials {
            let _ = self.draft.settle_entry();
        }
    }

    fn leave_for(&mut self, now: Timestamp, to: Step) {
        let problems = self.draft.check_step(self.step, now);
        match problems.is_empty() || to == self.step {
            true => self.go_to(to),
            false => self.refuse(problems),
        }
    }

    /// Adds the typed referrers that parse; the problems of the others are kept.
    pub fn add_referrers(&mut self) {
        self.accept();
        self.problems = self.draft.add_referrers().err().unwrap_or_default();
    }

    /// Goes one step back. Checks nothing and loses nothing.
    pub fn back(&mut self) {
        self.go_to(match self.way_on {
            WayOn::Walk => before(self.step),
            WayOn::BackToSummary => Step::Summary,
        });
    }

    /// Shows a step, for the browser's Back and Forward.
    pub fn go_to(&mut self, step: Step) {
        if self.step != step {
            self.accept();
        }
        if step == Step::Summary {
            self.way_on = WayOn::Walk;
        }
        self.step = step;
    }

    /// Goes from the Summary to the step of an answer; `Next` there returns to the Summary.
    pub fn change(&mut self, step: Step) {
        self.go_to(step);
        self.way_on = WayOn::BackToSummary;
    }

    /// Goes from the error summary to the step of a problem; the problems stay on the screen.
    pub fn go_to_problem(&mut self, step: Step) {
        if self.step != step {
            self.step = step;
            self.way_on = WayOn::BackToSummary;
        }
    }

    /// Checks everything and keeps the problems of every step for the screen.
    pub fn check(&mut self, now: Timestamp) -> Option<Spec> {
        match self.draft.check(now) {
            Ok(spec) => {
                self.accept();
                Some(spec)
            }
            Err(problems) => {
                self.refuse(problems);
                None
            }
        }
    }
}

/// The step after `Next`. In a copied draft, that is the next step where something is missing. If the key may need
/// referrers and has none, no step is skipped.
fn after(draft: &Draft, step: Step, now: Timestamp) -> Step {
    let mut ahead = WALK.iter().copied().filter(|other| *other > step);
    if !draft.is_copy || draft.referrers.is_empty() && !draft.usage.sends_no_referrer() {
        return ahead.next().unwrap_or(Step::Summary);
    }
    let problems = draft.check(now).err().unwrap_or_default();
    let lacks = |step: &Step| {
        let is_here = |problem: &Problem| problem.field.step() == *step && problem.rule != Rule::Unresolved;
        // A suggested title that the person has not edited counts as missing.
        problems.iter().any(is_here) || *step == Step::Details && draft.title == draft.suggested_title
    };
    ahead.find(lacks).unwrap_or(Step::Summary)
}

fn before(step: Step) -> Step {
    WALK.iter().copied().rev().find(|other| *other < step).unwrap_or(Step::Credentials)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::credential::draft::Usage;
    use crate::credential::problem::Field;
    use crate::portal::id::PrivilegeId;

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
    fn a_problem_leaves_when_what_it_names_is_right_and_no_other_comes_before_the_next_check() {
        let mut wizard = wizard();
        wizard.go_to(Step::Details);
        wizard.next(NOW);
        let required = Problem { field: Field::Title, rule: Rule::Required };
        assert_eq!(wizard.problems(), std::slice::from_ref(&required));
        wizard.edit(NOW, |draft| draft.tags = "\u{7}".to_owned());
        assert_eq!(wizard.problems(), std::slice::from_ref(&required), "a new problem waits for the next check");
        wizard.edit(NOW, |draft| draft.title = "My key".to_owned());
        assert!(wizard.problems().is_empty() && !wizard.is_refused() && !wizard.is_open(&required));
    }

    #[test]
    fn a_problem_that_stays_in_other_figures_is_reported_in_these() {
        let mut wizard = wizard();
        wizard.go_to(Step::Details);
        let mut type_title = |length| {
            wizard.edit(NOW, |draft| draft.title = "x".repeat(length));
            if length == 300 {
                wizard.next(NOW);
            }
            wizard.problems().to_vec()
        };
        let too_long = |count| vec![Problem { field: Field::Title, rule: Rule::TooLong { max: 250, count } }];
        assert_eq!(type_title(300), too_long(300));
        assert_eq!(type_title(299), too_long(299));
        assert_eq!(type_title(250), []);
    }

    #[test]
    fn a_refused_referrer_is_a_problem_only_while_it_is_in_the_entry() {
        let mut wizard = wizard();
        wizard.edit(NOW, |draft| draft.referrer_entry = "localhost:5173, https://a.example".to_owned());
        wizard.add_referrers();
        assert_eq!(wizard.draft.referrers, ["https://a.example"]);
        assert_eq!((wizard.problems().len(), wizard.is_refused()), (1, false), "no one pressed `Next`");
        wizard.edit(NOW, |draft| draft.referrer_entry.push('4'));
        assert!(wizard.problems().is_empty(), "that entry is gone");
    }

    #[test]
    fn each_refused_press_is_counted_and_a_repeated_one_known() {
        let mut wizard = wizard();
        wizard.go_to(Step::Details);
        let mut told = Vec::new();
        for tags in ["", "", "\u{7}", "\u{7}"] {
            wizard.edit(NOW, |draft| draft.tags = tags.to_owned());
            wizard.next(NOW);
            told.push((wizard.attempt().count, wizard.attempt().is_repeated));
        }
        assert_eq!(told, [(1, false), (2, true), (3, false), (4, true)]);
        wizard.back();
        assert!(wizard.attempt().problems.is_empty() && !wizard.is_refused());
        wizard.next(NOW);
        wizard.next(NOW);
        assert_eq!((wizard.attempt().count, wizard.attempt().is_repeated), (5, false), "the step was left meanwhile");
    }

    #[test]
    fn a_name_in_the_progress_leads_back_always_and_forward_from_a_step_that_is_right() {
        let mut wizard = wizard();
        wizard.edit(NOW, |draft| draft.referrer_entry = "localhost:5173".to_owned());
        wizard.jump(Step::Summary, NOW);
        assert_eq!((wizard.step(), wizard.is_refused()), (Step::Credentials, true));
        wizard.edit(NOW, |draft| draft.referrer_entry = "http://localhost:5173".to_owned());
        wizard.jump(Step::Details, NOW);
        assert_eq!((wizard.step(), wizard.draft.referrers.len()), (Step::Details, 1));
        wizard.jump(Step::Summary, NOW);
        assert_eq!((wizard.step(), wizard.is_refused()), (Step::Details, true), "no title yet");
        wizard.jump(Step::Privileges, NOW);
        assert_eq!((wizard.step(), wizard.is_refused()), (Step::Privileges, false));
    }

    #[test]
    fn the_whole_check_names_the_problems_of_every_step() {
        let mut wizard = wizard();
        wizard.go_to(Step::Summary);
        assert!(wizard.check(NOW).is_none());
        let steps: Vec<Step> = wizard.problems().iter().map(|problem| problem.field.step()).collect();
        assert_eq!(steps, [Step::Privileges, Step::Details]);
        wizard.go_to_problem(Step::Details);
        assert_eq!(wizard.problems().len(), 2, "the problems stay while they are mended");
    }

    /// A draft whose key was generated.
    fn complete() -> Draft {
        Draft {
            expiration: "2027-02-27".to_owned(),
            privileges: vec![PrivilegeId("premium:user:basemaps".to_owned())],
            title: "Store finder".to_owned(),
            ..Draft::default()
        }
    }

    /// The steps shown from the first one on.
    fn walk(draft: Draft) -> Vec<Step> {
        let mut wizard = Wizard::new(draft);
        let mut seen = Vec::new();
        while wizard.step() != Step::Summary {
            let before = wizard.step();
            wizard.next(NOW);
            assert_ne!(wizard.step(), before, "{:?}", wizard.problems());
            seen.push(wizard.step());
            if wizard.step() == Step::Details && wizard.draft.title.is_empty() {
                wizard.draft.title = "Store finder, staging".to_owned();
            }
        }
        seen
    }

    #[test]
    fn the_walk_of_a_copy_stops_where_something_is_missing() {
        let copy = |change: fn(&mut Draft)| {
            let mut draft = complete().another(NOW, NOW);
            change(&mut draft);
            draft
        };
        let entry = |draft: &mut Draft| draft.referrer_entry = "https://staging.example.com".to_owned();
        assert_eq!(walk(copy(entry)), [Step::Details, Step::Summary]);
        let both = copy(|draft| {
            draft.referrers.push("https://staging.example.com".to_owned());
            draft.title = "Staging".to_owned();
        });
        assert_eq!(walk(both.clone()), [Step::Summary]);
        let suggested = Draft { suggested_title: both.title.clone(), ..both.clone() };
        assert_eq!(walk(suggested), [Step::Details, Step::Summary]);
        let nothing = Draft { privileges: Vec::new(), items: Vec::new(), ..both.clone() };
        assert_eq!(walk(nothing), [Step::Privileges, Step::Summary]);
        let all = WALK[1..].to_vec();
        assert_eq!(walk(copy(|_| {})), all, "no referrers where they are expected");
        assert_eq!(walk(copy(|draft| draft.usage = Usage::Scripts)), [Step::Details, Step::Summary]);
        assert_eq!(walk(Draft { is_copy: false, ..both }), all, "no copy");
    }
}

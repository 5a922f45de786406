//! Routes: parses and writes the fragment of the address. Fragments need no rewrite rules from the host.

/// A page of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The sign-in page.
    SignIn,
    /// A step of the wizard.
    Step(Step),
    /// A step without a sign-in, for a credential created by hand.
    ByHand(Step),
}

/// A step of the wizard, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Expiration date and referrers.
    Credentials,
    /// The privileges of the key.
    Privileges,
    /// The private items that the key may read.
    ItemAccess,
    /// Title, folder, tags and summary of the item.
    Details,
    /// The summary of all choices.
    Summary,
    /// The calls in progress.
    Progress,
    /// The key, shown once.
    Key,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Step; 7] = [
        Step::Credentials,
        Step::Privileges,
        Step::ItemAccess,
        Step::Details,
        Step::Summary,
        Step::Progress,
        Step::Key,
    ];

    /// Parses the step of a fragment, with or without its `#`. Accepts only routes with a sign-in; the first screen
    /// needs no others.
    pub fn parse(fragment: &str) -> Option<Step> {
        let path = fragment.trim_start_matches('#');
        if path == "/new" {
            return Some(Step::Credentials);
        }
        Step::ALL.into_iter().find(|step| step.fragment().strip_prefix('#') == Some(path))
    }

    /// Its fragment with a sign-in.
    pub fn fragment(self) -> &'static str {
        match self {
            Step::Credentials => "#/new/credentials",
            Step::Privileges => "#/new/privileges",
            Step::ItemAccess => "#/new/item-access",
            Step::Details => "#/new/details",
            Step::Summary => "#/new/summary",
            Step::Progress => "#/new/progress",
            Step::Key => "#/new/key",
        }
    }

    /// The step to return to after a sign-in that leaves from this one. A creation and its key resume at the Summary.
    pub fn return_step(self) -> Step {
        match self {
            Step::Progress | Step::Key => Step::Summary,
            step => step,
        }
    }
}

impl Route {
    /// Parses a fragment with or without its `#`; anything unknown is the sign-in page.
    pub fn parse(fragment: &str) -> Route {
        if let Some(step) = Step::parse(fragment) {
            return Route::Step(step);
        }
        let path = fragment.trim_start_matches('#');
        if path == "/by-hand" {
            return Route::ByHand(Step::Credentials);
        }
        let is_here = |step: &Step| Route::ByHand(*step).fragment().strip_prefix('#') == Some(path);
        Step::ALL.into_iter().find(is_here).map_or(Route::SignIn, Route::ByHand)
    }

    /// The fragment of the address, with its `#`.
    pub fn fragment(self) -> &'static str {
        match self {
            Route::SignIn => "#/",
            Route::Step(step) => step.fragment(),
            Route::ByHand(Step::Credentials) => "#/by-hand/credentials",
            Route::ByHand(Step::Privileges) => "#/by-hand/privileges",
            Route::ByHand(Step::ItemAccess) => "#/by-hand/item-access",
            Route::ByHand(Step::Details) => "#/by-hand/details",
            // Nothing is created by hand in the page, so these share one fragment.
            Route::ByHand(Step::Summary | Step::Progress | Step::Key) => "#/by-hand/summary",
        }
    }
}

/// The query of a link into the wizard, `#/new?…`; `None` if the fragment is not such a link.
pub fn link(fragment: &str) -> Option<&str> {
    fragment.strip_prefix("#/new?")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(fragment: &str, expected: Route) {
        assert_eq!(Route::parse(fragment), expected, "{fragment}");
    }

    #[test]
    fn every_step_comes_back_from_its_own_fragment() {
        for step in Step::ALL {
            check(Route::Step(step).fragment(), Route::Step(step));
        }
        check(Route::SignIn.fragment(), Route::SignIn);
    }

    #[test]
    fn without_a_sign_in_the_steps_end_with_the_summary() {
        for step in Step::ALL {
            check(Route::ByHand(step).fragment(), Route::ByHand(step.return_step()));
        }
        check("#/by-hand", Route::ByHand(Step::Credentials));
        check("#/by-hand/key", Route::SignIn);
    }

    #[test]
    fn an_unknown_fragment_is_the_first_page() {
        for fragment in ["", "#", "/", "#/old", "#/new/", "#/new/KEY", "#/new/key/x", "#/new/\u{202e}", "##"] {
            check(fragment, Route::SignIn);
        }
    }

    #[test]
    fn the_short_address_of_the_wizard_is_its_first_step() {
        check("#/new", Route::Step(Step::Credentials));
        check("/new/privileges", Route::Step(Step::Privileges));
    }

    #[test]
    fn a_link_is_the_short_address_with_a_question_mark() {
        assert_eq!(link("#/new?title=a?b"), Some("title=a?b"));
        for fragment in ["#/new", "#/new/?a=b", "#/new/key?a=b", "/new?a=b", "#?a=b"] {
            assert_eq!(link(fragment), None, "{fragment}");
        }
    }

    #[test]
    fn a_sign_in_comes_back_to_its_own_step_or_from_the_creation_to_the_summary() {
        for step in Step::ALL {
            let expected = if step < Step::Progress { step } else { Step::Summary };
            assert_eq!(step.return_step(), expected, "{step:?}");
        }
    }
}

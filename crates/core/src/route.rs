//! Where the person is: the fragment of the address, both ways. Fragments need no rewrite rules from the host.

/// A page of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The first page.
    SignIn,
    /// A step of the wizard.
    Step(Step),
}

/// A step of the wizard, in the order of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// Expiration date and referrers.
    Credentials,
    /// What the key may do.
    Privileges,
    /// Which private items the key may read.
    ItemAccess,
    /// Title, folder, tags and summary of the item.
    Details,
    /// Everything chosen.
    Summary,
    /// The calls as they run.
    Progress,
    /// The key, once.
    Key,
}

impl Step {
    /// Every step in the order of the walk.
    pub const ALL: [Step; 7] = [
        Step::Credentials,
        Step::Privileges,
        Step::ItemAccess,
        Step::Details,
        Step::Summary,
        Step::Progress,
        Step::Key,
    ];

    /// Where a sign-in that leaves from this step comes back to. A creation and its key are taken up from the Summary.
    pub fn return_step(self) -> Step {
        match self {
            Step::Progress | Step::Key => Step::Summary,
            step => step,
        }
    }
}

impl Route {
    /// Reads a fragment with or without its `#`; what it does not know is the first page.
    pub fn parse(fragment: &str) -> Route {
        let path = fragment.trim_start_matches('#');
        if path == "/new" {
            return Route::Step(Step::Credentials);
        }
        let is_here = |step: &Step| Route::Step(*step).fragment().strip_prefix('#') == Some(path);
        Step::ALL.into_iter().find(is_here).map_or(Route::SignIn, Route::Step)
    }

    /// The fragment of the address, with its `#`.
    pub fn fragment(self) -> &'static str {
        match self {
            Route::SignIn => "#/",
            Route::Step(Step::Credentials) => "#/new/credentials",
            Route::Step(Step::Privileges) => "#/new/privileges",
            Route::Step(Step::ItemAccess) => "#/new/item-access",
            Route::Step(Step::Details) => "#/new/details",
            Route::Step(Step::Summary) => "#/new/summary",
            Route::Step(Step::Progress) => "#/new/progress",
            Route::Step(Step::Key) => "#/new/key",
        }
    }
}

/// What follows the `?` of a link into the wizard, `#/new?…`; none if the fragment is no link.
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

//! The steps of the wizard as page objects: the only place that knows the accessible names of the product.
//!
//! Users' scripts depend on these names too: changing one is a breaking change.

mod items_dialog;
mod links;
mod words;

pub use items_dialog::ItemsDialog;
pub use links::{Prefilled, RecipeField, Reuse};
pub use words::{Header, OpenTask, Problem, Question, Wizard};

use std::collections::BTreeMap;

use crate::page::Page;
use crate::target::Target;

/// The start page.
pub struct SignInPage<'p>(pub &'p Page);

impl SignInPage<'_> {
    /// The heading.
    pub const HEADING: &'static str = "Create an API key";
    /// The button that leaves for the portal.
    pub const SIGN_IN: &'static str = "Sign in";
    /// Leaves although the portal does not recognize this page.
    pub const SIGN_IN_ANYWAY: &'static str = "Sign in anyway";
    /// Opens the steps without signing in.
    pub const USE_WITHOUT_SIGNING_IN: &'static str = "Use without signing in";
    /// Shown after a reload if there are answers.
    pub const KEPT: &'static str = "Your answers are kept in this tab.";
    /// Explains what may be wrong with the portal.
    pub const CAME_BACK: &'static str = "I came back without signing in";

    /// Waits for the interactive page.
    pub async fn wait(&self) {
        self.0.heading(Self::HEADING).wait().await;
        self.0.button(SignInPage::SIGN_IN).wait().await;
    }

    /// Leaves for the portal's sign-in page.
    pub async fn sign_in(&self) {
        self.0.button(SignInPage::SIGN_IN).click().await;
    }
}

/// The practice portal's own sign-in page.
pub struct PortalPage<'p>(pub &'p Page);

impl PortalPage<'_> {
    /// The heading.
    pub const HEADING: &'static str = "Sign in to the practice portal";

    /// Waits for the page on the portal's origin.
    pub async fn wait(&self) {
        self.0.heading(Self::HEADING).wait().await;
    }

    /// Selects a user by username and allows the app.
    pub async fn allow(&self, username: &str) {
        self.wait().await;
        self.0.radio(&format!("*{username}*")).click().await;
        self.0.button("Allow").click().await;
    }

    /// Denies the app.
    pub async fn cancel(&self) {
        self.wait().await;
        self.0.button("Cancel").click().await;
    }
}

/// Step 1: expiration and referrers.
pub struct CredentialsStep<'p>(pub &'p Page);

impl CredentialsStep<'_> {
    /// The heading.
    pub const HEADING: &'static str = "Expiration and referrers";
    /// The date field.
    pub const EXPIRATION: &'static str = "Expiration date";
    /// The field for one referrer.
    pub const REFERRERS: &'static str = "Referrers";
    /// The button that adds it.
    pub const ADD: &'static str = "Add referrer";

    /// Waits for the step.
    pub async fn wait(&self) {
        self.0.heading(Self::HEADING).wait().await;
    }

    /// Types a date in the format `2027-01-31`.
    pub async fn set_date(&self, date: &str) {
        let field = self.0.textbox(CredentialsStep::EXPIRATION);
        if field.js("function () { return this.type }").await == "date" {
            let (year, rest) = date.split_once('-').expect("dates are written year first");
            let digits = rest.replace('-', "") + year;
            field.focus().await;
            self.0.keys(&digits).await;
        } else {
            field.fill(date).await;
        }
    }

    /// The typed date, in the format `2027-01-31`.
    pub async fn date(&self) -> String {
        self.0.textbox(CredentialsStep::EXPIRATION).value().await
    }

    /// The days from today to the date, by the browser's clock.
    pub async fn days_left(&self) -> i64 {
        let script = "function () { const now = new Date(Date.now()); return Math.round((Date.parse(this.value) \
                      - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 86400000) }";
        self.0.textbox(CredentialsStep::EXPIRATION).js(script).await.as_i64().expect("a date is typed")
    }

    /// Presses `7 days`, `30 days`, `90 days` or `1 year`.
    pub async fn preset(&self, name: &str) {
        self.0.button(name).click().await;
    }

    /// Types a referrer and adds it.
    pub async fn add_referrer(&self, referrer: &str) {
        self.0.textbox(CredentialsStep::REFERRERS).fill(referrer).await;
        self.0.button(CredentialsStep::ADD).click().await;
    }

    /// The button that removes an added referrer.
    pub fn remove(&self, referrer: &str) -> Target<'_> {
        self.0.button(&format!("Remove {referrer}"))
    }

    /// Goes to the next step.
    pub async fn next(&self) {
        self.0.button(Wizard::NEXT).click().await;
    }
}

/// Step 2: the privileges of the key.
pub struct PrivilegesStep<'p>(pub &'p Page);

impl PrivilegesStep<'_> {
    /// The heading.
    pub const HEADING: &'static str = "Privileges";
    /// The field that filters the list.
    pub const SEARCH: &'static str = "Search privileges";

    /// Waits for the step and its list.
    pub async fn wait(&self) {
        self.0.heading(Self::HEADING).wait().await;
        self.0.textbox(PrivilegesStep::SEARCH).wait().await;
    }

    /// Filters the list.
    pub async fn search(&self, words: &str) {
        self.0.textbox(PrivilegesStep::SEARCH).fill(words).await;
    }

    /// Ticks a privilege by its label, unless it is ticked.
    pub async fn choose(&self, label: &str) {
        let checkbox = self.0.checkbox(label);
        if !checkbox.is("checked").await {
            checkbox.click().await;
        }
        checkbox.becomes("checked").await;
    }

    /// Waits until the step reports this many as chosen.
    pub async fn counts(&self, count: usize) {
        let noun = if count == 1 { "privilege" } else { "privileges" };
        self.0.shows(&format!("{count} {noun} chosen")).await;
    }
}

/// Step 3: the items that the key may read.
pub struct ItemAccessStep<'p>(pub &'p Page);

impl<'p> ItemAccessStep<'p> {
    /// The heading.
    pub const HEADING: &'static str = "Grant item access";
    /// Continues without items.
    pub const SKIP: &'static str = "Skip";
    /// Opens the dialog of the same name.
    pub const BROWSE: &'static str = "Browse items";
    /// The field that replaces it without a sign-in.
    pub const BY_ADDRESS: &'static str = "Item id or address";

    /// Waits for the step.
    pub async fn wait(&self) {
        self.0.heading(Self::HEADING).wait().await;
    }

    /// Opens the dialog.
    pub async fn browse(&self) -> ItemsDialog<'p> {
        self.0.button(ItemAccessStep::BROWSE).click().await;
        let dialog = ItemsDialog(self.0);
        dialog.it().wait().await;
        dialog
    }

    /// The button that removes a chosen item.
    pub fn remove(&self, title: &str) -> Target<'_> {
        self.0.button(&format!("Remove {title}*"))
    }
}

/// Step 4: title, folder, tags, summary.
pub struct DetailsStep<'p>(pub &'p Page);

impl DetailsStep<'_> {
    /// The heading.
    pub const HEADING: &'static str = "Item details";
    /// The field for the title.
    pub const TITLE: &'static str = "Title";
    /// The field for the folder.
    pub const FOLDER: &'static str = "Folder";
    /// The field for the tags.
    pub const TAGS: &'static str = "Tags";

    /// Waits for the step.
    pub async fn wait(&self) {
        self.0.heading(Self::HEADING).wait().await;
    }

    /// Fills one of `Title`, `Folder`, `Tags`, `Summary`.
    pub async fn fill(&self, field: &str, text: &str) {
        self.0.textbox(field).fill(text).await;
    }
}

/// Step 5: a summary of everything chosen.
pub struct SummaryStep<'p>(pub &'p Page);

impl SummaryStep<'_> {
    /// The heading.
    pub const HEADING: &'static str = "Summary";
    /// The button that starts the creation.
    pub const CREATE: &'static str = "Create";
    /// The radio button that leaves the key for later.
    pub const LATER: &'static str = "Create the credential and generate the key later.";

    /// Waits for the step.
    pub async fn wait(&self) {
        self.0.heading(Self::HEADING).wait().await;
        self.0.button(SummaryStep::CREATE).wait().await;
    }

    /// Goes back to the step of one answer: `Expiration date`, `Referrers`, `Privileges`, `Item access`, `Title` …
    pub async fn change(&self, what: &str) {
        self.0.button(&format!("Change: {what}")).click().await;
    }

    /// Checks the days until the key expires at step 1, and comes back.
    pub async fn expires_in(&self, days: i64) {
        self.change("Expiration date").await;
        assert_eq!(CredentialsStep(self.0).days_left().await, days);
        CredentialsStep(self.0).next().await;
        self.wait().await;
    }

    /// The text of every row, by the row's name.
    pub async fn rows(&self) -> BTreeMap<String, String> {
        let text = self.0.text().await;
        let rows = text.split_once("\nExpiration date\n").map_or("", |(_, rest)| rest);
        let rows = rows.rsplit_once("\nChange").map_or(String::new(), |(rows, _)| ["Expiration date\n", rows].concat());
        let rows = rows.split("\nChange\n");
        rows.filter_map(|row| row.split_once('\n')).map(|(name, words)| (name.to_owned(), words.to_owned())).collect()
    }

    /// Starts the creation.
    pub async fn create(&self) {
        self.0.button(SummaryStep::CREATE).click().await;
    }
}

/// Step 7: shows the key once.
pub struct KeyStep<'p>(pub &'p Page);

impl KeyStep<'_> {
    /// The heading.
    pub const HEADING: &'static str = "Copy your API key";
    /// The heading once the key is saved.
    pub const DONE: &'static str = "All done";
    /// The heading once the key is saved in a tab that another one has taken over from.
    pub const SAVED_HERE: &'static str = "You have saved the key";
    /// The heading once the key is wiped without being saved.
    pub const WIPED: &'static str = "The key is no longer shown";
    /// The heading of a credential whose key is left for later.
    pub const FOR_LATER: &'static str = "Credential created";
    /// Copies the key.
    pub const COPY: &'static str = "Copy";
    /// Confirms that the key is saved.
    pub const SAVED: &'static str = "I have saved the key";
    /// The heading of the question after that confirmation without a copy.
    pub const UNCOPIED: &'static str = "You have not copied the key";
    /// Copies the key from that question.
    pub const COPY_KEY: &'static str = "Copy key";
    /// Confirms that the key is saved anyway.
    pub const SAVED_OTHERWISE: &'static str = "I saved it another way";
    /// Restarts its ten minutes.
    pub const LONGER: &'static str = "Show it 10 more minutes";
    /// Begins another key.
    pub const ANOTHER: &'static str = "Create another key";
    /// Begins a similar key.
    pub const ALIKE: &'static str = "Create another like this";
    /// Shows the key in the embedding page's examples.
    pub const FILL: &'static str = "Fill the examples on this page";
    /// The link to the item.
    pub const ITEM: &'static str = "Open the item in the portal";

    /// The key, as shown.
    pub async fn key(&self) -> String {
        self.0.heading(Self::HEADING).wait().await;
        self.shown().text().await.trim().to_owned()
    }

    /// The only element that shows the key.
    pub fn shown(&self) -> Target<'_> {
        self.0.output("API key")
    }

    /// Confirms that the key is saved, although no button copied it.
    pub async fn saved(&self) {
        self.0.button(KeyStep::SAVED).click().await;
        self.0.button(KeyStep::SAVED_OTHERWISE).click().await;
    }
}

//! What the page says with values in it, as data until it is shown.

use chrono::NaiveDate;
use key_wizard_core::{
    by_hand::{
        portal_dialog::{FieldValue, Screen},
        script::Language,
    },
    credential::{
        code::Place,
        expiration::Lifetime,
        guide::Known,
        preset::Preset as StartingPoint,
        problem::{Field, Problem},
        referrer::ReferrerRule,
        review::{Exposure, Remark},
        search::{Because, Lack},
        unresolved::Restriction,
        web_map::Gap,
    },
    key_life::WhyHidden,
    message::ConfigFault,
    operation::{
        Call, KeyStatus,
        existence::{Existence, Unfinished},
        progress::{ProgressStep, StepStatus},
    },
    portal::{
        account::Account,
        base_url::RootProblem,
        error::{Error, Refusal},
    },
    recovery::Waiting,
    timestamp::Timestamp,
};

use super::Label;

/// Where a message leaves room for something the page puts in as an element.
pub const PLACEHOLDER: char = '\u{fffc}';

/// Something to be said in the reader's language. Texts of the portal and of the person come in as they are.
#[derive(Debug, Clone, Copy)]
pub enum Message<'a> {
    /// Words without a value.
    Label(Label),
    /// The title of the document, for a page with this heading.
    DocumentTitle(&'a str),
    /// The same, while something on that page was refused.
    ErrorTitle(&'a str),
    /// How far along the steps the person is.
    StepOf {
        /// From 1.
        step: usize,
        /// How many there are.
        of: usize,
    },
    /// The name of a field of the wizard.
    Field(Field),
    /// What is wrong with a field; the error summary says the same as the field.
    Problem(&'a Problem),
    /// The button that takes the address of a portal that is probably meant.
    UsePortal(&'a str),
    /// What is wrong with the address of a portal.
    PortalAddressProblem(&'a RootProblem),
    /// Why the configuration cannot be used.
    ConfigFault(&'a ConfigFault),
    /// A call to the portal failed.
    Error(&'a Error),
    /// A configured portal, in a list of them.
    PortalAtHost {
        /// What people call it.
        name: &'a str,
        /// Its host.
        host: &'a str,
    },
    /// Whether this host is the person's portal.
    IsYourPortal(&'a str),
    /// The button that leaves for this host.
    ContinueTo(&'a str),
    /// A letter to an administrator.
    PrivilegeRequest {
        /// Who writes.
        account: &'a Account,
        /// The host of the portal.
        host: &'a str,
        /// The privileges that are missing, each by label and id.
        missing: &'a [(String, &'a str)],
    },
    /// The session ends within so many minutes unless the person does something.
    SignedOutSoon(i64),
    /// The session ends within so many minutes.
    SessionEndsIn(i64),
    /// The dates that are possible.
    ExpirationRange {
        /// The first.
        earliest: NaiveDate,
        /// The last.
        latest: NaiveDate,
    },
    /// What somebody began in this browser and has not ended.
    Waiting(Waiting),
    /// A page that a referrer lets in, and the origin of pages that it does not.
    ReferrerExamples(&'a [String; 2]),
    /// A lifetime offered as a button.
    Lifetime(Lifetime),
    /// When a key ends: in UTC, and on the reader's clock where that differs.
    ExpiresAt(Timestamp),
    /// The title of the calendar reminder to replace a key.
    ReminderTitle {
        /// The title of its credential.
        title: &'a str,
        /// When it ends.
        expires: Timestamp,
    },
    /// That it ends then.
    Expires(Timestamp),
    /// The button that removes an entry of a list.
    RemoveEntry(&'a str),
    /// What came to a list, and what went.
    ListChanged {
        /// What came.
        added: &'a [&'a str],
        /// What went.
        removed: &'a [&'a str],
    },
    /// So many parts of the entry were not added.
    ReferrersLeft(usize),
    /// What is wrong with one of several.
    ReferrerRule {
        /// The part.
        entry: &'a str,
        /// The rule it breaks.
        rule: &'a ReferrerRule,
    },
    /// A referrer on the portal in a form that this page never writes.
    ForeignReferrer {
        /// The referrer.
        referrer: &'a str,
        /// The first rule that it breaks.
        rule: &'a ReferrerRule,
    },
    /// What to do about unresolved restrictions of a kind.
    Unresolved(Restriction),
    /// The button that adds a suggested referrer.
    UseReferrer(&'a str),
    /// The button that adds all suggested referrers.
    UseReferrers(usize),
    /// The name of a button that decides about one of several entries.
    AnswerAbout {
        /// The words on the button.
        answer: &'a str,
        /// The entry.
        part: &'a str,
    },
    /// The button that keeps this expiration date.
    KeepDate(NaiveDate),
    /// A title for a key: for this host, or of this day.
    SuggestedTitle(Option<&'a str>, NaiveDate),
    /// The fold with what was left out of a link or a recipe.
    LeftOut(usize),
    /// So many privileges are selected.
    PrivilegesSelected(usize),
    /// So many of the offered privileges match a search.
    PrivilegesShown {
        /// How many match.
        shown: usize,
        /// How many there are.
        of: usize,
    },
    /// What a privilege that was found has to do with the search.
    Because(&'a Because),
    /// Why the account cannot give a privilege, and what helps.
    Lack(&'a Lack),
    /// What a privilege opens, how sure that is, and what surprises people.
    Known(&'a Known),
    /// What a preset comes to for an account, and how sure that is.
    PresetNeeds {
        /// The labels of the privileges that it gives.
        gives: &'a [String],
        /// The labels of those that the account lacks.
        lacks: &'a [String],
        /// The labels of those that the usage of the key closes.
        closed: &'a [String],
        /// The preset.
        preset: &'a StartingPoint,
    },
    /// Where in a program something shows.
    CodePlaces(&'a [Place]),
    /// Reads the map of this id once more.
    ReadMapAgain(&'a str),
    /// How far the reading of a map has come, in lines.
    MapRead {
        /// So many requests are answered.
        done: usize,
        /// Of so many, as far as is known.
        of: usize,
        /// What it shows that cannot be offered, and why.
        gaps: &'a [Gap],
    },
    /// The button that adds the private items that ticked maps show.
    GrantLayers {
        /// So many maps are ticked.
        maps: usize,
        /// So many layers are not.
        layers: usize,
    },
    /// What was chosen from a program.
    ChosenFromCode {
        /// The labels of its privileges.
        gives: &'a [String],
        /// The titles of its items.
        items: &'a [String],
        /// The labels of the privileges that could not be chosen.
        lacks: &'a [String],
    },
    /// So many of the privileges that the account can give are chosen.
    PrivilegesOfOffered {
        /// How many are chosen.
        chosen: usize,
        /// How many there are.
        of: usize,
    },
    /// Something that deserves a second look, and why.
    Remark(&'a Remark),
    /// What somebody who has the key could do; empty if nothing.
    Exposure(Exposure),
    /// A privilege by label and id.
    PrivilegeWithId {
        /// The portal's label.
        label: &'a str,
        /// Its id.
        id: &'a str,
    },
    /// So many items are selected.
    ItemsSelected(usize),
    /// So many of the filters of items are set.
    ItemFilters(usize),
    /// A search found so many items.
    ItemsFound(i64),
    /// A search failed.
    SearchFailed {
        /// Why.
        error: &'a Error,
        /// Nothing is listed.
        is_empty: bool,
    },
    /// How an item is shared, by the portal's word.
    SharedWith(&'a str),
    /// A selected item. Titles can be alike, so it has its id.
    ItemWithId {
        /// Its title.
        title: &'a str,
        /// Its type.
        kind: &'a str,
        /// Its id.
        id: &'a str,
    },
    /// An item has the title that was typed. [`PLACEHOLDER`] is replaced by the title of its folder.
    DuplicateTitleAt {
        /// When it was created.
        created: Timestamp,
        /// Where it is.
        place: DuplicatePlace,
    },
    /// A screen of the portal's own dialog, and what to do there.
    PortalDialogScreen {
        /// The screen.
        screen: Screen,
        /// There is something to enter on it.
        has_values: bool,
    },
    /// What is entered on a screen of the portal's own dialog.
    PortalDialogValue(&'a FieldValue),
    /// The name of the button that copies a value.
    CopyValue(&'a str),
    /// What a script is written in.
    ScriptLanguage(Language),
    /// A step of the progress list.
    ProgressStep(ProgressStep),
    /// How far a step of the progress list is.
    StepStatus(StepStatus),
    /// This call is being made.
    Calling(&'a Call),
    /// The answer to this call was lost, and it is looked up what it did.
    Checking(&'a Call),
    /// The next call is made in so many milliseconds.
    WaitsFor(u32),
    /// The next call is made in so many seconds; counted down.
    Countdown(u32),
    /// The portal refused this call.
    CallRefused {
        /// The call.
        call: &'a Call,
        /// In which words.
        refusal: &'a Refusal,
    },
    /// It is not known what this call did.
    CallUnknown(&'a Call),
    /// The portal put this call off too often.
    CallThrottled(&'a Call),
    /// The person's folders cannot be listed.
    FoldersUnlisted(&'a Error),
    /// The portal did not grant a privilege.
    NotGranted(&'a str),
    /// The portal granted a privilege nobody asked for.
    GrantedUnasked(&'a str),
    /// The portal holds other referrers.
    ReferrersHeld(&'a [String]),
    /// The portal holds another expiration; it may hold none.
    ExpirationHeld(Option<Timestamp>),
    /// What exists on the portal.
    Exists {
        /// What of it.
        existence: Existence,
        /// The item's title there.
        title: &'a str,
    },
    /// What an unfinished operation leaves on the portal.
    LeftUnfinished(&'a Unfinished),
    /// What an interruption left of a key.
    FoundKey(KeyStatus),
    /// What can be done about that.
    FoundAdvice {
        /// What is left.
        fate: KeyStatus,
        /// The tab holds the answers, so the operation can continue.
        can_continue: bool,
    },
    /// An item that was begun elsewhere.
    OrphanItem {
        /// Its title.
        title: &'a str,
        /// When it was created.
        created: Timestamp,
    },
    /// One of a credential's two keys.
    KeySlot(&'a str),
    /// This release of ArcGIS Enterprise has no API keys.
    EnterpriseWithoutKeys(&'a str),
    /// Keys of this release of ArcGIS Enterprise have no privileges of the portal itself.
    PortalPrivilegesLeftOut(&'a str),
    /// The key is hidden in so many seconds; counted down.
    KeyHiddenIn(u32),
    /// The key is hidden in so many minutes: said near the end.
    KeyHiddenSoon(u32),
    /// Why a key is no longer shown.
    KeyHidden(WhyHidden),
    /// A key was copied before its page was left; the title of its item.
    CopiedKeyOf(&'a str),
    /// What is lost with the credential of this title.
    RevokeConsequence(&'a str),
}

impl From<Label> for Message<'_> {
    fn from(label: Label) -> Self {
        Self::Label(label)
    }
}

/// Where an item is whose title was typed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuplicatePlace {
    /// In no folder.
    Root,
    /// In a folder whose title is not known.
    SomeFolder,
    /// In a folder whose title fills the placeholder.
    Folder,
}

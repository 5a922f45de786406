//! Messages with values, as data until they are shown.

use chrono::NaiveDate;
use key_wizard_core::{
    by_hand::{
        portal_dialog::{FieldValue, Screen},
        script::Language,
    },
    credential::{
        code::Place,
        expiration::Lifetime,
        guide::PrivilegeFacts,
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
        existence::Existence,
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

/// Marks where the page inserts an element into a message.
pub const PLACEHOLDER: char = '\u{fffc}';

/// A message to put into the reader's language. Texts of the portal and of the person are inserted unchanged.
#[derive(Debug, Clone, Copy)]
pub enum Message<'a> {
    /// A text without values.
    Label(Label),
    /// The title of the document, for a page with this heading.
    DocumentTitle(&'a str),
    /// The same, while something on that page was refused.
    ErrorTitle(&'a str),
    /// The person's position in the steps.
    StepOf {
        /// From 1.
        step: usize,
        /// The number of steps.
        of: usize,
    },
    /// The name of a field of the wizard.
    Field(Field),
    /// The problem with a field; the error summary says the same as the field.
    Problem(&'a Problem),
    /// The button that uses the address of a portal that was probably meant.
    UsePortal(&'a str),
    /// The problem with the address of a portal.
    PortalAddressProblem(&'a RootProblem),
    /// Why the configuration cannot be used.
    ConfigFault(&'a ConfigFault),
    /// A call to the portal failed.
    Error(&'a Error),
    /// A configured portal, in a list of them.
    PortalAtHost {
        /// Its display name.
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
        /// The sender.
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
    /// Unfinished work of this browser.
    Waiting(Waiting),
    /// A page that a referrer allows, and the origin of pages that it does not.
    ReferrerExamples(&'a [String; 2]),
    /// A lifetime offered as a button.
    Lifetime(Lifetime),
    /// When a key expires: in UTC, and in the reader's time zone if that differs.
    ExpiresAt(Timestamp),
    /// The title of the calendar reminder to replace a key.
    ReminderTitle {
        /// The title of its credential.
        title: &'a str,
        /// When it expires.
        expires: Timestamp,
    },
    /// That it expires then.
    Expires(Timestamp),
    /// The button that removes an entry of a list.
    RemoveEntry(&'a str),
    /// A change of a list.
    ListChanged {
        /// The added entries.
        added: &'a [&'a str],
        /// The removed entries.
        removed: &'a [&'a str],
    },
    /// The number of parts of the entry that were not added.
    ReferrersLeft(usize),
    /// The problem of one of several parts.
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
    /// The advice on unresolved restrictions of a kind.
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
    /// The collapsible list of what was left out of a link or a recipe, with the number.
    LeftOut(usize),
    /// The number of selected privileges.
    PrivilegesSelected(usize),
    /// The number of offered privileges that match a search.
    PrivilegesFound {
        /// The number of matches.
        found: usize,
        /// The total.
        of: usize,
    },
    /// The relation of a found privilege to the search.
    Because(&'a Because),
    /// Why the account cannot give a privilege, and what helps.
    Lack(&'a Lack),
    /// The services that a privilege opens, their certainty, and its pitfalls.
    PrivilegeFacts(&'a PrivilegeFacts),
    /// What a preset gives an account, and how certain that is.
    PresetNeeds {
        /// The labels of the privileges that it gives.
        gives: &'a [String],
        /// The labels of those that the account lacks.
        lacks: &'a [String],
        /// The labels of those that the usage of the key rules out.
        closed: &'a [String],
        /// The preset.
        preset: &'a StartingPoint,
    },
    /// The places in a program that show something.
    CodePlaces(&'a [Place]),
    /// The button that reads the map with this id again.
    ReadMapAgain(&'a str),
    /// The progress of reading a map, in lines.
    MapRead {
        /// The number of answers that could be used.
        done: usize,
        /// The number of requests known so far.
        of: usize,
        /// The parts that cannot be offered, and why.
        gaps: &'a [Gap],
    },
    /// The button that adds the private items that ticked maps show.
    GrantLayers {
        /// The number of ticked maps.
        maps: usize,
        /// The number of unticked layers.
        layers: usize,
    },
    /// The needs chosen from a program.
    ChosenFromCode {
        /// The labels of its privileges.
        gives: &'a [String],
        /// The titles of its items.
        items: &'a [String],
        /// The labels of the privileges that could not be chosen.
        lacks: &'a [String],
    },
    /// The number of chosen privileges among those that the account can give.
    PrivilegesOfOffered {
        /// The number chosen.
        chosen: usize,
        /// The total.
        of: usize,
    },
    /// Something that deserves a second look, and why.
    Remark(&'a Remark),
    /// The actions open to anyone who has the key; empty if none.
    Exposure(Exposure),
    /// A privilege by label and id.
    PrivilegeWithId {
        /// The portal's label.
        label: &'a str,
        /// Its id.
        id: &'a str,
    },
    /// The number of selected items.
    ItemsSelected(usize),
    /// The number of active item filters.
    ItemFilters(usize),
    /// The number of items found by a search.
    ItemsFound(i64),
    /// A search failed.
    SearchFailed {
        /// The error.
        error: &'a Error,
        /// Whether the list is empty.
        is_empty: bool,
    },
    /// The sharing level of an item, by the portal's term.
    SharedWith(&'a str),
    /// A selected item. Titles may be equal, so it has its id.
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
        /// The folder that it is in.
        place: DuplicatePlace,
    },
    /// A screen of the portal's own dialog, and what to do there.
    PortalDialogScreen {
        /// The screen.
        screen: Screen,
        /// Whether there is something to enter on it.
        has_values: bool,
    },
    /// A value to enter on a screen of the portal's own dialog.
    PortalDialogValue(&'a FieldValue),
    /// The name of the button that copies a value.
    CopyValue(&'a str),
    /// The language of a script.
    ScriptLanguage(Language),
    /// A step of the progress list.
    ProgressStep(ProgressStep),
    /// The status of a step in the progress list.
    StepStatus(StepStatus),
    /// This call is in flight.
    Calling(&'a Call),
    /// The answer to this call was lost; a read checks whether it took effect.
    Checking(&'a Call),
    /// The delay before the next call, in milliseconds.
    WaitsFor(u32),
    /// The delay before the next call, in seconds; counted down.
    Countdown(u32),
    /// The portal refused this call.
    CallRefused {
        /// The call.
        call: &'a Call,
        /// The portal's refusal.
        refusal: &'a Refusal,
    },
    /// It is unknown whether this call took effect.
    CallUnknown(&'a Call),
    /// The portal throttled this call too often.
    CallThrottled(&'a Call),
    /// The person's folders cannot be listed.
    FoldersUnlisted(&'a Error),
    /// The portal did not grant a privilege.
    NotGranted(&'a str),
    /// The portal granted a privilege that was not requested.
    GrantedUnasked(&'a str),
    /// The portal has other referrers.
    ReferrersHeld(&'a [String]),
    /// The portal has another expiration, or none.
    ExpirationHeld(Option<Timestamp>),
    /// What exists on the portal.
    Exists {
        /// What exists.
        existence: Existence,
        /// The item's title there.
        title: &'a str,
    },
    /// The status of a key after an interruption.
    FoundKey(KeyStatus),
    /// The advice on it.
    FoundAdvice {
        /// The status of the key.
        fate: KeyStatus,
        /// Whether the tab has the draft, so that the operation can continue.
        can_continue: bool,
    },
    /// An item of an operation that began elsewhere.
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
    /// The seconds until the key is hidden; counted down.
    KeyHiddenIn(u32),
    /// The minutes until the key is hidden, announced near the end.
    KeyHiddenSoon(u32),
    /// Why a key is no longer shown.
    KeyHidden(WhyHidden),
    /// A key was copied before its page was left; with the title of its item.
    CopiedKeyOf(&'a str),
    /// The consequence of deleting the credential with this title.
    RevokeConsequence(&'a str),
}

impl From<Label> for Message<'_> {
    fn from(label: Label) -> Self {
        Self::Label(label)
    }
}

/// The folder of an item with the typed title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DuplicatePlace {
    /// In the root folder.
    Root,
    /// In a folder whose title is unknown.
    SomeFolder,
    /// In a folder whose title replaces the placeholder.
    Folder,
}

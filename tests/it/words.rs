//! Every message as text: none is empty or glued together, and every sentence is complete.

mod guide;
mod news;
mod problems;

use chrono::NaiveDate;

use arcgis_key_wizard::i18n::{self, DuplicatePlace, Label, Message, PLACEHOLDER, text};
use key_wizard_core::by_hand::portal_dialog::{FieldValue, Screen};
use key_wizard_core::by_hand::script::Language;
use key_wizard_core::config::{ConfigProblem, ConfigRule, Kind};
use key_wizard_core::credential::code::{MAX_PLACES, Place};
use key_wizard_core::credential::draft::KeyChoice;
use key_wizard_core::credential::expiration::{ExpirationProblem, Lifetime};
use key_wizard_core::credential::guide::{PrivilegeFacts, Product, Standing, Trap};
use key_wizard_core::credential::notice::{Note, Notice, Outcome, Rejection, Source};
use key_wizard_core::credential::prefill::FIELDS;
use key_wizard_core::credential::preset::{Basis, Preset as StartingPoint};
use key_wizard_core::credential::problem::{Field, Problem, Rule};
use key_wizard_core::credential::referrer::{Referrer, ReferrerProblem, ReferrerRule};
use key_wizard_core::credential::review::{Exposure, Remark};
use key_wizard_core::credential::search::{Because, Lack};
use key_wizard_core::credential::unresolved::Restriction;
use key_wizard_core::credential::web_map::Gap;
use key_wizard_core::key_life::WhyHidden;
use key_wizard_core::message::{ConfigFault, EndCause, News, SessionOver};
use key_wizard_core::operation::existence::{Existence, Unfinished};
use key_wizard_core::operation::progress::{ProgressStep, StepStatus};
use key_wizard_core::operation::{Call, KeyStatus};
use key_wizard_core::origin::OriginProblem;
use key_wizard_core::portal::base_url::RootProblem;
use key_wizard_core::portal::error::{Error, Refusal};
use key_wizard_core::portal::id::{ClientId, ItemId, PrivilegeId, Slot};
use key_wizard_core::portal::items::Details;
use key_wizard_core::portal::registration::Grants;
use key_wizard_core::timestamp::Timestamp;

use crate::tidy::prose::stilted;

/// Checks the rules for all texts.
#[track_caller]
fn check(words: &str, what: &dyn std::fmt::Debug) {
    let is_trimmed = words.trim() == words && !words.is_empty();
    let is_glued = ["  ", "{", "}", " .", " ,", "..", ",,"].iter().any(|fault| words.contains(fault));
    assert!(is_trimmed && !is_glued, "{what:?}: {words:?}");
    assert_eq!(stilted(words), None, "{what:?}: {words:?}");
}

/// Checks that a sentence is complete.
#[track_caller]
fn check_sentence(words: &str, what: &dyn std::fmt::Debug) {
    check(words, what);
    assert!(words.ends_with(['.', '…', '?', ':', ')']), "{what:?}: {words:?}");
}

fn calls() -> Vec<Call> {
    let item = || ItemId("0f".repeat(16));
    let client_id = || ClientId("app".to_owned());
    let details = || Details { title: "Maps".to_owned(), tags: Vec::new(), summary: String::new() };
    let grants = || Grants { privileges: Vec::new(), referrers: Vec::new(), personal: false };
    let (slot, expires) = (Slot::One, Timestamp(0));
    vec![
        Call::CreateFolder { title: "Keys".to_owned() },
        Call::ListFolders,
        Call::AddItem { folder: None, details: details(), marker: "marker".to_owned() },
        Call::FindItem { folder: None },
        Call::ReadItem { item: item() },
        Call::UpdateItem { item: item(), slot, expires, details: None },
        Call::MoveItem { item: item(), folder: None },
        Call::Register { item: item(), grants: grants() },
        Call::ReadRegistration { item: item() },
        Call::UpdateRegistration { item: item(), client_id: client_id(), grants: grants() },
        Call::GenerateKey { item: item(), client_id: client_id(), slot, replace: false },
        Call::RevokeKey { item: item(), client_id: client_id(), slot },
        Call::DeleteItem { item: item() },
    ]
}

#[test]
fn every_label_has_words_of_its_own_key() {
    for key in Label::ALL {
        check(&text(*key), key);
    }
}

#[test]
fn every_call_has_whole_sentences() {
    let refusal = Refusal::new(400, "", "Not today.", std::iter::empty());
    for call in &calls() {
        check_sentence(&text(Message::Calling(call)), call);
        check_sentence(&text(Message::Checking(call)), call);
        check_sentence(&text(Message::CallRefused { call, refusal: &refusal }), call);
        // These are titles.
        check(&text(Message::CallUnknown(call)), call);
        check(&text(Message::CallThrottled(call)), call);
    }
}

#[test]
fn every_state_of_an_operation_has_whole_sentences() {
    let existences = [
        Existence::Nothing,
        Existence::ItemUnknown,
        Existence::Item,
        Existence::ItemAlone,
        Existence::Credential,
        Existence::CredentialWithKey,
    ];
    for existence in existences {
        check_sentence(&text(Message::Exists { existence, title: "Maps" }), &existence);
        for key in [KeyStatus::None, KeyStatus::Unseen, KeyStatus::ShownOnly, KeyStatus::Copied] {
            let unfinished = Some(Unfinished { key, existence, title: "Maps".to_owned() });
            let over = SessionOver { cause: EndCause::SignedOut, minutes_left: None, unfinished };
            check_sentence(&i18n::news(&News::SessionOver(over)).text, &key);
            check(&text(Message::FoundKey(key)), &key);
            for can_continue in [true, false] {
                check_sentence(&text(Message::FoundAdvice { fate: key, can_continue }), &key);
            }
        }
    }
    for step in [
        ProgressStep::Folder,
        ProgressStep::Item,
        ProgressStep::Registration,
        ProgressStep::Expiration,
        ProgressStep::Key,
    ] {
        check(&text(Message::ProgressStep(step)), &step);
    }
    use StepStatus::{Ahead, Checking, Done, Running, Stopped, Waiting};
    for status in [Ahead, Running, Checking, Waiting, Stopped, Done] {
        check(&text(Message::StepStatus(status)), &status);
    }
}

#[test]
fn every_other_message_is_whole() {
    let refusal = Refusal::new(400, "", "Not today.", ["Tomorrow."].into_iter());
    let errors = [
        Error::Unreachable,
        Error::Busy { wait_ms: None },
        Error::SignedOut,
        Error::Refused(refusal),
        Error::Unreadable { what: "id" },
    ];
    for error in &errors {
        check_sentence(&text(Message::Error(error)), error);
        check_sentence(&text(Message::FoldersUnlisted(error)), error);
        for is_empty in [true, false] {
            check_sentence(&text(Message::SearchFailed { error, is_empty }), error);
        }
    }
    let date = NaiveDate::from_ymd_opt(2026, 12, 31).expect("a date of the calendar");
    let sentences = [
        Message::IsYourPortal("gis.example.com"),
        Message::SignedOutSoon(1),
        Message::SignedOutSoon(3),
        Message::SessionEndsIn(2),
        Message::ExpirationRange { earliest: date, latest: date },
        Message::Expires(Timestamp(0)),
        Message::ReminderTitle { title: "Maps", expires: Timestamp(0) },
        Message::ListChanged { added: &["a"], removed: &[] },
        Message::ListChanged { added: &["a", "b"], removed: &["c"] },
        Message::ReferrersLeft(3),
        Message::ReferrerRule { entry: "a", rule: &ReferrerRule::Path },
        Message::ForeignReferrer { referrer: "a", rule: &ReferrerRule::Path },
        Message::ForeignReferrer { referrer: "a", rule: &ReferrerRule::Wildcard },
        Message::ForeignReferrer { referrer: "http", rule: &ReferrerRule::PythonClient },
        Message::ForeignReferrer { referrer: "a", rule: &ReferrerRule::Origin(OriginProblem::Scheme) },
        Message::WaitsFor(1_000),
        Message::WaitsFor(90_000),
        Message::Countdown(9),
        Message::OrphanItem { title: "Maps", created: Timestamp(0) },
    ];
    for message in sentences {
        check_sentence(&text(message), &message);
    }
    use Screen::{Details, End, Items, Kind as KindScreen, Limits, Privileges, Usage};
    let usages = [true, false].map(|is_private| Usage { is_private });
    let ends = [KeyChoice::Now, KeyChoice::Later].map(End);
    for screen in [KindScreen, Items, Privileges, Limits, Details].into_iter().chain(usages).chain(ends) {
        for has_values in [true, false] {
            check_sentence(&text(Message::PortalDialogScreen { screen, has_values }), &screen);
        }
    }
    let value = || "Maps".to_owned();
    for value in [
        FieldValue::Item { title: value(), id: value() },
        FieldValue::Privilege(PrivilegeId(value())),
        FieldValue::Expiration(value()),
        FieldValue::Referrer(value()),
        FieldValue::Title(value()),
        FieldValue::Folder(value()),
        FieldValue::Tags(value()),
        FieldValue::Summary(value()),
    ] {
        check(&text(Message::PortalDialogValue(&value)), &value);
    }
    check(&text(Message::CopyValue("Maps")), &"a value");
    for language in Language::ALL {
        check(&text(Message::ScriptLanguage(language)), &language);
    }
    for place in [DuplicatePlace::Root, DuplicatePlace::SomeFolder, DuplicatePlace::Folder] {
        let words = text(Message::DuplicateTitleAt { created: Timestamp(0), place });
        check_sentence(&words, &place);
        assert_eq!(words.matches(PLACEHOLDER).count(), usize::from(place == DuplicatePlace::Folder), "{words}");
    }
    let examples = ["https://a.example/map", "https://b.example"].map(str::to_owned);
    check_sentence(&text(Message::ReferrerExamples(&examples)), &examples);
    for lifetime in Lifetime::ALL {
        check(&text(Message::Lifetime(lifetime)), &lifetime);
    }
}

#[test]
fn a_notice_names_what_was_filled_in_and_asks_for_nothing_that_may_be_given() {
    let lead = |source| {
        let filled = vec![Field::Expiration, Field::Privileges];
        i18n::notice(&Notice { filled, ..Notice::new(Outcome::Filled(source)) }).lead
    };
    assert_eq!(lead(Source::Copy), "Copied: Expiration date and Privileges. Not copied: Title and Referrers.");
    let by_link = "Filled in: Expiration date and Privileges. Check these answers before you create the key.";
    assert_eq!(lead(Source::Link), by_link);
}

#[test]
fn a_referrer_that_another_program_wrote_is_explained_by_what_it_is() {
    for (referrer, expected) in [
        ("app.example.com", "It names no scheme"),
        ("https://app.example.com/map", "Browsers send no path"),
        ("https://app.*.example.com", "this wildcard"),
        ("http", "Esri's Python API sends this."),
        ("my app", "It is not a web address"),
    ] {
        let rule = &Referrer::parse(referrer).expect_err(referrer).rule;
        let words = text(Message::ForeignReferrer { referrer, rule });
        assert!(words.starts_with(&format!("{referrer}: ")) && words.contains(expected), "{words}");
    }
}

#[test]
fn every_reason_why_something_was_left_out_is_a_sentence() {
    let rule = Rejection::Rule(Problem { field: Field::Title, rule: Rule::Required });
    let mut reasons = vec![
        rule,
        Rejection::HasWider("premium:user:geocode".to_owned()),
        Rejection::HasNarrower(vec!["premium:user:geocode:stored".to_owned()]),
        Rejection::NotLookedUp(Error::Unreachable),
    ];
    reasons.extend([
        Rejection::TooLong,
        Rejection::NotARecipe,
        Rejection::NotJson { line: 3, column: 14 },
        Rejection::UnknownKey,
        Rejection::Repeated,
        Rejection::Encoding,
        Rejection::Kind,
        Rejection::NoPrivilege,
        Rejection::NoItem,
        Rejection::NoUsage,
        Rejection::PrivateUse,
        Rejection::NoPreset,
        Rejection::NoPortal,
        Rejection::NotHeld,
        Rejection::NotFound,
        Rejection::Public,
        Rejection::More,
    ]);
    for why in reasons {
        for source in [Source::Link, Source::Recipe, Source::Page, Source::Copy, Source::ByHand, Source::OtherAccount] {
            for outcome in [Outcome::Filled(source), Outcome::Refused(source, why.clone())] {
                let note = Note { what: "title".to_owned(), why: why.clone() };
                let words = i18n::notice(&Notice { left_out: vec![note], ..Notice::new(outcome) });
                check(&words.title, &why);
                check_brackets(&words.lead, &why);
                check_brackets(&words.left_out[0], &why);
            }
        }
    }
    let whole = i18n::notice(&Notice::new(Outcome::Filled(Source::OtherAccount)));
    check_sentence(&whole.lead, &"an account that gives all of it");
    let sentences =
        vec!["Filled in by a link".to_owned(), "Check each answer.".to_owned(), "colour: unknown".to_owned()];
    let words = i18n::notice(&Notice::new(Outcome::Sentences(sentences)));
    assert_eq!((&*words.title, &*words.lead, words.left_out.len()), ("Filled in by a link", "Check each answer.", 1));
}

/// Checks a sentence that may contain JSON syntax.
#[track_caller]
fn check_brackets(words: &str, what: &dyn std::fmt::Debug) {
    check_sentence(&words.replace("{ … }", "…"), what);
}

#[test]
fn every_reason_why_a_key_is_hidden_is_a_sentence() {
    for why in [WhyHidden::TimeOver, WhyHidden::PageLeft, WhyHidden::Saved, WhyHidden::Ended] {
        check_sentence(&text(Message::KeyHidden(why)), &why);
    }
}

#[test]
fn the_shell_of_the_page_says_the_same_as_the_page() {
    let shell = include_str!("../../index.html");
    for key in [
        Label::AppTitle,
        Label::ProductName,
        Label::SignInLead,
        Label::Loading,
        Label::Portal,
        Label::SignIn,
        Label::SignInPrivacy,
        Label::Recipe,
        Label::RecipeHint,
        Label::RunningThisPage,
        Label::RegisterThisPage,
        Label::CopyRedirectUri,
    ] {
        assert!(shell.contains(&format!(">{}<", text(key))), "{key:?}: index.html does not say {:?}", text(key));
    }
    let scripts = include_str!("../../src/words.js");
    for key in [Label::AppTitle, Label::LeavingForPortal, Label::AnotherPortal] {
        assert!(scripts.contains(&format!("\"{}\"", text(key))), "{key:?}: words.js does not say {:?}", text(key));
    }
}

#[test]
fn counts_have_their_plural_and_their_separators() {
    let number = |message: Message<'_>| text(message);
    assert_ne!(number(Message::PrivilegesSelected(1)), number(Message::PrivilegesSelected(2)).replace('2', "1"));
    assert_ne!(number(Message::ItemsFound(1)), number(Message::ItemsFound(2)).replace('2', "1"));
    assert_ne!(number(Message::ItemFilters(0)), number(Message::ItemFilters(1)));
    assert!(number(Message::ItemsFound(8_334)).contains("8,334"));
    assert!(number(Message::ItemsFound(10_000)).contains("10,000"));
    assert_ne!(number(Message::ItemsSelected(99)).replace("99", "100"), number(Message::ItemsSelected(100)));
}

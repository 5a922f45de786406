//! Every message in words: none empty, none glued together, each a whole sentence where it is one.

use chrono::NaiveDate;

use arcgis_key_wizard::i18n::{DuplicatePlace, Label, Message, SLOT, text};
use key_wizard_core::credential::expiration::Preset;
use key_wizard_core::operation::existence::{Existence, Unfinished};
use key_wizard_core::operation::progress::{StepName, StepStatus};
use key_wizard_core::operation::{Call, KeyFate};
use key_wizard_core::portal::apps::Grants;
use key_wizard_core::portal::error::{Error, Refusal};
use key_wizard_core::portal::id::{ClientId, ItemId, Slot};
use key_wizard_core::portal::items::Details;
use key_wizard_core::timestamp::Timestamp;

/// What must hold of all words.
#[track_caller]
fn check(words: &str, what: &dyn std::fmt::Debug) {
    let is_trimmed = words.trim() == words && !words.is_empty();
    let is_glued = ["  ", "{", "}", " .", " ,", "..", ",,"].iter().any(|fault| words.contains(fault));
    assert!(is_trimmed && !is_glued, "{what:?}: {words:?}");
}

/// A whole sentence ends as one.
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
        Call::AddItem { folder: None, details: details(), keyword: "stamp".to_owned() },
        Call::FindItem { folder: None },
        Call::ReadItem { item: item() },
        Call::UpdateItem { item: item(), slot, expires, details: None },
        Call::MoveItem { item: item(), folder: None },
        Call::Register { item: item(), grants: grants() },
        Call::ReadApp { item: item() },
        Call::UpdateApp { item: item(), client_id: client_id(), grants: grants() },
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
        for key in [KeyFate::None, KeyFate::Unseen, KeyFate::ShownOnly] {
            check_sentence(
                &text(Message::LeftUnfinished(&Unfinished { key, existence, title: "Maps".to_owned() })),
                &key,
            );
            check(&text(Message::FoundKey(key)), &key);
            for can_continue in [true, false] {
                check_sentence(&text(Message::FoundAdvice { fate: key, can_continue }), &key);
            }
        }
    }
    for step in [StepName::Folder, StepName::Item, StepName::Registration, StepName::Expiration, StepName::Key] {
        check(&text(Message::StepName(step)), &step);
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
        Message::ExpiresAt(Timestamp(0)),
        Message::WaitsFor(1_000),
        Message::WaitsFor(90_000),
        Message::Countdown(9),
        Message::OrphanItem { title: "Maps", created: Timestamp(0) },
    ];
    for message in sentences {
        check_sentence(&text(message), &message);
    }
    for place in [DuplicatePlace::Root, DuplicatePlace::SomeFolder, DuplicatePlace::Folder] {
        let words = text(Message::DuplicateTitleAt { created: Timestamp(0), place });
        check_sentence(&words, &place);
        assert_eq!(words.matches(SLOT).count(), usize::from(place == DuplicatePlace::Folder), "{words}");
    }
    for preset in Preset::ALL {
        check(&text(Message::Preset(preset)), &preset);
    }
}

#[test]
fn counts_have_their_plural_and_their_separators() {
    let number = |message: Message<'_>| text(message);
    assert_ne!(number(Message::PrivilegesSelected(1)), number(Message::PrivilegesSelected(2)).replace('2', "1"));
    assert_ne!(number(Message::ItemsFound(1)), number(Message::ItemsFound(2)).replace('2', "1"));
    assert!(number(Message::ItemsFound(8_334)).contains("8,334"));
    assert!(number(Message::ItemsFound(10_000)).contains("10,000"));
    assert_ne!(number(Message::ItemsSelected(99)).replace("99", "100"), number(Message::ItemsSelected(100)));
}

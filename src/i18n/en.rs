//! English, the only language so far. Other modules decide what to say; the words are here, one file for each kind.

mod by_hand;
mod label;
mod news;
mod numbers;
mod operation;
mod prefill;
mod privileges;
mod problem;

use key_wizard_core::{
    credential::{expiration::Lifetime, privilege::MAX_ITEMS, search::Because},
    recovery::Waiting,
};

use super::{DuplicatePlace, Label, Message, PLACEHOLDER};
use crate::platform::intl::{self, Plural};
use by_hand::{portal_dialog_screen, portal_dialog_value, script_language};
use label::label;
use numbers::{LANGUAGE, instant, minutes_of, number, plural, seconds};
use operation::{
    calling, checking, exists, found_advice, found_key, found_without_answers, refused_call, step_name, step_status,
    throttled, unknown, why_hidden,
};
use privileges::{
    about, chosen_from_code, code_places, exposure, grant_layers, items_found, lack, map_read, preset_needs,
    privilege_request, remark, shared_with,
};
use problem::{
    config_fault, field_name, foreign_referrer, portal_error, problem, referrer_rule, refusal_text, root_problem,
    unresolved,
};

pub(super) use news::news;
pub(super) use prefill::notice;

/// A message in words.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn text(message: Message<'_>) -> String {
    match message {
        Message::Label(key) => label(key).to_owned(),
        Message::DocumentTitle(heading) => format!("{heading} – {}", label(Label::AppTitle)),
        Message::ErrorTitle(heading) => format!("Error: {heading} – {}", label(Label::AppTitle)),
        Message::StepOf { step, of } => format!("Step {step} of {of}"),
        Message::Field(field) => field_name(field).to_owned(),
        Message::Problem(found) => problem(found),
        Message::PortalAddressProblem(found) => root_problem(found),
        Message::ConfigFault(fault) => config_fault(fault),
        Message::Error(error) => portal_error(error),
        Message::PortalAtHost { name, host } => format!("{name} ({host})"),
        Message::IsYourPortal(host) => format!("Is {host} your portal?"),
        Message::ContinueTo(host) => format!("Continue to {host}"),
        Message::PrivilegeRequest { account, host, missing } => privilege_request(account, host, missing),
        Message::SignedOutSoon(minutes) => {
            format!("If you do nothing, you are signed out in {}. Your answers are kept.", minutes_of(minutes))
        }
        Message::SessionEndsIn(minutes) => {
            format!("Your session ends in {}. Your answers are kept.", minutes_of(minutes))
        }
        Message::ExpirationRange { earliest, latest } => {
            format!("From {} to {}. A key never works longer than one year.", intl::date(earliest), intl::date(latest))
        }
        Message::Waiting(Waiting::UncopiedKey) => {
            "A key was created in this browser and never copied. It may work. Sign in with the account that created it to \
             replace or revoke it."
                .to_owned()
        }
        Message::Waiting(Waiting::Unfinished) => {
            "A credential was started in this browser and not finished. Sign in with the account that started it to \
             continue or roll back."
                .to_owned()
        }
        Message::ReferrerExamples([fits, other]) => {
            format!("Allows pages such as {fits}, but none at {other}.")
        }
        Message::Lifetime(lifetime) => lifetime_name(lifetime).to_owned(),
        Message::ExpiresAt(at) => instant(at),
        Message::ReminderTitle { title, expires } => {
            format!("Replace the API key “{title}”. It expires {}.", instant(expires))
        }
        Message::Expires(at) => format!("Expires {}.", instant(at)),
        Message::RemoveEntry(entry) => format!("Remove {entry}"),
        Message::Unresolved(restriction) => unresolved(restriction).to_owned(),
        Message::UseReferrer(text) | Message::UsePortal(text) => format!("Use {text}"),
        Message::UseReferrers(count) => format!("Use all {} suggestions", number(count)),
        Message::ListChanged { added, removed } => list_changed(added, removed),
        Message::ReferrersLeft(count) => {
            format!("{} of these addresses cannot be used as they are.", number(count))
        }
        Message::ReferrerRule { entry, rule } => format!("{entry}: {}", referrer_rule(rule)),
        Message::ForeignReferrer { referrer, rule } => format!("{referrer}: {}", foreign_referrer(rule)),
        Message::AnswerAbout { answer, part } => format!("{answer}: {part}"),
        Message::KeepDate(date) => format!("Keep {}", intl::date(date)),
        Message::SuggestedTitle(Some(host), _) => format!("Key for {host}"),
        Message::SuggestedTitle(None, today) => format!("API key, {}", intl::date(today)),
        Message::LeftOut(count) => match plural(count) {
            Plural::One => format!("{} part was not used", number(count)),
            _ => format!("{} parts were not used", number(count)),
        },
        Message::PrivilegesSelected(count) => match plural(count) {
            Plural::One => format!("{} privilege chosen", number(count)),
            _ => format!("{} privileges chosen", number(count)),
        },
        Message::PrivilegesFound { found, of } => format!("{} of {} found", number(found), number(of)),
        Message::Because(Because::Includes(label)) => format!("includes {label}"),
        Message::Because(Because::Word(word)) => format!("for {word}"),
        Message::Lack(found) => lack(found),
        Message::PrivilegeFacts(known) => about(known),
        Message::CodePlaces(places) => code_places(places),
        Message::ReadMapAgain(id) => format!("Read {id} again"),
        Message::MapRead { done, of, gaps } => map_read(done, of, gaps),
        Message::GrantLayers { maps, layers } => grant_layers(maps, layers),
        Message::ChosenFromCode { gives, items, lacks } => chosen_from_code(gives, items, lacks),
        Message::PresetNeeds { gives, lacks, closed, preset } => preset_needs(gives, lacks, closed, preset),
        Message::PrivilegesOfOffered { chosen, of } => {
            format!("The key has {} of the {} privileges that your account can give", number(chosen), number(of))
        }
        Message::Remark(found) => remark(found),
        Message::Exposure(found) => exposure(found),
        Message::PrivilegeWithId { label, id } => format!("{label} ({id})"),
        Message::ItemsSelected(count @ MAX_ITEMS) => {
            let count = number(count);
            format!("{count} of {count} items chosen: no more fit in one credential")
        }
        Message::ItemsSelected(count) => format!("{} of {} items chosen", number(count), number(MAX_ITEMS)),
        Message::ItemFilters(0) => "Filters".to_owned(),
        Message::ItemFilters(count) => format!("Filters ({} set)", number(count)),
        Message::ItemsFound(total) => items_found(total),
        Message::SearchFailed { error, is_empty: true } => {
            format!("{} · You can type an item's id instead.", portal_error(error))
        }
        Message::SearchFailed { error, is_empty: false } => format!(
            "{} · What is listed was found before and may be out of date. You can type an item's id instead.",
            portal_error(error)
        ),
        Message::SharedWith(access) => shared_with(access).to_owned(),
        Message::ItemWithId { title, kind, id } => format!("{title} ({kind}, {id})"),
        Message::DuplicateTitleAt { created, place } => {
            let at = intl::instant(created);
            let place = match place {
                DuplicatePlace::Root => format!("It was created on {at} and is in no folder."),
                DuplicatePlace::SomeFolder => format!("It was created on {at} and is in one of your folders."),
                DuplicatePlace::Folder => format!("It was created on {at} and is in the folder {PLACEHOLDER}."),
            };
            format!("{place} The portal allows duplicate titles. Choose another one to tell the items apart.")
        }
        Message::PortalDialogScreen { screen, has_values } => portal_dialog_screen(screen, has_values).to_owned(),
        Message::PortalDialogValue(value) => portal_dialog_value(value).to_owned(),
        Message::CopyValue(value) => format!("{} {value}", label(Label::Copy)),
        Message::ScriptLanguage(language) => script_language(language).to_owned(),
        Message::ProgressStep(step) => step_name(step).to_owned(),
        Message::StepStatus(status) => step_status(status).to_owned(),
        Message::Calling(call) => calling(call).to_owned(),
        Message::Checking(call) => {
            format!("The portal's response was lost. {}", checking(call))
        }
        Message::WaitsFor(ms) => match plural(seconds(ms)) {
            Plural::One => format!("Waiting {} second, then continuing.", number(seconds(ms))),
            _ => format!("Waiting {} seconds, then continuing.", number(seconds(ms))),
        },
        Message::Countdown(seconds) => format!("Continuing in {seconds} s."),
        Message::CallRefused { call, refusal } => format!("{} {}", refused_call(call), refusal_text(refusal)),
        Message::CallUnknown(call) => unknown(call).to_owned(),
        Message::CallThrottled(call) => throttled(call).to_owned(),
        Message::FoldersUnlisted(error) => {
            format!("Your folders cannot be listed now. An existing folder of this name is still used. {}", portal_error(error))
        }
        Message::NotGranted(privilege) => format!("Not granted: {privilege}"),
        Message::GrantedUnasked(privilege) => format!("Granted without being asked for: {privilege}"),
        Message::ReferrersHeld([]) => "Referrers: none, so a key would work from anywhere".to_owned(),
        Message::ReferrersHeld(held) => format!("Referrers: {}", intl::list(LANGUAGE, held)),
        Message::ExpirationHeld(None) => "Expiration: none. A key without an expiration date is not generated".to_owned(),
        Message::ExpirationHeld(Some(at)) => format!("Expiration: {}", instant(at)),
        Message::Exists { existence, title } => exists(existence, title),
        Message::FoundKey(fate) => found_key(fate).to_owned(),
        Message::FoundAdvice { fate, can_continue: true } => found_advice(fate).to_owned(),
        Message::FoundAdvice { fate, can_continue: false } => found_without_answers(fate).to_owned(),
        Message::OrphanItem { title, created } => format!(
            "The item “{title}” was created on {} in another browser or on another device, and has no privileges \
             and no key. Finish it there, or look at it here to delete it.",
            intl::instant(created)
        ),
        Message::KeySlot(digit) => format!("API key {digit} of 2"),
        Message::EnterpriseWithoutKeys(release) => {
            format!("This portal is ArcGIS Enterprise {release}, which has no API keys")
        }
        Message::PortalPrivilegesLeftOut(release) => format!(
            "This portal is ArcGIS Enterprise {release}, whose keys can have no general or administrative privileges. Those \
             need 11.5 or later, so they are not listed."
        ),
        Message::KeyHiddenIn(seconds) => {
            format!("It is hidden in {}:{:02}, or when you leave this page.", seconds / 60, seconds % 60)
        }
        Message::KeyHiddenSoon(minutes) => format!("The key is hidden in {}.", minutes_of(i64::from(minutes))),
        Message::KeyHidden(why) => why_hidden(why).to_owned(),
        Message::CopiedKeyOf(title) => format!("You copied the key of “{title}”"),
        Message::RevokeConsequence(title) => format!(
            "This deletes the credential “{title}” from your portal, and its key with it. Apps that use the key stop \
             working. It cannot be undone."
        ),
    }
}

/// Lists a few names; counts many.
fn list_changed(added: &[&str], removed: &[&str]) -> String {
    let told = |what: &str, entries: &[&str]| match entries {
        [] => String::new(),
        [entry] => format!("{what} {}.", entry.trim_end_matches('.')),
        entries => format!("{what} {}.", number(entries.len())),
    };
    [told("Added", added), told("Removed", removed)]
        .iter()
        .filter(|sentence| !sentence.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" ")
}

fn lifetime_name(lifetime: Lifetime) -> &'static str {
    match lifetime {
        Lifetime::Days7 => "7 days",
        Lifetime::Days30 => "30 days",
        Lifetime::Days90 => "90 days",
        Lifetime::Year1 => "1 year",
    }
}

//! English: the one file of a language. What is said is decided elsewhere; here are the words.

use key_wizard_core::{
    auth::{session::Limit, sign_in::SignInProblem},
    by_hand::{
        guide::{Entry, Screen},
        script::Language,
    },
    config::{ConfigProblem, ConfigRule, Kind, PLACEHOLDER},
    credential::{
        code::{MAX_PLACES, Place},
        draft::KeyChoice,
        expiration::{ExpirationProblem, Lifetime, utc_date},
        guide::{Known, Product, Standing, Trap},
        prefill::{Note, Notice, Outcome, Source, Why},
        preset::{Basis, Preset as StartingPoint},
        privilege::MAX_ITEMS,
        problem::{Field, Problem, Rule},
        referrer::{ReferrerProblem, ReferrerRule},
        review::{Exposure, Remark},
        search::{Because, Lack},
        unresolved::Restriction,
        web_map::Gap,
    },
    key_life::WhyHidden,
    message::{ConfigFault, EndCause, News, SessionOver},
    operation::{
        Call, KeyStatus,
        existence::{Existence, Unfinished},
        progress::{ProgressStep, StepStatus},
    },
    origin::OriginProblem,
    portal::{
        account::Account,
        base_url::{ARCGIS_ONLINE, RootProblem},
        error::{Error, Refusal},
        id::{ClientId, PrivilegeId},
        search::LAST,
    },
    recovery::Waiting,
    timestamp::Timestamp,
};

use super::{DuplicatePlace, Label, Message, NewsWords, NoticeWords, SLOT};
use crate::platform::intl::{self, Plural};

/// For plurals, lists and numbers.
const LANGUAGE: &str = "en";

/// The fixed words of a key.
#[expect(clippy::too_many_lines, reason = "a table")]
fn label(label: Label) -> &'static str {
    match label {
        // Around every page.
        Label::AppTitle => "Create an API key",
        Label::ProductName => "ArcGIS Key Wizard",
        Label::Loading => "Loading…",
        Label::SigningIn => "Signing you in…",
        Label::SignOut => "Sign out",
        Label::StorageBlocked => "Your browser keeps nothing for this page",
        Label::DraftNotStored => "Everything works, but what you typed is lost when this tab is reloaded or closed.",
        Label::JournalNotStored => {
            "Everything works, but what is half made is not found again when this tab is closed."
        }
        Label::LinkNotUsed => "The link was not used",
        Label::PrefillBusy => "A key is being made on this page. Finish that first, then open the link again.",
        Label::WrongAccount => "What was being created belongs to another account",
        Label::WrongAccountAdvice => "To go on with it, sign out, and sign in as the same person.",
        Label::Offline => "You are offline",
        Label::OfflineAdvice => "What you type is kept. What has to be sent waits until you are back online.",
        Label::OnlineAgain => "You are online again",
        Label::OnlineAgainAdvice => "The creation stopped where it was. Nothing has been sent since.",
        Label::GoOn => "Go on",
        Label::SessionEndsSoon => "Your session ends soon",
        Label::StaySignedIn => "Stay signed in",
        Label::SignInAgainNow => "Sign in again now",
        // Questions before something is left.
        Label::EndKeyQuestion => "End the key that exists?",
        Label::EndKeyConsequence => "Its credential has a live key, which ends by what you changed.",
        Label::EndKey => "End it",
        Label::LeaveKeyQuestion => "Leave without saving the key?",
        Label::LeaveKeyConsequence => {
            "This is the only time the key can be seen. If you leave now it is wiped, and you have to generate a new \
             one."
        }
        Label::LeaveKey => "Leave",
        Label::Stay => "Stay",
        Label::DiscardItemsQuestion => "Close without adding these items?",
        Label::DiscardItemsConsequence => "What you selected here is not added yet, and would be lost.",
        Label::DiscardItems => "Discard selection",
        Label::ForgetAnswersQuestion => "Sign out and lose your answers?",
        Label::ForgetAnswersConsequence => {
            "Signing out deletes what you have chosen and typed for this key from your browser."
        }
        Label::ForgetAnswers => "Sign out and delete answers",
        Label::RevokeQuestion => "Delete the credential and its key?",
        Label::DeleteCredential => "Delete credential and key",
        // The configuration cannot be used.
        Label::ConfigUnusable => "This page is not set up correctly",
        Label::ConfigUnusableLead => {
            "Tell whoever runs this page to correct its config.json. Nothing was sent to any portal."
        }
        Label::ConfigFaults => "What is wrong",
        Label::CheckAgain => "Check again",
        // The page of the sign-in.
        Label::SignInLead => {
            "Choose what your key may do, where it may be used and how long it works. Then copy it, once."
        }
        Label::SignInAnyway => "Sign in anyway",
        Label::SignIn => "Sign in",
        Label::LeavingForPortal => "Opening your portal's sign-in page…",
        Label::SignInInWindow => "Sign in in the window that has opened. If you closed it, press Sign in again.",
        Label::AnswersKept => "Your answers are kept in this tab. Sign in to go on.",
        Label::CameBackWithoutSignIn => "I came back without signing in",
        Label::SignInPrivacy => {
            "You sign in on your portal's own page. This page talks to your portal straight from your browser; no \
             server in between sees your password, your session or your key."
        }
        Label::Portal => "Portal",
        Label::AnotherPortal => "Another portal",
        Label::Recipe => "Open a recipe",
        Label::RecipeHint => "Optional: a file saved from the Summary. Choose it, or drop it on this page.",
        Label::RunningThisPage => "Running this page yourself?",
        Label::RegisterThisPage => {
            "Register it in your portal as OAuth 2.0 credentials with exactly this redirect URI:"
        }
        Label::CopyRedirectUri => "Copy redirect URI",
        Label::PortalAddress => "Portal address",
        Label::PortalAddressHint => "Such as https://gis.example.com/portal",
        Label::ClientId => "Client ID",
        Label::ClientIdHint => "Of the OAuth credentials registered in that portal for this page.",
        Label::ClientIdIsItemId => {
            "This looks like the id of an item. The client ID is on that item's page, under Settings."
        }
        Label::ClientIdPlace => "The client ID is on that item's page, under Settings.",
        Label::PortalSaid => "The portal said:",
        Label::ClientIdMissing => "Enter the client id of this page in that portal.",
        Label::CustomPortalConsequence => {
            "You are about to let this page act for you there. Go on only if you know this host."
        }
        // The account lacks privileges.
        Label::CannotCreateKeys => "Your account may not create API keys",
        Label::MissingPrivileges => "These privileges are missing from your account",
        Label::MissingPrivilegesAdvice => {
            "An administrator of your organization can give them to you, through a role that has them. Your user type \
             must be Creator or higher."
        }
        Label::TextForAdministrator => "Text for your administrator",
        Label::CopyText => "Copy text",
        Label::AdministratorAdvice => {
            "You are an administrator, so no role keeps them from you: your organization's subscription or your user type \
             does not include them. Ask the Esri office that your organization buys from, or sign in with an ArcGIS Location \
             Platform account."
        }
        Label::EnterpriseWithoutKeysAdvice => {
            "API keys need ArcGIS Enterprise 11.4 or later. Ask your administrator when the portal is upgraded, or sign in \
             to another portal."
        }
        Label::TryAnywayOldEnterprise => "If you know that this portal was upgraded, you can try all the same.",
        Label::SignInAsAnother => "Sign in as somebody else",
        Label::TryAnywayAdvice => "Some accounts, as of ArcGIS Location Platform, need none of them.",
        Label::TryAnyway => "Try anyway",
        // Above the steps.
        Label::HideThis => "Hide this",
        Label::AdministrativeQuestion => "Should the key have administrative privileges?",
        Label::AdministrativeConsequence => {
            "The link or recipe asks for these. They act on your whole organization: whoever reads the key can use \
             them in your name. Add them only if you know who made it, and why."
        }
        Label::AddThesePrivileges => "Add these privileges",
        Label::LeaveThemOut => "Leave them out",
        Label::UnresolvedTitle => "Some restrictions could not be applied",
        Label::UnresolvedLead => "The link or recipe asks for them. Decide about each one before you create the key.",
        Label::UnresolvedAnywhere => "Let the key work from any website",
        Label::UnresolvedLeaveOut => "Leave it out",
        Label::UnresolvedKeepDate => "Keep the date from step 1",
        Label::UnresolvedThisPortal => "Use the portal you signed in to",
        Label::Orphan => "You have an unfinished credential from elsewhere",
        Label::LookAtIt => "Look at it",
        Label::NotNow => "Not now",
        Label::ProblemsTitle => "There is a problem",
        Label::ProblemsTitleAgain => "There is still a problem",
        // The steps.
        Label::Steps => "Steps",
        Label::Back => "Back",
        Label::Next => "Next",
        Label::Create => "Create",
        Label::CredentialsTitle => "Expiration and referrers",
        Label::PrivilegesTitle => "Privileges",
        Label::ItemAccessTitle => "Grant item access",
        Label::DetailsTitle => "Item details",
        Label::SummaryTitle => "Summary",
        // Step 1.
        Label::ExpirationDate => "Expiration date",
        Label::ExpirationPresets => "Presets",
        Label::Usage => "Used in",
        Label::UsageQuestion => "Where will you use this key?",
        Label::UsageWebPage => "Web page or app that other people open",
        Label::UsageScripts => "My own scripts, notebooks and servers",
        Label::UsageNative => "Desktop or native app",
        Label::UsageUnsure => "Not sure yet",
        Label::PrivateUseClosed => "Not for a web page or app that other people open: they could act in your name.",
        Label::ReferrersNeeded => "Whoever finds the key in your page can use it anywhere, unless you add referrers.",
        Label::ReferrersUnsent => {
            "Scripts, servers, desktop and native apps send no referrer. If you add one, ArcGIS refuses the key there \
             (error 498)."
        }
        Label::ExpirationMissing => "Choose a date to see when the key stops working.",
        Label::Referrers => "Referrers",
        Label::ReferrersHint => {
            "The web addresses whose pages may use the key, such as https://app.example.com or https://*.example.com. \
             Without any, the key works from anywhere."
        }
        Label::AddReferrer => "Add referrer",
        Label::OwnComputer => "On your own computer",
        Label::ReferrersAdded => "Added so far",
        Label::Remove => "Remove",
        // Step 2.
        Label::SearchPrivileges => "Search privileges",
        Label::SearchPrivilegesExample => "Routing, premium:user:places …",
        Label::SelectedOnly => "Selected only",
        Label::NoPrivilegeFound => "nothing found: try another word",
        Label::Billed => "use is billed",
        Label::PrivateAppsOnly => "private apps only",
        Label::StartFrom => "Start from a tutorial or task",
        Label::StartFromHint => {
            "Optional: the name or the address of a tutorial, a task such as directions, or an SDK. What it needs is \
             chosen below."
        }
        Label::AddPreset => "Add",
        Label::PresetWaits => "not added: what it needs could not be loaded",
        Label::PresetsAdded => "Started from",
        Label::StartFromCode => "Paste code",
        Label::YourCode => "Your code",
        Label::YourCodeHint => {
            "Optional: JavaScript, TypeScript, Python, Swift, Kotlin, C#, Dart, R, HTML or JSON. The code \
             stays in your browser and is not stored. Only the ids of items in it are sent to your portal."
        }
        Label::CodeFiles => "Files with code",
        Label::CodeFilesHint => "Choose some, or drop them on this page. Of each, the first megabyte is read.",
        Label::FoundInCode => "Found in your code",
        Label::StartFromMap => "Paste a web map or app",
        Label::YourMap => "Web map, web scene or app",
        Label::YourMapHint => {
            "Optional: its id, or an address with it. What it shows is read from your portal, with at most 200 requests."
        }
        Label::NoIdFound => "No item id was found in this text. An id has 32 digits and letters from a to f.",
        Label::NeededByMap => "Needed by the map or app",
        Label::ChooseThese => "Choose these",
        Label::NothingInCode => "Nothing was found that needs a privilege or an item.",
        Label::CodeNotRead => "The list of what to look for could not be loaded. Paste it again to retry.",
        Label::AccountLacks => "your account lacks it",
        Label::ItemOfOthers => "not found in your organization: it needs no access, or you cannot grant it",
        Label::ItemIsPublic => "public: most keys need no access to it",
        Label::SearchResults => "Found",
        Label::GuideNotLoaded => {
            "More about each privilege could not be loaded, so the search knows only labels and ids."
        }
        Label::NearestWords => "Did you mean",
        Label::PrivilegesUnavailable => "Chosen before, but not available to this account",
        Label::PrivilegesUnavailableAdvice => {
            "The portal would refuse these. Clear them, or ask your administrator for them."
        }
        Label::Important => "Important:",
        Label::Advice => "Advice:",
        Label::ReviewTitle => "Worth a second look",
        // Step 3.
        Label::ItemAccessLead => {
            "A key opens public items and, with the right privileges, ArcGIS services without any of this. Choose \
             items here only if your app must open private ones. If it need not, skip this step."
        }
        Label::Skip => "Skip",
        Label::BrowseItems => "Browse items",
        Label::ItemsSelected => "Chosen items",
        Label::AddItems => "Add items",
        Label::Cancel => "Cancel",
        Label::TryAgain => "Try again",
        Label::AddItemOfThisId => "Add item of this id",
        Label::SearchItems => "Search items",
        Label::SearchItemsExample => "Title, owner:jane, tag:roads, id or address",
        Label::Searching => "Searching…",
        Label::ItemType => "Type",
        Label::AllTypes => "All types",
        Label::Sharing => "Sharing",
        Label::NotPublic => "Not public",
        Label::ItemsFound => "Items found",
        Label::NoItems => {
            "There is no item here that needs access: you can open none in your organization, or only public ones, which \
             most keys can open. Close this and press Next."
        }
        // Step 4.
        Label::Title => "Title",
        Label::TitleHint => "What you will look for in your content later, such as “Store finder, production”.",
        Label::Folder => "Folder",
        Label::FolderNone => "Choose one, or type a new name. Left empty, the item lies in no folder.",
        Label::FolderExists => "You have this folder already; it is used.",
        Label::FolderNew => "Choose one, or type a new name. This one will be made.",
        Label::FoldersLoading => "Choose one, or type a new name. Your folders are being fetched.",
        Label::Suggestions => "Suggestions",
        Label::Tags => "Tags",
        Label::TagsHint => "Optional. Separate them with commas.",
        Label::Summary => "Summary",
        Label::SummaryHint => "Optional. What the key is for and who uses it.",
        // Step 5.
        Label::Privileges => "Privileges",
        Label::ItemAccess => "Item access",
        Label::Change => "Change",
        Label::None => "None",
        Label::AnyReferrer => "Any: the key works from everywhere",
        Label::RootFolder => "Your content, in no folder",
        Label::ApiKeyChoice => "The API key",
        Label::GenerateNow => "Generate the API key now. I am ready to copy and save the key.",
        Label::GenerateLater => "Create the credential and generate the key later.",
        Label::NothingGranted => "This key can do nothing yet",
        Label::NothingGrantedAdvice => {
            "No privilege and no item is chosen. Choose at least one of either before you create the key."
        }
        Label::PrivateKeyWarning => "Keep this key out of public pages",
        Label::PrivateKeyWarningText => {
            "Some of these privileges act on your content, members or organization. Whoever reads the key can use \
             them in your name. Use it in private apps and scripts only."
        }
        Label::DuplicateTitle => "You have an item of this title already",
        Label::Share => "Use these answers again",
        Label::ShareUnresolved => "First decide about the restrictions above.",
        Label::ShareLead => {
            "Each of these fills the wizard in like now, for you or for readers of your documentation. None of \
             them holds a secret; everybody signs in and presses Create for themselves."
        }
        Label::CopyLink => "Copy link",
        Label::CopyHtmlButton => "Copy HTML button",
        Label::CopyElement => "Copy element",
        Label::DownloadRecipe => "Download recipe",
        Label::TooLongForLink => "This is too much for a link.",
        Label::InPortal => "In the portal's own pages",
        Label::InPortalLead => {
            "If no other app is allowed, make the same credential in the portal. These steps use the English names of its \
             pages. Older releases ask in another order."
        }
        Label::OpenContent => "Open your content in the portal",
        Label::WhatCreateSends => "What Create will send",
        Label::WhatCreateSendsLead => {
            "Create sends these requests in this order. Values in angle brackets are secret or not known yet. If an \
             answer is lost, the page checks what happened before it sends a request again."
        }
        Label::AsScript => "As a script",
        Label::AsScriptLead => {
            "The same requests, for your own machine. The script contains no secret: you give it a token of your session \
             when you run it. If a request is refused, it does not undo the earlier ones."
        }
        Label::DownloadScript => "Download script",
        Label::CopyScript => "Copy script",
        Label::ByHandIncomplete => "Some answers are missing or wrong. Press Create to see which.",
        Label::RegistrationClosed => "This portal does not let this app register credentials",
        Label::RegistrationClosedAdvice => {
            "You lack no privilege, so another try would not help. What was made is taken back, and your answers are kept. You \
             can make the same key in the portal's own pages:"
        }
        Label::Copied => "Copied.",
        Label::CopyDenied => "Your browser does not allow copying. Select the text and copy it yourself.",
        // Step 6.
        Label::Creating => "Creating your credential",
        Label::RequestRefused => "The portal refused",
        Label::Mismatch => "The portal registered something else",
        Label::LookRefused => "The portal did not let us look",
        Label::PortalBusy => "The portal is too busy",
        Label::PortalSilent => "The portal does not answer",
        Label::UnseenKeyTitle => "A key nobody has seen may be live",
        Label::Unfinished => "You have an unfinished credential",
        Label::RolledBack => "Everything was taken back",
        Label::HeldByOtherTab => "Another tab is at work on this credential",
        Label::HeldByOtherTabRule => "It can be worked at in one tab at a time",
        Label::HeldByOtherTabAdvice => "Go back to the other tab, or continue here: the other tab then stops.",
        Label::ContinueHere => "Continue here",
        Label::CreateAnotherCredential => "Create another credential",
        Label::Calls => "Calls to the portal",
        Label::NothingIsSent => "Nothing is sent now.",
        Label::Done => "Done.",
        Label::Stop => "Stop",
        Label::Replace => "Replace",
        Label::CheckBeforeRetry => "Nothing is sent a second time before the portal has said what exists.",
        Label::NothingLeft => "Nothing of this credential is left on the portal",
        Label::TypedIsKept => "What you typed is kept.",
        Label::TypedAndFolderAreKept => "What you typed is kept, and so is the folder.",
        Label::BackToSummary => "Back to the Summary",
        Label::KeyGivenUp => "The portal refused to revoke the key by name. Check that it no longer works.",
        Label::PrivilegesLacking => {
            "Your account does not have what this needs. Ask an administrator of your organization for:"
        }
        Label::DeleteCreated => "Delete what was made",
        Label::GiveUp => "Give up",
        Label::MismatchNotice => "The credential is not exactly what you asked for",
        Label::GenerateAnyway => "Generate the key anyway",
        Label::KeepAsItIs => "Keep it as it is",
        Label::AskPortalAgain => "Ask the portal again",
        Label::Continue => "Continue",
        Label::Revoke => "Revoke",
        // Step 7.
        Label::CopyKeyTitle => "Copy your API key",
        Label::ApiKey => "API key",
        Label::Copy => "Copy",
        Label::KeyCopied => "Copied. Paste it where you keep secrets; your clipboard's history may keep it too.",
        Label::KeyCopyDenied => "Your browser did not allow copying. The key is selected: copy it with Ctrl+C or ⌘C.",
        Label::KeySaved => "I have saved the key",
        Label::KeyShownOnce => "This is the only time you can see this key",
        Label::KeyShownOnceAdvice => "Copy it now and store it in a safe place.",
        Label::OtherTabMayEndKey => "Another tab has taken over. What is done there may end this key.",
        Label::FirstKeyEnded => {
            "The portal's first answer was lost, so this is a second key. The first one was never seen and no longer \
             works."
        }
        Label::FirstKeyMayWork => {
            "The portal's first answer was lost, so this is a second key. The first one was never seen and could not \
             be revoked by name: the portal may let it work for a while."
        }
        Label::CredentialDetails => "What this credential is",
        Label::Expires => "Expires",
        Label::Items => "Items",
        Label::Slot => "Slot",
        Label::OpenItem => "Open the item in the portal",
        Label::KeyWipedTitle => "The key is no longer shown",
        Label::KeyWiped => "The key was wiped from this page",
        Label::KeyWipedAdvice => {
            "It cannot be shown again. If you have it, say so. If not, Replace generates a new one, and this one stops \
             working. Revoke deletes the credential, and the key with it."
        }
        Label::CopiedBefore => "You had copied it before.",
        Label::ShowLonger => "Show it 10 more minutes",
        Label::ShownLonger => "The key is shown for 10 more minutes.",
        Label::UncopiedQuestion => "You have not copied the key",
        Label::UncopiedConsequence => {
            "When you say that it is saved, it is wiped from this page. Nobody can show it again."
        }
        Label::CopyKey => "Copy key",
        Label::SavedWithoutCopy => "I saved it another way",
        Label::CopiedKeyAdvice => {
            "You then left its page. Do you have the key in a safe place? If not, it can be replaced or revoked."
        }
        Label::KeyLost => "I do not have it",
        Label::SavedQuestion => "Did you save your key?",
        Label::KeyReadyTitle => "Your key is ready",
        Label::KeyReady => "The key is wiped from this page",
        Label::KeyReadyAdvice => {
            "Nothing of it is kept here. You can revoke it, or generate its successor, on the item's page in the \
             portal."
        }
        Label::CredentialCreatedTitle => "Credential created",
        Label::CredentialCreated => "The credential is ready, and has no key yet",
        Label::GenerateLaterAdvice => {
            "To generate its key, open the item in the portal, choose Settings, and press Generate API key. The key \
             is shown once, so have a safe place for it at hand."
        }
        Label::CreateAnotherKey => "Create another key",
        Label::CreateAnotherLikeThis => "Create another like this",
    }
}

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
            format!("If you do nothing, you are signed out in {}. What you typed is kept.", minutes_of(minutes))
        }
        Message::SessionEndsIn(minutes) => {
            format!("Your session ends in {}. What you typed is kept.", minutes_of(minutes))
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
        Message::AnswerAbout { answer, part } => format!("{}: {part}", label(answer)),
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
        Message::PrivilegesShown { shown, of } => format!("{} of {} shown", number(shown), number(of)),
        Message::Because(Because::Includes(label)) => format!("includes {label}"),
        Message::Because(Because::Word(word)) => format!("for {word}"),
        Message::Lack(found) => lack(found),
        Message::Known(known) => about(known),
        Message::CodePlaces(places) => code_places(places),
        Message::MapRead { done, of, gaps } => map_read(done, of, gaps),
        Message::GrantLayers { maps, layers } => grant_layers(maps, layers),
        Message::ChosenFromCode { gives, items, lacks } => chosen_from_code(gives, items, lacks),
        Message::PresetNeeds { gives, lacks, closed, preset } => preset_needs(gives, lacks, closed, preset),
        Message::PrivilegesOfOffered { chosen, of } => {
            format!("{} of {} privileges this account could give", number(chosen), number(of))
        }
        Message::Remark(found) => remark(found),
        Message::Exposure(found) => exposure(found),
        Message::PrivilegeWithId { label, id } => format!("{label} ({id})"),
        Message::ItemsSelected(count @ MAX_ITEMS) => {
            let count = number(count);
            format!("{count} of {count} items chosen: no more fit in one credential")
        }
        Message::ItemsSelected(count) => format!("{} of {} items chosen", number(count), number(MAX_ITEMS)),
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
                DuplicatePlace::Root => format!("It was made on {at} and lies in no folder."),
                DuplicatePlace::SomeFolder => format!("It was made on {at} and lies in one of your folders."),
                DuplicatePlace::Folder => format!("It was made on {at} and lies in the folder {SLOT}."),
            };
            format!("{place} The portal allows two; choose another title if you want to tell them apart.")
        }
        Message::GuideScreen { screen, has_entries } => guide_screen(screen, has_entries).to_owned(),
        Message::GuideEntry(entry) => guide_entry(entry).to_owned(),
        Message::CopyValue(value) => format!("{} {value}", label(Label::Copy)),
        Message::ScriptLanguage(language) => script_language(language).to_owned(),
        Message::ProgressStep(step) => step_name(step).to_owned(),
        Message::StepStatus(status) => step_status(status).to_owned(),
        Message::Calling(call) => calling(call).to_owned(),
        Message::Checking(call) => {
            format!("The portal's answer was lost. {}", checking(call))
        }
        Message::WaitsFor(ms) => match plural(seconds(ms)) {
            Plural::One => format!("Waiting {} second, then going on.", number(seconds(ms))),
            _ => format!("Waiting {} seconds, then going on.", number(seconds(ms))),
        },
        Message::Countdown(seconds) => format!("Going on in {seconds} s."),
        Message::CallRefused { call, refusal } => format!("{} {}", refused_call(call), refusal_text(refusal)),
        Message::CallUnknown(call) => unknown(call).to_owned(),
        Message::CallThrottled(call) => throttled(call).to_owned(),
        Message::FoldersUnlisted(error) => {
            format!("Your folders cannot be listed now; a name in use will be found anyway. {}", portal_error(error))
        }
        Message::NotGranted(privilege) => format!("Not granted: {privilege}"),
        Message::GrantedUnasked(privilege) => format!("Granted without being asked for: {privilege}"),
        Message::ReferrersHeld([]) => "Referrers: none, so a key would work from everywhere".to_owned(),
        Message::ReferrersHeld(held) => format!("Referrers: {}", intl::list(LANGUAGE, held)),
        Message::ExpirationHeld(None) => "Expiration: none. A key without an end is not generated".to_owned(),
        Message::ExpirationHeld(Some(at)) => format!("Expiration: {}", intl::utc_instant(at)),
        Message::Exists { existence, title } => exists(existence, title),
        Message::LeftUnfinished(unfinished) => left_unfinished(unfinished),
        Message::FoundKey(fate) => found_key(fate).to_owned(),
        Message::FoundAdvice { fate, can_continue: true } => found_advice(fate).to_owned(),
        Message::FoundAdvice { fate, can_continue: false } => found_without_answers(fate).to_owned(),
        Message::OrphanItem { title, created } => format!(
            "The item “{title}” was made on {} in another browser or on another device, and never got privileges \
             or a key. Finish it there, or look at it here to delete it.",
            intl::utc_instant(created)
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

fn why_hidden(why: WhyHidden) -> &'static str {
    match why {
        WhyHidden::TimeOver => "Its time on the screen was over: ten minutes, unless you ask for more.",
        WhyHidden::PageLeft => "You left its page.",
        WhyHidden::Saved => "You said that you have saved it.",
    }
}

fn lack(lack: &Lack) -> String {
    match lack {
        Lack::Product(products) => {
            let names: Vec<&str> = products.iter().map(|it| product(*it)).collect();
            format!("Your account cannot give it: it belongs to {}.", list(&names))
        }
        Lack::PayAsYouGo => {
            "Your account cannot give it without pay-as-you-go, which you can enable for it.".to_owned()
        }
        Lack::Role { group, subgroup } => format!(
            "Your role does not have it. Ask an administrator for a role with it, from {group} › {subgroup}, or for \
             another user type."
        ),
        Lack::Subscription => "Your subscription or your user type does not include it.".to_owned(),
    }
}

fn product(product: Product) -> &'static str {
    match product {
        Product::Platform => "ArcGIS Location Platform",
        Product::Online => "ArcGIS Online",
        Product::Enterprise => "ArcGIS Enterprise",
    }
}

/// The most gaps that are listed.
const MOST_GAPS: usize = 10;

/// The most places that are listed.
const MOST_PLACES: usize = 5;

fn code_places(places: &[Place]) -> String {
    let place = |it: &Place| match (it.file.is_empty(), it.line) {
        // A layer.
        (false, 0) => it.file.clone(),
        (true, _) => format!("line {}: {}", number(it.line), it.matched),
        (false, _) => format!("{}, line {}: {}", it.file, number(it.line), it.matched),
    };
    let mut listed: Vec<String> = places.iter().take(MOST_PLACES).map(place).collect();
    if places.len() > MOST_PLACES {
        // Beyond the most that are kept nobody counts.
        let is_counted = places.len() < MAX_PLACES;
        let rest = number(places.len() - MOST_PLACES);
        listed.push(if is_counted { format!("and {rest} more") } else { "and more".to_owned() });
    }
    listed.join(" · ")
}

/// Each gap is a line of its own.
fn map_read(done: usize, of: usize, gaps: &[Gap]) -> String {
    let mut lines = vec![format!("{} of {} read", number(done), number(of))];
    lines.extend(gaps.iter().take(MOST_GAPS).map(map_gap));
    if gaps.len() > MOST_GAPS {
        lines.push(format!("And {} more.", number(gaps.len() - MOST_GAPS)));
    }
    lines.join("\n")
}

fn map_gap(gap: &Gap) -> String {
    match gap {
        Gap::Unread(name, Error::Unreadable { .. }) => format!("“{name}” · What it shows cannot be read."),
        Gap::Unread(name, error) => format!("“{name}” · {}", portal_error(error)),
        Gap::OfOthers(name) => {
            format!("“{name}” · It belongs to another organization, so you cannot grant access to it.")
        }
        Gap::TooMany(count) => match plural(*count) {
            Plural::One => format!("{} more item was not read: there are too many.", number(*count)),
            _ => format!("{} more items were not read: there are too many.", number(*count)),
        },
    }
}

fn grant_layers(maps: usize, layers: usize) -> String {
    let whose = if maps == 1 { "its" } else { "their" };
    match plural(layers) {
        Plural::One => format!("Also give access to {whose} {} private layer", number(layers)),
        _ => format!("Also give access to {whose} {} private layers", number(layers)),
    }
}

fn chosen_from_code(gives: &[String], items: &[String], lacks: &[String]) -> String {
    let mut parts = Vec::new();
    let all: Vec<String> = gives.iter().chain(items).cloned().collect();
    parts.push(match all.is_empty() {
        true => "Nothing was chosen.".to_owned(),
        false => format!("Chosen: {}.", intl::list(LANGUAGE, &all)),
    });
    if !lacks.is_empty() {
        parts.push(format!("Not chosen, because this key cannot have it: {}.", intl::list(LANGUAGE, lacks)));
    }
    parts.join(" ")
}

fn preset_needs(gives: &[String], lacks: &[String], closed: &[String], preset: &StartingPoint) -> String {
    let mut parts = Vec::new();
    if !gives.is_empty() {
        parts.push(intl::list(LANGUAGE, gives));
    }
    if !lacks.is_empty() {
        parts.push(format!("your account lacks {}", intl::list(LANGUAGE, lacks)));
    }
    if !closed.is_empty() {
        parts.push(format!("not for a page or app that other people open: {}", intl::list(LANGUAGE, closed)));
    }
    if preset.needs_items {
        parts.push("access to your items, on the next step".to_owned());
    }
    let basis = match preset.basis {
        Basis::Stated => "stated by its page",
        Basis::Sample => "stated by the sample",
        Basis::Catalogue => "stated by its page, according to a third party that read it",
        Basis::Inferred => "inferred from what it uses",
        Basis::Deployer => "from whoever runs this page",
    };
    parts.push(basis.to_owned());
    parts.join(" · ")
}

fn remark(remark: &Remark) -> String {
    match remark {
        Remark::NothingGranted => {
            format!("{}. {}", label(Label::NothingGranted), label(Label::NothingGrantedAdvice))
        }
        Remark::Administrative(found) => format!(
            "With {} the key can act on your whole organization. Leave out what your app does not need.",
            list(&found.iter().map(|it| it.0.as_str()).collect::<Vec<_>>())
        ),
        Remark::BilledAnywhere(until) => format!(
            "Anybody who reads this key can use it at your cost, from any website, until {}. Add referrers, or choose an \
             earlier date.",
            intl::utc_instant(*until)
        ),
        Remark::SharedHost(it) => format!("{it} lets everybody in who has a page on that host, not only you."),
        Remark::PlainHttp(it) => {
            format!("A page at {it} can be changed on its way to the reader, and then use the key.")
        }
        Remark::PersonalInWebPage(PrivilegeId(id)) => {
            format!("A web page shows its key to whoever looks, and with {id} this one can act in your name.")
        }
        Remark::NoReferrers => label(Label::ReferrersNeeded).to_owned(),
        Remark::ReferrersUnsent => label(Label::ReferrersUnsent).to_owned(),
        Remark::LocalBesidePublic(it) => {
            format!("{it} is for development: use a separate key there, not the one your users get.")
        }
        Remark::EveryLayer(PrivilegeId(id)) => {
            format!("{id} reaches every layer you can edit. Grant access to single items to limit it to them.")
        }
        Remark::StoredToo(PrivilegeId(id)) => {
            format!("To show addresses without keeping them, the key does not need {id}, which is billed differently.")
        }
        Remark::Unneeded(PrivilegeId(id), 1) => format!("Nothing you started from needs {id}."),
        Remark::Unneeded(PrivilegeId(id), count) => {
            format!("Nothing you started from needs {id} and {} more.", number(count - 1))
        }
        Remark::TakenBack(title, PrivilegeId(id)) => format!("“{title}” needs {id}, which is not chosen."),
        Remark::LongLife(days) => {
            format!(
                "The key can act in your name for {} days. A shorter life limits what a leak costs.",
                number(*days as usize)
            )
        }
        Remark::PublicItem(title) => format!("Everybody can open “{title}”, so most keys need no access to it."),
        Remark::MapAlone(title) => {
            format!("“{title}” shows nothing of layers that are not public unless you grant access to them, too.")
        }
        Remark::LayersLeftOut(title, count) => match plural(*count) {
            Plural::One => format!("“{title}” shows {} private layer that the key cannot open.", number(*count)),
            _ => format!("“{title}” shows {} private layers that the key cannot open.", number(*count)),
        },
        Remark::ItemsBeyondCode(title, 1) => format!("Nothing you started from names “{title}”."),
        Remark::ItemsBeyondCode(title, count) => {
            format!("Nothing you started from names “{title}” and {} more.", number(count - 1))
        }
    }
}

fn exposure(exposure: Exposure) -> String {
    let parts = [
        (exposure.spends, "spend the organization's credits"),
        (exposure.reads, "read what is not public"),
        (exposure.changes, "change content"),
        (exposure.administers, "administer the organization"),
    ];
    let parts: Vec<&str> = parts.iter().filter(|(is_so, _)| *is_so).map(|(_, words)| *words).collect();
    match parts.is_empty() {
        true => String::new(),
        false => format!("Whoever has the key can {}.", list(&parts)),
    }
}

/// Parts between dots, as beside the id; empty if nothing is to be said.
fn about(known: &Known) -> String {
    let mut parts = Vec::new();
    if !known.services.is_empty() {
        let mut hosts: Vec<&str> = known.services.iter().filter_map(|it| it.split('/').next()).collect();
        hosts.dedup();
        parts.push(format!("opens {}", list(&hosts)));
    }
    parts.extend(known.trap.map(|it| trap(it).to_owned()));
    match known.standing {
        Standing::Documented => {}
        Standing::ThirdParty => parts.push("not from Esri's documentation".to_owned()),
        Standing::Inferred => parts.push("inferred, not documented".to_owned()),
    }
    parts.join(" · ")
}

fn trap(trap: Trap) -> &'static str {
    match trap {
        Trap::Batch => "many addresses in one request always need this, stored or not",
        Trap::Beta => "some services are in beta and refuse a key without it",
        Trap::EveryLayer => "reaches every layer you can edit, unless you grant single items",
    }
}

/// A moment at the end of a day in UTC, which is how a portal counts; on the reader's clock it may be another day.
fn instant(at: Timestamp) -> String {
    let (date, time) = (intl::date(utc_date(at)), intl::utc_time(at));
    match intl::is_utc(at) {
        true => format!("{date}, {time} UTC"),
        false => format!("{date}, {time} UTC ({} your time)", intl::instant(at)),
    }
}

/// Names few, and counts many.
fn list_changed(added: &[&str], removed: &[&str]) -> String {
    let told = |what: &str, entries: &[&str]| match entries {
        [] => String::new(),
        [entry] => format!("{what} {entry}."),
        entries => format!("{what} {}.", number(entries.len())),
    };
    [told("Added", added), told("Removed", removed)]
        .iter()
        .filter(|it| !it.is_empty())
        .cloned()
        .collect::<Vec<_>>()
        .join(" ")
}

fn plural(count: usize) -> Plural {
    intl::plural(LANGUAGE, count as u64)
}

fn number(number: usize) -> String {
    intl::number(LANGUAGE, number as i64)
}

/// Several words in a sentence.
fn list(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    intl::list(LANGUAGE, &words)
}

fn seconds(ms: u32) -> usize {
    ms.div_ceil(1000) as usize
}

fn minutes_of(minutes: i64) -> String {
    match intl::plural(LANGUAGE, minutes.unsigned_abs()) {
        Plural::One => format!("{minutes} minute"),
        _ => format!("{} minutes", intl::number(LANGUAGE, minutes)),
    }
}

fn field_name(field: Field) -> &'static str {
    label(match field {
        Field::Expiration => Label::ExpirationDate,
        Field::Referrers => Label::Referrers,
        Field::Privileges => Label::Privileges,
        Field::Items => Label::ItemAccess,
        Field::Title => Label::Title,
        Field::Folder => Label::Folder,
        Field::Tags => Label::Tags,
        Field::Summary => Label::Summary,
        Field::Portal => Label::Portal,
    })
}

fn lifetime_name(lifetime: Lifetime) -> &'static str {
    match lifetime {
        Lifetime::Days7 => "7 days",
        Lifetime::Days30 => "30 days",
        Lifetime::Days90 => "90 days",
        Lifetime::Year1 => "1 year",
    }
}

fn portal_error(error: &Error) -> String {
    match error {
        Error::Unreachable => "The portal does not answer. Check your connection and try again.".to_owned(),
        Error::Busy { .. } => "The portal is busy. Try again in a minute.".to_owned(),
        Error::SignedOut => "Your session has ended. Sign in again to go on.".to_owned(),
        Error::Refused(refusal) => format!("The portal refused: {}", refusal_text(refusal)),
        Error::Unreadable { .. } => {
            "What came back was not a portal's answer: perhaps a proxy or a sign-in page stands between.".to_owned()
        }
    }
}

/// What the portal said, in one line. Its text was bounded and cleaned when it was read.
fn refusal_text(refusal: &Refusal) -> String {
    let mut words = match refusal.message.is_empty() {
        true => format!("code {}", refusal.code),
        false => refusal.message.clone(),
    };
    for detail in refusal.details.iter().filter(|detail| !refusal.message.contains(detail.as_str())) {
        words.push(' ');
        words.push_str(detail);
    }
    words
}

/// What the person can do about an unresolved restriction.
fn unresolved(restriction: Restriction) -> &'static str {
    match restriction {
        Restriction::Expiration => {
            "The expiration date could not be read. Keep the date on step 1, or choose another one there."
        }
        Restriction::Referrers => {
            "These referrers could not be read. Use a suggestion, or add your own on step 1. Without referrers, the key \
             works from any website."
        }
        Restriction::Items => "These items could not be found. Leave them out, or choose others on step 3.",
        Restriction::Portal => {
            "This page is not set up for the portal that was asked for. Use the portal you signed in to, or sign out."
        }
    }
}

fn privilege_request(account: &Account, host: &str, missing: &[(String, &str)]) -> String {
    let lines: Vec<String> = missing.iter().map(|(label, id)| format!("- {label} ({id})")).collect();
    format!(
        "Hello,\n\nI would like to create API keys in {} ({host}). My account {} lacks these privileges:\n\n{}\n\n\
         Could you give me a role that has them? My user type must be Creator or higher.\n\nThank you",
        account.org_name,
        account.username.0,
        lines.join("\n")
    )
}

fn items_found(total: i64) -> String {
    // The portal counts no further (F-SEARCH-2).
    if total >= i64::from(LAST) {
        let most = intl::number(LANGUAGE, i64::from(LAST));
        return format!("{most} or more found: narrow the search to see what you need");
    }
    match intl::plural(LANGUAGE, total.unsigned_abs()) {
        _ if total <= 0 => "nothing found: try other words or filters".to_owned(),
        Plural::One => format!("{total} item found"),
        _ => format!("{} items found", intl::number(LANGUAGE, total)),
    }
}

fn shared_with(access: &str) -> &str {
    match access {
        "private" => "Owner only",
        "shared" => "Groups",
        "org" => "Organization",
        "public" => "Everyone",
        other => other,
    }
}

fn guide_screen(screen: Screen, has_entries: bool) -> &'static str {
    match (screen, has_entries) {
        (Screen::Kind, _) => "Content, My content, New item, Developer credentials: choose API key credentials.",
        (Screen::Usage { is_private: false }, _) => "Where it is used: choose Public application.",
        (Screen::Usage { is_private: true }, _) => {
            "Where it is used: choose Private application with selected privileges and access."
        }
        (Screen::Items, true) => "Item access: choose these items.",
        (Screen::Items, false) => "Item access: choose no item.",
        (Screen::Privileges, true) => "Privileges: choose these and no others.",
        (Screen::Privileges, false) => "Privileges: choose none.",
        (Screen::Limits, _) => "Expiration date and referrers: enter these.",
        (Screen::Details, _) => "Item details: enter these.",
        (Screen::End(KeyChoice::Now), _) => "Summary: compare, generate the key, and copy it. It is shown once.",
        (Screen::End(KeyChoice::Later), _) => "Summary: compare, and create the credential without generating a key.",
    }
}

fn guide_entry(entry: &Entry) -> &'static str {
    match entry {
        Entry::Item { .. } => "Item",
        Entry::Privilege(_) => "Privilege",
        Entry::Expiration(_) => field_name(Field::Expiration),
        Entry::Referrer(_) => "Referrer",
        Entry::Title(_) => field_name(Field::Title),
        Entry::Folder(_) => field_name(Field::Folder),
        Entry::Tags(_) => field_name(Field::Tags),
        Entry::Summary(_) => field_name(Field::Summary),
    }
}

fn script_language(language: Language) -> &'static str {
    match language {
        Language::RestJs => "arcgis-rest-js",
        Language::Python => "ArcGIS API for Python",
        Language::Curl => "curl",
    }
}

fn step_name(step: ProgressStep) -> &'static str {
    match step {
        ProgressStep::Folder => "Folder",
        ProgressStep::Item => "Item",
        ProgressStep::Registration => "Registration",
        ProgressStep::Expiration => "Expiration",
        ProgressStep::Key => "Key",
    }
}

fn step_status(status: StepStatus) -> &'static str {
    match status {
        StepStatus::Ahead => "not yet",
        StepStatus::Running => "in progress",
        StepStatus::Checking => "no answer: looking up what happened",
        StepStatus::Waiting => "waiting for the portal",
        StepStatus::Stopped => "stopped",
        StepStatus::Done => "done",
    }
}

fn calling(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "Creating the folder…",
        Call::ListFolders => "Listing the folders…",
        Call::AddItem { .. } => "Creating the item…",
        Call::FindItem { .. } => "Looking for the item…",
        Call::ReadItem { .. } => "Reading the item…",
        Call::UpdateItem { .. } => "Setting the expiration date…",
        Call::MoveItem { .. } => "Moving the item…",
        Call::Register { .. } => "Setting privileges…",
        Call::ReadRegistration { .. } => "Reading the registration…",
        Call::UpdateRegistration { .. } => "Changing privileges…",
        Call::GenerateKey { .. } => "Generating the key…",
        Call::RevokeKey { .. } => "Revoking the key…",
        Call::DeleteItem { .. } => "Deleting the item…",
    }
}

fn checking(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "Checking whether the folder was created…",
        Call::ListFolders => "Listing the folders again…",
        Call::AddItem { .. } => "Checking whether the item was created…",
        Call::FindItem { .. } => "Looking for the item again…",
        Call::ReadItem { .. } => "Reading the item again…",
        Call::UpdateItem { .. } => "Checking whether the expiration date was set…",
        Call::MoveItem { .. } => "Checking whether the item was moved…",
        Call::Register { .. } => "Checking whether the item was registered…",
        Call::ReadRegistration { .. } => "Reading the registration again…",
        Call::UpdateRegistration { .. } => "Checking whether the registration was changed…",
        Call::GenerateKey { .. } => "Checking whether the key was generated…",
        Call::RevokeKey { .. } => "Checking whether the key was revoked…",
        Call::DeleteItem { .. } => "Checking whether the item was deleted…",
    }
}

/// The portal's own words follow.
fn refused_call(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "The portal refused to make the folder:",
        Call::ListFolders => "The portal refused to list the folders:",
        Call::AddItem { .. } => "The portal refused to make the item:",
        Call::FindItem { .. } => "The portal refused to look for the item:",
        Call::ReadItem { .. } => "The portal refused to read the item:",
        Call::UpdateItem { .. } => "The portal refused to set the expiration date:",
        Call::MoveItem { .. } => "The portal refused to move the item:",
        Call::Register { .. } => "The portal refused to register the item with its privileges:",
        Call::ReadRegistration { .. } => "The portal refused to read the registration:",
        Call::UpdateRegistration { .. } => "The portal refused to change the registration:",
        Call::GenerateKey { .. } => "The portal refused to generate the key:",
        Call::RevokeKey { .. } => "The portal refused to revoke the key:",
        Call::DeleteItem { .. } => "The portal refused to delete the item:",
    }
}

fn unknown(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "We don't know whether the folder was created",
        Call::AddItem { .. } => "We don't know whether the item was created",
        Call::UpdateItem { .. } => "We don't know whether the expiration date was set",
        Call::MoveItem { .. } => "We don't know whether the item was moved",
        Call::Register { .. } => "We don't know whether the item was registered with its privileges",
        Call::UpdateRegistration { .. } => "We don't know whether the registration was changed",
        Call::GenerateKey { .. } => "We don't know whether the key was generated",
        Call::RevokeKey { .. } => "We don't know whether the key was revoked",
        Call::DeleteItem { .. } => "We don't know whether the item was deleted",
        Call::ListFolders => "We don't know which folders you have",
        Call::FindItem { .. } => "We don't know whether the item exists",
        Call::ReadItem { .. } => "We don't know the state of the item",
        Call::ReadRegistration { .. } => "We don't know the state of the registration",
    }
}

fn throttled(call: &Call) -> &'static str {
    match call {
        Call::CreateFolder { .. } => "The portal had no time to create the folder",
        Call::ListFolders => "The portal had no time to list the folders",
        Call::AddItem { .. } => "The portal had no time to create the item",
        Call::FindItem { .. } => "The portal had no time to look for the item",
        Call::ReadItem { .. } => "The portal had no time to read the item",
        Call::UpdateItem { .. } => "The portal had no time to set the expiration date",
        Call::MoveItem { .. } => "The portal had no time to move the item",
        Call::Register { .. } => "The portal had no time to register the item with its privileges",
        Call::ReadRegistration { .. } => "The portal had no time to read the registration",
        Call::UpdateRegistration { .. } => "The portal had no time to change the registration",
        Call::GenerateKey { .. } => "The portal had no time to generate the key",
        Call::RevokeKey { .. } => "The portal had no time to revoke the key",
        Call::DeleteItem { .. } => "The portal had no time to delete the item",
    }
}

fn exists(existence: Existence, title: &str) -> String {
    match existence {
        Existence::Nothing => "Nothing has been made on the portal yet.".to_owned(),
        Existence::ItemUnknown => format!("It is not known whether the item “{title}” exists on the portal."),
        Existence::Item => format!("On the portal there is the item “{title}”."),
        Existence::ItemAlone => {
            format!("On the portal there is the item “{title}”, without privileges and without a key.")
        }
        Existence::Credential => format!("On the portal there is the credential “{title}”, without a key."),
        Existence::CredentialWithKey => format!("On the portal there is the credential “{title}”, with a live key."),
    }
}

fn left_unfinished(unfinished: &Unfinished) -> String {
    let Unfinished { key, existence, title } = unfinished;
    let key = match key {
        KeyStatus::None => "Your credential is not finished.",
        KeyStatus::Unseen => "A key was generated that nobody has seen, and it may be live.",
        KeyStatus::ShownOnly => "A key was shown, but you did not say that you saved it.",
        KeyStatus::Copied => "You copied its key.",
    };
    format!("{key} {}", exists(*existence, title))
}

fn found_key(fate: KeyStatus) -> &'static str {
    match fate {
        KeyStatus::None => "The credential was not completed",
        KeyStatus::Unseen => "A key was generated that nobody has seen, and it may be live",
        KeyStatus::ShownOnly => "A key was shown, but you did not say that you saved it",
        KeyStatus::Copied => "You copied the key, but you did not say that you saved it",
    }
}

fn found_advice(fate: KeyStatus) -> &'static str {
    match fate {
        KeyStatus::None => "Continue where it stopped, or delete what was made.",
        KeyStatus::Unseen => {
            "Replace it with a new key that you can copy, or revoke it: the credential is then deleted, and the key \
             with it."
        }
        KeyStatus::ShownOnly | KeyStatus::Copied => {
            "If you have saved it, say so and keep it. If not, replace it: the lost key then stops working. Revoke \
             deletes the credential, and the key with it."
        }
    }
}

fn found_without_answers(fate: KeyStatus) -> &'static str {
    match fate {
        KeyStatus::None => {
            "Its answers are not in this browser, or its expiration date has passed, so it cannot be continued here. \
             Delete what was made."
        }
        KeyStatus::Unseen => {
            "Its answers are not in this browser, or its expiration date has passed, so it cannot be continued here. \
             Revoke it: the credential is then deleted, and the key with it."
        }
        KeyStatus::ShownOnly | KeyStatus::Copied => {
            "Its answers are not in this browser, or its expiration date has passed, so it cannot be continued here. \
             If you have saved it, say so and keep it. If not, revoke it."
        }
    }
}

fn problem(found: &Problem) -> String {
    let field = field_name(found.field);
    match &found.rule {
        Rule::Expiration(problem) => expiration_problem(problem),
        Rule::Referrer { entry, problem } => referrer_problem(entry, problem),
        Rule::RepeatedReferrer { entry } => format!("{entry} is in the list already."),
        Rule::NothingGranted => {
            "Choose at least one privilege or one item: a key without any opens nothing.".to_owned()
        }
        Rule::Unresolved => {
            format!("{field}: a restriction could not be applied. Decide about it before you create the key.")
        }
        Rule::UnreadableId { id } => format!("“{id}” is not an id that a portal gives. Take it off the list."),
        Rule::Required if found.field == Field::Title => "Enter a title.".to_owned(),
        Rule::Required => format!("{field} is required."),
        Rule::TooMany { max, count } => {
            format!("{field}: at most {} are allowed, {} are given.", number(*max), number(*count))
        }
        Rule::TooLong { max, count } => format!(
            "{field}: at most {} characters are allowed, these are {}. Shorten it.",
            number(*max),
            number(*count)
        ),
        Rule::LongTag { tag, max } => {
            format!("The tag “{tag}” is too long: at most {} characters are allowed.", number(*max))
        }
        Rule::ControlCharacter { character } => format!(
            "{field}: the invisible character U+{:04X} is not allowed. Type the text anew, or paste it as plain text.",
            u32::from(*character)
        ),
    }
}

fn expiration_problem(problem: &ExpirationProblem) -> String {
    match problem {
        ExpirationProblem::Missing => "Choose an expiration date.".to_owned(),
        ExpirationProblem::NotADate => {
            "The expiration date is not a date of the calendar. Write it like 2026-12-31.".to_owned()
        }
        ExpirationProblem::TooEarly { earliest, .. } => {
            format!("The expiration date is too early. The first possible day is {}.", intl::date(*earliest))
        }
        ExpirationProblem::TooLate { latest, .. } => format!(
            "The expiration date is too late: a key lives one year at most. The last possible day is {}.",
            intl::date(*latest)
        ),
    }
}

fn referrer_problem(entry: &str, problem: &ReferrerProblem) -> String {
    if problem.rule == ReferrerRule::Origin(OriginProblem::Empty) {
        return "Enter an address first.".to_owned();
    }
    let rule = referrer_rule(&problem.rule);
    match &problem.suggestion {
        Some(meant) => format!("“{entry}” cannot be a referrer. {rule} Did you mean {}?", meant.as_str()),
        None => format!("“{entry}” cannot be a referrer. {rule}"),
    }
}

fn referrer_rule(rule: &ReferrerRule) -> &'static str {
    match rule {
        ReferrerRule::Origin(problem) => origin_problem(problem),
        ReferrerRule::Path => "Leave out everything after the host, since browsers do not send it.",
        ReferrerRule::Wildcard => "* is allowed only for all sub-domains, as in https://*.example.com.",
    }
}

/// What is wrong with the start of an address.
fn origin_problem(problem: &OriginProblem) -> &'static str {
    match problem {
        OriginProblem::Empty => "It is empty.",
        OriginProblem::TooLong => "It is too long.",
        OriginProblem::Scheme => "It must start with https:// or http://.",
        OriginProblem::Space => "It holds a space.",
        OriginProblem::NotAscii => "Write international names in their xn-- form.",
        OriginProblem::Backslash => "It holds a backslash.",
        OriginProblem::UserInfo => "Leave out the user name before the @.",
        OriginProblem::Host => "The host name is not valid.",
        OriginProblem::NumericHost => "A numeric host must be a plain address such as 192.168.0.10.",
        OriginProblem::Ipv6 => "The only IPv6 address possible is [::1].",
        OriginProblem::Port => "The port must be a number from 1 to 65535.",
    }
}

/// Why an address is not a portal's.
fn root_problem(problem: &RootProblem) -> String {
    let rule = match problem {
        RootProblem::Origin(problem) => origin_problem(problem).to_owned(),
        RootProblem::PlainHttp => {
            "It must start with https://; plain http is only for 127.0.0.1 and localhost.".to_owned()
        }
        RootProblem::Query => "Leave out the ? and what follows it.".to_owned(),
        RootProblem::Fragment => "Leave out the # and what follows it.".to_owned(),
        RootProblem::Path => {
            "Its path can hold letters, digits, hyphens, dots, underscores and tildes, between single slashes."
                .to_owned()
        }
        RootProblem::BelowRoot { root } => format!("This is a page of the portal; the portal itself is {root}."),
        RootProblem::EsriSite => {
            return format!(
                "This is a site of Esri's, not a portal. Use {ARCGIS_ONLINE}, or your organization's own address such \
                 as https://your-org.maps.arcgis.com."
            );
        }
        RootProblem::BehindAdaptor { root } => {
            return format!(
                "This is the port behind a web adaptor. Use the address that people open, usually {root}. The portal \
                 itself is at /arcgis on this port."
            );
        }
    };
    format!("This is not a portal's address. {rule} Write it like https://gis.example.com/portal.")
}

/// What is wrong with `config.json`: the key, then a sentence.
fn config_fault(fault: &ConfigFault) -> String {
    match fault {
        ConfigFault::NotServed { status: 0 } => "config.json: The host did not answer. Reload the page.".to_owned(),
        ConfigFault::NotServed { status: 404 } => {
            "config.json: The file is missing. Put it beside index.html or, for the element, beside \
             arcgis-key-wizard.js."
                .to_owned()
        }
        ConfigFault::NotServed { status } => {
            format!("config.json: The host answered with status {status}. It must serve the file to everybody.")
        }
        ConfigFault::Problem(ConfigProblem { key, rule }) => {
            let key = if key.is_empty() { "config.json" } else { key };
            format!("{key}: {}", config_rule(rule))
        }
    }
}

fn config_rule(rule: &ConfigRule) -> String {
    match rule {
        ConfigRule::NotJson { line, column } => {
            format!("This is not JSON; the first fault is in line {line}, column {column}.")
        }
        ConfigRule::TooLong { max } => format!("This is too long; at most {} are allowed.", number(*max)),
        ConfigRule::Missing => "This key is missing.".to_owned(),
        ConfigRule::Unknown { allowed } => format!("There is no such key; allowed here are {}.", list(allowed)),
        ConfigRule::Repeated => "This key is there twice.".to_owned(),
        ConfigRule::WrongKind { expected: Kind::Object } => "This must be an object { … }.".to_owned(),
        ConfigRule::WrongKind { expected: Kind::List } => "This must be a list [ … ].".to_owned(),
        ConfigRule::WrongKind { expected: Kind::Text } => "This must be a text in quotes.".to_owned(),
        ConfigRule::WrongKind { expected: Kind::Bool } => "This must be true or false.".to_owned(),
        ConfigRule::Empty => "This must not be empty.".to_owned(),
        ConfigRule::Character => "This holds a character that is not allowed there.".to_owned(),
        ConfigRule::DuplicateId { first } => format!("{first} is the same; each portal needs an id of its own."),
        ConfigRule::Placeholder => {
            format!("{PLACEHOLDER} is only an example. Put the client id of your OAuth credentials here.")
        }
        ConfigRule::Root(problem) => root_problem(problem),
    }
}

/// What became of a link or a recipe.
pub(super) fn notice(notice: &Notice) -> NoticeWords {
    let left_out = notice.left_out.iter().map(note).collect();
    let (title, lead) = match &notice.outcome {
        Outcome::Filled(Source::Link) => ("Filled in by a link", filled(notice)),
        Outcome::Filled(Source::Recipe) => ("Filled in by a recipe", filled(notice)),
        Outcome::Filled(Source::Copy) => ("Filled in from another credential", carried_over(notice)),
        Outcome::Filled(Source::Page) => ("Filled in by a page", "Not all that it asks for could be used.".to_owned()),
        Outcome::Refused(Source::Link, why) => (label(Label::LinkNotUsed), refused_whole(why)),
        Outcome::Refused(Source::Recipe, why) => ("The recipe was not used", refused_whole(why)),
        Outcome::Refused(Source::Page | Source::Copy, why) => {
            ("What the page asks for was not used", refused_whole(why))
        }
        Outcome::Sentences(sentences) => return stored_sentences(sentences, left_out),
    };
    NoticeWords { title: title.to_owned(), lead, left_out }
}

/// What another draft gave.
fn carried_over(notice: &Notice) -> String {
    let fields: Vec<&str> = notice.filled.iter().map(|field| field_name(*field)).collect();
    let ask = "Give its title and its referrers; Next then leads to the Summary.";
    if fields.is_empty() { ask.to_owned() } else { format!("{}. {ask}", list(&fields)) }
}

/// What was filled in. Nothing typed is replaced without a word.
fn filled(notice: &Notice) -> String {
    let fields: Vec<&str> = notice.filled.iter().map(|field| field_name(*field)).collect();
    let filled = match fields.as_slice() {
        [] => "Nothing in it could be used.".to_owned(),
        fields => format!("{}. Check before you create the key.", list(fields)),
    };
    match notice.is_replacement {
        true => format!("{filled} What this tab held before was replaced."),
        false => filled,
    }
}

/// As an earlier version wrote them.
fn stored_sentences(sentences: &[String], left_out: Vec<String>) -> NoticeWords {
    let sentence = |place: usize| sentences.get(place).cloned().unwrap_or_default();
    NoticeWords {
        title: sentence(0),
        lead: sentence(1),
        left_out: sentences.iter().skip(2).cloned().chain(left_out).collect(),
    }
}

fn refused_whole(why: &Why) -> String {
    match why {
        Why::TooLong => "It is too long. A link has at most 16 KB, a recipe 1 MB.".to_owned(),
        Why::NotARecipe => "The file is no recipe: a recipe is one JSON object { … }.".to_owned(),
        _ => "It cannot be read.".to_owned(),
    }
}

/// What was left out of a link or a recipe, and why.
fn note(Note { what, why }: &Note) -> String {
    match why {
        Why::More => format!("There is more: {what} further parts were left out."),
        Why::TooLong | Why::NotARecipe => refused_whole(why),
        Why::Rule(found) => format!("{what} was left out: {}", problem(found)),
        Why::NotLookedUp(error) => format!("{what} was left out: {}", portal_error(error)),
        Why::HasWider(id) => format!(
            "{what} was left out: your account has {id} instead, which allows more. Tick it yourself if that is meant."
        ),
        Why::UnknownKey => format!("{what} was left out: there is no such key."),
        Why::Repeated => format!("{what} was left out: it is there twice, and the first one counts."),
        Why::Encoding => format!("{what} was left out: its value is damaged."),
        Why::Kind => {
            format!("{what} was left out: its value must be a text in quotes, or a list of texts if it can be one.")
        }
        Why::NoPrivilege => format!("{what} was left out: no key can have such a privilege."),
        Why::NoItem => format!("{what} was left out: this is not the id of an item."),
        Why::NoUsage => format!("{what} was left out: its value must be web-page, scripts or native."),
        Why::PrivateUse => {
            format!(
                "{what} was left out: it is for private use, and this key is for a page or app that other people open."
            )
        }
        Why::NoPreset => format!("{what} was left out: this page knows no preset of that name."),
        Why::NoPortal => format!("{what} was left out: this page knows no portal of that id."),
        Why::NotHeld => format!("{what} was left out: your account does not have this privilege."),
        Why::NotFound => format!("{what} was left out: your organization has no item of that id that you can open."),
        Why::Public => format!(
            "{what} was left out: everybody can open this item, so most keys need no access to it. If \
             yours does, enter its id in Browse items."
        ),
    }
}

/// What happened on the way in or out.
pub(super) fn news(news: &News) -> NewsWords {
    match news {
        News::SignInFailed(problem) => sign_in_failed(problem),
        News::ClientUnknown { host, client_id } => told(
            format!("{host} does not know this page"),
            match ClientId(client_id.clone()).looks_like_item_id() {
                true => format!("{client_id} looks like the id of an item. {}", label(Label::ClientIdPlace)),
                false => format!("The client id {client_id} is not registered there."),
            },
            CLIENT_UNKNOWN,
        ),
        News::RedirectRefused { host, redirect_uri } => told(
            format!("{host} does not accept this page's address"),
            format!("The redirect URI {redirect_uri} is not registered there."),
            "Tell whoever runs this page to add exactly this redirect URI to its OAuth credentials.",
        ),
        News::CameBackAlone { client_id, redirect_uri } => {
            let text = match client_id.is_empty() {
                true => format!(
                    "If it showed an error, it does not know this page: the client id you typed must be registered \
                     there with exactly the redirect URI {redirect_uri}."
                ),
                false => format!(
                    "If it showed an error, it does not know this page: {client_id} must be registered there with \
                     exactly the redirect URI {redirect_uri}."
                ),
            };
            told(
                "The portal did not send you back",
                text,
                "Tell whoever runs this page, or sign in again if you left the portal's page yourself. What you typed \
                 is kept.",
            )
        }
        News::Unreachable { host } => told(
            format!("{host} does not answer"),
            "Your browser could not reach the portal. What you typed is kept.",
            "Check your connection, VPN and the portal's address, then sign in again.",
        ),
        News::OriginRefused { host, origin } => told(
            format!("{host} does not allow this page"),
            format!(
                "The portal answers, but its settings do not let pages of {origin} talk to it. What you typed is kept."
            ),
            format!(
                "Ask an administrator of your organization to add {origin} to Organization › Settings › Security › \
                 Allow origins, then sign in again."
            ),
        ),
        News::LocalNetworkDenied { host } => told(
            format!("Your browser does not let this page reach {host}"),
            "It was told not to let this page use the local network, and nothing else answers at that address. What you \
             typed is kept.",
            "If your portal is in your local network, allow that for this site in your browser's settings, then sign in \
             again. A page that shows this one in a frame needs allow=\"local-network-access\".",
        ),
        News::WindowBlocked => told(
            "The sign-in window did not open",
            "Your browser keeps nothing for this page. Signing in then needs a window of its own, and your browser did \
             not open one.",
            "Allow pop-up windows or storage for this site, then sign in again.",
        ),
        News::SessionOver(over) => session_over(over),
    }
}

const DENIED: &str = "You did not allow this page to sign in";
const AGAIN: &str = "Sign in again. What you typed is kept.";
const CLIENT_UNKNOWN: &str =
    "Tell whoever runs this page: the clientId in config.json must be that of OAuth credentials in this portal.";

fn told(title: impl Into<String>, text: impl Into<String>, advice: impl Into<String>) -> NewsWords {
    NewsWords { title: title.into(), text: text.into(), advice: advice.into(), quote: None }
}

fn quoting(words: NewsWords, portal: &str) -> NewsWords {
    NewsWords { quote: Some(portal.to_owned()).filter(|it| !it.is_empty()), ..words }
}

/// What helps where an organisation admits approved apps only (F-SIGNIN-14).
fn approval(client_id: &ClientId) -> String {
    let client_id = &client_id.0;
    format!(
        "Ask an administrator of your organization to approve this page under Organization › Settings › Security › \
         Approved apps; its client ID is {client_id}. Whoever runs this page can also register a client ID of its own in \
         your organization. What you typed is kept."
    )
}

fn denied(at_once: Option<&ClientId>) -> NewsWords {
    match at_once {
        None => told(DENIED, "If you pressed Cancel on the portal's page, nothing was done there.", AGAIN),
        Some(client_id) => told(
            DENIED,
            "If you pressed Cancel on the portal's page, sign in again. If the portal asked you nothing, your \
             organization may admit approved apps only.",
            approval(client_id),
        ),
    }
}

fn sign_in_failed(problem: &SignInProblem) -> NewsWords {
    match problem {
        SignInProblem::Denied { description, at_once } => quoting(denied(at_once.as_ref()), description),
        SignInProblem::NotApproved { client_id, description } => quoting(
            told(
                "The portal did not let this page in",
                "You were signed in, but the portal gave this page no session. Your organization may admit approved \
                 apps only.",
                approval(client_id),
            ),
            description,
        ),
        SignInProblem::PortalRefused { error, description } => {
            told("The portal refused the sign-in", format!("It said: {error} {description}"), AGAIN)
        }
        SignInProblem::NoTransaction => told(
            "This sign-in was not begun in this tab",
            "The link you came by belongs to another tab, was used before, or was made by somebody else. Nothing was \
             done with it.",
            AGAIN,
        ),
        SignInProblem::StateMissing | SignInProblem::StateMismatch => told(
            "The portal's answer does not belong to this sign-in",
            "Its state is not the one this tab sent. Nothing was done with it.",
            AGAIN,
        ),
        SignInProblem::Expired => {
            told("The sign-in took too long", "More than ten minutes went by between leaving and coming back.", AGAIN)
        }
        SignInProblem::Duplicate
        | SignInProblem::Garbled
        | SignInProblem::Contradiction
        | SignInProblem::CodeMissing => told(
            "The portal's answer cannot be read",
            "The address you came back to is damaged. Nothing was done with it.",
            AGAIN,
        ),
        SignInProblem::UnaskedTokens => told(
            "The address carried a token this page did not ask for",
            "Somebody may have sent you a link to make you work in their account. Nothing was done with it.",
            AGAIN,
        ),
        SignInProblem::WrongIssuer => told(
            "Another portal answered",
            "The answer came from a different portal than the one you left for. Nothing was sent to either.",
            "Tell whoever runs this page, and sign in again only if you trust the portal's address.",
        ),
        SignInProblem::RedirectMismatch => {
            told("This page has another address now", "You came back to a different address than you left from.", AGAIN)
        }
        SignInProblem::PortalUnknown | SignInProblem::PortalChanged => told(
            "The page's settings changed while you signed in",
            "The portal you left for is not configured like that any more.",
            AGAIN,
        ),
        SignInProblem::CodeRefused => told(
            "The portal did not accept the sign-in code",
            "It was used before, or is too old. It cannot be used again.",
            AGAIN,
        ),
        SignInProblem::ClientUnknown => told(
            "The portal does not know this page",
            "The client id in this page's settings is not registered in that portal.",
            CLIENT_UNKNOWN,
        ),
        SignInProblem::RedirectRefused => told(
            "The portal does not accept this page's address",
            "The redirect URI of this page is not registered in that portal.",
            "Tell whoever runs this page to add the redirect URI shown below to its OAuth credentials.",
        ),
        SignInProblem::Exchange(error) => told(
            "The sign-in could not be completed",
            portal_error(error),
            "Sign in again. The old code is not sent a second time, since it may have arrived.",
        ),
    }
}

fn session_over(SessionOver { cause, minutes_left, unfinished }: &SessionOver) -> NewsWords {
    // What the portal has ended it need not be told.
    let is_told = matches!(cause, EndCause::Limit(Limit::Portal) | EndCause::Unidentified { .. });
    let minutes_left = minutes_left.filter(|_| !is_told).map(not_told);
    let unfinished = unfinished.as_ref().map(left_unfinished);
    let sentences = |what: String, then: Option<&str>| {
        let then = then.map(str::to_owned);
        [Some(what), minutes_left.clone(), then, unfinished].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    match cause {
        EndCause::SignedOut if minutes_left.is_none() => told(
            "You are signed out",
            sentences("Your session, your answers and any key on this page are wiped.".to_owned(), None),
            "To sign in as somebody else, sign out on your portal's own page too.",
        ),
        EndCause::SignedOut => told(
            "You are signed out here",
            sentences("Everything on this page is wiped.".to_owned(), None),
            "If this is not your own computer, sign out on your portal's page too.",
        ),
        EndCause::Limit(by) => told(
            "Your session has ended",
            sentences(limit(*by).to_owned(), Some("What you typed is kept.")),
            "Sign in again to go on.",
        ),
        EndCause::Unidentified { host, error } => told(
            format!("{host} did not say who you are"),
            sentences(portal_error(error), Some("What you typed is kept.")),
            "Sign in again.",
        ),
    }
}

fn limit(by: Limit) -> &'static str {
    match by {
        Limit::Idle => "Nobody used this page for 15 minutes, so it signed you out.",
        Limit::Absolute => "This page signs everybody out after 60 minutes.",
        Limit::Portal => "The portal no longer accepts it.",
        Limit::Soon => "It would have ended before your key was there.",
        Limit::Left => "You left this page, so it signed you out.",
    }
}

fn not_told(minutes: i64) -> String {
    format!("The portal could not be told: the session may live on there for up to {}.", minutes_of(minutes))
}

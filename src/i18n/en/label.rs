//! The fixed texts.

use crate::i18n::Label;

/// The text of a label.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) fn label(label: Label) -> &'static str {
    match label {
        // Around every page.
        Label::AppTitle => "Create an API key",
        Label::ProductName => "ArcGIS Key Wizard",
        Label::Loading => "Loading…",
        Label::SigningIn => "Signing you in…",
        Label::SignOut => "Sign out",
        Label::NotSignedIn => "Not signed in",
        Label::ByHandLead => {
            "Answer these steps without signing in, for example because your organization allows no other apps. This page \
             will not create anything. Its Summary shows how to make the same key on your portal's own pages."
        }
        Label::ByHandPrivileges => {
            "You are not signed in, so this page cannot tell what your account can grant. The list has every known \
             privilege, including those that your account may not have. ArcGIS Location Platform splits some privileges \
             that ArcGIS Online has as one. Choose the ones that your portal lists."
        }
        Label::ByHandSummary => {
            "You are not signed in, so this page creates nothing. Follow the steps below on your portal's own pages, or \
             give the script to somebody who can run it."
        }
        Label::StorageBlocked => "Your browser does not store data for this page",
        Label::DraftNotStored => "You can go on, but your answers are lost when you reload or close this tab.",
        Label::JournalNotStored => {
            "You can go on, but an unfinished credential cannot be resumed after you close this tab."
        }
        Label::LinkNotUsed => "The link was not used",
        Label::PrefillBusy => "This page is creating a key. Finish that first, then open the link again.",
        Label::WrongAccount => "The unfinished credential belongs to another account",
        Label::WrongAccountAdvice => "To continue it, sign out and sign in with that account.",
        Label::Offline => "You are offline",
        Label::OfflineAdvice => "Your answers are kept. You can go on as soon as you are back online.",
        Label::OnlineAgain => "You are online again",
        Label::OnlineAgainAdvice => "Creation is paused. Nothing has been sent since the connection was lost.",
        Label::SessionEndsSoon => "Your session ends soon",
        Label::StaySignedIn => "Stay signed in",
        Label::SignInAgainNow => "Sign in again now",
        // Confirmations before something is lost.
        Label::EndKeyQuestion => "End the key that exists?",
        Label::EndKeyConsequence => "The credential has a live key. Your change ends it.",
        Label::EndKey => "End it",
        Label::LeaveKeyQuestion => "Leave without saving the key?",
        Label::LeaveKeyConsequence => {
            "The key is shown only once. If you leave now, it is wiped and you have to generate a new one."
        }
        Label::LeaveCopiedKeyQuestion => "Leave this page?",
        Label::LeaveCopiedKeyConsequence => {
            "You copied the key. It is shown only once: if you leave now, it is wiped here."
        }
        Label::LeaveKey => "Leave",
        Label::Stay => "Stay",
        Label::DiscardItemsQuestion => "Close without adding these items?",
        Label::DiscardItemsConsequence => "The items you selected are not added yet. Closing discards them.",
        Label::DiscardItems => "Discard selection",
        Label::ForgetAnswersQuestion => "Sign out and lose your answers?",
        Label::ForgetAnswersConsequence => {
            "Signing out deletes what you have chosen and typed for this key from your browser."
        }
        Label::ForgetUnfinishedConsequence => {
            "The credential is not finished. Signing out stops its creation and deletes your answers. When you sign in \
             again, you can delete the unfinished credential, but not complete it."
        }
        Label::ForgetAnswers => "Sign out and delete answers",
        Label::RevokeQuestion => "Delete the credential and its key?",
        Label::DeleteCredential => "Delete credential and key",
        // The configuration cannot be used.
        Label::ConfigUnusable => "This page is not set up correctly",
        Label::ConfigUnusableLead => {
            "Ask the operator of this page to correct its config.json. Nothing was sent to any portal."
        }
        Label::ConfigFaults => "What is wrong",
        Label::CheckAgain => "Check again",
        // The sign-in page.
        Label::SignInLead => {
            "Choose what the key can do, where it can be used and when it expires. The key is shown once, so have a safe \
             place ready for it. It takes about two minutes."
        }
        Label::SignInAnyway => "Sign in anyway",
        Label::UseWithoutSigningIn => "Use without signing in",
        Label::SignIn => "Sign in",
        Label::LeavingForPortal => "Opening your portal's sign-in page…",
        Label::SignInInWindow => "A window has opened: sign in there. If you closed it, press Sign in again.",
        Label::AnswersKept => "Your answers are kept in this tab. Sign in to continue.",
        Label::CameBackWithoutSignIn => "I came back without signing in",
        Label::SignInPrivacy => {
            "You sign in on your portal's own page. This page talks to your portal straight from your browser; no \
             server in between sees your password, your session or your key. It is not a product of Esri."
        }
        Label::SignInPrivacyInPage => {
            "You sign in on your portal's own page, and only that page sees your password. The page around this form can \
             read what you enter here, and your key. Continue only if you trust this site. This form is not a product of Esri."
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
            "You are about to let this page act for you there. Continue only if you know this host."
        }
        // The account lacks privileges.
        Label::CannotCreateKeys => "Your account cannot create API keys",
        Label::MissingPrivileges => "These privileges are missing from your account",
        Label::MissingPrivilegesAdvice => {
            "An administrator of your organization can give them to you, through a role that has them. Your user type \
             must be Creator or higher."
        }
        Label::TextForAdministrator => "Text for your administrator",
        Label::CopyText => "Copy text",
        Label::AdministratorAdvice => {
            "You are an administrator, so your role is not the cause: your organization's subscription or your user type \
             does not include them. Ask the Esri office that your organization buys from, or sign in with an ArcGIS Location \
             Platform account."
        }
        Label::EnterpriseWithoutKeysAdvice => {
            "API keys need ArcGIS Enterprise 11.4 or later. Ask your administrator when the portal is upgraded, or sign in \
             to another portal."
        }
        Label::TryAnywayOldEnterprise => "If this portal was upgraded, you can try anyway.",
        Label::SignInAsAnother => "Sign in as somebody else",
        Label::TryAnywayAdvice => "Some accounts, such as those of ArcGIS Location Platform, need none of them.",
        Label::TryAnyway => "Try anyway",
        // Above the steps.
        Label::HideThis => "Hide this",
        Label::AdministrativeQuestion => "Should the key have administrative privileges?",
        Label::AdministrativeConsequence => {
            "They come from a link, a recipe, the surrounding page or earlier answers in this tab. They apply to your \
             whole organization: anyone who has the key can use them in your name. Add them only if you know why they \
             are needed."
        }
        Label::AddThesePrivileges => "Add these privileges",
        Label::LeaveThemOut => "Leave them out",
        Label::UnresolvedTitle => "Some restrictions are not applied",
        Label::UnresolvedLead => "Decide about each one before you create the key.",
        Label::ItemsNotLookedUp => {
            "The portal did not say whether these items exist. Try again, leave them out, or choose others on step 3. \
             Without any item, an editing privilege covers every layer you can edit."
        }
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
        Label::PrivateUseClosed => {
            "Not available for a web page or app that other people open: they could act in your name."
        }
        Label::ReferrersNeeded => {
            "Everybody can read the key in your page. Add the addresses of your app, so that no other page can use it."
        }
        Label::ReferrersUnsent => {
            "Scripts, servers, desktop and native apps send no referrer. If you add one, ArcGIS refuses the key there \
             (error 498)."
        }
        Label::ExpirationMissing => "Choose a date to see when the key stops working.",
        Label::Referrers => "Referrers",
        Label::ReferrersHint => {
            "Pages at these addresses can use the key, for example https://app.example.com or https://*.example.com. \
             Without referrers, the key works from anywhere."
        }
        Label::AddReferrer => "Add referrer",
        Label::OwnComputer => "On your own computer",
        Label::ReferrersAdded => "Added so far",
        Label::Remove => "Remove",
        Label::RemoveAll => "Remove all",
        // Step 2.
        Label::SearchPrivileges => "Search privileges",
        Label::SearchPrivilegesExample => "Routing, premium:user:places …",
        Label::SelectedOnly => "Selected only",
        Label::ShowAllResults => "Show all results",
        Label::NoPrivilegeFound => "nothing found: try another word",
        Label::NoSelectedPrivilegeFound => "none of the selected privileges match",
        Label::Billed => "use is billed",
        Label::PrivateAppsOnly => "private apps only",
        Label::StartFrom => "Start from a tutorial or task",
        Label::StartFromHint => {
            "Optional: the name or the address of a tutorial, a task such as directions, or an SDK. What it needs is \
             chosen below."
        }
        Label::NoPresetFound => "No tutorial, task or SDK was found. Try other words, or search the privileges below.",
        Label::AddPreset => "Add",
        Label::AddPresetAndGo => "Add and go to the Summary",
        Label::PresetWaits => "not added: what it needs could not be loaded",
        Label::PresetsAdded => "Started from",
        Label::StartFromCode => "Paste code",
        Label::YourCode => "Your code",
        Label::YourCodeHint => {
            "Optional: JavaScript, TypeScript, Python, Swift, Kotlin, C#, Dart, R, HTML, JSON or a notebook. The code \
             stays in your browser and is not stored. Only the ids of items in it are sent to your portal."
        }
        Label::LongTextHidden => "The pasted code is too long to show here. The next paste replaces it.",
        Label::CodeFiles => "Files with code",
        Label::CodeFilesHint => "Choose some, or drop them on this page. Of each, the first megabyte is read.",
        Label::FoundInCode => "Found in your code",
        Label::StartFromMap => "Paste a web map or app",
        Label::YourMap => "Web map, web scene or app",
        Label::YourMapHint => {
            "Optional: its id, or an address with it. What it shows is read from your portal, with at most 200 requests."
        }
        Label::MapNeedsSignIn => {
            "A web map or an app cannot be read without a sign-in. Add its id, and those of the private items that it \
             shows, on step 3."
        }
        Label::NoIdFound => {
            "No item id was found in this text. An item id is 32 characters: digits and the letters a to f."
        }
        Label::NeededByMap => "Needed by the map or app",
        Label::ChooseThese => "Choose these",
        Label::NothingInCode => "Nothing was found that needs a privilege or an item.",
        Label::CodeNotRead => {
            "The list of what to look for could not be loaded. Paste the code or the id again to retry."
        }
        Label::AccountLacks => "your account lacks it",
        Label::ItemOfOthers => "not found in your organization: it needs no access, or you cannot grant it",
        Label::ItemUnseen => "not looked up, because nobody is signed in",
        Label::ItemIsPublic => "public: most keys need no access to it",
        Label::SearchResults => "Found",
        Label::GuideNotLoaded => {
            "The descriptions of privileges could not be loaded. The search covers only labels and ids."
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
             items here only if your app must open private ones. If not, skip this step."
        }
        Label::Skip => "Skip",
        Label::ItemByAddress => "Item id or address",
        Label::ItemByAddressHint => {
            "Paste the id of an item, or the address of its page in the portal. It is added at once."
        }
        Label::BrowseItems => "Browse items",
        Label::ItemsSelected => "Chosen items",
        Label::AddItems => "Add items",
        Label::Cancel => "Cancel",
        Label::TryAgain => "Try again",
        Label::AddItemOfThisId => "Add the item with this id",
        Label::SearchItems => "Search items",
        Label::SearchItemsHint => "Words, owner:jane, tag:roads, an item id or an address.",
        Label::Searching => "Searching…",
        Label::ItemType => "Type",
        Label::AllTypes => "All types",
        Label::Sharing => "Sharing",
        Label::NotPublic => "Not public",
        Label::AllFolders => "Whole organization",
        Label::ItemsFound => "Items found",
        Label::NoItems => {
            "There is no item here that needs access: you can open none in your organization, or only public ones, which \
             most keys can open. Close this and press Next."
        }
        // Step 4.
        Label::Title => "Title",
        Label::TitleHint => "What you will look for in your content later, such as “Store finder, production”.",
        Label::Folder => "Folder",
        Label::FolderByHand => "Type the name of a folder, or leave it empty to put the item in no folder.",
        Label::FolderNone => "Choose one, or type a new name. Leave it empty to put the item in no folder.",
        Label::FolderExists => "You already have this folder. The item goes into it.",
        Label::FolderNew => "Choose one, or type a new name. This folder will be created.",
        Label::FoldersLoading => "Choose one, or type a new name. Your folders are loading.",
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
        Label::AnyReferrer => "Any: the key works from anywhere",
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
            "Some of these privileges apply to your content, members or organization. Anyone who has the key can use \
             them in your name. Use it in private apps and scripts only."
        }
        Label::DuplicateTitle => "You already have an item with this title",
        Label::Share => "Use these answers again",
        Label::ShareUnresolved => "First decide about the restrictions above.",
        Label::ShareLead => {
            "Each of these fills in the wizard with the same answers, for you or for readers of your documentation. None of \
             them contains a secret: everybody signs in and presses Create for themselves."
        }
        Label::CopyLink => "Copy link",
        Label::CopyHtmlButton => "Copy HTML button",
        Label::CopyElement => "Copy element",
        Label::DownloadRecipe => "Download recipe",
        Label::TooLongForLink => "These answers do not fit in a link.",
        Label::InPortal => "In the portal's own pages",
        Label::InPortalLead => {
            "If your organization blocks other apps, make the same credential in the portal. These steps use the English names of its \
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
        Label::AnswersIncomplete => "Some answers are missing or wrong.",
        Label::ShowProblems => "Show problems",
        Label::RegistrationClosed => "This portal does not let this app register credentials",
        Label::RegistrationClosedAdvice => {
            "You are not missing a privilege, so trying again would not help. The page removed what it had created and kept \
             your answers. You can create the same key in the portal's own pages:"
        }
        Label::Copied => "Copied.",
        Label::CopyDenied => "Your browser does not allow copying. Select the text and copy it yourself.",
        // Step 6.
        Label::Creating => "Creating your credential",
        Label::RequestRefused => "The portal refused",
        Label::Mismatch => "The portal registered something else",
        Label::LookRefused => "The portal refused the lookup",
        Label::PortalBusy => "The portal is too busy",
        Label::PortalSilent => "The portal does not answer",
        Label::UnseenKeyTitle => "An unseen key may be live",
        Label::Unfinished => "You have an unfinished credential",
        Label::RolledBack => "Everything was rolled back",
        Label::CredentialDeleted => "The credential is deleted",
        Label::HeldByOtherTab => "Another tab is working on this credential",
        Label::HeldByOtherTabRule => "Only one tab can work on this at a time",
        Label::HeldByOtherTabAdvice => {
            "Go back to the other tab: it may be showing a key that you have not saved. If you continue here, the work in the \
             other tab stops."
        }
        Label::SavedHere => "You have saved the key",
        Label::SavedHereAdvice => {
            "Another tab is working on this credential. If you replaced the key there, use the key of that tab."
        }
        Label::ContinueHere => "Continue here",
        Label::CreateAnotherCredential => "Create another credential",
        Label::Calls => "Calls to the portal",
        Label::NothingIsSent => "No request is being sent.",
        Label::Done => "Done.",
        Label::Stop => "Stop",
        Label::Replace => "Replace",
        Label::CheckBeforeRetry => "We check what exists before we retry.",
        Label::NothingLeft => "Nothing of this credential is left on the portal",
        Label::TypedIsKept => "Your answers are kept.",
        Label::TypedAndFolderAreKept => "Your answers and the folder are kept.",
        Label::BackToSummary => "Back to the Summary",
        Label::KeyGivenUp => "The portal refused to revoke the key by name. Check that it no longer works.",
        Label::PrivilegesLacking => {
            "Your account lacks privileges for this. Ask an administrator of your organization for:"
        }
        Label::DeleteCreated => "Delete what was created",
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
        Label::KeyCopied => "Copied. Paste it where you keep secrets. Your clipboard history may keep a copy.",
        Label::KeyCopyDenied => "Your browser did not allow copying. The key is selected: copy it with Ctrl+C or ⌘C.",
        Label::KeySaved => "I have saved the key",
        Label::KeyShownOnce => "This is the only time you can see this key",
        Label::KeyShownOnceAdvice => "Copy it now and store it in a safe place.",
        Label::OtherTabMayEndKey => {
            "Another tab has taken over. If you press Replace or Revoke there, this key stops working."
        }
        Label::FirstKeyEnded => {
            "The response with the first key was lost, so this is a second key. The first one was never shown and no longer \
             works."
        }
        Label::FirstKeyMayWork => {
            "The response with the first key was lost, so this is a second key. The first one was never shown and could not \
             be revoked: the portal may accept it for a while."
        }
        Label::CredentialDetails => "About this credential",
        Label::Expires => "Expires",
        Label::Items => "Items",
        Label::Slot => "Slot",
        Label::OpenItem => "Open the item in the portal",
        Label::KeyWipedTitle => "The key is no longer shown",
        Label::KeyWiped => "The key was wiped from this page",
        Label::KeyWipedAdvice => {
            "It cannot be shown again. If you saved it, press “I have saved the key”. Otherwise Replace generates a new key \
             and this one stops working; Revoke deletes the credential and its key."
        }
        Label::CopiedBefore => "You had copied it before.",
        Label::ShowLonger => "Show it 10 more minutes",
        Label::ShownLonger => "The key is shown for 10 more minutes.",
        Label::UncopiedQuestion => "You have not copied the key",
        Label::UncopiedConsequence => "Once you confirm that it is saved, the page wipes it. It cannot be shown again.",
        Label::CopyKey => "Copy key",
        Label::SavedWithoutCopy => "I saved it another way",
        Label::CopiedKeyAdvice => {
            "You then left its page. Do you have the key in a safe place? If not, it can be replaced or revoked."
        }
        Label::KeyLost => "I do not have it",
        Label::SavedQuestion => "Did you save your key?",
        Label::KeyReadyTitle => "All done",
        Label::KeyReady => "The key is wiped from this page",
        Label::KeyReadyAdvice => {
            "This page keeps no copy. You can revoke the key, or generate its successor, on the item's page in the \
             portal."
        }
        Label::DownloadReminder => "Download a calendar reminder",
        Label::CheckKey => "Check the key",
        Label::CheckKeyLead => {
            "Run this command in bash or zsh (on Windows, in Git Bash or WSL) and paste the key when it asks. If the key works, \
             appInfo in the answer has its privileges and its expiration date."
        }
        Label::CopyCommand => "Copy command",
        Label::CredentialCreatedTitle => "Credential created",
        Label::CredentialCreated => "The credential is ready, and has no key yet",
        Label::GenerateLaterAdvice => {
            "To generate its key, open the item in the portal, choose Settings, and press Generate API key. The key \
             is shown once, so have a safe place ready for it."
        }
        Label::CreateAnotherKey => "Create another key",
        Label::CreateAnotherLikeThis => "Create another like this",
    }
}

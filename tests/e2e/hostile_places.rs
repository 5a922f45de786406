//! Passes texts of the corpus in real portal answers into refusals and names: the page shows them exactly, and
//! renders no more elements than for harmless text, with and without its policy.

use key_wizard_core::portal::text::{plain, scrubbed};
use key_wizard_core::urlencoded::encoded;
use practice_portal::endpoint::Endpoint;
use serde_json::{Value, json};

use crate::hostile_visit::{Answer, Place, USER, Visit, each, harmless, policies, texts};
use crate::journey::Wish;
use crate::pages::{CredentialsStep, DetailsStep, SummaryStep};
use crate::world::is_long;

/// The number of texts in a refusal: a message and ten details.
const IN_ONE: usize = 11;

/// Places that need a sign-in or a link, and share their code with another place, get every sixteenth text of the
/// corpus, or fewer.
const SOME: usize = 16;
const FEW: usize = 64;

const NOTICE: Place = Place {
    name: "refusals of a creation",
    act: "() => akw.anew(akw.button('Create') ? 'Create' : 'Try again', '.notice--bad')",
    look: "() => [akw.text('.notice--bad .notice__title')]",
};

const DIALOG: Place = Place {
    name: "of a search",
    act: "async () => { const before = akw.button('Try again'); await akw.press(before ? 'Try again' : 'Browse items'); \
        await akw.until('an answer', () => akw.one('dialog[open]') && akw.button('Try again') && akw.button('Try again') !== before) }",
    look: "() => [akw.text('dialog [role=status]')]",
};

const FOLDERS: Place = Place {
    name: "of the folders",
    act: "async () => { await akw.comeIn('the hint', () => akw.text('#folder-hint')?.includes('refused')); \
        await akw.answered('/content/users/', 2) }",
    look: "() => [akw.text('#folder-hint')]",
};

const LINK: Place = Place {
    name: "of a link's items",
    act: "async at => { const before = akw.one('#prefilled li'); \
        location.hash = `#/new?items=${String(at).padStart(32, 'a')}`; \
        await akw.until('the note', () => akw.one('#prefilled li') && akw.one('#prefilled li') !== before) }",
    look: "() => [akw.text('#prefilled li')]",
};

const ACCOUNT: Place = Place {
    name: "of who one is",
    act: "async () => { const last = () => akw.all('main .notice').pop(), before = last(); await akw.enter('code=x'); \
        await akw.until('news', () => akw.button('Sign in') && last() !== before) }",
    look: "() => akw.all('main .notice:not(#prefilled)').slice(-1).map(notice => notice.children[1].textContent)",
};

const TOKEN: Place = Place { name: "of a code", ..ACCOUNT };

const CALLBACK: Place = Place {
    name: "errors and descriptions of a sign-in",
    act: "at => akw.enter(akwBrought[at])",
    look: "() => akw.all('main .notice:not(#prefilled)').slice(-1).map(notice => notice.children[1].textContent)",
};

const NAMES: Place = Place {
    name: "persons, organizations and strays each",
    act: "async () => { const box = () => akw.one('main .notice[role=status]'); \
        await akw.comeIn('a stray', box); await akw.drawn(); \
        globalThis.akwSeen = [akw.text('.frame__account')]; \
        const censuses = [akw.census()]; \
        for (; box(); await akw.drawn()) { const words = box().children[1].textContent; \
            akwSeen.push(words.slice(0, words.lastIndexOf('” was created on '))); await akw.press('Not now') } return censuses }",
    look: "() => akwSeen",
};

const DUPLICATE_TITLE: Place = Place {
    name: "folders of a duplicate title",
    act: "() => akw.comeIn('the duplicate title', () => { const notices = akw.all('main .notice[role=status]'); \
        return notices.length === 2 && !notices[1].textContent.includes('one of your folders') })",
    look: "() => { const words = akw.all('main .notice[role=status]')[1].children[1].textContent, at = ' and is in '; \
        return [words.slice(words.indexOf(at) + at.length)] }",
};

const REQUEST: Place = Place {
    name: "texts for an administrator",
    act: "() => akw.comeIn('the text', () => akw.one('#request'))",
    look: "() => { const words = akw.text('#request'); return [words.slice(0, words.lastIndexOf(' lacks these privileges'))] }",
};

/// Refusals with these texts, returned this many times each, and the page's message.
fn refusals(texts: &[String], (endpoint, times): (Endpoint, u32), words: &dyn Fn(&str) -> String) -> Vec<Answer> {
    let one = |texts: &[String]| {
        let body = json!({"error": {"code": 400, "message": texts[0], "details": texts[1..]}});
        let message = scrubbed(&texts[0], 300);
        let mut reason = if message.is_empty() { "code 400".to_owned() } else { message.clone() };
        let details = texts[1..].iter().map(|text| scrubbed(text, 300));
        for detail in details.filter(|text| !text.is_empty() && !message.contains(text.as_str())) {
            reason.push(' ');
            reason.push_str(&detail);
        }
        let bodies = vec![(endpoint, times, body)];
        Answer { bodies, shown: vec![words(&reason)], texts: texts.len(), ..Answer::default() }
    };
    texts.chunks(IN_ONE).map(one).collect()
}

fn is_username(text: &str) -> bool {
    !matches!(text, "" | "." | "..") && text.len() <= 256 && !text.chars().any(char::is_control)
}

/// A text each for the full name, the username if valid, the organization, and an item left by another browser. Each
/// turn moves on by one text, so that every place gets as many texts as there are turns.
fn names(visit: &Visit, texts: &[String], at: usize) -> Answer {
    let text = |ahead: usize| &*texts[(at + ahead) % texts.len()];
    let mut account = visit.account();
    let (person, org, left) = (text(0), text(2), text(3));
    let username = Some(text(1)).filter(|text| is_username(text)).unwrap_or(USER);
    account["name"] = json!(org);
    account["user"]["fullName"] = json!(person);
    account["user"]["username"] = json!(username);
    let items = [item(left, &format!("akw-op:{:032x}", 1), None)];
    let listing = json!({"username": username, "folders": [], "items": items});
    let name = [plain(person, 200), plain(username, 200)].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
    let line = format!("{name} ({username}){} · {}", plain(org, 250), visit.world.portal_host());
    let stray = format!("The item “{}", plain(left, 250));
    // The search for leftovers uses the same endpoint as the folders.
    let bodies = vec![(Endpoint::PortalsSelf, 1, account), (Endpoint::UserContent, 2, listing)];
    Answer { bodies, shown: vec![line, stray], texts: 1, ..Answer::default() }
}

/// An item in the portal's listing.
fn item(title: &str, keyword: &str, folder: Option<&str>) -> Value {
    json!({"id": keyword, "title": title, "type": "Application", "typeKeywords": [keyword],
        "created": 1_700_000_000_000_i64, "ownerFolder": folder})
}

/// An item with the Summary's title is in a folder with this name.
fn duplicate_title(text: &str) -> Answer {
    let name = plain(text, 250);
    let items = [item(Wish::small().title, "duplicate", Some("f")), item(text, &format!("akw-op:{:032x}", 1), None)];
    let body = json!({"username": USER, "folders": [{"id": "f", "title": text}], "items": items});
    let shown =
        format!("the folder {name}. The portal allows duplicate titles. Choose another one to tell the items apart.");
    Answer { bodies: vec![(Endpoint::UserContent, 3, body)], shown: vec![shown], texts: 1, ..Answer::default() }
}

/// The same account without any privilege: the text for an administrator contains its names.
fn request(visit: &Visit, text: &str) -> Answer {
    let Answer { mut bodies, .. } = names(visit, &[text.to_owned()], 0);
    let (_, _, mut account) = bodies.remove(0);
    account["user"]["privileges"] = json!([]);
    let username = account["user"]["username"].as_str().unwrap_or_default();
    let (org, host) = (plain(text, 250), visit.world.portal_host());
    let shown = format!("Hello,\n\nI would like to create API keys in {org} ({host}). My account {username}");
    let bodies = vec![(Endpoint::PortalsSelf, 1, account)];
    Answer { bodies, shown: vec![shown], texts: 1, ..Answer::default() }
}

impl Visit {
    async fn refused(&mut self, place: &Place, at: (Endpoint, u32), texts: &[String], words: &dyn Fn(&str) -> String) {
        let quiet = refusals(&harmless(2 * IN_ONE), at, words);
        self.shows(place, &quiet, &refusals(texts, at, words)).await;
        self.all_is_well();
    }

    /// Refusals during a creation, and during searches.
    async fn refused_on_the_way(&mut self, texts: &[String]) {
        let words = |text: &str| format!("The portal refused to create the item: {text}");
        self.refused(&NOTICE, (Endpoint::AddItem, 1), texts, &words).await;
        self.press("Give up").await;
        self.press("Back to the Summary").await;
        SummaryStep(self.world.page()).wait().await;
        self.always(Endpoint::Search, &json!({"error": {"code": 400, "message": "No"}}));
        self.comes_in().await;
        self.world.page().js("akw.answered('/search', 1)").await;
        SummaryStep(self.world.page()).change("Item access").await;
        self.all_is_well();
        let words = |text: &str| {
            format!("0 of 100 items chosen · The portal refused: {text} · You can type an item's id instead.")
        };
        self.refused(&DIALOG, (Endpoint::Search, 1), texts, &words).await;
        self.press("Cancel").await;
        self.press("Next").await;
    }

    /// The share of this visit where each text takes a sign-in. Of the corpus: without a policy, all but every
    /// fourth, which is more than 1,500; with it, some. Of the sample: without a policy, all; with it, a fourth.
    fn share_of<'t, T>(&self, all: &'t [T]) -> impl Iterator<Item = &'t T> + use<'t, T> {
        let has_policy = self.has_policy;
        let is_here = move |at: usize| match (is_long(), has_policy) {
            (true, true) => at.is_multiple_of(SOME),
            (true, false) => !at.is_multiple_of(4),
            (false, true) => at.is_multiple_of(4),
            (false, false) => true,
        };
        all.iter().enumerate().filter(move |(at, _)| is_here(*at)).map(|(_, entry)| entry)
    }

    /// The names, with a sign-in for each.
    async fn names(&mut self, texts: &[String]) {
        SummaryStep(self.world.page()).wait().await;
        self.always(Endpoint::Search, &json!({"total": 0, "results": [], "nextStart": -1}));
        let seen = texts.iter().filter(|text| !plain(text, 250).is_empty());
        let hostile: Vec<Answer> = seen.step_by(each(FEW)).map(|text| duplicate_title(text)).collect();
        let quiet: Vec<Answer> = harmless(2).iter().map(|text| duplicate_title(text)).collect();
        self.shows(&DUPLICATE_TITLE, &quiet, &hostile).await;
        self.world.page().js("location.hash = '#/new/credentials'").await;
        CredentialsStep(self.world.page()).wait().await;
        let all: Vec<usize> = (0..texts.len()).collect();
        let turns: Vec<usize> = self.share_of(&all).copied().collect();
        let usernames = turns.iter().filter(|at| is_username(&texts[(*at + 1) % texts.len()])).count();
        let hostile: Vec<Answer> = turns.iter().map(|at| names(self, texts, *at)).collect();
        let quiet = [names(self, &harmless(4), 0)];
        self.shows(&NAMES, &quiet, &hostile).await;
        self.counted(&format!("usernames {usernames}"));
        let hostile: Vec<Answer> = texts.iter().step_by(each(FEW)).map(|text| request(self, text)).collect();
        let quiet: Vec<Answer> = harmless(2).iter().map(|text| request(self, text)).collect();
        self.shows(&REQUEST, &quiet, &hostile).await;
        self.all_is_well();
    }

    /// Refusals of the sign-in: by the portal's own page, and by the requests after it.
    async fn refused_on_the_way_in(&mut self, texts: &[String]) {
        self.world.page().js("akw.leave()").await;
        let denied = |text: &String| {
            let brought = format!("error={0}&error_description={0}", encoded(text));
            let shown = vec![format!("It said: {} {}", scrubbed(text, 60), scrubbed(text, 300))];
            Answer { brought, shown, texts: 1, ..Answer::default() }
        };
        let quiet: Vec<Answer> = harmless(2).iter().map(denied).collect();
        let hostile: Vec<Answer> = self.share_of(texts).map(denied).collect();
        self.shows(&CALLBACK, &quiet, &hostile).await;
        // The same texts again, in other boxes.
        let step = if self.has_policy { each(SOME) } else { 1 };
        let texts: Vec<String> = texts.iter().step_by(step).cloned().collect();
        let said = |text: &str| format!("The portal refused: {text} Your answers are kept.");
        self.refused(&ACCOUNT, (Endpoint::PortalsSelf, 1), &texts, &said).await;
        self.answers_only(&[]);
        // The page has its own messages for these.
        let own = ["client_id", "redirect_uri", "code", "grant"];
        let quoted = |text: &&String| !own.iter().any(|own| text.to_ascii_lowercase().contains(own));
        let texts: Vec<String> = texts.iter().filter(quoted).cloned().collect();
        self.refused(&TOKEN, (Endpoint::Token, 1), &texts, &|text| format!("The portal refused: {text}")).await;
    }

    /// Refusals while prefetching the data of a step.
    async fn refused_ahead(&mut self, texts: &[String]) {
        self.comes_in().await;
        self.world.page().js("location.hash = '#/new/details'").await;
        DetailsStep(self.world.page()).fill(DetailsStep::FOLDER, "Maps").await;
        let why = "Your folders cannot be listed now. An existing folder of this name is still used.";
        let words = |text: &str| format!("{why} The portal refused: {text}");
        // The search for unfinished items uses the same endpoint.
        let some: Vec<String> = texts.iter().step_by(each(SOME)).cloned().collect();
        self.refused(&FOLDERS, (Endpoint::UserContent, 2), &some, &words).await;
        let words = |text: &str| format!("items was left out: The portal refused: {text}");
        self.refused(&LINK, (Endpoint::Search, 1), &some, &words).await;
    }
}

async fn what_the_portal_refuses_and_calls_people_is_shown_exactly() {
    for has_policy in policies() {
        refusals_and_names(*has_policy).await;
    }
}

async fn refusals_and_names(has_policy: bool) {
    let texts = texts();
    let mut visit = Visit::start(has_policy, false).await;
    visit.refused_on_the_way(&texts).await;
    visit.names(&texts).await;
    visit.refused_on_the_way_in(&texts).await;
    visit.refused_ahead(&texts).await;
    visit.ends("refusals and names").await;
}

crate::suite::tests! {
    one: [
        what_the_portal_refuses_and_calls_people_is_shown_exactly,
    ]
}

//! A visit in which the portal answers with one hostile text after another, and the page shows each exactly.
//!
//! Storage is blocked, so the page signs in with a popup window: `hostile_driver.js` provides the window's result,
//! and a sign-in needs no new document. Everything after that is the portal's answer over HTTP.

use std::collections::BTreeSet;
use std::time::Instant;

use practice_portal::endpoint::Endpoint;
use practice_portal::exchange::Asked;
use practice_portal::fault::{Fault, Rule};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::census::{CENSUS, Census, INLINE};
use crate::complaints::Complaint;
use crate::engine::Kind;
use crate::journey::{self, Wish};
use crate::pages::SignInPage;
use crate::payloads;
use crate::proof::{Part, tell};
use crate::suite::{self, note};
use crate::world::{Setup, World, is_long};

/// The visiting user.
pub const USER: &str = "jane";

/// Before each document: blocks storage, so that the page signs in with a window, and records the effects of payloads.
const BEFORE: &str = "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } }); \
    window.akwRan = 0; window.alert = () => { window.akwRan++ }";

/// Inserts a payload of the corpus as markup; returns whether it ran, and whether the census detected it.
const CONTROL: &str = "(async () => { const before = JSON.stringify(akw.census()), box = document.createElement('div'); \
    document.body.append(box); const bare = JSON.stringify(akw.census()); let seen = false; \
    try { box.innerHTML = '<img src=x onerror=alert(1)>'; seen = JSON.stringify(akw.census()) !== bare; \
    await new Promise(done => box.firstChild.addEventListener('error', done)) } catch { } \
    box.remove(); const ran = akwRan; akwRan = 0; return [ran, seen, JSON.stringify(akw.census()) === before] })()";

/// A place that shows text from the portal: JavaScript that makes the page show the next text, and that reads it.
pub struct Place {
    pub name: &'static str,
    pub act: &'static str,
    pub look: &'static str,
}

/// The portal's answers and their counts (0 means until further notice), the texts that the place then shows, and how
/// many are from the corpus.
#[derive(Default)]
pub struct Answer {
    /// The result of the sign-in window.
    pub brought: String,
    pub bodies: Vec<(Endpoint, u32, Value)>,
    pub shown: Vec<String>,
    pub texts: usize,
}

/// The observations: the texts of each round, and the distinct censuses.
#[derive(Deserialize)]
struct Seen {
    texts: Vec<Vec<String>>,
    censuses: Vec<Census>,
}

/// The driven page.
pub struct Visit {
    pub world: World,
    pub has_policy: bool,
    token: String,
    counted: Vec<String>,
    began: Instant,
}

impl Visit {
    /// A user at the Summary; the credential goes into the root folder. Records of created items take time.
    pub async fn start(has_policy: bool, keeps_records: bool) -> Visit {
        let world = World::unopened(Setup { policy: has_policy, ..Setup::default() }).await;
        let page = world.page();
        page.before_each_document(BEFORE).await;
        if !keeps_records {
            page.before_each_document("Object.defineProperty(window, 'indexedDB', { value: undefined })").await;
        }
        world.open().await;
        SignInPage(page).wait().await;
        let driver = include_str!("hostile_driver.js").replace("CENSUS", CENSUS);
        page.js(&format!("void (() => {{ {driver} }})()")).await;
        if !has_policy {
            assert_eq!(page.js(INLINE).await, json!(true), "there is a policy");
        }
        let token = world.portal(|portal| portal.sign_in(USER));
        let visit = Visit { world, has_policy, token, counted: Vec::new(), began: Instant::now() };
        visit.all_is_well();
        visit.comes_in().await;
        journey::to_summary(visit.world.page(), &Wish { folder: Some(""), ..Wish::small() }).await;
        visit
    }

    /// Signs in where the user was, and retries if necessary.
    pub async fn comes_in(&self) {
        self.world
            .page()
            .js("akw.comeIn('somebody is signed in', () => akw.one('.frame__account')).then(() => null)")
            .await;
    }

    /// Clears all answers except those that keep the session alive forever.
    pub fn all_is_well(&self) {
        let token = json!({"access_token": self.token, "expires_in": 1800, "username": USER});
        self.answers_only(&[(Endpoint::Token, token)]);
    }

    /// Sets these answers and those that end a session, with no other faults in between. The session continues.
    pub fn answers_only(&self, bodies: &[(Endpoint, Value)]) {
        self.world.portal(|portal| {
            portal.clear_faults();
            for (endpoint, body) in bodies.iter().chain([&(Endpoint::RevokeToken, json!({"success": true}))]) {
                portal.add_fault(Rule {
                    times: None,
                    ..Rule::once(*endpoint, Fault::Instead { body: body.to_string() })
                });
            }
        });
    }

    /// Sets the portal's answer from now on.
    pub fn always(&self, endpoint: Endpoint, body: &Value) {
        self.world.fault(endpoint, Fault::Instead { body: body.to_string() });
    }

    /// The portal's real account data of the user.
    pub fn account(&self) -> Value {
        self.truth("portals/self")
    }

    /// The portal's real answer.
    pub fn truth(&self, path: &str) -> Value {
        let asked = Asked::post(&format!("/sharing/rest/{path}")).field("token", &self.token).json();
        self.world.portal(|portal| portal.answer(asked)).value()
    }

    /// Checks that each answer is shown exactly, and that hostile ones render no more elements than harmless ones.
    pub async fn shows(&mut self, place: &Place, harmless: &[Answer], hostile: &[Answer]) {
        let start = Instant::now();
        let expected = self.each(place, harmless).await;
        let seen = self.each(place, hostile).await;
        assert_eq!(seen, expected, "other elements than harmless text makes: {}", place.name);
        let texts: usize = hostile.iter().map(|answer| answer.texts).sum();
        note(format!("{}: {texts} texts in {:?}", place.name, start.elapsed()));
        self.counted(&format!("{} {texts}", place.name));
    }

    /// Records the count of a place.
    pub fn counted(&mut self, line: &str) {
        self.counted.push(line.to_owned());
    }

    async fn each(&self, place: &Place, answers: &[Answer]) -> BTreeSet<Census> {
        let is_lasting = answers.iter().flat_map(|answer| &answer.bodies).any(|(_, times, _)| *times == 0);
        let mut censuses = BTreeSet::new();
        for answers in answers.chunks(if is_lasting { 1 } else { answers.len() }) {
            censuses.extend(self.at_once(place, answers).await);
            if is_lasting {
                self.all_is_well();
            }
        }
        censuses
    }

    async fn at_once(&self, place: &Place, answers: &[Answer]) -> Vec<Census> {
        self.world.portal(|portal| {
            for (endpoint, times, body) in answers.iter().flat_map(|answer| &answer.bodies) {
                let rule = Rule::once(*endpoint, Fault::Instead { body: body.to_string() });
                portal.add_fault(Rule { times: Some(*times).filter(|times| *times > 0), ..rule });
            }
        });
        let (count, act, look) = (answers.len(), place.act, place.look);
        let brought = json!(answers.iter().map(|answer| answer.brought.as_str()).collect::<Vec<_>>());
        self.world.page().js(&format!("void (globalThis.akwBrought = {brought})")).await;
        let seen = self.world.page().js(&format!("akw.each({count}, {act}, {look})")).await;
        let Seen { texts, censuses } = serde_json::from_value(seen).expect("texts and censuses");
        assert_eq!(texts.len(), count, "{}", place.name);
        for (seen, answer) in texts.iter().zip(answers) {
            let differs = seen.iter().zip(&answer.shown).find(|(seen, shown)| seen != shown);
            assert_eq!((differs, seen.len()), (None, answer.shown.len()), "other text than expected: {}", place.name);
        }
        censuses
    }

    /// Checks that nothing has run. As a control, inserts a payload as markup, which must run and be detected unless
    /// the policy is on.
    pub async fn ends(self, what: &str) {
        let page = self.world.page();
        assert_eq!(page.js("akwRan").await, 0, "a payload has run");
        let seen = page.seen().await;
        assert!(seen.sinks.is_empty() && seen.violations.is_empty(), "{:?} {:?}", seen.sinks, seen.violations);
        let [ran, seen, is_clean] = serde_json::from_value::<[Value; 3]>(page.js(CONTROL).await).expect("three");
        assert_eq!(is_clean, true, "the control left something behind");
        match self.has_policy {
            true => assert_eq!(ran, 0, "the policy let a payload run"),
            false => assert_eq!((ran, seen), (json!(1), json!(true)), "the oracle is blind to a payload that runs"),
        }
        self.world.expect(Complaint::Sink("innerHTML"));
        self.world.expect(if self.has_policy { Complaint::TrustedTypes } else { Complaint::Status(404) });
        let (policy, counted) = (if self.has_policy { "on" } else { "off" }, self.counted.join(", "));
        note(format!("{what}, policy {policy}: {:?}", self.began.elapsed()));
        tell(
            Part::Browsers,
            &format!("hostile text in {what}, policy {policy}: {counted}; all exact, 0 elements more"),
        );
        // The verifiers of a thousand sign-ins are worthless, and searching for each of them everywhere takes a minute.
        self.world.portal(practice_portal::Portal::clear_log);
        self.world.end().await;
    }
}

impl Visit {
    /// Presses the button with this name.
    pub async fn press(&self, name: &str) {
        self.world.page().button(name).click().await;
    }
}

/// The texts for most places: a sample of the corpus with each kind of text, or the whole corpus under `AKW_LONG`.
pub fn texts() -> Vec<String> {
    if is_long() { payloads::all() } else { payloads::sample() }
}

/// Converts a step through the corpus to a step through [`texts`]: the sample is a sixteenth of the corpus.
pub fn each(of_corpus: usize) -> usize {
    if is_long() { of_corpus } else { (of_corpus / 16).max(1) }
}

/// Whether the page has its policy, for each visit: both under `AKW_LONG`, otherwise one in each engine. How the page
/// treats a text does not depend on the policy; without it, no fault of the page is hidden.
pub fn policies() -> &'static [bool] {
    match suite::kind() {
        _ if is_long() => &[true, false],
        Kind::Chromium => &[false],
        Kind::Firefox => &[true],
    }
}

/// This many harmless texts.
pub fn harmless(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("Harmless text {number}")).collect()
}

//! A visit in which the portal answers with one hostile text after the other, and the page shows each exactly.
//!
//! Storage is refused to the page, so it signs in by a window of its own: what that window would bring back is brought
//! by `hostile_driver.js`, and a sign-in needs no new document. All that follows is the portal's answer over HTTP.

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

/// Who visits.
pub const USER: &str = "jane";

/// Before each document: no storage, so that the page signs in by a window; and what the payloads do is noted.
const BEFORE: &str = "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError') } }); \
    window.akwRan = 0; window.alert = () => { window.akwRan++ }";

/// A payload of the corpus put into the page as markup; whether it ran, and whether the census saw it.
const CONTROL: &str = "(async () => { const before = JSON.stringify(akw.census()), box = document.createElement('div'); \
    document.body.append(box); const bare = JSON.stringify(akw.census()); let seen = false; \
    try { box.innerHTML = '<img src=x onerror=alert(1)>'; seen = JSON.stringify(akw.census()) !== bare; \
    await new Promise(done => box.firstChild.addEventListener('error', done)) } catch { } \
    box.remove(); const ran = akwRan; akwRan = 0; return [ran, seen, JSON.stringify(akw.census()) === before] })()";

/// A place that shows text of the portal: how the page is brought to show the next one, and what it shows, in JavaScript.
pub struct Place {
    pub name: &'static str,
    pub act: &'static str,
    pub look: &'static str,
}

/// What the portal answers and how often (0 is until further notice), which texts the place then shows, and how many of the
/// corpus are among them.
#[derive(Default)]
pub struct Answer {
    /// What the window of a sign-in is given to bring back.
    pub brought: String,
    pub bodies: Vec<(Endpoint, u32, Value)>,
    pub shown: Vec<String>,
    pub texts: usize,
}

/// What was seen: the texts of each time, and the different censuses.
#[derive(Deserialize)]
struct Seen {
    texts: Vec<Vec<String>>,
    censuses: Vec<Census>,
}

/// The page, driven.
pub struct Visit {
    pub world: World,
    pub has_policy: bool,
    token: String,
    counted: Vec<String>,
    began: Instant,
}

impl Visit {
    /// A visitor who has come to the Summary; the credential goes into no folder. Records of created items take time.
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

    /// Signs in, once more if need be, where the visitor was.
    pub async fn comes_in(&self) {
        self.world
            .page()
            .js("akw.comeIn('somebody is signed in', () => akw.one('.frame__account')).then(() => null)")
            .await;
    }

    /// No answers are left but those that let the session go on for ever.
    pub fn all_is_well(&self) {
        let token = json!({"access_token": self.token, "expires_in": 1800, "username": USER});
        self.answers_only(&[(Endpoint::Token, token)]);
    }

    /// The portal answers this and the requests at the end of a session, which continues; nothing comes in between.
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

    /// The portal answers this from now on.
    pub fn always(&self, endpoint: Endpoint, body: &Value) {
        self.world.fault(endpoint, Fault::Instead { body: body.to_string() });
    }

    /// What the portal truly says of the visitor.
    pub fn account(&self) -> Value {
        self.truth("portals/self")
    }

    /// What the portal truly answers.
    pub fn truth(&self, path: &str) -> Value {
        let asked = Asked::post(&format!("/sharing/rest/{path}")).field("token", &self.token).json();
        self.world.portal(|portal| portal.answer(asked)).value()
    }

    /// Each answer is shown exactly, and hostile ones make no element more than harmless ones.
    pub async fn shows(&mut self, place: &Place, harmless: &[Answer], hostile: &[Answer]) {
        let start = Instant::now();
        let expected = self.each(place, harmless).await;
        let seen = self.each(place, hostile).await;
        assert_eq!(seen, expected, "other elements than harmless text makes: {}", place.name);
        let texts: usize = hostile.iter().map(|answer| answer.texts).sum();
        note(format!("{}: {texts} texts in {:?}", place.name, start.elapsed()));
        self.counted(&format!("{} {texts}", place.name));
    }

    /// Counts a place.
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

    /// Nothing has run; a payload that is made markup of does, and is seen, unless the policy is there.
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
        // The proofs of a thousand sign-ins are worth nothing, and to look for each of them everywhere takes a minute.
        self.world.portal(practice_portal::Portal::clear_log);
        self.world.end().await;
    }
}

impl Visit {
    /// Presses a button of this name.
    pub async fn press(&self, name: &str) {
        self.world.page().button(name).click().await;
    }
}

/// The texts for most places: a sample of the corpus that holds each kind of text, or at length the whole corpus.
pub fn texts() -> Vec<String> {
    if is_long() { payloads::all() } else { payloads::sample() }
}

/// Each how many of [`texts`] a place gets that gets each so many of the corpus: the sample is a sixteenth of it.
pub fn each(of_corpus: usize) -> usize {
    if is_long() { of_corpus } else { (of_corpus / 16).max(1) }
}

/// Whether the page has its policy, once for each visit: at length both, else one in each engine. What a page makes of a
/// text does not depend on it; without it, it hides no fault of the page.
pub fn policies() -> &'static [bool] {
    match suite::kind() {
        _ if is_long() => &[true, false],
        Kind::Chromium => &[false],
        Kind::Firefox => &[true],
    }
}

/// So many texts that nobody fears.
pub fn harmless(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("Harmless text {number}")).collect()
}

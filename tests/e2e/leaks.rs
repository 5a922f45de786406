//! Where secrets might lie after a test, in every spelling: every browser test is a scenario of this search.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::complaints::Complaint;
use crate::engine::Kind;
use crate::journey::Wish;
use crate::pages::{KeyStep, OpenTask, Question, SummaryStep};
use crate::suite;
use crate::watch::Seen;
use crate::world::World;

/// A secret that was there in a test that has ended.
pub struct Secret {
    test: String,
    kind: &'static str,
    text: String,
}

impl Secret {
    /// The secrets of the test that asks.
    pub fn of_this_test(secrets: Vec<(&'static str, String)>) -> Vec<Secret> {
        secrets.into_iter().map(|(kind, text)| Secret { test: suite::name(), kind, text }).collect()
    }
}

/// Secrets that were there, and what of them was found where.
pub struct Search {
    /// The kind of each secret, and what a hit calls it.
    secrets: Vec<(&'static str, String)>,
    /// Every spelling of each, and whose it is.
    spellings: AhoCorasick,
    owners: Vec<usize>,
    checks: usize,
    hits: Vec<String>,
}

/// Secrets that were found in profiles after their tests.
static FOUND: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What the browser itself must write down: the address with the code, which is redeemed and dead at once, and the
/// verifier of a sign-in under way, which is worth nothing without it.
const OF_A_SIGN_IN: [&str; 2] = ["code", "code_verifier"];

impl Search {
    /// A search for these secrets, by kind.
    pub fn new(secrets: Vec<(&'static str, String)>) -> Search {
        Search::named(secrets.into_iter().map(|(kind, text)| (kind, format!("the {kind}"), text)))
    }

    /// A search for these secrets, each by its test too.
    fn of_tests(secrets: &[Secret]) -> Search {
        let named =
            |secret: &Secret| (secret.kind, format!("the {} of {}", secret.kind, secret.test), secret.text.clone());
        Search::named(secrets.iter().map(named))
    }

    fn named(secrets: impl Iterator<Item = (&'static str, String, String)>) -> Search {
        let (mut named, mut patterns, mut owners) = (Vec::new(), Vec::new(), Vec::new());
        for (kind, name, text) in secrets {
            let spellings = spellings(&text);
            owners.extend(spellings.iter().map(|_| named.len()));
            patterns.extend(spellings);
            named.push((kind, name));
        }
        let spellings = AhoCorasick::new(patterns).expect("secrets are not that many");
        Search { secrets: named, spellings, owners, checks: 0, hits: Vec::new() }
    }

    /// Looks through the bytes of one place.
    pub fn within(&mut self, place: &str, bytes: &[u8]) {
        self.look(place, bytes, &[]);
    }

    fn look(&mut self, place: &str, bytes: &[u8], but: &[&str]) {
        let is_looked_for = |owner: &usize| !but.contains(&self.secrets[*owner].0);
        self.checks += self.owners.iter().filter(|owner| is_looked_for(owner)).count();
        let found = self.spellings.find_overlapping_iter(bytes).map(|hit| self.owners[hit.pattern()]);
        let found: BTreeSet<usize> = found.filter(is_looked_for).collect();
        self.hits.extend(found.iter().map(|owner| format!("{} lies in {place}", self.secrets[*owner].1)));
    }

    /// Looks through every file of a profile, which has some.
    pub fn in_profile(&mut self, folder: &Path) {
        let read = self.in_folder(folder, &OF_A_SIGN_IN);
        assert!(read > 0, "no file of the profile {} was read", folder.display());
    }

    /// Looks through every file that was downloaded.
    pub fn in_downloads(&mut self, folder: &Path) {
        self.in_folder(folder, &[]);
    }

    /// How many files were read. What cannot be read fails the test; what the browser has just removed, or only points
    /// to, as its lock does, is no file.
    fn in_folder(&mut self, folder: &Path, but: &[&str]) -> usize {
        let mut read = 0;
        for entry in still_there(folder, fs::read_dir(folder)).into_iter().flatten() {
            let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
            let Some(found) = still_there(&path, fs::symlink_metadata(&path)) else { continue };
            if found.is_dir() {
                read += self.in_folder(&path, but);
            } else if found.is_file()
                && let Some(bytes) = still_there(&path, fs::read(&path))
            {
                read += 1;
                self.look(&path.display().to_string(), &unpacked(bytes), but);
            }
        }
        read
    }

    /// Whether anything was found so far.
    pub fn has_hits(&self) -> bool {
        !self.hits.is_empty()
    }

    /// Fails if anything was found.
    pub fn ends_without_a_hit(self) {
        assert!(self.hits.is_empty(), "{:#?}", self.hits);
        count(suite::kind(), "windows", (1, self.checks));
    }
}

/// Searches the profile of a closed browser for the secrets of all tests that ended in it. None of them can fail any
/// more, so what is found is kept for [`found`].
pub fn search_after(secrets: &[Secret], kind: Kind, profile: &Path) {
    if secrets.is_empty() {
        return;
    }
    let mut search = Search::of_tests(secrets);
    search.in_profile(profile);
    count(kind, "profiles", (tests_of(secrets).len(), search.checks));
    FOUND.lock().expect("nobody panics with it").append(&mut search.hits);
}

/// Notes for [`found`] that a profile could not be read, so that the secrets of these tests were not looked for.
pub fn could_not_search(secrets: &[Secret]) {
    let tests = tests_of(secrets).into_iter().collect::<Vec<_>>().join(", ");
    FOUND.lock().expect("nobody panics with it").push(format!("the profile could not be searched, of {tests}"));
}

fn tests_of(secrets: &[Secret]) -> BTreeSet<&str> {
    secrets.iter().map(|secret| secret.test.as_str()).collect()
}

/// Every secret that was found after its test, with the test's name.
pub fn found() -> Vec<String> {
    FOUND.lock().expect("nobody panics with it").clone()
}

/// Adds to the file that `AKW_COUNTS` names: so many tests whose secrets were looked for, and as many checks. Where nobody
/// signed in there was no secret, and nothing is counted.
fn count(kind: Kind, places: &str, (tests, checks): (usize, usize)) {
    let Some(counts) = std::env::var_os("AKW_COUNTS").filter(|_| checks > 0) else { return };
    let mut file = fs::OpenOptions::new().create(true).append(true).open(counts).expect("the file is writable");
    // In one piece, for tests run side by side.
    file.write_all(format!("{} {places} {tests} {checks}\n", kind.name()).as_bytes()).expect("the file is writable");
}

/// As it is, URL-encoded, in base64 of both alphabets wherever it starts in what is encoded, in hex of both cases, in
/// UTF-16 of both byte orders: each once.
fn spellings(secret: &str) -> Vec<Vec<u8>> {
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let hex: String = secret.bytes().map(|it| format!("{it:02x}")).collect();
    let upper = hex.to_uppercase();
    let wide = |bytes: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(bytes).collect();
    let mut all = vec![secret.into(), encoded.into(), hex.into(), upper.into()];
    all.extend([wide(u16::to_le_bytes), wide(u16::to_be_bytes)]);
    all.extend((0..3).flat_map(|start| [STANDARD, URL_SAFE].map(|it| within_base64(&it, start, secret))));
    all.sort_unstable();
    all.dedup();
    all
}

/// Those letters of base64 that the secret alone decides, if it starts at this of three bytes.
fn within_base64(alphabet: &impl Engine, start: usize, secret: &str) -> Vec<u8> {
    let bytes = [&[0; 2][..start], secret.as_bytes()].concat();
    let whole = alphabet.encode(&bytes[..bytes.len() / 3 * 3]);
    whole.as_bytes()[[0, 2, 3][start]..].to_vec()
}

/// The contents of a file: Firefox packs what it keeps of a session.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    match bytes.strip_prefix(b"mozLz40\0") {
        Some(packed) => lz4_flex::block::decompress_size_prepended(packed).expect("Firefox packs well"),
        None => bytes,
    }
}

/// What was read; nothing for what is no longer there.
fn still_there<T>(path: &Path, read: io::Result<T>) -> Option<T> {
    match read {
        Ok(it) => Some(it),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => panic!("{} cannot be searched: {error}", path.display()),
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

impl World {
    /// Looks through all that can be seen of the window: address, history, document, storages, console, requests.
    pub async fn search_window(&self, search: &mut Search, seen: &Seen) {
        let page = self.page();
        let places = [
            ("the address", page.url().await),
            ("the title", page.title().await),
            ("the history", page.history().await.join("\n")),
            ("the document", page.document().await),
            ("the console", seen.log.join("\n")),
            ("a request's headers", seen.headers.join("\n")),
        ];
        for (place, text) in &places {
            search.within(place, text.as_bytes());
        }
        // A key that works may be shown, in the one element for it; one that was revoked or replaced may be nowhere.
        let shown = page.shown_keys().await;
        for key in self.ended_keys().iter().filter(|it| shown.contains(*it)) {
            search.hits.push(format!("a key that ended is still shown: {key}"));
        }
        for (place, text) in page.stores().await {
            search.within(&place, text.as_bytes());
        }
        for request in &seen.requests {
            // The portal hands the code back in the address of the page: that one request has it, and nothing else.
            let is_callback = request.url.contains("code=");
            assert!(!is_callback || self.is_ours(&request.url), "a code went elsewhere");
            search.look("a request's address", request.url.as_bytes(), if is_callback { &["code"] } else { &[] });
        }
    }
}

/// Leaves a text everywhere, in one place as UTF-16 and in another as bytes.
const PLANT: &str = r#"async it => {
  localStorage.setItem('kept', it); sessionStorage.setItem('kept', it); document.cookie = 'kept=' + it;
  const wide = new Uint8Array(Uint16Array.from(it, letter => letter.charCodeAt()).buffer);
  await (await caches.open('kept')).put('/kept', new Response(wide));
  await new Promise(done => { const asked = indexedDB.open('kept'); asked.onupgradeneeded = () => asked.result.createObjectStore('kept');
    asked.onsuccess = () => { const kept = asked.result.transaction('kept', 'readwrite'); kept.oncomplete = () => done(asked.result.close());
      kept.objectStore('kept').put({ bytes: new TextEncoder().encode(it) }, 'kept') } });
  const host = document.createElement('div'), field = document.createElement('textarea');
  host.attachShadow({ mode: 'open' }).append(field); field.value = it; document.body.append(host);
  document.title = it; console.log(it); history.pushState(null, '', '#' + it);
  const link = document.createElement('a'); link.download = 'kept.txt'; link.href = URL.createObjectURL(new Blob([it])); link.click();
  await fetch('nothing?' + it, { headers: { 'X-Kept': it } });
}"#;

/// The search is worth what it finds: one secret, left everywhere.
async fn a_secret_is_found_wherever_it_lies() {
    let canary = "canary-7f3a9e5c1b2d48606b1c0d9e8f7a";
    let world = World::start().await;
    world.expect(Complaint::Status(404));
    let page = world.page();
    world.is_taken_over().await;
    page.js(&format!("({PLANT})('{canary}')")).await;
    let kept = world.downloads().join("kept.txt");
    page.until("the file is there", async || fs::read(&kept).is_ok_and(|it| it == canary.as_bytes())).await;
    let mut search = Search::new(vec![("canary", canary.to_owned())]);
    world.search_window(&mut search, &page.seen().await).await;
    search.in_downloads(&world.downloads());
    let places = ["the address", "the title", "the history", "the document", "the console", "a request's headers"];
    let stores = ["localStorage", "sessionStorage", "the cookies", "IndexedDB", "the caches", "a request's address"];
    for place in places.into_iter().chain(stores).chain([&*kept.display().to_string()]) {
        assert!(search.hits.contains(&format!("the canary lies in {place}")), "{place}: {:#?}", search.hits);
    }
    world.is_on_disk(canary).await;
    world.end().await;
}

/// A key that was replaced, one that was revoked, and the secret of a credential that is gone are searched for as long as
/// any other.
async fn keys_that_ended_are_found_where_they_were_left() {
    let world = World::at_summary(&Wish::small()).await;
    world.expect(Complaint::Status(502));
    let page = world.page();
    world.fault_once(Endpoint::Token, Fault::BadGateway);
    SummaryStep(page).create().await;
    KeyStep(page).key().await;
    page.back().await;
    page.button(Question::LEAVE).click().await;
    OpenTask::revoke(page).await;
    page.heading(OpenTask::TAKEN_BACK).wait().await;
    let secrets = world.portal(|portal| [portal.issued_keys(), portal.issued_secrets()].concat());
    assert_eq!((secrets.len(), world.ended_keys().len()), (3, 2), "one was replaced, and both ended");
    let mut clean = Search::new(world.secrets());
    world.search_window(&mut clean, &page.seen().await).await;
    assert_eq!(clean.hits, Vec::<String>::new());
    page.js(&format!("localStorage.setItem('kept', '{}')", secrets.join(" "))).await;
    let mut hits = world.end_searched().await.hits;
    let on_disk = hits.iter().any(|it| it.contains("akw-e2e-"));
    assert!(on_disk, "what the browser wrote down at its end was searched: {hits:#?}");
    hits.retain(|it| it.ends_with("localStorage"));
    let left = |kind: &str| format!("the {kind} lies in localStorage");
    assert_eq!(hits, [left("API key"), left("API key"), left("client_secret")]);
}

/// A profile of which none was read proves nothing, so [`Search::in_profile`] asks for one.
fn the_files_that_were_searched_are_counted_at_every_depth() {
    let folder = std::env::temp_dir().join(format!("akw-e2e-searched-{}", std::process::id()));
    let deep = folder.join("a/b");
    fs::create_dir_all(&deep).expect("the temporary folder is writable");
    let mut search = Search::new(vec![("canary", "canary-7f3a9e5c1b2d4860".to_owned())]);
    assert_eq!(search.in_folder(&folder, &[]), 0, "folders are no files");
    assert_eq!(search.in_folder(&folder.join("nowhere"), &[]), 0);
    fs::write(folder.join("one"), "nothing").expect("the folder is writable");
    fs::write(deep.join("two"), "a canary-7f3a9e5c1b2d4860").expect("the folder is writable");
    std::os::unix::fs::symlink("gone", folder.join("lock")).expect("the folder is writable");
    assert_eq!((search.in_folder(&folder, &[]), search.hits.len()), (2, 1));
    fs::remove_dir_all(&folder).expect("it is ours");
}

/// A profile is searched for the secrets of all tests that used it, so a hit must say whose it is.
fn a_secret_on_disk_is_told_with_its_test() {
    let folder = std::env::temp_dir().join(format!("akw-e2e-told-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("the temporary folder is writable");
    fs::write(folder.join("kept"), "before canary-2-7f3a9e5c1b2d4860 after").expect("the folder is writable");
    let secret = |number: usize| Secret {
        test: format!("chromium::walk::{number}"),
        kind: "API key",
        text: format!("canary-{number}-7f3a9e5c1b2d4860"),
    };
    let mut search = Search::of_tests(&[secret(1), secret(2)]);
    search.in_profile(&folder);
    let place = folder.join("kept");
    assert_eq!(search.hits, [format!("the API key of chromium::walk::2 lies in {}", place.display())]);
    fs::remove_dir_all(&folder).expect("it is ours");
}

/// `Referer` and cookies are what the network adds: a page cannot set them.
async fn headers_that_the_browser_adds_are_searched() {
    let world = World::start().await;
    world.expect(Complaint::Status(404));
    let page = world.page();
    crate::pages::SignInPage(page).wait().await;
    let canaries = ["canary-7f3a9e5c1b2d48606b1c0d9e8f7a", "canary-0a1b2c3d4e5f60718293a4b5c6d7"];
    let [referer, cookie] = canaries;
    page.js(&format!("history.replaceState(null, '', '?{referer}')")).await;
    page.js(&format!("document.cookie = 'kept={cookie}'")).await;
    page.js("fetch('nothing', { referrerPolicy: 'unsafe-url', credentials: 'include' }).then(it => it.status)").await;
    let seen = page.seen().await;
    for canary in canaries {
        let found = seen.headers.iter().any(|it| contains(it.as_bytes(), canary.as_bytes()));
        assert!(found, "{canary}: {:#?}", seen.headers);
    }
    world.end().await;
}

/// Whoever writes a secret down with something before and after it spells it in one of these ways.
fn a_secret_is_found_in_every_spelling_and_within_other_text() {
    let canary = "canary~7f3a9e5c?1b2d48606b1c0d9e8f7ä";
    for before in ["", "a", "ab", "abc"] {
        let text = [before, canary, "z"].concat();
        let hex: String = text.bytes().map(|it| format!("{it:02x}")).collect();
        let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let found = [
            text.clone().into(),
            url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().into(),
            STANDARD.encode(&text).into(),
            URL_SAFE.encode(&text).into(),
            hex.to_uppercase().into(),
            hex.into(),
            wide(u16::to_le_bytes),
            wide(u16::to_be_bytes),
        ];
        for bytes in found {
            let mut search = Search::new(vec![("canary", canary.to_owned())]);
            search.within("the text", &bytes);
            assert!(search.has_hits(), "after {before:?}: {}", String::from_utf8_lossy(&bytes));
            let mut other = Search::new(vec![("canary", canary.replace('9', "0"))]);
            other.within("the text", &bytes);
            assert!(!other.has_hits(), "another secret is found");
        }
    }
}

fn what_firefox_packed_is_searched() {
    let packed =
        [b"mozLz40\0".to_vec(), lz4_flex::block::compress_prepend_size(b"a session with a canary in it")].concat();
    assert!(contains(&unpacked(packed), b"with a canary"));
}

crate::suite::tests! {
    both: [
        keys_that_ended_are_found_where_they_were_left,
        a_secret_is_found_wherever_it_lies,
        headers_that_the_browser_adds_are_searched,
    ],
    native: [
        a_secret_on_disk_is_told_with_its_test,
        the_files_that_were_searched_are_counted_at_every_depth,
        a_secret_is_found_in_every_spelling_and_within_other_text,
        what_firefox_packed_is_searched,
    ]
}

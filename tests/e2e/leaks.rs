//! Where secrets might lie after a test, in five spellings each: every browser test is a scenario of this search.

use std::fs;
use std::io::Write;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::pages::KeyStep;
use crate::watch::Seen;
use crate::world::World;

/// Secrets that were there, and what of them was found where.
pub struct Search {
    secrets: Vec<(&'static str, Vec<Vec<u8>>)>,
    checks: usize,
    hits: Vec<String>,
}

/// What the browser itself must write down: the address with the code, which is redeemed and dead at once, and the
/// verifier of a sign-in under way, which is worth nothing without it.
const OF_A_SIGN_IN: [&str; 2] = ["code", "code_verifier"];

impl Search {
    /// A search for these secrets, by kind.
    pub fn new(secrets: Vec<(&'static str, String)>) -> Search {
        let secrets = secrets.iter().map(|(kind, secret)| (*kind, spellings(secret))).collect();
        Search { secrets, checks: 0, hits: Vec::new() }
    }

    /// Looks through the bytes of one place.
    pub fn within(&mut self, place: &str, bytes: &[u8]) {
        self.look(place, bytes, &[]);
    }

    fn look(&mut self, place: &str, bytes: &[u8], but: &[&str]) {
        for (kind, spellings) in self.secrets.iter().filter(|(kind, _)| !but.contains(kind)) {
            for spelling in spellings {
                self.checks += 1;
                if contains(bytes, spelling) {
                    self.hits.push(format!("the {kind} lies in {place}"));
                }
            }
        }
    }

    /// Looks through every file of a folder and of those in it.
    pub fn in_folder(&mut self, folder: &Path) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                self.in_folder(&path);
            } else if let Ok(bytes) = fs::read(&path) {
                self.look(&path.display().to_string(), &unpacked(bytes), &OF_A_SIGN_IN);
            }
        }
    }

    /// Whether anything was found so far.
    pub fn has_hits(&self) -> bool {
        !self.hits.is_empty()
    }

    /// Fails if anything was found; adds the checks made to the file that `AKW_COUNTS` names.
    pub fn ends_without_a_hit(self) {
        assert!(self.hits.is_empty(), "{:#?}", self.hits);
        if let Some(counts) = std::env::var_os("AKW_COUNTS") {
            let mut file = fs::OpenOptions::new().create(true).append(true).open(counts).expect("the file is writable");
            writeln!(file, "{}", self.checks).expect("the file is writable");
        }
    }
}

/// As it is, URL-encoded, in base64, in hex, and in UTF-16.
fn spellings(secret: &str) -> Vec<Vec<u8>> {
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let hex: String = secret.bytes().map(|it| format!("{it:02x}")).collect();
    // The last characters depend on what follows.
    let base64 = STANDARD.encode(&secret.as_bytes()[..secret.len() / 3 * 3]);
    let wide = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![secret.as_bytes().to_vec(), encoded.into_bytes(), base64.into_bytes(), hex.into_bytes(), wide]
}

/// The contents of a file: Firefox packs what it keeps of a session.
fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    match bytes.strip_prefix(b"mozLz40\0") {
        Some(packed) => lz4_flex::block::decompress_size_prepended(packed).expect("Firefox packs well"),
        None => bytes,
    }
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(bytes, part).is_some()
}

impl World {
    /// Looks through all that can be seen of the window: address, history, document, storages, console, requests.
    pub async fn search_window(&self, search: &mut Search, seen: &Seen) {
        let page = self.page();
        let hidden_key = "(() => { const it = document.documentElement.cloneNode(true); \
                          it.querySelectorAll('[aria-label=\"API key\"]').forEach(it => it.remove()); return it.outerHTML })()";
        let places = [
            ("the address", page.url().await),
            ("the title", page.title().await),
            ("the history", page.history().await.join("\n")),
            ("the document", page.js(hidden_key).await.as_str().unwrap_or_default().to_owned()),
            ("the storage", page.stored().await),
            ("the console", seen.log.join("\n")),
        ];
        for (place, text) in &places {
            search.within(place, text.as_bytes());
        }
        // The portal hands the code back in the address of the page: that one request has it, and nothing else.
        let (callbacks, others): (Vec<_>, Vec<_>) = seen.requests.iter().partition(|it| it.url.contains("code="));
        assert!(callbacks.iter().all(|it| self.is_ours(&it.url)), "a code went elsewhere");
        for request in others {
            search.within("a request's address or referrer", format!("{} {}", request.url, request.referer).as_bytes());
        }
    }

    /// How many pieces of 24 bytes of these secrets the memory of the code still holds.
    pub async fn fragments_in_memory(&self, secrets: &[String]) -> i64 {
        let script = format!(
            "(() => {{ const bytes = new Uint8Array(akwMemory.buffer), text = new TextDecoder('latin1').decode(bytes); \
             let found = 0; for (const secret of {}) for (let at = 0; at + 24 <= secret.length; at++) \
             if (text.includes(secret.slice(at, at + 24))) found++; return found }})()",
            Value::from(secrets.to_vec())
        );
        self.page().js(&script).await.as_i64().expect("a count")
    }
}

/// Keeps hold of the code's memory, from before the page's own scripts run.
pub const HOLD_MEMORY: &str = "for (const name of ['instantiate', 'instantiateStreaming']) { \
    const real = WebAssembly[name]; WebAssembly[name] = async (...it) => { const made = await real(...it); \
    globalThis.akwMemory = (made.instance ?? made).exports.memory; return made } }";

#[tokio::test]
async fn no_piece_of_a_secret_stays_in_the_codes_memory() {
    let world = World::unopened(crate::world::Setup::default()).await;
    let page = world.page();
    page.before_each_document(HOLD_MEMORY).await;
    world.open().await;
    world.sign_in("jane").await;
    crate::journey::to_summary(page, &crate::journey::Wish::small()).await;
    crate::pages::SummaryStep(page).create().await;
    let key = KeyStep(page).key().await;
    assert!(world.fragments_in_memory(std::slice::from_ref(&key)).await > 0, "the key is there while it is shown");
    let of_kind = |kinds: &[&str]| -> Vec<String> {
        world.secrets().into_iter().filter(|(kind, _)| kinds.contains(kind)).map(|(_, secret)| secret).collect()
    };
    let all = of_kind(&["API key", "access token", "token", "client_secret", "refresh_token", "code", "code_verifier"]);
    KeyStep(page).saved().await;
    let gone = [vec![key], of_kind(&["client_secret", "code", "code_verifier"])].concat();
    assert_eq!(world.fragments_in_memory(&gone).await, 0, "after the key was saved");
    page.button("Sign out").click().await;
    page.shows("You are signed out").await;
    page.until("the session ended at the portal", async || world.live_sessions() == 0).await;
    page.until("nothing of any secret is left", async || world.fragments_in_memory(&all).await == 0).await;
    world.end().await;
}

/// The search is worth what it finds: one secret, left everywhere.
#[tokio::test]
async fn a_secret_is_found_wherever_it_lies() {
    let canary = "canary-7f3a9e5c1b2d48606b1c0d9e8f7a";
    let mut world = World::start().await;
    world.expect_console("404");
    let page = world.page();
    let plant = format!(
        "(async it => {{ localStorage.setItem('kept', it); document.title = it; document.body.append(it); console.log(it); \
         history.pushState(null, '', '#' + it); await fetch('nothing?' + it, {{ referrerPolicy: 'unsafe-url' }}) }})('{canary}')"
    );
    crate::pages::SignInPage(page).wait().await;
    page.js(&plant).await;
    let places = ["the address", "the title", "the history", "the document", "the storage", "the console"];
    let mut search = Search::new(vec![("canary", canary.to_owned())]);
    world.search_window(&mut search, &page.seen().await).await;
    for place in places.into_iter().chain(["a request's address or referrer"]) {
        assert!(search.hits.contains(&format!("the canary lies in {place}")), "{place}: {:#?}", search.hits);
    }
    world.is_on_disk(canary).await;
    world.end().await;
}

#[test]
fn what_firefox_packed_is_searched() {
    let packed =
        [b"mozLz40\0".to_vec(), lz4_flex::block::compress_prepend_size(b"a session with a canary in it")].concat();
    assert!(contains(&unpacked(packed), b"with a canary"));
}

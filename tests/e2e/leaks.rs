//! Searches every place where a test may leave a secret, in every encoding. Every browser test runs this search.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;

use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use crate::engine::Kind;
use crate::suite;
use crate::watch::Seen;
use crate::world::World;

/// A secret from a test that has ended.
pub struct Secret {
    /// The name of the test.
    pub test: String,
    /// The portal's name for it.
    pub kind: &'static str,
    /// The secret itself.
    pub text: String,
}

impl Secret {
    /// The secrets of the current test.
    pub fn of_this_test(secrets: Vec<(&'static str, String)>) -> Vec<Secret> {
        secrets.into_iter().map(|(kind, text)| Secret { test: suite::name(), kind, text }).collect()
    }
}

/// A search for secrets, with its matches so far.
pub struct Search {
    /// The kind of each secret, and its label in a match.
    secrets: Vec<(&'static str, String)>,
    /// Every encoding of each secret, and its owner.
    spellings: AhoCorasick,
    owners: Vec<usize>,
    checks: usize,
    /// Each secret found, with the place.
    pub hits: Vec<String>,
}

/// Secrets found in profiles after their tests.
static FOUND: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Values that the browser inevitably writes to disk: the address with the code, which is redeemed and invalid at
/// once, and the verifier of a pending sign-in, which is useless without the code.
const OF_A_SIGN_IN: [&str; 2] = ["code", "code_verifier"];

impl Search {
    /// A search for these secrets, by kind.
    pub fn new(secrets: Vec<(&'static str, String)>) -> Search {
        Search::named(secrets.into_iter().map(|(kind, text)| (kind, format!("the {kind}"), text)))
    }

    /// A search for these secrets that also reports their tests.
    pub fn of_tests(secrets: &[Secret]) -> Search {
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

    /// Searches the bytes of one place.
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

    /// Searches every file of a profile; fails if there are none.
    pub fn in_profile(&mut self, folder: &Path) {
        let read = self.in_folder(folder, &OF_A_SIGN_IN);
        assert!(read > 0, "no file of the profile {} was read", folder.display());
    }

    /// Searches every downloaded file.
    pub fn in_downloads(&mut self, folder: &Path) {
        self.in_folder(folder, &[]);
    }

    /// Searches a folder recursively, and returns the number of files read. An unreadable file fails the test; a file
    /// that the browser has just removed, or a symbolic link such as its lock, does not count.
    pub fn in_folder(&mut self, folder: &Path, but: &[&str]) -> usize {
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

    /// True if anything was found so far.
    pub fn has_hits(&self) -> bool {
        !self.hits.is_empty()
    }

    /// Fails if anything was found.
    pub fn ends_without_a_hit(self) {
        assert!(self.hits.is_empty(), "{:#?}", self.hits);
        count(suite::kind(), "windows", 1, self.checks);
    }
}

/// Searches the profile of a closed browser for the secrets of all tests that used it. These tests can no longer
/// fail, so matches are kept for [`found`].
pub fn search_after(secrets: &[Secret], kind: Kind, profile: &Path) {
    if secrets.is_empty() {
        return;
    }
    let mut search = Search::of_tests(secrets);
    search.in_profile(profile);
    count(kind, "profiles", tests_of(secrets).len(), search.checks);
    FOUND.lock().expect("nobody panics with it").append(&mut search.hits);
}

/// Records for [`found`] that a profile could not be read, so the search for these tests' secrets is missing.
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

/// Appends to the file named by `AKW_COUNTS`: the number of tests whose secrets were searched for, and of checks.
/// Without a sign-in there is no secret, so nothing is counted.
fn count(kind: Kind, places: &str, tests: usize, checks: usize) {
    let Some(counts) = std::env::var_os("AKW_COUNTS").filter(|_| checks > 0) else { return };
    let mut file = fs::OpenOptions::new().create(true).append(true).open(counts).expect("the file is writable");
    // One write, because tests run in parallel.
    file.write_all(format!("{} {places} {tests} {checks}\n", kind.name()).as_bytes()).expect("the file is writable");
}

/// The encodings of a secret, without duplicates: plain, URL-encoded, base64 in both alphabets and at every offset,
/// hex in both cases, UTF-16 in both byte orders.
fn spellings(secret: &str) -> Vec<Vec<u8>> {
    let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let upper = hex.to_uppercase();
    let wide = |bytes: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(bytes).collect();
    let mut all = vec![secret.into(), encoded.into(), hex.into(), upper.into()];
    all.extend([wide(u16::to_le_bytes), wide(u16::to_be_bytes)]);
    all.extend((0..3).flat_map(|start| [STANDARD, URL_SAFE].map(|alphabet| within_base64(&alphabet, start, secret))));
    all.sort_unstable();
    all.dedup();
    all
}

/// The base64 characters that only the secret determines, if it starts at this offset of three bytes.
fn within_base64(alphabet: &impl Engine, start: usize, secret: &str) -> Vec<u8> {
    let bytes = [&[0; 2][..start], secret.as_bytes()].concat();
    let whole = alphabet.encode(&bytes[..bytes.len() / 3 * 3]);
    whole.as_bytes()[[0, 2, 3][start]..].to_vec()
}

/// The contents of a file, decompressed if needed: Firefox compresses its session data.
pub fn unpacked(bytes: Vec<u8>) -> Vec<u8> {
    match bytes.strip_prefix(b"mozLz40\0") {
        Some(packed) => lz4_flex::block::decompress_size_prepended(packed).expect("Firefox packs well"),
        None => bytes,
    }
}

/// The result of a read; `None` if the file is gone.
fn still_there<T>(path: &Path, read: io::Result<T>) -> Option<T> {
    match read {
        Ok(output) => Some(output),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => panic!("{} cannot be searched: {error}", path.display()),
    }
}

impl World {
    /// Searches everything accessible in the window: address, history, document, storage, console, requests.
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
        // A valid key may be shown, in its one element; a revoked or replaced one must not be anywhere.
        let shown = page.shown_keys().await;
        for key in self.ended_keys().iter().filter(|key| shown.contains(*key)) {
            search.hits.push(format!("a key that ended is still shown: {key}"));
        }
        for (place, text) in page.stores().await {
            search.within(&place, text.as_bytes());
        }
        for request in &seen.requests {
            // The portal returns the code in the page's address: only that one request may contain it.
            let is_callback = request.url.contains("code=");
            assert!(!is_callback || self.is_ours(&request.url), "a code went elsewhere");
            search.look("a request's address", request.url.as_bytes(), if is_callback { &["code"] } else { &[] });
        }
    }
}

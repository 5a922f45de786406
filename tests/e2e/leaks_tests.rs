//! Tests the search for secrets.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;

use crate::complaints::Complaint;
use crate::journey::Wish;
use crate::leaks::{Search, Secret, unpacked};
use crate::pages::{KeyStep, OpenTask, Question, SignInPage, SummaryStep};
use crate::world::World;

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Leaves a text everywhere, in one place as UTF-16 and in another as bytes.
const PLANT: &str = r#"async canary => {
  localStorage.setItem('kept', canary); sessionStorage.setItem('kept', canary); document.cookie = 'kept=' + canary;
  const wide = new Uint8Array(Uint16Array.from(canary, letter => letter.charCodeAt()).buffer);
  await (await caches.open('kept')).put('/kept', new Response(wide));
  await new Promise(done => { const asked = indexedDB.open('kept'); asked.onupgradeneeded = () => asked.result.createObjectStore('kept');
    asked.onsuccess = () => { const kept = asked.result.transaction('kept', 'readwrite'); kept.oncomplete = () => done(asked.result.close());
      kept.objectStore('kept').put({ bytes: new TextEncoder().encode(canary) }, 'kept') } });
  const host = document.createElement('div'), field = document.createElement('textarea');
  host.attachShadow({ mode: 'open' }).append(field); field.value = canary; document.body.append(host);
  document.title = canary; console.log(canary); history.pushState(null, '', '#' + canary);
  const link = document.createElement('a'); link.download = 'kept.txt'; link.href = URL.createObjectURL(new Blob([canary])); link.click();
  await fetch('nothing?' + canary, { headers: { 'X-Kept': canary } });
}"#;

/// Plants one secret everywhere; the search must find each copy.
async fn a_secret_is_found_wherever_it_is_kept() {
    let canary = "canary-7f3a9e5c1b2d48606b1c0d9e8f7a";
    let world = World::start().await;
    world.expect(Complaint::Status(404));
    let page = world.page();
    world.is_taken_over().await;
    page.js(&format!("({PLANT})('{canary}')")).await;
    let kept = world.downloads().join("kept.txt");
    page.until("the file is there", async || fs::read(&kept).is_ok_and(|bytes| bytes == canary.as_bytes())).await;
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

/// The search covers replaced and revoked keys, and the secrets of deleted credentials, as long as any other.
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
    let on_disk = hits.iter().any(|hit| hit.contains("akw-e2e-"));
    assert!(on_disk, "what the browser wrote down at its end was searched: {hits:#?}");
    hits.retain(|hit| hit.ends_with("localStorage"));
    let left = |kind: &str| format!("the {kind} lies in localStorage");
    assert_eq!(hits, [left("API key"), left("API key"), left("client_secret")]);
}

/// An unread profile proves nothing, so [`Search::in_profile`] requires at least one file.
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

/// The search covers the secrets of all tests that used a profile, so a match must name its test.
fn a_secret_on_disk_is_reported_with_its_test() {
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

/// The network layer adds `Referer` and cookies: a page cannot set them.
async fn headers_that_the_browser_adds_are_searched() {
    let world = World::start().await;
    world.expect(Complaint::Status(404));
    let page = world.page();
    SignInPage(page).wait().await;
    let canaries = ["canary-7f3a9e5c1b2d48606b1c0d9e8f7a", "canary-0a1b2c3d4e5f60718293a4b5c6d7"];
    let [referer, cookie] = canaries;
    page.js(&format!("history.replaceState(null, '', '?{referer}')")).await;
    page.js(&format!("document.cookie = 'kept={cookie}'")).await;
    page.js("fetch('nothing', { referrerPolicy: 'unsafe-url', credentials: 'include' }).then(answer => answer.status)")
        .await;
    let seen = page.seen().await;
    for canary in canaries {
        let found = seen.headers.iter().any(|header| contains(header.as_bytes(), canary.as_bytes()));
        assert!(found, "{canary}: {:#?}", seen.headers);
    }
    world.end().await;
}

/// Text around a secret may shift its encoding into any of these forms.
fn a_secret_is_found_in_every_spelling_and_within_other_text() {
    let canary = "canary~7f3a9e5c?1b2d48606b1c0d9e8f7ä";
    for before in ["", "a", "ab", "abc"] {
        let text = [before, canary, "z"].concat();
        let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
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
        a_secret_is_found_wherever_it_is_kept,
        headers_that_the_browser_adds_are_searched,
    ],
    native: [
        a_secret_on_disk_is_reported_with_its_test,
        the_files_that_were_searched_are_counted_at_every_depth,
        a_secret_is_found_in_every_spelling_and_within_other_text,
        what_firefox_packed_is_searched,
    ]
}

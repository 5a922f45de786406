//! Compares our address parser with the browser's: for an address that ours accepts at any entry point, `new URL`
//! finds exactly the same scheme, host and port. The addresses and entry points are those of `tests/it/hostile`,
//! which compares with the `url` crate.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::doors::{self, Door, Exact};
use crate::page::Page;
use crate::proof::{Part, tell};
use crate::suite;

/// For addresses with their origin and whether a path may follow: those the browser parses differently, and those it
/// rejects.
const JUDGE: &str = r"asked => {
  const answer = { otherwise: [], refused: [] };
  for (const [text, origin, mayHavePath] of asked) {
    let url;
    try { url = new URL(text) } catch { answer.refused.push(text); continue }
    const isBare = !url.username && !url.password && !/[?#]/.test(url.href) && (mayHavePath || url.pathname === '/');
    if (url.origin !== origin || !isBare) answer.otherwise.push(`${text} is ${origin}, and to a browser ${url.href}`);
  }
  return answer
}";

/// The same for addresses derived from another; an `exact` one must be in the browser's normalized form.
const MADE: &str = r"asked => {
  const answer = { otherwise: [], refused: [] };
  for (const [text, origin, exact] of asked) {
    let url;
    try { url = new URL(text) } catch { answer.refused.push(text); continue }
    if (!exact && !/^https?:$/.test(url.protocol)) continue;
    if (url.origin !== origin || exact && url.href !== text) answer.otherwise.push(`${text} is ${origin}, and to a browser ${url.href}`);
  }
  return answer
}";

/// For names and the addresses that contain them: those that lead elsewhere than to the name, below the portal.
const NAMED: &str = r"names => {
  const answer = { otherwise: [], refused: [] };
  for (const [id, requests, page] of names) {
    for (const [text, origin, place] of requests) {
      let url;
      try { url = new URL(text) } catch { answer.refused.push(text); continue }
      const part = url.pathname.split('/sharing/rest/')[1]?.split('/')[place];
      const isSame = url.href === text && url.origin === origin && part !== undefined && decodeURIComponent(part) === id;
      if (!isSame) answer.otherwise.push(`${text} for ${id}, and to a browser ${url.href}`);
    }
    const url = new URL(page), asked = JSON.stringify([...url.searchParams]);
    const isSame = url.pathname === '/portal/home/item.html' && asked === JSON.stringify([['id', id]]) && url.hash === '';
    if (!isSame) answer.otherwise.push(`${page} for ${id}, and to a browser ${url.href}`);
  }
  return answer
}";

#[derive(Deserialize)]
struct Verdict {
    otherwise: Vec<String>,
    refused: Vec<String>,
}

impl Verdict {
    /// Asks the browser about all of these at once.
    async fn of(page: &Page, judge: &str, asked: &Value) -> Verdict {
        let verdict = page.js(&format!("({judge})({asked})")).await;
        serde_json::from_value(verdict).expect("the script says so")
    }

    /// Our parser does not decode Punycode: a browser may reject such a host, but nothing else that we accept.
    fn may_refuse(text: &str) -> bool {
        text.to_ascii_lowercase().contains("xn--")
    }

    #[track_caller]
    fn is_clean(&self) {
        assert!(self.otherwise.is_empty(), "{:#?}", self.otherwise);
        assert!(self.refused.iter().all(|text| Verdict::may_refuse(text)), "{:#?}", self.refused);
    }
}

/// No browser is ever at `*.example.com`: Firefox rejects it, and Chromium escapes the star. So the test compares the
/// address of a subdomain.
fn below_star(text: &str) -> String {
    text.replacen("://*.", "://below.", 1)
}

fn accepted(door: &Door) -> Value {
    door.accepted
        .iter()
        .map(|accepted| json!([below_star(&accepted.text), below_star(&accepted.origin), accepted.is_root]))
        .collect()
}

/// Prints a count with the browser's name.
fn count(text: &str) {
    tell(Part::Browsers, &format!("addresses to {:?}'s own parser, {text}", suite::kind()));
}

/// Tests what we accept at each entry point, and what we derive from it.
async fn each_door(page: &Page) {
    for door in doors::all() {
        let verdict = Verdict::of(page, JUDGE, &accepted(&door)).await;
        let (taken, refused, alone) = (door.accepted.len(), door.refused, verdict.refused.len());
        let (all, wrong) = (taken + refused, verdict.otherwise.len());
        count(&format!(
            "{}: {all} decided, {taken} accepted ({alone} of them refused by it alone), {refused} refused, {wrong} \
             disagreements",
            door.name
        ));
        verdict.is_clean();
        assert!(all >= 1000 && taken > 10);
        let made = door
            .made
            .iter()
            .map(|(text, origin, exact)| json!([below_star(text), below_star(origin), *exact == Exact::Yes]));
        let made = Verdict::of(page, MADE, &made.collect()).await;
        assert!(made.otherwise.is_empty(), "{}: {:#?}", door.name, made.otherwise);
    }
    let wrong = Verdict::of(page, JUDGE, &accepted(&doors::careless())).await.otherwise.len();
    count(&format!("negative control: {wrong} disagreements of a careless reading"));
    assert!(wrong > 500, "a reading that cuts at slashes is found out");
}

/// Tests every name that we accept in an answer.
async fn each_name(page: &Page) {
    let (names, refused) = doors::names();
    let asked = names.iter().map(|name| json!([name.id, name.requests, name.page]));
    let verdict = Verdict::of(page, NAMED, &asked.collect()).await;
    let (taken, urls) = (names.len(), names.iter().map(|name| name.requests.len() + 1).sum::<usize>());
    let wrong = verdict.otherwise.len();
    count(&format!("names in answers: {taken} accepted, {refused} refused, {urls} addresses, {wrong} elsewhere"));
    verdict.is_clean();
    assert!(taken > 1000 && verdict.refused.is_empty());
}

async fn the_browser_reads_every_accepted_address_and_every_name_in_one_as_ours_does() {
    let browser = Browser::lease().await;
    each_door(&browser.page).await;
    each_name(&browser.page).await;
    browser.release(Vec::new()).await;
}

crate::suite::tests! {
    both: [
        the_browser_reads_every_accepted_address_and_every_name_in_one_as_ours_does,
    ]
}

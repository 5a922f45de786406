//! Remains of wiped secrets in the WebAssembly memory: no fragment of 24 bytes or more of any secret that was in the
//! page. The session's own tokens stay as long as the session.

use std::collections::BTreeSet;

use practice_portal::endpoint::Endpoint;
use practice_portal::fault::Fault;
use serde_json::json;

use crate::clock::QUICK_TIMERS;
use crate::complaints::Complaint;
use crate::pages::{CredentialsStep, Header, KeyStep, OpenTask, Prefilled, Question, SummaryStep};
use crate::proof::{Part, tell};
use crate::session::later;
use crate::world::{Setup, World, is_long};

/// Keeps references to the memories of the wizard and of the start of a sign-in, whichever is ready first; runs before the
/// page's own scripts.
pub const HOLD_MEMORY: &str = "for (const name of ['instantiate', 'instantiateStreaming']) { \
    const real = WebAssembly[name]; WebAssembly[name] = async (...parts) => { const made = await real(...parts); \
    (globalThis.akwMemories ??= []).push((made.instance ?? made).exports.memory); return made } }";

/// The number of places where the memory contains 24 bytes of any of these texts. For speed, compares only at places
/// that begin like one of their fragments.
const FIND: &str = r#"texts => {
  const length = 24, pieces = new Map();
  const start = (bytes, at) => bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
  for (const text of texts) {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at + length <= bytes.length; at++) {
      const same = pieces.get(start(bytes, at)) ?? [];
      pieces.set(start(bytes, at), [...same, bytes.subarray(at, at + length)]);
    }
  }
  let found = 0;
  for (const { buffer } of akwMemories) {
    const memory = new Uint8Array(buffer);
    for (let at = 0; at + length <= memory.length; at++) {
      const same = memory[at] === 0 ? undefined : pieces.get(start(memory, at));
      if (same?.some(piece => piece.every((byte, place) => byte === memory[at + place]))) found++;
    }
  }
  return found
}"#;

/// The number of keys created in one page, and how often each way of losing a key is repeated.
fn counts() -> (usize, usize) {
    if is_long() { (50, 2) } else { (2, 1) }
}

/// Secrets that live as long as a session.
const OF_THE_SESSION: [&str; 4] = ["access token", "token", "auth_token", "refresh_token"];

impl World {
    /// The number of places where the WebAssembly memory contains 24 bytes of any of these secrets.
    pub async fn fragments_in_memory(&self, secrets: &[String]) -> i64 {
        let found = self.page().js(&format!("({FIND})({})", json!(secrets))).await;
        found.as_i64().expect("a count")
    }
}

/// A page whose memory is searched, and all its secrets.
struct Memory {
    world: World,
    secrets: BTreeSet<(&'static str, String)>,
    keys: usize,
    /// How the keys are lost.
    way: &'static str,
}

impl Memory {
    /// Signs in as Jane, at step 1.
    async fn start(way: &'static str) -> Memory {
        let world = World::unopened(Setup::default()).await;
        world.page().before_each_document(HOLD_MEMORY).await;
        world.open().await;
        world.sign_in("jane").await;
        CredentialsStep(world.page()).wait().await;
        Memory { world, secrets: BTreeSet::new(), keys: 0, way }
    }

    /// From step 1 to a key on the screen, which the scan must find.
    async fn make(&mut self) {
        let page = self.world.page();
        page.js("location.hash = '#/new?privileges=premium:user:basemaps&title=One+of+many'").await;
        Prefilled(page).titled(Prefilled::BY_LINK).wait().await;
        page.js("location.hash = '#/new/summary'").await;
        self.create().await;
    }

    /// From the Summary to a key on the screen.
    async fn create(&mut self) {
        SummaryStep(self.world.page()).create().await;
        self.shown().await;
    }

    /// Waits for the key on the screen, and checks that the scan finds it.
    async fn shown(&mut self) {
        let key = KeyStep(self.world.page()).key().await;
        self.keys += 1;
        self.note();
        assert!(self.secrets.contains(&("API key", key.clone())), "the portal knows {key}");
        let found = self.world.fragments_in_memory(&[key]).await;
        assert!(found > 0, "key {} is in the memory while it is shown", self.keys);
    }

    /// Records the current secrets.
    fn note(&mut self) {
        self.secrets.extend(self.world.secrets());
    }

    /// Checks that no secret remains, except those of a live session.
    async fn is_clean(&mut self, after: &str) {
        self.note();
        let gone = self.secrets.iter().filter(|(kind, _)| !OF_THE_SESSION.contains(kind));
        let gone: Vec<_> = gone.cloned().collect();
        let left = self.left_of(&gone).await;
        assert!(left.is_empty(), "{after}, key {}: {left:?}", self.keys);
    }

    /// The remains of these, by kind.
    async fn left_of(&self, secrets: &[(&'static str, String)]) -> Vec<(&'static str, i64)> {
        let all: Vec<String> = secrets.iter().map(|(_, secret)| secret.clone()).collect();
        let mut left = Vec::new();
        // One scan for all; separate scans only to identify matches.
        if self.world.fragments_in_memory(&all).await > 0 {
            for (kind, secret) in secrets {
                left.push((*kind, self.world.fragments_in_memory(std::slice::from_ref(secret)).await));
            }
            left.retain(|(_, fragments)| *fragments > 0);
        }
        left
    }

    /// Checks that the session has ended, at the portal too, and that no secret remains.
    async fn ends_clean(&mut self, after: &str) {
        let world = &self.world;
        world.page().until("the session ended at the portal", async || world.live_sessions() == 0).await;
        self.secrets.extend(world.secrets());
        let all: Vec<String> = self.secrets.iter().map(|(_, secret)| secret.clone()).collect();
        let is_clean = async || world.fragments_in_memory(&all).await == 0;
        world.page().until(&format!("nothing is left, {after}"), is_clean).await;
    }

    /// Presses that the key is saved.
    async fn saved(&mut self) {
        KeyStep(self.world.page()).saved().await;
        self.world.page().heading(KeyStep::DONE).wait().await;
        self.is_clean("acknowledged").await;
    }

    async fn signs_out_and_ends(mut self) {
        let page = self.world.page();
        page.button(Header::SIGN_OUT).click().await;
        page.shows("You are signed out").await;
        self.ends_clean("signed out").await;
        let (keys, secrets) = (self.keys, self.secrets.len());
        tell(
            Part::Browsers,
            &format!("memory: {keys} keys {}, {secrets} secrets, 0 pieces of 24 bytes left", self.way),
        );
        self.world.end().await;
    }
}

async fn of_many_keys_made_in_one_page_no_piece_is_left_even_where_the_answer_was_lost_or_not_understood() {
    let mut memory = Memory::start("acknowledged, one after the other in one page, some after a lost answer").await;
    let (many, _) = counts();
    for _ in 0..many {
        memory.make().await;
        memory.saved().await;
        memory.world.start_over().await;
    }
    assert_eq!(memory.world.live_keys(), many);
    memory.world.expect(Complaint::Status(502));
    memory.world.page().js(QUICK_TIMERS).await;
    for fault in [Fault::BadGateway, Fault::DoubledKeys, Fault::Truncated] {
        let (issued, live) = (memory.world.issued_keys().len(), memory.world.live_keys());
        memory.world.fault_once(Endpoint::Token, fault);
        memory.make().await;
        let (lost, shown) = (memory.world.issued_keys(), memory.world.live_keys());
        assert_eq!((lost.len(), shown), (issued + 2, live + 1), "one was lost, and one is shown");
        assert!(lost.into_iter().all(|key| memory.secrets.contains(&("API key", key))), "the lost one is looked for");
        memory.world.page().shows("this is a second key").await;
        memory.saved().await;
        memory.world.start_over().await;
    }
    memory.signs_out_and_ends().await;
}

async fn a_key_that_goes_unsaved_in_whatever_way_leaves_no_piece() {
    let mut memory =
        Memory::start("left unsaved, wiped by pagehide, replaced, at sign-out and in a session that ended").await;
    for _ in 0..counts().1 {
        memory.make().await;
        memory.world.page().back().await;
        memory.world.page().button(Question::LEAVE).click().await;
        memory.world.page().heading(KeyStep::WIPED).wait().await;
        memory.is_clean("left unsaved").await;
        OpenTask::revoke(memory.world.page()).await;
        memory.world.page().button(OpenTask::TO_SUMMARY).click().await;
        memory.create().await;
        let leave = "dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))";
        memory.world.page().js(leave).await;
        memory.is_clean("wiped by pagehide").await;
        memory.world.sign_in("jane").await;
        memory.world.page().button(OpenTask::REPLACE).click().await;
        memory.shown().await;
        memory.saved().await;
        memory.world.start_over().await;
        memory.make().await;
        memory.world.page().button(Header::SIGN_OUT).click().await;
        memory.world.page().button(Question::LEAVE).click().await;
        memory.world.page().shows("You are signed out").await;
        memory.ends_clean("signed out with the key shown").await;
        memory.world.sign_in("jane").await;
        OpenTask::revoke(memory.world.page()).await;
        memory.world.page().heading(OpenTask::TAKEN_BACK).wait().await;
        memory.make().await;
        later(&memory.world, 9).await;
        memory.saved().await;
        later(&memory.world, 16).await;
        memory.world.page().shows("You did not use this page for 15 minutes").await;
        memory.ends_clean("after an idle quarter of an hour").await;
        memory.world.reload_signed_in("jane").await;
        memory.world.page().button(Header::SIGN_OUT).wait().await;
    }
    memory.signs_out_and_ends().await;
}

crate::suite::tests! {
    both: [
        of_many_keys_made_in_one_page_no_piece_is_left_even_where_the_answer_was_lost_or_not_understood,
    ],
    one: [
        a_key_that_goes_unsaved_in_whatever_way_leaves_no_piece,
    ]
}

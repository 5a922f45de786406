// Runs in the head, before anything is painted: takes OAuth's answer out of the address bar, and makes the sign-in
// screen of index.html work from its first paint on. A press of `Sign in` is carried out by a small WebAssembly of its
// own; `wizard.js` takes the screen over when it is there. `start` is what wasm-bindgen makes; the build bundles all.
import init, { depart } from "start";
import { failToLoad } from "./boot/notice.js";
import { forgetSignIns } from "./boot/sign_ins.js";
import * as words from "./words.js";

/** Where the button is. */
const SIGN_IN = "#sign-in";
/** How long the page is on its way to the portal at most, in milliseconds, before one may press again. */
const CALLED_OFF_MS = 8000;
/** How long the wizard lets the start of the sign-in go first at most, in milliseconds. */
const HEAD_START_MS = 3000;
/** The addresses that show the sign-in screen at once: none, the steps, and links that do not choose a portal. */
const FIRST = /^(#(\/(new(\/[a-z-]+|\?(?!.*portal).*)?)?)?)?$/i;

const { wasm, wasmIntegrity } = document.currentScript.dataset;
const isFramed = top !== self;
const answer = takeAnswer();
// Hosts serve the page under both names, and the portal compares exactly (F-SIGNIN-16).
const callback = location.origin + location.pathname.replace(/index\.html$/, "");
const config = readConfig();
const isFirst = !answer && !isFramed && FIRST.test(location.hash);
// In any case: a preloaded file that nobody uses is a complaint of the browser.
const started = init({ module_or_path: fetch(wasm, { integrity: wasmIntegrity, credentials: "same-origin" }) });
// Only a press needs to know that it did not come.
started.catch(() => {});

// Whether the screen is this script's, and the page is not on its way to the portal.
let isOurs = isFirst;
// Where the button is that was pressed and not carried out yet, as a selector.
let pressed = "";
// Whether the person chose or pressed something that needs the wizard.
let isAskedFor = false;
let choseAPortal = false;

// Asked for here and not by `wizard.js`, which comes later. Its bytes come a round trip after those that a press waits for.
const wizardFile = isFirst ? fetchWizard() : undefined;
wizardFile?.catch(() => {});

// Waits until these are there or have failed, but not for a file that stalls.
const settle = (promises) => Promise.race([Promise.allSettled(promises), new Promise((done) => setTimeout(done, HEAD_START_MS))]);

/** What `wizard.js` needs to know, and how it takes the screen over. */
window.firstScreen = {
  answer,
  callback,
  config,
  isFirst,
  isFramed,
  fetchWizard: () => wizardFile ?? fetchWizard(),
  // Compiling the wizard must not delay a press.
  begun: settle([config, isFirst && started]),
  // Browsers log a request that is aborted because its window leaves or closes.
  settled: settle([config, started]),
  takeOver,
};

document.documentElement.classList.toggle("is-waiting", !isFirst);
addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && whenParsed(failToLoad), true);
addEventListener("dragover", drop);
addEventListener("drop", drop);
if (isFirst) {
  addEventListener("click", press);
  addEventListener("change", change);
  addEventListener("pageshow", (event) => event.persisted && comeBack());
  whenParsed(() => fillIn().catch(askForWizard));
}

// OAuth's parameters, from the query (authorization code) or the fragment (implicit flow, which the app refuses).
// A code must not stay in the address bar, the history or a Referer header (RFC 9700, 4.2.4). A fragment that is our
// own route is no answer; what a link into the wizard says in it is read, and taken away, by the app.
function takeAnswer() {
  const found = location.search + (location.hash.startsWith("#/") ? "" : location.hash);
  if (!/[?#&](code|error|state|access_token|refresh_token)=/.test(found)) return "";
  history.replaceState(null, "", location.pathname);
  return found;
}

async function readConfig() {
  const file = await fetch("config.json");
  if (!file.ok) throw file.status;
  return file.text();
}

async function fetchWizard() {
  await new Promise(whenParsed);
  const { wasm, wasmIntegrity } = document.querySelector("script[type=module]").dataset;
  return fetch(wasm, { integrity: wasmIntegrity, credentials: "same-origin", priority: isFirst ? "low" : "high" });
}

// The portal, or the choice of one, and what an operator needs to register this page.
async function fillIn() {
  find("redirect-uri").textContent = callback;
  const { portals, allowOtherPortals } = JSON.parse(await config);
  const names = portals.map(({ name, url }) => `${name} (${new URL(url).host})`);
  if (allowOtherPortals) names.push(words.anotherPortal);
  if (!isOurs) return;
  if (names.length === 1) find("portal-name").textContent = names[0];
  else {
    const select = find("portal");
    select.append(...names.map((name) => new Option(name)));
    select.selectedIndex = Math.max(0, portals.findIndex(({ id }) => id === draftedPortal()));
    select.hidden = false;
    find("portal-name").closest("p").hidden = true;
  }
  await started;
  find("late")?.remove();
}

// The portal that was chosen before the page was loaded again. A link begins anew.
function draftedPortal() {
  if (location.hash.includes("?")) return undefined;
  try {
    return JSON.parse(sessionStorage["akw.draft"]).portal;
  } catch {
    return undefined;
  }
}

function press({ target }) {
  const button = target.closest?.("#app button");
  if (!isOurs || !button || pressed === SIGN_IN) return;
  pressed = place(button);
  if (pressed !== SIGN_IN) return askForWizard();
  show(words.leaving, true);
  leave().catch(askForWizard);
}

function change({ target }) {
  if (!isOurs) return;
  choseAPortal ||= target.id === "portal";
  askForWizard();
}

function askForWizard() {
  isAskedFor = true;
}

async function leave() {
  const { portals } = JSON.parse(await config);
  await started;
  if (!isOurs) return;
  const { id, url, clientId } = portals[Math.max(0, find("portal").selectedIndex)];
  const random = crypto.getRandomValues(new Uint8Array(64));
  const [address, ...records] = depart(id, url, clientId, callback, location.hash, random, Date.now());
  random.fill(0);
  if (!address) throw new Error("the wizard says what is wrong");
  forgetSignIns();
  // This is no window of a sign-in that was begun elsewhere.
  sessionStorage.akw = "";
  for (let at = 0; at < records.length; at += 2) sessionStorage.setItem(records[at], records[at + 1]);
  isOurs = false;
  location.href = address;
  // The person may stop the browser on its way.
  setTimeout(comeBack, CALLED_OFF_MS);
}

function comeBack() {
  if (pressed !== SIGN_IN) return;
  isOurs = true;
  pressed = "";
  show("", false);
}

function show(status, isBusy) {
  find("status").textContent = status;
  find("sign-in").setAttribute("aria-disabled", isBusy);
}

// Hands the screen to the wizard at a moment when nobody notices. Resolves with what gives the new screen the state of
// this one.
async function takeOver() {
  while (!isQuiet()) await new Promise(requestAnimationFrame);
  isOurs = false;
  if (!isFirst) return () => {};
  const index = choseAPortal && find("portal").selectedIndex;
  const { open } = document.querySelector("details");
  const { files } = find("recipe");
  const focus = place(document.activeElement ?? document.body);
  return () => {
    tell("#portal", (select) => index !== false && (select.selectedIndex = index));
    tell("#recipe", (field) => files.length && (field.files = files));
    document.querySelector("details")?.toggleAttribute("open", open);
    if (focus) document.querySelector(focus)?.focus({ preventScroll: true });
    if (pressed) document.querySelector(pressed)?.click();
  };
}

// Not while a button or a key is held down, nor while a list or a choice of files may be open: what takes the place of
// the element would not get the end of that.
function isQuiet() {
  if (!isFirst) return true;
  const isHeld = document.querySelector("#app :active") || (!isAskedFor && document.activeElement?.matches("#portal, #recipe"));
  return isOurs && !isHeld;
}

// Changes a control as a person would.
function tell(selector, change) {
  const control = document.querySelector(selector);
  if (control && change(control)) control.dispatchEvent(new Event("change"));
}

// A selector that finds the element on this screen and on the wizard's.
function place(element) {
  if (element.id) return `#${element.id}`;
  return element.closest("details") ? `details ${element.localName}` : "";
}

// Files dropped beside the field for a recipe fall into it, where the page has one: else the browser would leave for them.
function drop(event) {
  const field = document.querySelector("[type=file]");
  const { types, files } = event.dataTransfer;
  if (!field || event.target === field || !types.includes("Files")) return;
  event.preventDefault();
  // They are unknown before the drop.
  if (!files.length) return;
  field.files = files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function find(id) {
  return document.getElementById(id);
}

function whenParsed(run) {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", run);
  else run();
}

// Runs before the app: erases OAuth's answer from the address bar, loads the WebAssembly with its integrity checked,
// and replaces the page by a plain message if that cannot run. `glue` is what wasm-bindgen makes; the build bundles all.
import init, { start } from "glue";
import { hold, lost } from "./embed/locks.js";
import { records } from "./embed/records.js";
import { handBack, isWaiting, openWindow } from "./embed/window.js";
import * as words from "./words.js";

let failed = false;
// A panic of the app is a trap, which says nothing and leaves a RuntimeError behind. What is told is the place in the
// code, after the name of the build.
function trapped(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  console.error(/[^/]*\.wasm\S*/.exec(error.stack)?.[0]);
  fail(words.broke, words.brokeAdvice);
}
addEventListener("error", (event) => trapped(event.error));
addEventListener("unhandledrejection", (event) => trapped(event.reason));

// Files dropped beside the field for a recipe fall into it, where the page has one: else the browser would leave for them.
const drop = (event) => {
  const field = document.querySelector("[type=file]");
  const { types, files } = event.dataTransfer;
  if (!field || event.target === field || !types.includes("Files")) return;
  event.preventDefault();
  // Not told before they are let go.
  if (!files.length) return;
  field.files = files;
  field.dispatchEvent(new Event("change"));
};
addEventListener("dragover", drop);
addEventListener("drop", drop);

const framed = top !== self;
// A tab that keeps nothing knows nothing of a sign-in it left for: only a window of its own brings that back.
const marked = mark("");
const blocked = marked === null;
// The window of a sign-in that was begun in a frame, on its way to the portal or back.
const waits = !framed && isWaiting();
const answer = takeAnswer();

if (waits) {
  mark(1);
} else if (!framed && answer && (blocked || marked)) {
  handBack(answer);
  say(words.closeWindow, "");
} else if (framed && !(await mayWork())) {
  launcher();
} else {
  try {
    const { wasm, wasmIntegrity } = document.querySelector("script[data-wasm]").dataset;
    const code = fetch(wasm, { integrity: wasmIntegrity, credentials: "same-origin" });
    await init({ module_or_path: code });
    start(host(), document.getElementById("app"), answer);
  } catch (error) {
    trapped(error);
    fail(words.notLoaded, words.notLoadedAdvice);
  }
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

// What `src/platform/embedder.rs` asks of a page of its own.
function host() {
  let signIn;
  const texts = {
    alone: "1",
    clock: "config.json",
    locale: "default",
    // Hosts serve the page under both names, and the portal compares exactly (F-SIGNIN-16).
    callback: location.origin + location.pathname.replace(/index\.html$/, ""),
    get fragment() {
      return location.hash;
    },
  };
  const deeds = {
    go(fragment, how) {
      try {
        history[how](null, "", fragment);
      } catch {
        // Only when a page floods the history; the route then still changes on screen.
      }
    },
    title(text) {
      document.title = text;
    },
    // A policy from a `meta` element stays in force even when the element is removed (M-14).
    lock(origin) {
      const meta = element("meta", "", "");
      meta.httpEquiv = "Content-Security-Policy";
      meta.content = `connect-src 'self' ${origin}`;
      document.head.append(meta);
      texts.locked = origin;
    },
    config: () => text("config.json"),
    guide() {
      const { guide, guideIntegrity } = document.querySelector("script[data-guide]").dataset;
      return text(guide, { integrity: guideIntegrity, credentials: "same-origin" });
    },
    records,
    hold,
    lost,
    // A portal refuses to be framed, and a window does not come back to the page in a frame by itself.
    begin(origin) {
      // Whoever leaves once more does not come back from before: that verifier goes.
      if (!blocked) Object.keys(sessionStorage).forEach((it) => /^akw.sign-in/.test(it) && sessionStorage.removeItem(it));
      if (!framed && !blocked) return;
      // What another window brings back is taken up by this page, which must be able to talk to that portal.
      if (texts.locked && texts.locked !== origin) location.reload();
      try {
        signIn = openWindow(texts.callback, signIn);
      } catch {
        // No channel to a window either.
      }
    },
    stay() {
      signIn?.stay();
    },
    leave(address, state) {
      if (signIn) return signIn.leave(address, state);
      if (framed) launcher();
      else if (!blocked) location.href = address;
    },
  };
  const act = (name, ...values) => deeds[name]?.(...values);
  return {
    root: document,
    text: (name) => texts[name],
    act,
    ask: act,
    focus(it, still, top) {
      it.focus({ preventScroll: still });
      if (top) scrollTo(0, 0);
    },
  };
}

async function text(address, how) {
  const file = await fetch(address, how);
  if (!file.ok) throw file.status;
  return file.text();
}

// In a frame of somebody else's site the browser keeps its storage apart, so no window could answer it; and whoever is
// not named by the configuration may not frame it at all, even where no header says so.
async function mayWork() {
  try {
    const { frameAncestors } = await (await fetch("config.json")).json();
    // Firefox tells the address of the next page alone.
    const above = location.ancestorOrigins ?? (parent === top ? [new URL(document.referrer).origin] : [""]);
    // A cookie for this site alone is refused wherever another site is around.
    const cookie = "akw=1;SameSite=Strict;Max-Age=";
    document.cookie = cookie + 9;
    const isSameSite = document.cookie.includes("akw=1");
    document.cookie = cookie + 0;
    return isSameSite && [...above].every((it) => frameAncestors.includes(it));
  } catch {
    return false;
  }
}

// Whether the window was marked until now as one of a sign-in; null if it keeps no marks.
function mark(now) {
  try {
    const before = sessionStorage.akw;
    sessionStorage.akw = now;
    return before;
  } catch {
    return null;
  }
}

function launcher() {
  const link = element("a", "button button--primary", words.openInTab);
  Object.assign(link, { href: location.href, target: "_blank", rel: "noopener" });
  say(words.appTitle, words.notInFrame, link);
}

function element(name, className, textContent) {
  return Object.assign(document.createElement(name), { className, textContent });
}

function say(title, message, way = "") {
  const main = element("main", "frame__main", "");
  const row = element("p", "", "");
  row.append(way);
  main.append(element("h1", "", title), element("p", "", message), row);
  document.getElementById("app").replaceChildren(main);
  document.title = title;
}

// The whole page goes, so that no secret outlives a crash.
function fail(reason, advice) {
  if (failed) return;
  failed = true;
  const button = element("button", "button button--primary", words.reload);
  button.addEventListener("click", () => location.reload());
  say(reason, advice, button);
}

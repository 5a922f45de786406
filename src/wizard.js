// Brings the wizard: loads the WebAssembly with its integrity checked, takes the screen over from `boot.js`, and replaces
// the page by a plain message if that cannot run. `glue` is what wasm-bindgen makes; the build bundles all.
import init, { start } from "glue";
import { element, fail, failToLoad, say } from "./boot/notice.js";
import { forgetSignIns } from "./boot/sign_ins.js";
import { hold, lost } from "./embed/locks.js";
import { records } from "./embed/records.js";
import { handBack, isWaiting, openWindow } from "./embed/window.js";
import * as words from "./words.js";

// A panic of the app is a trap, which says nothing and leaves a RuntimeError behind. The report is the place in the
// code, after the name of the build.
function trapped(error) {
  if (!(error instanceof WebAssembly.RuntimeError)) return;
  console.error(/[^/]*\.wasm\S*/.exec(error.stack)?.[0]);
  fail(words.broke, words.brokeAdvice);
}
addEventListener("error", (event) => trapped(event.error));
addEventListener("unhandledrejection", (event) => trapped(event.reason));

if (document.readyState === "loading") await new Promise((parsed) => addEventListener("DOMContentLoaded", parsed));
const { answer, callback, config, isFirst, isFramed, fetchWizard, begun, settled, takeOver } = window.firstScreen ?? {};
// The answer holds the authorization code.
delete window.firstScreen;
// A tab that keeps nothing knows nothing of a sign-in it left for: only a window of its own brings that back.
const marked = mark("");
const blocked = marked === null;
// The window of a sign-in that was begun in a frame, on its way to the portal or back.
const waits = !isFramed && isWaiting(settled);

if (!takeOver) {
  failToLoad();
} else if (waits) {
  mark(1);
} else if (!isFramed && answer && (blocked || marked)) {
  handBack(answer, settled);
  say(words.closeWindow, "");
} else if (isFramed && !(await mayWork())) {
  launcher();
} else {
  try {
    if (isFramed) keepTyped();
    const file = fetchWizard();
    await begun;
    await init({ module_or_path: file });
    start(host(), document.getElementById("app"), answer);
  } catch (error) {
    trapped(error);
    failToLoad();
  }
}

// What `src/platform/embedder.rs` asks of a page of its own.
function host() {
  let adopt;
  let signIn;
  let isAdopted = false;
  const texts = {
    alone: "1",
    clock: "config.json",
    locale: "default",
    callback,
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
    config: () => config,
    async guide() {
      const { guide, guideIntegrity } = document.querySelector("script[type=module]").dataset;
      const file = await fetch(guide, { integrity: guideIntegrity, credentials: "same-origin" });
      if (!file.ok) throw file.status;
      return file.text();
    },
    async takeOver() {
      adopt = await takeOver();
    },
    shown() {
      adopt?.();
      isAdopted = isFirst && document.getElementById("sign-in");
    },
    records,
    hold,
    lost,
    // A portal refuses to be framed, and a window does not come back to the page in a frame by itself.
    begin(origin) {
      if (!blocked) forgetSignIns();
      if (!isFramed && !blocked) return;
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
      if (isFramed) launcher();
      else if (!blocked) location.href = address;
    },
  };
  const act = (name, ...values) => deeds[name]?.(...values);
  return {
    root: document,
    text: (name) => texts[name],
    act,
    ask: act,
    focus(element, still, top) {
      // A person who is on this screen already keeps their place in it. The heading is asked last.
      if (isAdopted) return (isAdopted = element.localName !== "h1");
      element.focus({ preventScroll: still });
      if (top) scrollTo(0, 0);
    },
  };
}

// In a frame of somebody else's site the browser keeps its storage apart, so no window could answer it; and a site that is
// not named by the configuration may not frame it at all, even where no header says so.
async function mayWork() {
  try {
    const { frameAncestors } = JSON.parse(await config);
    // Firefox tells the address of the next page alone.
    const above = location.ancestorOrigins ?? (parent === top ? [new URL(document.referrer).origin] : [""]);
    // A cookie for this site alone is refused wherever another site is around.
    const cookie = "akw=1;SameSite=Strict;Max-Age=";
    document.cookie = cookie + 9;
    const isSameSite = document.cookie.includes("akw=1");
    document.cookie = cookie + 0;
    return isSameSite && [...above].every((origin) => frameAncestors.includes(origin));
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

// The page around gives a frame its link at each visit; only the first one fills in, so that nothing typed is lost.
function keepTyped() {
  const { hash, pathname } = location;
  try {
    const { "akw.link": link, "akw.draft": draft, "akw.written": written } = sessionStorage;
    if (link === hash && draft && Date.now() - written < 864e5) history.replaceState(null, "", pathname);
    else sessionStorage["akw.link"] = hash;
  } catch {
    // A tab that keeps nothing has nothing to lose.
  }
}

function launcher() {
  const link = element("a", "button button--primary", words.openInTab);
  Object.assign(link, { href: location.href, target: "_blank", rel: "noopener" });
  say(words.appTitle, words.notInFrame, link);
}

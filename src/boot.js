// Runs before the app: erases OAuth's answer from the address bar, loads the WebAssembly with its integrity checked,
// and replaces the page by a plain message if that cannot run. The build puts the glue in the place of the import.
import * as glue from "./glue.js";

const answer = takeAnswer();
let failed = false;
// A panic of the app is a trap, which says nothing and leaves a RuntimeError behind.
const trapped = (error) => error instanceof WebAssembly.RuntimeError && fail("Something in this page broke.", BROKE);
addEventListener("error", (event) => trapped(event.error));
addEventListener("unhandledrejection", (event) => trapped(event.reason));

const BROKE =
  "What you typed is kept in this tab. Reload the page to go on; if a key was being made, the page looks after it first.";
const NOT_LOADED =
  "Reload the page. If that does not help, files on the server may be missing or changed on the way, or your browser may be too old: tell whoever runs this page.";

try {
  const { wasm, wasmIntegrity } = document.querySelector("script[data-wasm]").dataset;
  const code = fetch(wasm, { integrity: wasmIntegrity, credentials: "same-origin" });
  await glue.default({ module_or_path: code });
  glue.start(answer);
} catch (error) {
  trapped(error);
  fail("The page's code could not be loaded.", NOT_LOADED);
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

// The whole page goes, so that no secret outlives a crash.
function fail(reason, advice) {
  if (failed) return;
  failed = true;
  const element = (name, className, text) => {
    const it = document.createElement(name);
    it.className = className;
    it.textContent = text;
    return it;
  };
  const button = element("button", "button button--primary", "Reload");
  button.addEventListener("click", () => location.reload());
  const main = element("main", "frame__main", "");
  main.append(element("h1", "", reason), element("p", "", advice), button);
  document.getElementById("app").replaceChildren(main);
  document.title = reason;
}

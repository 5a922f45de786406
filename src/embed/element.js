// <arcgis-key-wizard>: docs/embedding.md tells what it can do. This file is all a page loads before somebody comes near
// the element; the build knows the word in capitals.
import * as words from "./words.js";

const PREFILL = ["expires", "referrers", "privileges", "items", "title", "folder", "tags", "summary", "usage", "preset", "portal"];
const OTHERS = ["config", "client-id", "recipe", "locale", "theme", "mode", "assets-path", "examples", "heading-level"];
const NAME = "arcgis-key-wizard";
// No bundler takes this for a file that it must bring along.
const HERE = import.meta.url;

// What the shadow root needs before the app brings its own style. `!important` in here wins over every rule out there.
// What counts its breakpoints from its own width has no width of its own: the columns give it one wherever a page asks
// what is inside for it, and let it be narrower.
const SHELL = `
:host{margin-block:1em;display:grid!important;grid-template-columns:minmax(0,48em) minmax(0,1fr)!important;font-size:medium!important;--akw-rem:1em}
:host([hidden]){display:none!important}
:host([mode=button]){display:inline-block!important;margin-block:0}
[part=button] slot::slotted(a){color:inherit!important;text-decoration:none!important;pointer-events:none}
[part=wizard]{grid-column:1/-1}
[part=button]{all:initial;box-sizing:border-box;padding:.625em 1.25em;border-radius:var(--akw-radius,.5em);background:var(--akw-accent,#0a5aa8);
color:var(--akw-on-accent,#fff);font:600 medium/1.5 sans-serif;font-family:inherit;cursor:pointer}
[part=button]:focus-visible{outline:3px solid var(--akw-focus,#0a5aa8);outline-offset:2px}
[part=dialog]{all:initial;display:none;position:fixed;inset:0;margin:auto;box-sizing:border-box;overflow:auto;
inline-size:min(50em,100vw - 1.5em);block-size:fit-content;max-block-size:calc(100dvh - 1.5em);border-radius:.875em;font-family:inherit;
background:Canvas;color:CanvasText;color-scheme:inherit}
:host([theme=light]) [part=dialog]{color-scheme:light}
:host([theme=dark]) [part=dialog]{color-scheme:dark}
[part=dialog][open]{display:block}
[part=dialog]::backdrop{background:rgb(15 25 35/50%)}
[part=close]{display:block;position:sticky;inset-block-start:.35em;z-index:1;box-sizing:border-box;inline-size:1.85em;block-size:1.85em;padding:0;
margin:.35em .35em -2.2em auto;border:0;border-radius:50%;background:var(--surface,Canvas);color:var(--text,CanvasText);font-size:1.5em;line-height:1;cursor:pointer}
[part=close]:hover{background:var(--sunken,Canvas)}`;

// Sizes follow the reader's own text size, and not what a page made of `rem`.
try {
  CSS.registerProperty({ name: "--akw-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
} catch {
  // Registered already, or not known here: then sizes follow the text around them.
}

// What asks before a key is lost by a press on a link. Frameworks change pages in listeners of their own at the window,
// so this one is there before them.
const held = new Set();
globalThis.addEventListener?.("click", (event) => held.forEach((ask) => ask(event)), true);

// Browsers cache a failed import by URL, so each retry uses a new fragment.
let failures = 0;

// Where pages are made ahead there is no browser, and a bundle may be loaded all the same.
class ArcgisKeyWizard extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = ["theme"];
  #shadow;
  // What has the style, and in it what the app fills.
  #wizard;
  #root;
  #dialog;
  #watch;
  #objects = {};
  // Tells what has begun from what began before.
  #turn = 0;
  #running = false;
  #end;
  // What tells this element from others of the same origin, also after the page was left and came back.
  #place;
  #touched = false;
  // Whether something was made, or is being made.
  #made = false;
  // The promise of a wizard that is there, and whether it was kept.
  #ready = Promise.withResolvers();
  #isReady = false;
  #isBusy;
  // Whether the page is being left, at which Firefox ends what is still loading with an error.
  #isLeft = false;
  #leaves = () => (this.#isLeft = true);
  // The sources that the page's policy must allow, those that it does not, and the listener for these. Browsers report a
  // violation to the document, not to the script that caused it.
  #sources = new Set();
  #missing = new Set();
  #policy;
  #refused = ({ blockedURI, disposition, effectiveDirective: directive }) => {
    const source = blockedURI === "wasm-eval" ? "'wasm-unsafe-eval'" : originOf(blockedURI);
    // What is no address has no origin.
    if (!source || disposition !== "enforce" || !/^(script|connect)/.test(directive) || !this.#sources.has(source)) return;
    this.#missing.add(`${directive} ${source}`);
    this.#policy.textContent = `${words.refused} ${[...this.#missing].join("; ")}`;
    this.#policy.hidden = false;
  };

  connectedCallback() {
    // Moving takes the element off the page for a moment.
    if (this.#root) return this.#reopen();
    this.#adoptProperties();
    this.#build();
    const among = [...this.getRootNode().querySelectorAll(NAME)];
    // Hosts differ in how they spell one page's address, and a link may lead to another spelling than a reload.
    const page = location.pathname.replace(/(\/index)?(\.html)?\/?$/, "");
    this.#place = `.${page}#${this.id || among.indexOf(this)}`;
    const answer = take(`akw.answer${this.#place}`);
    if (answer) this.#dialog?.showModal();
    if (answer) this.#start(answer);
    else this.#wait();
  }

  disconnectedCallback() {
    queueMicrotask(() => {
      if (this.isConnected || !this.#root) return;
      this.#stop();
      document.removeEventListener("securitypolicyviolation", this.#refused);
      this.#wizard = this.#root = this.#dialog = undefined;
      this.#shadow.replaceChildren();
    });
  }

  attributeChangedCallback() {
    if (this.#wizard) this.#wizard.dataset.theme = this.theme;
  }

  /** Whether a key is on the screen that would be lost with the element: neither copied nor saved. */
  get busy() {
    return this.#isBusy?.() ?? false;
  }

  /** Shows the wizard: opens its dialog, or brings the element into sight. */
  open() {
    if (!this.#root) return;
    this.#touched = true;
    if (this.#dialog) this.#dialog.open || this.#dialog.showModal();
    else this.scrollIntoView({ block: "nearest" });
    this.#start("");
  }

  /** Resolves with the element once its wizard is there, as `akw-ready` tells; after `reset()`, with the next one. */
  componentOnReady() {
    return this.#ready.promise;
  }

  /** Begins anew: ends the session, forgets what was typed, and reads the attributes again. */
  reset() {
    if (!this.#root) return;
    const ran = this.#running;
    const wasOpen = this.#dialog?.open;
    this.#stop();
    take(`akw.draft${this.#place}`);
    take(`akw.step${this.#place}`);
    this.#build();
    if (wasOpen) this.#dialog?.showModal();
    if (ran || wasOpen) this.#start("");
    else this.#wait();
  }

  #build() {
    this.#shadow ??= this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHELL);
    this.#shadow.adoptedStyleSheets = [sheet];
    this.#root = make("div", {});
    // Neither is reset by `all: initial`.
    this.#wizard = make("div", { className: "akw", lang: "en", dir: "ltr", title: "", part: "wizard" });
    this.#wizard.dataset.theme = this.theme;
    this.#policy = make("p", { className: "notice notice--bad", role: "alert", hidden: true });
    this.#wizard.append(this.#policy, this.#root);
    for (const event of ["pointerdown", "keydown"]) this.#root.addEventListener(event, () => (this.#touched = true));
    this.#dialog = undefined;
    this.#shadow.replaceChildren(this.mode === "button" ? this.#inDialog() : this.#wizard);
    if (this.#dialog) this.#shadow.append(this.#dialog);
  }

  #inDialog() {
    const close = make("button", { textContent: "×", type: "button", ariaLabel: words.close, part: "close" });
    this.#dialog = make("dialog", { ariaLabel: words.dialog, dir: "ltr", part: "dialog" });
    this.#wizard.prepend(close);
    this.#dialog.append(this.#wizard);
    close.addEventListener("click", () => this.#dialog.close());
    this.#dialog.addEventListener("close", () => this.#made || this.#say("cancelled", {}));
    const button = make("button", { type: "button", title: "", part: "button" });
    // A link in here is for readers without script: a button within a button would be one too many.
    const isPlain = this.querySelector("a,button");
    button.append(isPlain ? this.textContent.trim() : make("slot", { textContent: words.open }));
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.open();
    });
    return button;
  }

  // A dialog that was moved has left the top layer.
  #reopen() {
    if (!this.#dialog?.open) return;
    this.#dialog.removeAttribute("open");
    this.#dialog.showModal();
  }

  // A dialog waits for its button, all else for somebody to come near.
  #wait() {
    if (this.#dialog) return;
    const look = (seen) => seen.some((entry) => entry.isIntersecting) && this.#start("");
    this.#watch = new IntersectionObserver(look, { rootMargin: "50%" });
    this.#watch.observe(this);
  }

  async #start(answer) {
    if (this.#running) return;
    this.#running = true;
    this.#watch?.disconnect();
    const turn = ++this.#turn;
    this.#root.replaceChildren(make("p", { textContent: words.loading, role: "status" }));
    this.#isLeft = false;
    addEventListener("beforeunload", this.#leaves);
    this.#sources = new Set(["'wasm-unsafe-eval'", this.#assets().origin]);
    this.#policy.hidden = true;
    this.#missing.clear();
    document.addEventListener("securitypolicyviolation", this.#refused);
    try {
      const script = new URL(failures ? `${RUN_NAME}#${failures}` : RUN_NAME, this.#assets()).href;
      // The build tells bundlers to leave this to the browser.
      const { run } = await import(script).catch((error) => {
        failures++;
        throw error;
      });
      if (turn !== this.#turn) return;
      const recipe = await this.#prefill();
      if (turn !== this.#turn) return;
      const { end, isBusy } = await run(this, this.#shadow, this.#root, { ...this.#settings(turn), recipe, answer });
      if (turn !== this.#turn) return end();
      this.#end = end;
      this.#isBusy = isBusy;
    } catch (error) {
      if (turn !== this.#turn) return;
      if (!this.#isLeft) tell(`the wizard could not be loaded: ${error}`);
      this.#fail("load", words.notLoaded);
    } finally {
      if (turn === this.#turn || !this.#running) removeEventListener("beforeunload", this.#leaves);
    }
  }

  #settings(turn) {
    return {
      place: this.#place,
      locale: known(this.locale),
      // The page around has a heading of its own above.
      headingLevel: /^[1-5]$/.test(this.headingLevel) ? this.headingLevel : "2",
      names: [...PREFILL, ...OTHERS],
      tell,
      held,
      leave: () => this.#leave(),
      config: async () => this.#needed(await this.#config()),
      touched: () => this.#touched,
      say: (name, detail) => turn === this.#turn && this.#say(name, detail),
      broke: () => turn === this.#turn && this.#fail("broken", words.broke),
    };
  }

  #stop() {
    this.#turn++;
    if (this.#isReady) this.#ready = Promise.withResolvers();
    this.#isReady = false;
    this.#running = this.#made = false;
    this.#watch?.disconnect();
    this.#end?.();
    this.#end = this.#isBusy = undefined;
    this.#root.replaceChildren();
  }

  // The answers stay, for a person who comes back.
  #leave() {
    this.#stop();
    this.#build();
    this.#wait();
  }

  #fail(code, message) {
    this.#stop();
    const again = make("button", { type: "button", textContent: words.tryAgain, part: "button" });
    again.addEventListener("click", () => this.#start(""));
    this.#root.replaceChildren(make("p", { textContent: message, role: "alert" }), again);
    // What a page offers readers without script helps these too.
    if (code === "load" && !this.#dialog) this.#root.append(make("slot", {}));
    this.#say("error", { code });
  }

  #say(name, detail) {
    if (name === "created") this.#made = true;
    if (name === "step") this.#made = /progress|key/.test(detail.step);
    if (name === "ready") this.#ready.resolve(this), (this.#isReady = true);
    // No event of the platform has such a name: an `error` that bubbles would reach a page's error tracker.
    this.dispatchEvent(new CustomEvent(`akw-${name}`, { bubbles: true, composed: true, detail }));
  }

  // Where the other files are: beside this module, unless a bundler has put it somewhere else.
  #assets() {
    const path = this.assetsPath;
    return path ? new URL(path.replace(/\/?$/, "/"), document.baseURI) : new URL("./", HERE);
  }

  // The text of the configuration: an object, a file beside the page, or made of a portal and a client id.
  async #config() {
    const config = this.config;
    if (config && typeof config === "object") return JSON.stringify(config);
    if (config.startsWith("[object")) tell("config was set before this module was there, and became a text. Load it first.");
    if (!config && this.clientId) {
      return JSON.stringify({ portals: [{ id: "portal", name: "ArcGIS", url: this.portal, clientId: this.clientId }] });
    }
    return fetchText(config || new URL("config.json", this.#assets()));
  }

  // The portals are what the wizard talks to. What is wrong with the configuration, the app tells.
  #needed(config) {
    try {
      for (const { url } of JSON.parse(config).portals) this.#sources.add(originOf(url));
    } catch {}
    return config;
  }

  // The attributes over the recipe, as one recipe; what it holds is judged by the app.
  async #prefill() {
    const given = {};
    for (const key of PREFILL) if (this.hasAttribute(key)) given[key] = this.getAttribute(key);
    if (this.clientId && !this.config) delete given.portal;
    const isAlone = !Object.keys(given).length;
    let recipe = this.recipe;
    try {
      if (typeof recipe === "string" && recipe) {
        if (!/^\s*\{/.test(recipe)) recipe = await fetchText(recipe);
        // The app sees more in a text than is left of it here, such as a key that is there twice.
        if (isAlone) return recipe;
        recipe = JSON.parse(recipe);
      }
    } catch {
      // The app tells that this is no recipe; beside attributes, by an unknown key, which may have set restrictions.
      if (isAlone) return recipe;
      recipe = { recipe: "recipe" };
    }
    const whole = { ...recipe, ...given };
    return Object.keys(whole).length ? JSON.stringify(whole) : undefined;
  }

  // Properties set before the element was known to the browser.
  #adoptProperties() {
    for (const name of [...PREFILL, ...OTHERS].map(camel)) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  static {
    for (const name of [...PREFILL, ...OTHERS]) {
      Object.defineProperty(this.prototype, camel(name), {
        configurable: true,
        enumerable: true,
        get() {
          // Frameworks that render before the module is there write `clientId` as `clientid`.
          return this.#objects[name] ?? this.getAttribute(name) ?? this.getAttribute(camel(name)) ?? "";
        },
        set(value) {
          const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
          this.#objects[name] = isObject ? value : undefined;
          if (isObject || value === null || value === undefined) this.removeAttribute(name);
          else this.setAttribute(name, value);
        },
      });
    }
  }
}

function camel(name) {
  return name.replace(/-./, (part) => part[1].toUpperCase());
}

function originOf(address) {
  try {
    return new URL(address).origin;
  } catch {
    return "";
  }
}

// The language, if it is one: the browser throws at what is none.
function known(locale) {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return "default";
  }
}

function make(name, { part, ...values }) {
  const element = Object.assign(document.createElement(name), values);
  if (part) element.setAttribute("part", part);
  return element;
}

// Takes something out of the tab's storage, where that is allowed.
function take(name) {
  try {
    const value = sessionStorage.getItem(name);
    sessionStorage.removeItem(name);
    return value;
  } catch {
    return null;
  }
}

async function fetchText(address) {
  const file = await fetch(address, { credentials: "same-origin" });
  if (!file.ok) throw file.status;
  return file.text();
}

// For the page's authors.
function tell(what) {
  console.error(`<${NAME}>: ${what}`);
}

const { customElements } = globalThis;
if (customElements && !customElements.get(NAME)) customElements.define(NAME, ArcgisKeyWizard);

export { ArcgisKeyWizard };

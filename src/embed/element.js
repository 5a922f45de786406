// <arcgis-key-wizard>, documented in docs/embedding.md. A page loads only this file until the element comes near the
// viewport; the build replaces the words in capitals.
import * as words from "./words.js";

const PREFILL = ["expires", "referrers", "privileges", "items", "title", "folder", "tags", "summary", "usage", "preset", "portal"];
const OTHERS = ["config", "client-id", "recipe", "locale", "theme", "mode", "assets-path", "examples", "heading-level"];
const NAME = "arcgis-key-wizard";
// Written so that no bundler takes this for an asset to include.
const HERE = import.meta.url;

// The shadow root's style before the app brings its own. `!important` in here wins over every rule outside. A size
// container has no intrinsic width: the grid columns give it one where a page asks for it, and let it shrink.
const SHELL = `
:host{margin-block:1em;display:grid!important;grid-template-columns:minmax(0,48em) minmax(0,1fr)!important;font-size:medium!important;--akw-rem:1em}
:host([hidden]){display:none!important}
:host([mode=button]){display:inline-block!important;margin-block:0}
[part=button] slot::slotted(a){color:inherit!important;text-decoration:none!important;pointer-events:none}
[part=wizard]{grid-column:1/-1}
[part=button]{all:initial;box-sizing:border-box;padding:.625em 1.25em;border-radius:var(--akw-radius,.5em);background:var(--akw-accent,#0a5aa8);
color:var(--akw-on-accent,#fff);font:600 medium/1.5 sans-serif;font-family:inherit;cursor:pointer}
[part=button]:focus-visible{outline:3px solid var(--akw-focus,#0a5aa8);outline-offset:2px}
[part=waiting]{margin:0}[part=waiting]:not(:empty){margin-block-start:.75em}
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

// Sizes follow the reader's own text size, not the page's `rem`.
try {
  CSS.registerProperty({ name: "--akw-rem", syntax: "<length>", inherits: true, initialValue: "16px" });
} catch {
  // Already registered, or not supported: then sizes follow the surrounding text.
}

// Asks before a click on a link loses a key. Frameworks navigate in window listeners of their own, so this one is
// registered before them.
const held = new Set();
globalThis.addEventListener?.("click", (event) => held.forEach((ask) => ask(event)), true);

// Browsers cache a failed import by URL, so each retry uses a new fragment.
let failures = 0;

// Without a browser (prerendering) there is no HTMLElement, but the bundle may still be loaded.
class ArcgisKeyWizard extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = ["theme"];
  #shadow;
  // `#wizard` has the style; the app renders into `#root` inside it.
  #wizard;
  #root;
  #dialog;
  // Says that a key waits in the closed dialog.
  #waiting;
  #watch;
  #objects = {};
  // Identifies the current start, so that results of earlier ones are dropped.
  #turn = 0;
  #running = false;
  #end;
  // Identifies this element among others of the same origin, also after the page was left and restored.
  #place;
  #touched = false;
  // Whether something has been created or is being created.
  #made = false;
  // Resolves when the wizard is ready.
  #ready = Promise.withResolvers();
  #isReady = false;
  #isBusy;
  // Whether the page is being left: Firefox then fails pending loads with an error.
  #isLeft = false;
  #leaves = () => (this.#isLeft = true);
  // The sources that the page's policy must allow, those that it blocks, and the listener for violations. Browsers
  // report a violation to the document, not to the script that caused it.
  #sources = new Set();
  #missing = new Set();
  #policy;
  #refused = ({ blockedURI, disposition, effectiveDirective: directive }) => {
    const source = blockedURI === "wasm-eval" ? "'wasm-unsafe-eval'" : originOf(blockedURI);
    // Something that is not a URL has no origin.
    if (!source || disposition !== "enforce" || !/^(script|connect)/.test(directive) || !this.#sources.has(source)) return;
    this.#missing.add(`${directive} ${source}`);
    this.#policy.textContent = `${words.refused} ${[...this.#missing].join("; ")}`;
    this.#policy.hidden = false;
  };

  connectedCallback() {
    // Moving the element removes it from the page for a moment.
    if (this.#root) return this.#reopen();
    this.#adoptProperties();
    this.#build();
    const among = [...this.getRootNode().querySelectorAll(NAME)];
    // Hosts spell the address of one page differently, and a link may use another spelling than a reload.
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
    this.#tellWaiting();
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
    if (this.#dialog) this.#shadow.append(this.#waiting, this.#dialog);
  }

  #inDialog() {
    const close = make("button", { textContent: "×", type: "button", ariaLabel: words.close, part: "close" });
    this.#dialog = make("dialog", { ariaLabel: words.dialog, dir: "ltr", part: "dialog" });
    this.#wizard.prepend(close);
    this.#dialog.append(this.#wizard);
    close.addEventListener("click", () => this.#dialog.close());
    this.#waiting = make("p", { role: "status", part: "waiting" });
    this.#dialog.addEventListener("close", () => {
      this.#tellWaiting();
      this.#made || this.#say("cancelled", {});
    });
    const button = make("button", { type: "button", title: "", part: "button" });
    // A link in here is for readers without JavaScript, and must not be nested in a button.
    const isPlain = this.querySelector("a,button");
    button.append(isPlain ? this.textContent.trim() : make("slot", { textContent: words.open }));
    button.addEventListener("click", (event) => {
      event.preventDefault();
      this.open();
    });
    return button;
  }

  // The key is shown only in the dialog.
  #tellWaiting() {
    if (this.#dialog) this.#waiting.textContent = this.busy && !this.#dialog.open ? words.keyWaiting : "";
  }

  // A dialog that was moved is no longer in the top layer.
  #reopen() {
    if (!this.#dialog?.open) return;
    this.#dialog.removeAttribute("open");
    this.#dialog.showModal();
  }

  // A dialog waits for its button, everything else for coming near the viewport.
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
      // The build tells bundlers not to resolve this import.
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
      // The page has a heading of its own above.
      headingLevel: /^[1-5]$/.test(this.headingLevel) ? this.headingLevel : "2",
      names: [...PREFILL, ...OTHERS],
      tell,
      held,
      leave: () => this.#leave(),
      config: async () => this.#needed(await this.#config()),
      touched: () => this.#touched,
      busy: () => this.#tellWaiting(),
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

  // The draft stays, for a person who comes back.
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
    // The page's content for readers without JavaScript helps here, too.
    if (code === "load" && !this.#dialog) this.#root.append(make("slot", {}));
    this.#say("error", { code });
  }

  #say(name, detail) {
    if (name === "created") this.#made = true;
    if (name === "step") this.#made = /progress|key/.test(detail.step);
    if (name === "ready") this.#ready.resolve(this), (this.#isReady = true);
    // No event of the platform has this prefix: an `error` that bubbles would reach a page's error tracker.
    this.dispatchEvent(new CustomEvent(`akw-${name}`, { bubbles: true, composed: true, detail }));
  }

  // The URL of the other files: beside this module, unless a bundler has moved it.
  #assets() {
    const path = this.assetsPath;
    return path ? new URL(path.replace(/\/?$/, "/"), document.baseURI) : new URL("./", HERE);
  }

  // The configuration as text: an object, a file beside the page, or built from a portal and a client id.
  async #config() {
    const config = this.config;
    if (config && typeof config === "object") return JSON.stringify(config);
    if (config.startsWith("[object")) tell("config was set before this module was there, and became a text. Load it first.");
    if (!config && this.clientId) {
      return JSON.stringify({ portals: [{ id: "portal", name: "ArcGIS", url: this.portal, clientId: this.clientId }] });
    }
    return fetchText(config || new URL("config.json", this.#assets()));
  }

  // The wizard connects to the portals. The app reports problems in the configuration.
  #needed(config) {
    try {
      for (const { url } of JSON.parse(config).portals) this.#sources.add(originOf(url));
    } catch {}
    return config;
  }

  // The attributes and the recipe, merged into one recipe; attributes win. The app validates its content.
  async #prefill() {
    const given = {};
    for (const key of PREFILL) if (this.hasAttribute(key)) given[key] = this.getAttribute(key);
    if (this.clientId && !this.config) delete given.portal;
    const isAlone = !Object.keys(given).length;
    let recipe = this.recipe;
    try {
      if (typeof recipe === "string" && recipe) {
        if (!/^\s*\{/.test(recipe)) recipe = await fetchText(recipe);
        // The app finds more in the original text than is left after parsing, such as duplicate keys.
        if (isAlone) return recipe;
        recipe = JSON.parse(recipe);
      }
    } catch {
      // The app reports that this is not a recipe; with attributes, by an unknown key, because it may have set
      // restrictions.
      if (isAlone) return recipe;
      recipe = { recipe: "recipe" };
    }
    const whole = { ...recipe, ...given };
    return Object.keys(whole).length ? JSON.stringify(whole) : undefined;
  }

  // Adopts properties that were set before the element was defined.
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
          // Frameworks that render before the module is loaded write `clientId` as `clientid`.
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

// The canonical locale if it is valid: the browser throws on an invalid one.
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

// Removes an entry from `sessionStorage` and returns it, if storage is allowed.
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

// For the page's developers.
function tell(what) {
  console.error(`<${NAME}>: ${what}`);
}

const { customElements } = globalThis;
if (customElements && !customElements.get(NAME)) customElements.define(NAME, ArcgisKeyWizard);

export { ArcgisKeyWizard };

// The app in an element, loaded when the first one comes into view. Each element has its own WebAssembly instance, so
// that ending one frees everything it had, and a trap in one breaks no other. The build makes `instance` from
// `instance.js` and `sheet` from `element.css`, and replaces the words in capitals.
import { instance } from "instance";
import css from "sheet";
import { hold, lost } from "./locks.js";
import { records } from "./records.js";
import { openWindow } from "./window.js";
import * as words from "./words.js";

const WASM = new URL(WASM_NAME, import.meta.url);
const GUIDE = new URL(GUIDE_NAME, import.meta.url);
const EXAMPLES = "[data-arcgis-key]";
// Attributes of every element and of frameworks.
const GLOBAL = /^(class|nonce|key|ref|is|role)$|^(aria|data|on|v)-|[:@.]/;
const CALLBACK = new URL("./callback.html", import.meta.url).href;

let compiled;
let failed = false;
let sheet;
// The original texts of the examples, and the element that filled them last.
const examples = new Map();

/** Starts the app in `root`, inside `shadow`. Resolves with the function that ends it. */
export async function run(element, shadow, root, settings) {
  compiled ??= compile(failed ? "reload" : "default");
  // Retry next time: the page may have been offline, or the file damaged in transit.
  compiled.catch(() => ((failed = true), (compiled = undefined)));
  const code = await compiled;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
  }
  shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets.filter((other) => other !== sheet), sheet];
  const cage = new Cage(settings.broke);
  const app = instance(cage.webAssembly);
  await app.default({ module_or_path: code });
  const host = new Host(element, shadow, settings);
  const end = cage.run(() => app.start(host, root, settings.answer));
  spell(element, settings);
  const stop = () => {
    cage.run(end);
    // Requests in flight fail because their element is gone. Their errors are not shown.
    cage.broke = undefined;
    host.end();
    // The request that ends the session is sent in the microtasks of this task.
    setTimeout(() => cage.close());
  };
  return { end: stop, isBusy: () => host.isBusy };
}

// Whether a URL is this page, ignoring the fragment.
function isThisPage({ pathname, search }) {
  return pathname + search === location.pathname + location.search;
}

// Reports attributes that look like misspelled attributes of the element.
function spell(element, { names, tell }) {
  for (const name of element.getAttributeNames()) {
    if (names.some((known) => known === name || known.replace("-", "") === name)) continue;
    if (name in HTMLElement.prototype || GLOBAL.test(name)) continue;
    const near = names.find((known) => distance(known, name) <= (known.length > 5 ? 2 : 1));
    if (near) tell(`it has no attribute ${name}; is it ${near}?`);
  }
}

// The edit distance of two words.
function distance(one, other) {
  let row = [...other, ""].map((_, at) => at);
  [...one].forEach((letter, line) => {
    const next = [line + 1];
    [...other].forEach((character, at) => next.push(Math.min(row[at] + (character !== letter), row[at + 1] + 1, next[at] + 1)));
    row = next;
  });
  return row.at(-1);
}

async function compile(cache) {
  const file = await fetch(WASM, { integrity: WASM_INTEGRITY, credentials: "same-origin", cache });
  return WebAssembly.compile(await file.arrayBuffer());
}

async function guide() {
  const file = await fetch(GUIDE, { integrity: GUIDE_INTEGRITY, credentials: "same-origin" });
  if (!file.ok) throw file.status;
  return file.text();
}

// Isolates one WebAssembly instance: after closing, no call gets in, and a trap closes it.
class Cage {
  #exports;
  #seen = {};

  constructor(broke) {
    this.broke = broke;
    const instantiate = async (module, imports) => {
      this.#exports = (await WebAssembly.instantiate(module, imports)).exports;
      for (const name of Object.keys(this.#exports)) this.#seen[name] = this.#cage(name);
      return { instance: { exports: this.#seen } };
    };
    this.webAssembly = { instantiate, Instance: WebAssembly.Instance };
  }

  #cage(name) {
    const exported = this.#exports[name];
    return typeof exported === "function" ? (...values) => this.run(() => this.#exports[name](...values)) : exported;
  }

  // The glue accepts an empty list as any result.
  run(work) {
    try {
      return this.#exports ? work() : [];
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      if (this.#exports) {
        // The location in the code. A module compiled from bytes has no URL in Chromium.
        if (this.broke) console.error(/[^/]*wasm-function\S*/.exec(error.stack)?.[0]);
        this.close();
        this.broke?.();
      }
      return [];
    }
  }

  /** Wipes all it ever held, and lets go of it: timers and promises may hold the glue for a while yet. */
  close() {
    const memory = this.#exports?.memory;
    if (!memory) return;
    new Uint8Array(memory.buffer).fill(0);
    // The glue's views refer to the old buffer, which growing detaches.
    memory.grow(0);
    const empty = { buffer: new ArrayBuffer(0), get() {}, set() {} };
    for (const [name, it] of Object.entries(this.#seen)) if (typeof it !== "function") this.#seen[name] = empty;
    this.#exports = undefined;
  }
}

// Implements what `src/platform/embedder.rs` calls, for an element on another page. Title, connections and history are
// up to that page.
class Host {
  #settings;
  #element;
  #fragment = "";
  #signIn;
  #stepName;
  #leaving = (event) => this.#askBefore(event);
  #leavingBack = (event) => this.#askBeforeBack(event);
  // Whether the screen shows a key that is neither copied nor saved.
  isBusy = false;

  constructor(element, shadow, settings) {
    this.#element = element;
    this.#settings = settings;
    this.root = shadow;
    this.#stepName = `akw.step${settings.place}`;
    try {
      this.#fragment = sessionStorage.getItem(this.#stepName) ?? "";
    } catch {
      // Without storage, the element begins at the first step.
    }
  }

  // The step is not in the page's address, so the tab stores it for a reader who comes back.
  #go(fragment) {
    this.#fragment = fragment;
    try {
      sessionStorage.setItem(this.#stepName, fragment);
    } catch {
      // It is still kept in memory.
    }
  }

  // The browser asks before Back leaves the document, but not before the page's own script navigates. It lets a page
  // ask only once after each press, and only with the Navigation API.
  #askBeforeBack(event) {
    const { navigationType, cancelable, destination } = event;
    if (!this.isBusy || navigationType !== "traverse" || !cancelable || !destination.sameDocument || isThisPage(new URL(destination.url))) return;
    if (confirm(words.leave)) this.#settings.leave();
    else event.preventDefault();
  }

  // The browser asks before it leaves a document, but not before the page's own script navigates.
  #askBefore(event) {
    const link = event.composedPath().find((element) => element.href && element.localName === "a");
    if (!this.isBusy || !link || (link.target && link.target !== "_self") || link.origin !== location.origin || event.button) return;
    // A click that was already handled is up to the page.
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || link.hasAttribute("download")) return;
    if (isThisPage(link)) return;
    // The browser does not ask again.
    if (confirm(words.leave)) return this.#settings.leave();
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  text(name) {
    switch (name) {
      case "fragment":
        return this.#fragment;
      case "callback":
      case "clock":
        return CALLBACK;
      case "examples":
        return this.#examples().length ? words.fillExamples : undefined;
      case "filled":
        return words.examplesFilled;
      default:
        const { place, locale, recipe, headingLevel } = this.#settings;
        return { place, locale, recipe, headingLevel }[name];
    }
  }

  // Does not take focus if the person has not used the element yet or has moved on.
  focus(element, still, top) {
    if (this.#settings.touched() && this.#hasFocus()) element.focus({ preventScroll: still && !top });
  }

  // Each shadow root around the element reports only its own part of the focus path.
  #hasFocus() {
    const active = document.activeElement;
    if (!active || active === document.body) return true;
    let element = this.#element;
    while (element && element === element.getRootNode().activeElement) element = element.getRootNode().host;
    return !element;
  }

  act(name, first, second) {
    switch (name) {
      case "go":
        this.#go(first);
        break;
      case "begin":
        try {
          this.#signIn = openWindow(CALLBACK, this.#signIn);
        } catch {
          // BroadcastChannel is blocked.
        }
        break;
      case "stay":
        this.#signIn?.stay();
        break;
      case "busy":
        this.isBusy = first === "1";
        this.#settings.busy();
        this.#settings.held[this.isBusy ? "add" : "delete"](this.#leaving);
        globalThis.navigation?.[this.isBusy ? "addEventListener" : "removeEventListener"]("navigate", this.#leavingBack);
        break;
      case "fill":
        this.#fill(first);
        break;
      case "say":
        this.#say(first, second);
    }
  }

  ask(name, first, second) {
    switch (name) {
      case "records":
        return records(first, second);
      case "hold":
        return hold(first, second);
      case "lost":
        return lost(first, second);
      case "config":
        return this.#settings.config();
      case "guide":
        return guide();
      case "leave":
        return this.#leave(first, second);
    }
  }

  #leave(address, state) {
    if (this.#signIn) return this.#signIn.leave(address, state);
    // If no window can be opened, the whole page leaves; the callback page returns here with the answer.
    try {
      sessionStorage.setItem(`akw.back.${state}`, JSON.stringify([this.#settings.place, location.href]));
      location.href = address;
    } catch {
      // Without storage, the tab could not recognize the answer.
    }
  }

  // The detail of an event is JSON or empty.
  #say(name, text) {
    const detail = text ? JSON.parse(text) : {};
    // The app's dates are in milliseconds.
    if (detail.expires) detail.expires = new Date(detail.expires).toISOString();
    this.#settings.say(name, detail);
  }

  #fill(key) {
    for (const [example, { own, by }] of examples) {
      if (by !== this) continue;
      if (example.data) example.data = own;
      else example.replaceChildren(...own);
      examples.delete(example);
    }
    if (!key) return;
    for (const example of this.#examples()) {
      const own = examples.get(example)?.own ?? example.data ?? [...example.childNodes];
      examples.set(example, { own, by: this });
      if (example.data) example.data = own.replaceAll(this.#element.examples, () => key);
      else example.replaceChildren(key);
    }
  }

  // Elements that show the key: those that say so, and texts in code blocks that contain the words of the attribute
  // `examples`, which another element may have filled already.
  #examples() {
    const words = this.#element.examples;
    const found = [...document.querySelectorAll(EXAMPLES)];
    if (!words) return found;
    for (const code of document.querySelectorAll("pre code")) {
      if (code.matches(EXAMPLES)) continue;
      const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const example = texts.currentNode;
        if ((examples.get(example)?.own ?? example.data).includes(words)) found.push(example);
      }
    }
    return found;
  }

  end() {
    this.act("busy", "");
    this.#fill("");
    this.#signIn?.stay();
  }
}

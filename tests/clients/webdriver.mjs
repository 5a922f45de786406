// A browser by WebDriver, as much of the protocol as the walks need.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const SHADOW = "shadow-6066-11e4-a52e-4f735466cecf";
/** Which elements can have a role. */
const SELECTORS = {
  button: "button",
  checkbox: "input[type=checkbox]",
  heading: "h1, h2, h3",
  radio: "input[type=radio]",
  textbox: "input, textarea",
};
/** How long something on a page may take to come, in milliseconds. */
const PATIENCE = 60_000;

export class Browser {
  /** Starts ChromeDriver and one window of this Chromium. Certificates are not checked: the portal's is made at start. */
  static chromium(driver, binary) {
    const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    return Browser.start(driver, { acceptInsecureCerts: true, "goog:chromeOptions": { binary, args } });
  }

  /** Starts WebKitWebDriver and one window of WebKitGTK's own small browser, which needs a display. */
  static webkit(driver) {
    return Browser.start(driver, {});
  }

  static async start(driver, capabilities) {
    const port = await freePort();
    const child = spawn(driver, [`--port=${port}`], { stdio: ["ignore", "ignore", "inherit"] });
    const browser = new Browser(child, `http://127.0.0.1:${port}`);
    // A question of a page waits for its answer.
    const alwaysMatch = { unhandledPromptBehavior: "ignore", ...capabilities };
    await browser.listens();
    const { sessionId } = await browser.send("POST", "/session", { capabilities: { alwaysMatch } });
    browser.base += `/session/${sessionId}`;
    await browser.send("POST", "/timeouts", { script: PATIENCE, pageLoad: PATIENCE });
    return browser;
  }

  constructor(child, base) {
    this.child = child;
    this.base = base;
  }

  /** Waits until the driver answers. */
  async listens() {
    const end = Date.now() + PATIENCE;
    while (!(await fetch(`${this.base}/status`).catch(() => undefined))) {
      if (this.child.exitCode !== null || Date.now() > end) throw new Error("the driver does not listen");
    }
  }

  async send(method, path, body) {
    const options = { method, body: method === "POST" ? JSON.stringify(body ?? {}) : undefined };
    const answer = await fetch(`${this.base}${path}`, options);
    const { value } = await answer.json();
    if (!answer.ok) {
      throw new Error(`${value.error}: ${value.message}`);
    }
    return value;
  }

  async end() {
    await this.send("DELETE", "").catch(() => {});
    this.child.kill();
  }

  go(url) {
    return this.send("POST", "/url", { url });
  }

  reload() {
    return this.send("POST", "/refresh");
  }

  url() {
    return this.send("GET", "/url");
  }

  windows() {
    return this.send("GET", "/window/handles");
  }

  switchTo(handle) {
    return this.send("POST", "/window", { handle });
  }

  /** Runs the body of an async function in the page and returns what it returns. */
  async run(body, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      (async (...args) => { ${body} })(...[...arguments].slice(0, -1)).then(
        (value) => done({ value }),
        (error) => done({ error: { name: error.name, message: error.message, stack: error.stack } }));`;
    const { value, error } = await this.send("POST", "/execute/async", { script, args });
    if (error) {
      throw Object.assign(new Error(error.message), error);
    }
    return value;
  }

  async click(selector) {
    const found = await this.send("POST", "/element", { using: "css selector", value: selector });
    await this.press(found);
  }

  /** Presses an element that was found. WebKit's driver does not always scroll to it. */
  async press(element) {
    await this.run("args[0].scrollIntoView({ block: 'center' })", element);
    await this.send("POST", `/element/${element[ELEMENT]}/click`);
  }

  /** A reference to an element's shadow root, for searches inside it. */
  async shadowRoot(selector) {
    const host = await this.send("POST", "/element", { using: "css selector", value: selector });
    const found = await this.send("GET", `/element/${host[ELEMENT]}/shadow`);
    return `/shadow/${found[SHADOW]}`;
  }

  /** Types into a field, in place of what is in it. Fails if the page moves the focus meanwhile. */
  async type(element, text) {
    await this.send("POST", `/element/${element[ELEMENT]}/clear`);
    await this.send("POST", `/element/${element[ELEMENT]}/value`, { text });
    // WebKit's driver does not wait for its last letter.
    const value = () => this.run("await new Promise(requestAnimationFrame); return args[0].value", element);
    for (let frame = 0; (await value()) !== text; frame += 1) if (frame > 30) throw new Error(`${text} was not typed`);
  }

  /** The elements of this role and accessible name, as the browser computes both; inside a shadow root if one is given. */
  async named(role, name, root = "") {
    const found = await this.send("POST", `${root}/elements`, { using: "css selector", value: SELECTORS[role] });
    const is = async (element) => {
      const of = (what) => this.send("GET", `/element/${element[ELEMENT]}/${what}`);
      return (await of("computedrole")) === role && (await of("computedlabel")).trim() === name && (await of("displayed"));
    };
    const fits = await Promise.all(found.map((element) => is(element).catch(() => false)));
    return found.filter((_, at) => fits[at]);
  }

  /** Asks again and again until the answer is something. */
  async until(what, ask) {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const found = await Promise.resolve(ask()).catch(() => undefined);
      if (found) {
        return found;
      }
      if (Date.now() > end) {
        const text = await this.run("return document.body.innerText");
        throw new Error(`there is still no ${what} at ${await this.url()}, where it says:\n${text}`);
      }
    }
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

// Chromium by ChromeDriver, as much of the protocol as the walks need.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
/** How long something on a page may take to come, in milliseconds. */
const PATIENCE = 60_000;

export class Browser {
  /** Starts ChromeDriver and one window. Certificates are not checked: the portal's is made at start. */
  static async start(driver, chromium) {
    const child = spawn(driver, ["--port=0"], { stdio: ["ignore", "pipe", "inherit"] });
    const port = await new Promise((resolve, reject) => {
      child.once("exit", () => reject(new Error("ChromeDriver has ended")));
      createInterface(child.stdout).on("line", (line) => {
        const found = /on port (\d+)\.$/.exec(line);
        if (found) resolve(found[1]);
      });
    });
    const browser = new Browser(child, `http://127.0.0.1:${port}`);
    const args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
    // A question of a page waits for its answer.
    const alwaysMatch = { acceptInsecureCerts: true, unhandledPromptBehavior: "ignore", "goog:chromeOptions": { binary: chromium, args } };
    const { sessionId } = await browser.send("POST", "/session", { capabilities: { alwaysMatch } });
    browser.base += `/session/${sessionId}`;
    await browser.send("POST", "/timeouts", { script: PATIENCE, pageLoad: PATIENCE });
    return browser;
  }

  constructor(child, base) {
    this.child = child;
    this.base = base;
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

  /** Presses an element that was found. */
  press(element) {
    return this.send("POST", `/element/${element[ELEMENT]}/click`);
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
        throw new Error(`there is still no ${what} at ${await this.url()}`);
      }
    }
  }
}

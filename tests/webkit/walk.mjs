// The page in WebKit, by role and accessible name as a person finds things: its policy, the walk to a key, recovery after
// a reload, and the element. WebKitGTK is as near to Safari as one comes on Linux.
//
// AKW_PAGE, AKW_PORTAL and AKW_DOCS are the addresses of the page, of the practice portal, and of a site with the element;
// AKW_WEBKITDRIVER and AKW_XVFB are the programs.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";

import { finish, step } from "../clients/steps.mjs";
import { Browser } from "../clients/webdriver.mjs";

const { AKW_PAGE: page, AKW_PORTAL: portal, AKW_DOCS: docs } = process.env;

// MiniBrowser has no headless mode.
const display = spawn(process.env.AKW_XVFB, ["-displayfd", "1", "-screen", "0", "1280x900x24"], {
  stdio: ["ignore", "pipe", "ignore"],
});
const [number] = await once(display.stdout, "data");
process.env.DISPLAY = `:${String(number).trim()}`;
const browser = await Browser.webkit(process.env.AKW_WEBKITDRIVER);

const ELEMENT = "document.querySelector('arcgis-key-wizard')";
// Where elements are looked for: the document, or the shadow root of the element.
let root = "";

const find = (role, name) =>
  browser.until(`${role} "${name}"`, async () => (await browser.named(role, name, root))[0]);

/** Does something with what has this role and name. What the page replaces in that moment is found again. */
const use = (role, name, act) =>
  browser.until(`use of ${role} "${name}"`, async () => {
    await act((await browser.named(role, name, root))[0]);
    return true;
  });
const press = (role, name) => use(role, name, (element) => browser.press(element));
const type = (name, text) => use("textbox", name, (element) => browser.type(element, text));

/** On the portal's page: this person allows the app. */
async function allow(username) {
  await browser.until("sign-in page", async () => (await browser.url()).includes("/oauth2/authorize"));
  await browser.click(`input[value="${username}"]`);
  await browser.click('button[value="allow"]');
}

async function signIn() {
  await press("button", "Sign in");
  await allow("jane");
}

/** From the first step to the Summary. */
async function walk(title) {
  await find("heading", "Expiration and referrers");
  await type("Referrers", "https://app.example.com");
  await press("button", "Add referrer");
  await find("button", "Remove https://app.example.com");
  await press("button", "Next");
  await press("checkbox", "Basemap styles service");
  await press("button", "Next");
  await press("button", "Skip");
  await find("heading", "Item details");
  await type("Title", title);
  await press("button", "Next");
  await find("heading", "Summary");
}

/** The key on the screen, which the portal takes from the page that it is for. */
async function worksAsKey() {
  await find("heading", "Copy your API key");
  const inside = root ? `${ELEMENT}.shadowRoot` : "document";
  const key = await browser.run(`return ${inside}.querySelector(".secret_once__key").textContent.trim()`);
  const answer = await ask("/sharing/rest/practice/whoami", { f: "json", token: key });
  assert.deepEqual([answer.privileges, answer.referrers], [["premium:user:basemaps"], ["https://app.example.com"]]);
}

/** The key is not copied here, so the page asks. */
async function saved() {
  await press("button", "I have saved the key");
  await press("button", "I saved it another way");
  await find("heading", "All done");
}

async function ask(path, fields) {
  const headers = { Referer: "https://app.example.com/" };
  const answer = await fetch(`${portal}${path}`, { method: "POST", headers, body: new URLSearchParams(fields) });
  return answer.json();
}

await step("WebKit: the page starts, and its policy refuses scripts and requests of others", async () => {
  await browser.go(page);
  await find("button", "Sign in");
  const { ran, refused } = await browser.run(`
    const refused = [];
    addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
    const attempt = async (name, act) => Promise.resolve().then(act).catch(() => refused.push(name));
    await attempt("script", () => {
      const script = document.createElement("script");
      script.textContent = "window.ran = true";
      document.body.append(script);
      if (!window.ran) throw 0;
    });
    await attempt("eval", () => (0, eval)("window.ran = true"));
    await attempt("request", () => fetch("http://elsewhere.example/"));
    await new Promise(requestAnimationFrame);
    return { ran: window.ran ?? false, refused };`);
  assert.equal(ran, false);
  for (const what of ["script", "eval", "request", "require-trusted-types-for", "connect-src"]) assert.ok(refused.includes(what), `${what}: ${refused}`);
});

await step("WebKit: a person walks through the steps to a key that works", async () => {
  await browser.go(page);
  await browser.run("addEventListener('securitypolicyviolation', (event) => (window.refused = event.effectiveDirective))");
  await signIn();
  await walk("A key from WebKit");
  await press("button", "Create");
  await worksAsKey();
  await saved();
  assert.equal(await browser.run("return window.refused ?? null"), null);
});

await step("WebKit: a creation that a reload interrupted is found again and ends with a key", async () => {
  await browser.go(page);
  await signIn();
  await walk("A key after a reload");
  // It happens at the portal, whose answer does not come.
  await ask("/practice/fault", { endpoint: "registerApp", fault: "held" });
  await press("button", "Create");
  const text = () => browser.run("return document.body.innerText");
  await browser.until("request on its way", async () => /Registration\W+in progress/.test(await text()));
  await browser.reload();
  await signIn();
  await find("heading", "You have an unfinished credential");
  await press("button", "Continue");
  await worksAsKey();
  await saved();
});

await step("WebKit: a reader of another site gets a key from the element, by a window of the portal's", async () => {
  await browser.go(`${docs}keys.html`);
  await browser.until("element", () => browser.run(`await ${ELEMENT}.componentOnReady(); return true`));
  root = await browser.shadowRoot("arcgis-key-wizard");
  const [own] = await browser.windows();
  await press("button", "Sign in");
  const other = async () => (await browser.windows()).find((window) => window !== own);
  await browser.switchTo(await browser.until("window", other));
  await allow("jane");
  await browser.switchTo(own);
  await walk("A key from another site");
  await press("button", "Create");
  await worksAsKey();
  await saved();
});

await browser.end();
display.kill();
finish();

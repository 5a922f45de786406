// A documentation site with the element, as its framework built it, in Chromium: by a link to the page of the element,
// through a sign-in to a key in the site's own example, and away again.
//
// AKW_SITE is the folder that the framework wrote, AKW_FRAMEWORK the folder of its source beside this file, AKW_PORT the
// port at which the practice portal knows this site, AKW_NAME what to call it; AKW_CHROMIUM and AKW_CHROMEDRIVER are the
// browser.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { finish, step } from "../clients/steps.mjs";
import { Browser } from "../clients/webdriver.mjs";

/** What differs: the file of the page, its path after a link of the site, whether links load a page anew, what makes a
 * page dark or not as the site's own switch does, and what is true when its script has taken over. */
const FRAMEWORKS = {
  vitepress: {
    file: "keys.html",
    path: "keys.html",
    dark: "document.documentElement.classList.toggle('dark', args[0])",
    isUp: "document.querySelector('#app').__vue_app__",
  },
  docusaurus: {
    file: "keys/index.html",
    path: "keys",
    dark: "document.documentElement.dataset.theme = args[0] ? 'dark' : 'light'",
    isUp: "document.documentElement.dataset.hasHydrated",
  },
  starlight: {
    file: "keys/index.html",
    path: "keys/",
    loadsAnew: true,
    dark: "document.documentElement.dataset.theme = args[0] ? 'dark' : 'light'",
    isUp: "document.readyState === 'complete'",
  },
  // It takes links over when it has the list of its pages.
  mkdocs: {
    file: "keys/index.html",
    path: "keys/",
    dark: "document.body.dataset.mdColorScheme = args[0] ? 'slate' : 'default'",
    isUp: "performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/sitemap.xml'))",
  },
};

const { AKW_SITE: folder, AKW_PORT: port, AKW_NAME: name } = process.env;
const framework = FRAMEWORKS[process.env.AKW_FRAMEWORK];
const BASE = "/docs/";
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".json": "application/json",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
};
const ELEMENT = "document.querySelector('arcgis-key-wizard')";

// As a host of static files does: the address of a folder gets its slash.
const site = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
  try {
    const bytes = await readFile(join(folder, path.slice(BASE.length)));
    response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream").end(bytes);
  } catch (error) {
    if (error.code === "EISDIR") response.writeHead(301, { Location: `${pathname}/` }).end();
    else response.writeHead(404).end();
  }
});
await new Promise((resolve) => site.listen(port, "127.0.0.1", resolve));

const browser = await Browser.chromium(process.env.AKW_CHROMEDRIVER, process.env.AKW_CHROMIUM);
const origin = `http://127.0.0.1:${port}`;

/** Presses what these words are on, inside the element or outside, as a person does: a window may open by it. */
async function press(words, root = `${ELEMENT}?.shadowRoot`) {
  const find = `return [...(${root}?.querySelectorAll("button, a") ?? [])].find((element) => element.textContent.trim() === args[0] && element.offsetWidth)`;
  await browser.press(await browser.until(words, () => browser.run(find, words)));
}

const shows = (words) =>
  browser.until(words, () => browser.run(`return ${ELEMENT}.shadowRoot.textContent.includes(args[0])`, words));
const example = () => browser.run("return document.querySelector('pre code').textContent");
const path = () => browser.run("return location.pathname");

/** Whether the last link loaded a page anew is what this framework is known for, and what the walk is about. */
async function asItsLinksDo() {
  assert.equal(await browser.run("return window.isSamePage === true"), !framework.loadsAnew, "loaded anew or not");
}

await step(`${name}: the page that was made ahead holds the element and its link`, async () => {
  const page = await readFile(join(folder, framework.file), "utf8");
  assert.match(page, /<arcgis-key-wizard [^>]*expires="?90d"?[^>]*>\s*(<p>)?<a href="?https:\/\/keys\.example\.com\/"?/);
});

await step(`${name}: a link of the site leads to the wizard, which becomes ready`, async () => {
  await browser.go(`${origin}${BASE}`);
  await browser.until("site", () => browser.run(`return Boolean(${framework.isUp})`));
  await browser.run("window.isSamePage = true");
  await press("Get a key", "document");
  await browser.until("element", () => browser.run(`return ${ELEMENT}?.componentOnReady !== undefined`));
  await browser.run(`await ${ELEMENT}.componentOnReady()`);
  await asItsLinksDo();
});

await step(`${name}: the wizard is as dark as the page`, async () => {
  const scheme = () =>
    browser.run(`return getComputedStyle(${ELEMENT}.shadowRoot.querySelector(".akw")).colorScheme`);
  await browser.run(framework.dark, true);
  assert.equal(await scheme(), "dark");
  await browser.run(framework.dark, false);
  assert.notEqual(await scheme(), "dark");
});

await step(`${name}: a reader signs in and is at the Summary, since every answer is given`, async () => {
  const own = (await browser.windows())[0];
  await press("Sign in");
  await browser.switchTo(await browser.until("window", async () => (await browser.windows()).find((window) => window !== own)));
  await browser.until("sign-in page", async () => (await browser.url()).includes("/oauth2/authorize"));
  await browser.click('input[value="jane"]');
  await browser.click('button[value="allow"]');
  await browser.switchTo(own);
  await shows("https://app.example.com");
});

await step(`${name}: the key fills the site's example`, async () => {
  await press("Create");
  await press("Fill the examples on this page");
  const filled = await example();
  assert.match(filled, /^const key = "[^"]{20,}";\s*$/);
  assert.ok(!filled.includes("YOUR_API_KEY"));
  assert.equal(await browser.run(`return ${ELEMENT}.busy`), true);
});

await step(`${name}: whoever leaves without the key is asked, and may stay or go`, async () => {
  await press("start", "document.querySelector('main')");
  await browser.send("POST", "/alert/dismiss");
  assert.equal(await path(), BASE + framework.path);
  assert.equal(await browser.run(`return ${ELEMENT}.busy`), true);
  await press("start", "document.querySelector('main')");
  await browser.send("POST", "/alert/accept");
  await browser.until("other page", async () => (await path()) !== BASE + framework.path);
  await browser.until("end of the element", () => browser.run(`return ${ELEMENT} === null`));
  await asItsLinksDo();
});

await browser.end();
site.close();
finish();

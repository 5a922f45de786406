// Esri's JS SDK, as npm has it, in Chromium against the practice portal behind TLS: sign-ins by redirect and in a popup,
// the organization, searches and items.
//
// AKW_PORTAL is the portal's address, AKW_PORT the port at which the portal knows this site, AKW_BUNDLE the folder of
// the bundled page, AKW_PACKAGES the one in which the packages are; AKW_CHROMIUM and AKW_CHROMEDRIVER are the browser.

import assert from "node:assert/strict";
import { join } from "node:path";

import { finish, step } from "../steps.mjs";
import { Browser } from "../webdriver.mjs";
import { serve } from "./site.mjs";

const { AKW_PORTAL: portal, AKW_PORT: port, AKW_BUNDLE: bundle, AKW_PACKAGES: packages } = process.env;
const assets = join(packages, "node_modules/@arcgis/core/assets");
const site = await serve(port, { bundle, assets });
const browser = await Browser.chromium(process.env.AKW_CHROMEDRIVER, process.env.AKW_CHROMIUM);
const origin = `http://127.0.0.1:${port}`;

/** Opens a page of the site as somebody who was never there, and waits for the SDK. */
async function open(page) {
  await browser.go(`${origin}/empty.html`);
  await browser.run("localStorage.clear(); sessionStorage.clear();");
  await browser.go(`${origin}/${page}#portal=${encodeURIComponent(portal)}`);
  await ready();
}

const ready = () => browser.until("SDK", () => browser.run("return window.sdk !== undefined"));

/** Picks a person on the sign-in page and presses a button. */
async function decide(username, decision) {
  await browser.until("sign-in page", async () => (await browser.url()).includes("/oauth2/authorize"));
  await browser.click(`input[value="${username}"]`);
  await browser.click(`button[value="${decision}"]`);
}

/** Begins a sign-in and remembers what comes of it; a redirect ends the page before that. */
const begin = () =>
  browser.run(`window.outcome = undefined;
    sdk.IdentityManager.getCredential(sdk.portalUrl + "/sharing", { oAuthPopupConfirmation: false }).then(
      (credential) => { window.outcome = { userId: credential.userId }; },
      (error) => { window.outcome = { error: error.name, message: error.message }; });`);

const outcome = () => browser.until("outcome", () => browser.run("return window.outcome"));

/** Signs in by redirect and comes back signed in. */
async function signIn(username) {
  await open("app.html");
  await begin();
  await decide(username, "allow");
  await browser.until("way back", async () => (await browser.url()).startsWith(`${origin}/app.html`));
  await ready();
  return browser.run(`const credential = await sdk.IdentityManager.checkSignInStatus(sdk.portalUrl + "/sharing");
    return { userId: credential.userId, token: credential.token };`);
}

await step("the portal loads for anybody", async () => {
  await open("app.html");
  const loaded = await browser.run(`const portal = new sdk.Portal({ url: sdk.portalUrl, authMode: "anonymous" });
    await portal.load();
    return { user: portal.user, isPortal: portal.isPortal, isOrganization: portal.isOrganization };`);
  assert.deepEqual(loaded, { user: null, isPortal: false, isOrganization: false });
});

await step("nobody is signed in at first", async () => {
  const error = await browser
    .run('await sdk.IdentityManager.checkSignInStatus(sdk.portalUrl + "/sharing")')
    .then(() => undefined, (error) => error.name);
  assert.equal(error, "identity-manager:not-authenticated");
});

for (const [what, decision, expected] of [
  ["a press on Cancel is told to the page", "cancel", { error: "identity-manager:user-aborted" }],
  ["a sign-in in a popup ends in a credential", "allow", { userId: "nora" }],
]) {
  await step(what, async () => {
    await open("popup.html");
    const [own] = await browser.windows();
    await begin();
    const popup = await browser.until("popup", async () => (await browser.windows()).find((window) => window !== own));
    await browser.switchTo(popup);
    await decide("nora", decision);
    await browser.switchTo(own);
    const { userId, error } = await outcome();
    assert.deepEqual({ userId, error }, { userId: undefined, error: undefined, ...expected });
  });
}

await step("a sign-in by redirect ends in a credential", async () => {
  assert.equal((await signIn("jane")).userId, "jane");
});

await step("the portal loads for a member", async () => {
  const loaded = await browser.run(`const portal = new sdk.Portal({ url: sdk.portalUrl, authMode: "immediate" });
    await portal.load();
    window.portal = portal;
    return { user: portal.user.username, name: portal.name, isOrganization: portal.isOrganization };`);
  assert.deepEqual(loaded, { user: "jane", name: "Practice Organization", isOrganization: true });
});

await step("items are queried by words and by filter, page by page", async () => {
  const found = await browser.run(`
    const first = await portal.queryItems({ query: "owner:jane", num: 2, sortField: "title" });
    const next = await portal.queryItems(first.nextQueryParams);
    const filtered = await portal.queryItems({ filter: 'owner:"jane" AND type:"Web Map"' });
    return { total: first.total, ids: [...first.results, ...next.results].map((item) => item.id), filtered: filtered.total };`);
  assert.equal(new Set(found.ids).size, 4);
  assert.ok(found.total > found.filtered && found.filtered > 0);
});

await step("users, groups and favourites are searched, and nobody is found", async () => {
  const totals = await browser.run(`
    const lists = [portal.queryUsers({ query: "jane" }), portal.queryGroups({ query: "maps" }), portal.user.queryFavorites({})];
    return (await Promise.all(lists)).map((list) => list.total);`);
  assert.deepEqual(totals, [0, 0, 0]);
});

await step("folders, items, tags and groups of the user are fetched", async () => {
  const fetched = await browser.run(`const { items } = await portal.user.fetchItems({ num: 3 });
    return {
      folders: (await portal.user.fetchFolders()).length,
      items: items.length,
      tags: (await portal.user.fetchTags()).length,
      groups: (await portal.user.fetchGroups()).length,
    };`);
  assert.ok(fetched.folders >= 3 && fetched.tags > 0, JSON.stringify(fetched));
  assert.deepEqual([fetched.items, fetched.groups], [3, 0]);
});

await step("settings and regions are fetched", async () => {
  const fetched = await browser.run("return [await portal.fetchSettings(), await portal.fetchRegions()]");
  assert.deepEqual(fetched, [{ allowedRedirectUris: [], helperServices: {}, informationalBanner: {} }, []]);
});

await step("an item is added, read, changed and deleted", async () => {
  const walked = await browser.run(`
    const item = new sdk.PortalItem({ title: "Key of the JS SDK", type: "Application", tags: ["js"] });
    await portal.user.addItem({ item, folder: (await portal.user.fetchFolders())[0] });
    const { title, id } = item;
    item.title = "Renamed";
    await item.update();
    const again = new sdk.PortalItem({ id, portal });
    await again.load();
    const related = await again.fetchRelatedItems({ relationshipType: "Service2Data", direction: "forward" });
    const resources = await again.fetchResources();
    await portal.user.deleteItem(again, true);
    const gone = await new sdk.PortalItem({ id, portal }).load().then(() => "there", () => "gone");
    return { title, renamed: again.title, related: related.length, resources: resources.total, gone };`);
  assert.deepEqual(walked, { title: "Key of the JS SDK", renamed: "Renamed", related: 0, resources: 0, gone: "gone" });
});

await step("an app of the user is registered and read by requests of the SDK", async () => {
  const read = await browser.run(`
    const rest = portal.restUrl;
    const post = async (path, query) => (await sdk.request(rest + path, { method: "post", query: { f: "json", ...query } })).data;
    const { id } = await post("/content/users/jane/addItem", { title: "App", type: "Application", tags: "" });
    const app = await post("/oauth2/registerApp", { itemId: id, appType: "multiple",
      redirect_uris: '["urn:ietf:wg:oauth:2.0:oob"]', httpReferrers: "[]", privileges: '["premium:user:basemaps"]' });
    const info = await post("/content/users/jane/items/" + id + "/registeredAppInfo", {});
    await post("/content/users/jane/items/" + id + "/delete", { permanentDelete: true });
    return app.client_id === info.client_id && info.privileges;`);
  assert.deepEqual(read, ["premium:user:basemaps"]);
});

await step("a credential is refreshed, and dead after it is destroyed", async () => {
  const tokens = await browser.run(`const credential = sdk.IdentityManager.findCredential(sdk.portalUrl + "/sharing");
    const before = credential.token;
    await credential.refreshToken();
    const after = credential.token;
    sdk.IdentityManager.destroyCredentials();
    return { before, after };`);
  assert.notEqual(tokens.before, tokens.after);
  const isDead = () =>
    browser.run(
      `const answer = await fetch(sdk.portalUrl + "/sharing/rest/portals/self", { method: "POST",
         body: new URLSearchParams({ f: "json", token: args[0] }) });
       return (await answer.json()).error?.code === 498;`,
      tokens.after,
    );
  await browser.until("end of the token", isDead);
});

await browser.end();
site.close();
finish();

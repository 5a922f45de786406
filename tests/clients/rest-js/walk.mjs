// Esri's arcgis-rest-js, as npm has it, against the practice portal: sign-ins of every kind, an API key from the item to
// its end, and what else its packages ask for.
//
// AKW_PORTAL is the portal's address, AKW_PACKAGES the folder in which the packages are installed, AKW_SCRIPTS a folder with
// two scripts as the Summary writes them: with and without a sign-in.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { createRequire } from "node:module";
import { webcrypto } from "node:crypto";

import { decide } from "../person.mjs";
import { finish, rejected, step } from "../steps.mjs";

const load = createRequire(`${process.env.AKW_PACKAGES}/package.json`);
const rest = load("@esri/arcgis-rest-request");
const portalApi = load("@esri/arcgis-rest-portal");

const root = process.env.AKW_PORTAL;
const portal = `${root}/sharing/rest`;
const clientId = "rest-js";
const redirectUri = "http://127.0.0.1:8000/callback.html";
const app = { clientId, redirectUri, portal };
const DAY = 86_400_000;

/** As much of a browser's window as the sign-in touches. */
class MockWindow extends EventTarget {
  constructor({ opener, storage = new Map(), isSecureContext = true } = {}) {
    super();
    Object.assign(this, { opener, storage, isSecureContext, closed: false, opened: undefined });
    this.crypto = webcrypto;
    this.TextEncoder = TextEncoder;
    this.btoa = btoa;
    this.location = { href: "http://127.0.0.1:8000/app.html", search: "", hash: "" };
    this.history = { state: null, replaceState: (_state, _title, url) => this.go(url) };
    this.localStorage = {
      getItem: (name) => storage.get(name) ?? null,
      setItem: (name, value) => storage.set(name, value),
      removeItem: (name) => storage.delete(name),
    };
  }

  go(url) {
    const { href, search, hash } = new URL(url);
    Object.assign(this.location, { href, search, hash });
  }

  open(url) {
    this.opened = url;
  }

  close() {
    this.closed = true;
  }
}

/** Begins a sign-in in a window, which is the global one meanwhile: the client's Base64 looks for it there. */
async function begin(options, win) {
  globalThis.window = win;
  try {
    return { done: rest.ArcGISIdentityManager.beginOAuth2(options, win) };
  } finally {
    delete globalThis.window;
  }
}

/** A sign-in by redirect: the page leaves, the person decides, the page comes back. */
async function byRedirect(username, decision, options = {}, inWindow = {}) {
  const page = new MockWindow(inWindow);
  await (await begin({ ...app, popup: false, ...options }, page)).done;
  const left = page.location.href;
  page.go(await decide(left, username, decision));
  const manager = await rest.ArcGISIdentityManager.completeOAuth2({ ...app, popup: false, ...options }, page);
  return { manager, left, page };
}

/** A sign-in in a window of its own, which tells its opener. */
async function byPopup(username, decision) {
  const opener = new MockWindow();
  const started = new Promise((resolve) => opener.addEventListener("arcgis-rest-js-popup-auth-start", resolve));
  const { done: signedIn } = await begin({ ...app, popup: true }, opener);
  signedIn.catch(() => {});
  await started;
  const popup = new MockWindow({ opener, storage: opener.storage });
  popup.go(await decide(opener.opened, username, decision));
  await rest.ArcGISIdentityManager.completeOAuth2({ ...app, popup: true }, popup);
  assert.equal(popup.closed, true);
  return signedIn;
}

const advance = (ms) => fetch(`${root}/practice/advance`, { method: "POST", body: new URLSearchParams({ ms }) });

await step("a sign-in by redirect with PKCE ends in a session", async () => {
  const { manager, left, page } = await byRedirect("jane", "allow", { locale: "de", style: "light" });
  const asked = new URL(left).searchParams;
  assert.equal(asked.get("code_challenge_method"), "S256");
  assert.equal(manager.username, "jane");
  assert.equal(page.location.href, "http://127.0.0.1:8000/app.html");
  assert.ok(manager.refreshToken && manager.tokenExpires > new Date());
});

await step("a sign-in in a popup ends in a session", async () => {
  assert.equal((await byPopup("nora", "allow")).username, "nora");
});

await step("a press on Cancel is access denied, by redirect and in a popup", async () => {
  await rejected(byRedirect("jane", "cancel"), { name: "ArcGISAccessDeniedError" });
  await rejected(byPopup("jane", "cancel"), { name: "ArcGISAccessDeniedError" });
});

await step("a page without a secure context signs in with a plain challenge", async () => {
  const { manager, left } = await byRedirect("jane", "allow", {}, { isSecureContext: false });
  assert.equal(new URL(left).searchParams.get("code_challenge_method"), "plain");
  assert.equal(manager.username, "jane");
});

await step("the implicit grant is refused where the client looks for the answer", async () => {
  await rejected(byRedirect("jane", "allow", { pkce: false }), { code: "unsupported_response_type" });
});

await step("a server signs in by a code without PKCE, once", async () => {
  const sent = {};
  const response = { writeHead: (status, headers) => Object.assign(sent, { status, headers }), end: () => {} };
  rest.ArcGISIdentityManager.authorize({ ...app, state: "s" }, response);
  const back = new URL(await decide(sent.headers.Location, "jane", "allow"));
  assert.equal(back.searchParams.get("state"), "s");
  const code = back.searchParams.get("code");
  assert.equal((await rest.ArcGISIdentityManager.exchangeAuthorizationCode(app, code)).username, "jane");
  const again = rest.ArcGISIdentityManager.exchangeAuthorizationCode(app, code);
  await rejected(again, { name: "ArcGISTokenRequestError", code: "REFRESH_TOKEN_EXCHANGE_FAILED" });
});

await step("a refresh brings another access token, an exchange brings both", async () => {
  const { manager } = await byRedirect("nora", "allow");
  const { token, refreshToken } = manager;
  await manager.refreshCredentials();
  assert.notEqual(manager.token, token);
  assert.equal(manager.refreshToken, refreshToken);
  await manager.exchangeRefreshToken();
  assert.notEqual(manager.refreshToken, refreshToken);
});

await step("a token that the portal has ended is refreshed, and the request sent again", async () => {
  const { manager } = await byRedirect("nora", "allow");
  const before = manager.token;
  await advance(31 * 60_000);
  const self = await portalApi.getSelf({ authentication: manager });
  assert.equal(self.user.username, "nora");
  assert.notEqual(manager.token, before);
});

await step("a signed-out session is dead", async () => {
  const { manager } = await byRedirect("nora", "allow");
  const { token } = manager;
  assert.equal((await manager.signOut()).success, true);
  await rejected(rest.request(`${portal}/portals/self`, { params: { token } }), { code: 498 });
});

const { manager: jane } = await byRedirect("jane", "allow");
const as = { authentication: jane };

await step("a name and a password give a token, an unknown name gives none", async () => {
  const signIn = (username) => rest.ArcGISIdentityManager.signIn({ username, password: "any", portal });
  const manager = await signIn("jane");
  assert.equal((await manager.getUser()).username, "jane");
  await rejected(signIn("nobody"), { name: "ArcGISTokenRequestError", code: "TOKEN_REFRESH_FAILED" });
});

await step("a token alone makes a session, and a session is handed on", async () => {
  const manager = await rest.ArcGISIdentityManager.fromToken({ token: jane.token, portal });
  assert.equal(await manager.getUsername(), "jane");
  const kept = rest.ArcGISIdentityManager.deserialize(jane.serialize());
  assert.equal((await kept.getUser()).username, "jane");
  const credential = rest.ArcGISIdentityManager.fromCredential(jane.toCredential(), { hasServer: false });
  assert.equal((await credential.getPortal()).user.username, "jane");
});

await step("the organization and the user are described", async () => {
  const self = await portalApi.getSelf(as);
  assert.deepEqual([self.portalName, self.portalMode, self.name], ["ArcGIS Online", "multitenant", "Practice Organization"]);
  assert.equal((await portalApi.getPortal(self.id, as)).id, self.id);
  assert.equal((await portalApi.getUser({ ...as, username: "jane" })).orgId, self.id);
  assert.ok((await portalApi.getUserTags(as)).tags.length > 0);
  assert.equal((await portalApi.getUserProperties("jane", as)).mapViewer, "modern");
  assert.deepEqual((await portalApi.getPortalSettings(undefined, as)).informationalBanner, {});
  assert.equal((await portalApi.isServiceNameAvailable("name", "Feature Service", jane)).available, true);
});

await step("whether an app may be used is answered", async () => {
  const answer = await rest.validateAppAccess(jane.token, clientId, portal);
  assert.deepEqual(answer, { valid: true, viewOnlyUserTypeApp: false });
  await rejected(rest.validateAppAccess("nonsense", clientId, portal), { code: 498 });
});

await step("items are found by words, by a builder and by a filter, page by page", async () => {
  const query = new portalApi.SearchQueryBuilder().match("jane").in("owner").and().match("Web Map").in("type");
  const first = await portalApi.searchItems({ ...as, q: query, num: 1, sortField: "title" });
  assert.ok(first.total > 1);
  const second = await first.nextPage();
  assert.notEqual(second.results[0].id, first.results[0].id);
  const filtered = await portalApi.searchItems({ ...as, filter: 'owner:"jane" AND type:"Web Map"' });
  assert.equal(filtered.total, first.total);
  assert.ok((await portalApi.searchItems({ ...as, q: "Bike" })).total > 0);
});

await step("a search counts values", async () => {
  const { aggregations, total } = await portalApi.searchItems({ ...as, q: "owner:jane", params: { countFields: "access" } });
  const [counts] = aggregations.counts;
  assert.equal(counts.fieldName, "access");
  assert.equal(counts.fieldValues.reduce((sum, entry) => sum + entry.count, 0), total);
});

await step("a search for users or groups finds nobody", async () => {
  assert.equal((await portalApi.searchUsers({ ...as, q: "jane" })).total, 0);
  assert.equal((await portalApi.searchCommunityUsers({ ...as, q: "jane" })).total, 0);
  assert.equal((await portalApi.searchGroups({ ...as, q: "maps" })).total, 0);
  assert.equal((await portalApi.searchGroupContent({ ...as, groupId: "none", q: "maps" })).total, 0);
});

const made = {};

await step("a folder is made, and its title is taken then", async () => {
  made.folder = (await portalApi.createFolder({ ...as, title: "Keys of rest-js" })).folder.id;
  await rejected(portalApi.createFolder({ ...as, title: "Keys of rest-js" }), { code: 400 });
});

await step("an item is added to the folder and read", async () => {
  const item = { type: "Application", title: "Key of rest-js", tags: ["a", "b"], snippet: "One line" };
  made.item = (await portalApi.createItemInFolder({ ...as, item, folderId: made.folder })).id;
  const read = await portalApi.getItem(made.item, as);
  assert.deepEqual([read.title, read.ownerFolder, read.tags], [item.title, made.folder, ["a", "b"]]);
  assert.equal((await portalApi.getItemStatus({ ...as, id: made.item })).status, "completed");
});

await step("the data, relations, resources and groups of an item are empty", async () => {
  assert.equal(await portalApi.getItemData(made.item, as), undefined);
  const related = { ...as, id: made.item, relationshipType: "Service2Data" };
  assert.deepEqual((await portalApi.getRelatedItems(related)).relatedItems, []);
  assert.deepEqual((await portalApi.getItemResources(made.item, as)).resources, []);
  assert.deepEqual(await portalApi.getItemGroups(made.item, as), { admin: [], member: [], other: [] });
});

await step("an item is shared and made private again", async () => {
  for (const access of ["public", "org", "private"]) {
    const answer = await portalApi.setItemAccess({ ...as, id: made.item, access });
    assert.deepEqual(answer, { notSharedWith: [], itemId: made.item });
    assert.equal((await portalApi.getItem(made.item, as)).access, access);
  }
});

await step("an item is changed, protected and moved", async () => {
  await portalApi.updateItem({ ...as, item: { id: made.item, title: "Renamed" } });
  await portalApi.protectItem({ ...as, id: made.item });
  await rejected(portalApi.removeItem({ ...as, id: made.item }), { code: "CONT_0048" });
  await portalApi.unprotectItem({ ...as, id: made.item });
  await portalApi.moveItem({ ...as, itemId: made.item, folderId: "/" });
  const read = await portalApi.getItem(made.item, as);
  assert.deepEqual([read.title, read.protected, read.ownerFolder], ["Renamed", false, null]);
});

await step("an app is registered on the item, and unknown privileges are refused by name", async () => {
  const register = (privileges) =>
    rest.request(`${portal}/oauth2/registerApp`, {
      ...as,
      params: {
        itemId: made.item,
        appType: "multiple",
        redirect_uris: JSON.stringify(["urn:ietf:wg:oauth:2.0:oob"]),
        httpReferrers: JSON.stringify([]),
        privileges: JSON.stringify(privileges),
      },
    });
  const refused = await rejected(register(["portal:admin:noSuch"]), { code: 500 });
  assert.deepEqual(refused.response.error.details, ["portal:admin:noSuch"]);
  made.app = await register(["premium:user:basemaps"]);
  const url = `${portal}/content/users/jane/items/${made.item}/registeredAppInfo`;
  assert.equal((await rest.request(url, as)).client_secret, made.app.client_secret);
});

const keyOf = (slot, regenerate) =>
  rest.request(`${portal}/oauth2/token`, {
    params: {
      client_id: made.app.client_id,
      client_secret: made.app.client_secret,
      grant_type: "client_credentials",
      apiToken: slot,
      regenerateApiToken: regenerate,
    },
  });

await step("a key is generated, tells what it is, and is regenerated", async () => {
  const update = `${portal}/content/users/jane/items/${made.item}/update`;
  await rest.request(update, { ...as, params: { apiToken1ExpirationDate: Date.now() + 30 * DAY } });
  made.key = (await keyOf(1, false)).access_token;
  const key = rest.ApiKeyManager.fromKey(made.key);
  const self = await rest.request(`${portal}/community/self`, { authentication: key });
  assert.equal(self.appInfo.itemId, made.item);
  assert.ok(self.appInfo.expirationDate > Date.now() + 29 * DAY);
  assert.equal((await rest.request(`${portal}/portals/self`, { authentication: key })).appInfo.appOwner, "jane");
  assert.notEqual((await keyOf(1, true)).access_token, made.key);
  await rejected(rest.request(`${portal}/portals/self`, { authentication: key }), { code: 498 });
});

await step("an update of the registration ends the key", async () => {
  const key = rest.ApiKeyManager.fromKey((await keyOf(1, true)).access_token);
  const params = { privileges: JSON.stringify(["premium:user:basemaps", "premium:user:geocode"]) };
  const app = await rest.request(`${portal}/oauth2/apps/${made.app.client_id}/update`, { ...as, params });
  assert.equal(app.apiToken1Active, false);
  await rejected(rest.request(`${portal}/portals/self`, { authentication: key }), { code: 498 });
});

await step("a key is revoked", async () => {
  const { access_token: token } = await keyOf(1, true);
  const params = { client_id: made.app.client_id, client_secret: made.app.client_secret, apiToken: 1, regenerateApiToken: false };
  assert.equal((await rest.request(`${portal}/oauth2/revokeToken`, { params })).success, true);
  await rejected(rest.request(`${portal}/portals/self`, { params: { token } }), { code: 498 });
});

await step("an app signs in by itself, with the right secret only", async () => {
  const credentials = { clientId: made.app.client_id, portal };
  const right = new rest.ApplicationCredentialsManager({ ...credentials, clientSecret: made.app.client_secret });
  assert.ok(await right.getToken());
  const wrong = new rest.ApplicationCredentialsManager({ ...credentials, clientSecret: "wrong" });
  await rejected(wrong.getToken(), { name: "ArcGISTokenRequestError" });
});

symlinkSync(join(process.env.AKW_PACKAGES, "node_modules"), join(process.env.AKW_SCRIPTS, "node_modules"), "junction");
for (const script of ["signed-in-create-api-key.mjs", "by-hand-create-api-key.mjs"]) {
  await step(`the script ${script} of the Summary makes the credential, whatever its title is`, async () => {
    const env = { ...process.env, ARCGIS_TOKEN: jane.token };
    const { stdout } = await promisify(execFile)(process.execPath, [join(process.env.AKW_SCRIPTS, script)], { env });
    const key = stdout.trim();
    const answer = await fetch(`${portal}/portals/self`, {
      method: "POST",
      headers: { referer: "https://app.example.com/" },
      body: new URLSearchParams({ f: "json", token: key }),
    });
    const { appInfo } = await answer.json();
    assert.deepEqual(appInfo.privileges, ["premium:user:basemaps"]);
    const item = await portalApi.getItem(appInfo.itemId, as);
    assert.equal(item.owner, "jane");
    assert.equal(item.title, "'\"; `${process.exit(1)}` \\ + folder +");
    assert.equal((await portalApi.removeItem({ ...as, id: appInfo.itemId, params: { permanentDelete: true } })).success, true);
    assert.equal((await portalApi.removeFolder({ ...as, folderId: item.ownerFolder })).success, true);
  });
}

await step("the app is unregistered, the item and the folder are removed", async () => {
  const unregister = `${portal}/oauth2/apps/${made.app.client_id}/unregister`;
  assert.equal((await rest.request(unregister, as)).success, true);
  assert.equal((await portalApi.removeItem({ ...as, id: made.item, params: { permanentDelete: true } })).success, true);
  await rejected(portalApi.getItem(made.item, as), { code: "CONT_0001" });
  assert.equal((await portalApi.removeFolder({ ...as, folderId: made.folder })).success, true);
  const content = await portalApi.getUserContent({ ...as, num: 2 });
  assert.equal(content.items.length, 2);
  assert.ok(content.folders.every((folder) => folder.id !== made.folder));
});

await step("what needs a token asks for one", async () => {
  await rejected(rest.request(`${portal}/community/self`), { code: "GWM_0003" });
});

finish();

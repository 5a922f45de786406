// A person at the sign-in page of the practice portal, without a browser.

import assert from "node:assert/strict";

/** Opens the page and presses a button: where the portal sends the browser. */
export async function decide(authorizeUrl, username, decision) {
  const page = await fetch(authorizeUrl, { redirect: "manual" });
  if (page.status === 302) {
    return page.headers.get("location");
  }
  assert.equal(page.status, 200, `no sign-in page at ${authorizeUrl}`);
  const body = new URLSearchParams({ username, decision });
  const answer = await fetch(authorizeUrl, { method: "POST", body, redirect: "manual" });
  assert.equal(answer.status, 302);
  return answer.headers.get("location");
}

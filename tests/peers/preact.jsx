// The least that a page can be: Preact, and one button that starts OAuth 2.0 with PKCE (RFC 7636).
import { render } from "preact";
import { useState } from "preact/hooks";

const app = document.getElementById("app");
const { portal, clientId } = app.dataset;

async function signIn() {
  const [verifier, state] = [random(), random()];
  sessionStorage.setItem(`sign-in.${state}`, verifier);
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: "code",
    redirect_uri: location.origin + location.pathname,
    state,
    code_challenge: base64url(new Uint8Array(hash)),
    code_challenge_method: "S256",
  });
  location.href = `${portal}/sharing/rest/oauth2/authorize?${query}`;
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function SignIn() {
  const [isLeaving, setLeaving] = useState(false);
  const press = () => {
    setLeaving(true);
    signIn();
  };
  return (
    <main class="frame__main">
      <h1>Create an API key</h1>
      <button type="button" class="button button--primary" aria-disabled={isLeaving} onClick={press}>Sign in</button>
    </main>
  );
}

render(<SignIn />, app);

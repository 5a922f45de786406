// What a page of this kind usually is: React, and Esri's own client for the sign-in.
import { ArcGISIdentityManager } from "@esri/arcgis-rest-request";
import { useState } from "react";
import { createRoot } from "react-dom/client";

const app = document.getElementById("app");
const { portal, clientId } = app.dataset;

function signIn() {
  const redirectUri = location.origin + location.pathname;
  return ArcGISIdentityManager.beginOAuth2({ clientId, portal: `${portal}/sharing/rest`, redirectUri, popup: false });
}

function SignIn() {
  const [isLeaving, setLeaving] = useState(false);
  const press = () => {
    setLeaving(true);
    signIn();
  };
  return (
    <main className="frame__main">
      <h1>Create an API key</h1>
      <button type="button" className="button button--primary" aria-disabled={isLeaving} onClick={press}>Sign in</button>
    </main>
  );
}

createRoot(app).render(<SignIn />);

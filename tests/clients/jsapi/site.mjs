// The walk's own site: an empty page, two with the bundle, the callback page as Esri documents it, and the SDK's assets.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>JS SDK</title><link rel="icon" href="data:,">
<script type="module" src="/bundle/app.js"></script>`;
const callback = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Callback</title><script>
if (opener) {
  opener.dispatchEvent(new CustomEvent("arcgis:auth:location:search", { detail: location.search }));
  close();
}
</script>`;
const empty = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Empty</title><link rel="icon" href="data:,">';
const PAGES = { "/empty.html": empty, "/app.html": page, "/popup.html": page, "/oauth-callback.html": callback };
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".wasm": "application/wasm" };

/** Serves on this port; `folders` are by the first part of a path. */
export function serve(port, folders) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://127.0.0.1");
    if (PAGES[pathname]) {
      response.setHeader("Content-Type", "text/html").end(PAGES[pathname]);
      return;
    }
    const [, first, ...rest] = normalize(pathname).split("/");
    const file = folders[first] && join(folders[first], ...rest);
    try {
      const bytes = await readFile(file);
      response.setHeader("Content-Type", TYPES[extname(file)] ?? "application/octet-stream").end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(server)));
}

import { fileURLToPath } from "node:url";
import { defineConfig } from "vitepress";

// As `docs/embedding.md` says: the module comes by a script in the head, or from the bundle of the site.
const isBundled = process.env.AKW_BUNDLED === "1";
const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: "/docs/",
  title: "Lantern Maps",
  head: isBundled ? [] : [["script", { type: "module", src: "/docs/key-wizard/arcgis-key-wizard.js" }]],
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "arcgis-key-wizard" } } },
  vite: { resolve: { alias: { "#element": isBundled ? "arcgis-key-wizard" : file("./theme/nothing.ts") } } },
  themeConfig: { sidebar: [{ text: "Start", link: "/" }, { text: "Keys", link: "/keys" }] },
});

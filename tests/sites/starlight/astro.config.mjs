import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";

// As `docs/embedding.md` says: the module comes by a script in the head of every page.
export default defineConfig({
  base: "/docs",
  integrations: [
    starlight({
      title: "Lantern Maps",
      pagefind: false,
      head: [{ tag: "script", attrs: { type: "module", src: "/docs/key-wizard/arcgis-key-wizard.js" } }],
    }),
  ],
});

import type { Config } from "@docusaurus/types";

// As `docs/embedding.md` says: the module comes by a script in the head of every page.
const config: Config = {
  title: "Lantern Maps",
  url: "http://127.0.0.1",
  baseUrl: "/docs/",
  onBrokenLinks: "throw",
  scripts: [{ src: "/docs/key-wizard/arcgis-key-wizard.js", type: "module" }],
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false }]],
};

export default config;

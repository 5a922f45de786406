// A placeholder until the lead's boot script lands.
import * as glue from "./glue.js";

const tag = document.querySelector("script[data-wasm]");
const wasm = fetch(tag.dataset.wasm, { integrity: tag.dataset.wasmIntegrity, credentials: "same-origin" });
await glue.default({ module_or_path: wasm });

// The glue of wasm-bindgen allows one WebAssembly instance per module. The build turns this module into a function of
// the `WebAssembly` object that the glue sees, so that each element has its own instance.
export { default, start } from "glue";

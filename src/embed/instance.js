// The glue of wasm-bindgen keeps one WebAssembly per module. The build makes a function of this module, whose argument is
// the `WebAssembly` that the glue sees, so that each element has an instance of its own.
export { default, start } from "glue";

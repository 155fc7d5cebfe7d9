/**
 * WebAssembly modules that stand in the code: scripts/generate-wasm.mjs and generate-crc32c.mjs make them.
 */

/** The module of a .gen.ts. @throws where there is no WebAssembly, or not what it needs, or a content security policy forbids it. */
export function wasmModule(base64: string): WebAssembly.Module {
  return new WebAssembly.Module(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))
}

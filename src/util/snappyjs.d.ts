declare module 'snappyjs' {
  /** @throws {Error} where the stream is none, or longer than `maxLength` when uncompressed. */
  export function uncompress(compressed: Uint8Array, maxLength?: number): Uint8Array<ArrayBuffer>
}

declare module 'snappyjs' {
  /** The snappy block of `bytes`. */
  export function compress(bytes: Uint8Array): Uint8Array<ArrayBuffer>
}

/** Bytes that are no message. `decodeMessage` turns it into what users see. */
export class WireError extends Error {
  /** `offset` counts bytes of what is read. */
  constructor(
    reason: string,
    readonly offset: number,
  ) {
    super(reason)
  }
}

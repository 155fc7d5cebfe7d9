/** Fills bytes with what has no pattern that a checksum could hide behind, the same for each seed. */
export function fillWithNoise(bytes: Uint8Array, seed: number): void {
  let state = seed | 1
  for (let i = 0; i < bytes.length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    bytes[i] = state
  }
}

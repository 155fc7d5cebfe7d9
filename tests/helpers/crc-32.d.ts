declare module 'crc-32/crc32c.js' {
  const CRC32C: {
    /** Signed CRC-32C of `data`, continued from `seed`. */
    buf(data: ArrayLike<number>, seed?: number): number
  }
  export default CRC32C
}

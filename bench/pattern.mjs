/**
 * What the data files of a simulated checkpoint repeat: 1,024 numbers, so that values can be told.
 */
export const PATTERN = new Float32Array(1024).map((_, i) => i / 8 - 64)

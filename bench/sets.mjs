/**
 * The checkpoints that the works read and write. Sizes are decimal: 1 MB is 10^6 bytes. All tensors of a set are float32
 * vectors of one length.
 */

/**
 * @typedef {object} TensorSet
 * @property {string} name
 * @property {number} tensors how many it has
 * @property {number} bytes of each tensor
 */

/** @returns {Map<string, TensorSet>} */
export function setsAt(scale) {
  const large = (bytes) => ({ tensors: 1, bytes: 4 * scaled(bytes / 4, scale) })
  const many = (tensors, bytes) => ({ tensors: scaled(tensors, scale), bytes })
  const sets = {
    large: large(1e9),
    medium: many(1000, 1e6),
    small: many(50_000, 4e3),
    million: many(1e6, 4),
    few: { tensors: 200, bytes: 4e3 },
    // What linearity.mjs holds large, small and million against.
    'large-10': large(1e8),
    'large-100': large(1e7),
    'small-10': many(5000, 4e3),
    'small-100': many(500, 4e3),
    'million-10': many(100_000, 4),
    'million-100': many(10_000, 4),
  }
  return new Map(Object.entries(sets).map(([name, set]) => [name, { name, ...set }]))
}

function scaled(number, scale) {
  return Math.max(1, Math.round(number * scale))
}

/** "1,000 x 1 MB". */
export function sizeOf({ tensors, bytes }) {
  return `${count(tensors)} x ${bytesLabel(bytes)}`
}

export function bytesLabel(bytes) {
  const [unit, name] = bytes >= 1e9 ? [1e9, 'GB'] : bytes >= 1e6 ? [1e6, 'MB'] : bytes >= 1e3 ? [1e3, 'kB'] : [1, 'B']
  return `${Number((bytes / unit).toPrecision(3))} ${name}`
}

export function count(number) {
  return number.toLocaleString('en')
}

/** Names that look like a model's: neighbours share most of theirs, as in a real index. They sort as they are counted. */
export function tensorName(index) {
  const [block, layer] = [Math.floor(index / 1000), index % 1000]
  return `model/block_${String(block).padStart(4, '0')}/layer_${String(layer).padStart(3, '0')}/weights`
}

/** Element `i` of every tensor that is written: never zero, as what is restored over is. */
export function weight(i) {
  return Math.fround(((i % 997) + 1) / 997)
}

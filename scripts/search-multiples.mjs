/**
 * Searches for the sparse multiples of the Castagnoli polynomial P that src/util/crc32c.wat folds by, and prints the best.
 *
 *     node scripts/search-multiples.mjs
 *     node scripts/search-multiples.mjs edb88320        those of zip's polynomial, for src/formats/crc32.wat
 *
 * With y = x^8, one byte, it looks for sets of exponents whose powers of y add up to a multiple of P. P divides by x + 1, so a
 * multiple has an even number of terms, and two terms are as far apart as the order of y, 2^31 - 1: four are the fewest. A
 * multiple 1 + y^a + y^b + … + y^d strikes out the first byte of d + 1 by adding it to those d-b, d-a and d behind it.
 */
const POLYNOMIAL = Number.parseInt(process.argv[2] ?? '82f63b78', 16) // bits in reverse: x^31 is the lowest

/** y^0 to y^limit modulo P. */
function powers(limit) {
  const all = [0x80000000 | 0]
  for (let i = 1; i <= limit; i++) {
    let power = all[i - 1]
    for (let bit = 0; bit < 8; bit++) power = power & 1 ? (power >>> 1) ^ POLYNOMIAL : power >>> 1
    all.push(power | 0)
  }
  return Int32Array.from(all)
}

/** Multiples of four terms: 1 + y^i + y^j has to be a power itself. */
function ofFour(limit) {
  const y = powers(limit)
  const exponents = new Map([...y].map((power, exponent) => [power, exponent]))
  const found = []
  for (let j = 2; j < limit; j++) {
    for (let i = 1; i < j; i++) {
      const k = exponents.get(y[0] ^ y[i] ^ y[j])
      if (k > j) found.push([i, j, k])
    }
  }
  return found
}

/** Multiples of six terms: 1 + y^a + y^b is the sum of three others. */
function ofSix(limit) {
  const y = powers(limit)
  const pairs = new Map()
  for (let b = 2; b <= limit; b++) for (let a = 1; a < b; a++) pairs.set(y[0] ^ y[a] ^ y[b], [a, b])
  const found = []
  for (let e = 3; e <= limit; e++) {
    for (let d = 2; d < e; d++) {
      for (let c = 1; c < d; c++) {
        const pair = pairs.get(y[c] ^ y[d] ^ y[e])
        if (pair !== undefined && pair[1] < c) found.push([...pair, c, d, e])
      }
    }
  }
  return found
}

/** Multiples of eight terms whose last exponent is the least that any has: 1 + y^a + y^b + y^c + y^last is the sum of three others. */
function ofEight(limit, width) {
  const y = powers(limit)
  for (let last = width + 6; last <= limit; last++) {
    const triples = triplesBelow(last - width)
    const sums = new Map(triples.map((triple) => [sumOf(y, triple), triple]))
    const found = []
    for (const triple of triples) {
      const other = sums.get(y[0] ^ y[last] ^ sumOf(y, triple))
      if (other !== undefined && other[2] < triple[0]) found.push([...other, ...triple, last])
    }
    if (found.length > 0) return found
  }
  return []
}

function triplesBelow(end) {
  const found = []
  for (let a = 1; a < end; a++)
    for (let b = a + 1; b < end; b++) for (let c = b + 1; c <= end; c++) found.push([a, b, c])
  return found
}

function sumOf(y, [a, b, c]) {
  return y[a] ^ y[b] ^ y[c]
}

/** How far behind a byte those stand that it is added to. */
function lagsOf(exponents) {
  const last = exponents.at(-1)
  return [...exponents.slice(0, -1).map((exponent) => last - exponent), last].sort((a, b) => a - b)
}

/** The shortest whose smallest lag lets that many bytes be struck out at once. */
function print(name, multiples, width) {
  const usable = multiples.map(lagsOf).filter(([least]) => least >= width)
  usable.sort((a, b) => a.at(-1) - b.at(-1))
  console.log(`${name}, lags of ${width} bytes or more:`)
  for (const lags of usable.slice(0, 4)) console.log(`  ${lags.join(', ')}`)
}

print('4 terms', ofFour(6000), 64)
const six = ofSix(300)
print('6 terms', six, 16)
// What was written less than 100 bytes ago is slow to read again.
print('6 terms', six, 100)
print('8 terms', ofEight(110, 32), 32)

/**
 * `npm run check`: everything that has to hold before a change is done, the quick things first. Stops at the first that
 * does not hold, and names the command that repeats it.
 */
import { spawnSync } from 'node:child_process'

const STEPS = [
  ['npm run format:check', 'the formatter would change a file: npm run format'],
  ['npm run types', 'the types do not fit'],
  ['npm run lint', 'the linter complains'],
  ['npm run floors', 'an import or a file breaks the house rules'],
  ['npm run test:coverage', 'a test fails, or less than 95 % of the lines of src/ are covered'],
  ['npm run test:package', 'the package cannot be built, or does not work as it is installed'],
  ['npm run publint', 'package.json and the tarball do not fit'],
  ['npm run attw', 'the types do not resolve for everyone'],
]

for (const [command, meaning] of STEPS) {
  console.log(`\n── ${command}`)
  const start = performance.now()
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  if (status !== 0) {
    console.error(`\ncheck: failed after ${seconds} s at: ${command}\n       ${meaning}`)
    process.exit(1)
  }
  console.log(`   holds (${seconds} s)`)
}
console.log('\ncheck: all holds')

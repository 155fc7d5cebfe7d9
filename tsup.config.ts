import { defineConfig, type Options } from 'tsup'

const ABOUT = '/*! tfsave, Apache-2.0. Holds crc-32 and long, Apache-2.0: their notices are in the file NOTICE. */'

/**
 * What the types need of the world around, so that they compile with DOM types, with Node's, and with neither: an empty
 * interface merges with a full one.
 */
const TYPES_OF_THE_WORLD = `/// <reference lib="esnext.disposable" />
declare global {
  interface AbortSignal {}
}
`

const COMMON: Options = {
  target: 'es2022',
  // Neither Node's nor the browser's: the one file that needs a disk asks for it when it runs.
  platform: 'neutral',
  // In the bundle, so that a browser loads dist/index.js as it is.
  noExternal: ['crc-32', 'long'],
  banner: { js: ABOUT },
  sourcemap: true,
}

export default defineConfig([
  {
    ...COMMON,
    format: 'esm',
    // Code that the same entries reach stands in a file of its own. So what reading a checkpoint needs is one file, the
    // rest another, and index.js only names both: a bundler leaves out graphs, protobufjs and the op registry where a page
    // does not use them. tests/package/browser.test.ts counts the bytes.
    entry: { index: 'src/index.ts', reader: 'src/reader.ts', whole: 'src/whole.ts' },
    splitting: true,
  },
  { ...COMMON, format: 'cjs', entry: ['src/index.ts'] },
  {
    format: ['esm', 'cjs'],
    entry: ['src/index.ts'],
    dts: {
      only: true,
      banner: TYPES_OF_THE_WORLD,
      // tsup sets baseUrl, which TypeScript 6 calls deprecated.
      compilerOptions: { ignoreDeprecations: '6.0' },
    },
  },
])

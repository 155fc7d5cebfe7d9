import { defineConfig, type Options } from 'tsup'
import { inlineConstants } from './scripts/inline-constants'

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
  noExternal: ['crc-32', 'fflate', 'long'],
  sourcemap: true,
  // What a page loads is smaller for it; names and lines stay.
  esbuildPlugins: [inlineConstants],
  esbuildOptions(options) {
    options.minifySyntax = true
  },
}

export default defineConfig([
  {
    ...COMMON,
    format: 'esm',
    // Code that the same entries reach stands in a file of its own. So what reading a checkpoint needs is one file, the
    // rest another, and index.js only names both: a bundler leaves out graphs, protobufjs and the op registry where a page
    // does not use them. tests/package/browser.test.ts counts the bytes.
    // What a browser's bundler takes has no disk in it: package.json names those files under its `browser` conditions.
    entry: {
      index: 'src/node.ts',
      'index.browser': 'src/index.ts',
      formats: 'src/node-formats.ts',
      'formats.browser': 'src/formats.ts',
      reader: 'src/reader.ts',
      whole: 'src/whole.ts',
    },
    splitting: true,
  },
  // Split too: both entries have one class for each error. tsup has no source maps for that.
  {
    ...COMMON,
    format: 'cjs',
    entry: { index: 'src/node.ts', formats: 'src/node-formats.ts' },
    splitting: true,
    sourcemap: false,
  },
  {
    format: ['esm', 'cjs'],
    entry: ['src/index.ts', 'src/formats.ts'],
    dts: {
      only: true,
      banner: TYPES_OF_THE_WORLD,
      // tsup sets baseUrl, which TypeScript 6 calls deprecated.
      compilerOptions: { ignoreDeprecations: '6.0' },
    },
  },
])

import { defineConfig } from 'tsup'

const ABOUT = '/*! tfsave, Apache-2.0. Holds crc-32, Apache-2.0: its notice is in the file NOTICE. */'

/**
 * What the types need of the world around, so that they compile with DOM types, with Node's, and with neither: an empty
 * interface merges with a full one.
 */
const TYPES_OF_THE_WORLD = `/// <reference lib="esnext.disposable" />
declare global {
  interface AbortSignal {}
}
`

export default defineConfig({
  entry: ['src/index.ts'],
  format: ['esm', 'cjs'],
  target: 'es2022',
  // Neither Node's nor the browser's: the one file that needs a disk asks for it when it runs.
  platform: 'neutral',
  // In the bundle, so that a browser loads dist/index.js as it is.
  noExternal: ['crc-32'],
  banner: { js: ABOUT },
  dts: {
    banner: TYPES_OF_THE_WORLD,
    // tsup sets baseUrl, which TypeScript 6 calls deprecated.
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
  sourcemap: true,
  clean: true,
})

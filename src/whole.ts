/**
 * Everything, once more. Not an entry of the package, nor in it: the build takes it so that dist/index.js holds no code of
 * its own, only names, and a bundler can leave out the files behind it that a page does not use (tsup.config.ts).
 */
export * from './index'

/** What the harness of the cases calls errm: ["ValueError", message], or ["no error", value]. */
export function attempt<T>(run: () => T): [string, T | string] {
  try {
    return ['no error', run()]
  } catch (error) {
    return error instanceof Error ? [error.name, error.message] : ['', String(error)]
  }
}

/**
 * Paths as Python's posixpath sees them: TensorFlow's prefixes are such paths on every system.
 *
 * CPython: Lib/posixpath.py (join, normpath, relpath, dirname, basename), by behaviour.
 */

/** Whether a path begins at the root. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('/')
}

/** Everything before the last slash; '' where there is none, '/' for a name in the root. */
export function dirname(path: string): string {
  const head = path.slice(0, path.lastIndexOf('/') + 1)
  const stripped = head.replace(/\/+$/, '')
  return stripped === '' ? head : stripped
}

/** What stands behind the last slash; '' for a path that ends in one. */
export function basename(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Puts one slash between the two, where none is; an absolute `name` stands alone. Nothing is normalized. */
export function join(dir: string, name: string): string {
  if (isAbsolute(name) || dir === '') return name
  return dir.endsWith('/') ? dir + name : `${dir}/${name}`
}

/** Without empty parts, '.' and resolvable '..'; '' becomes '.'. Two leading slashes stay, as in POSIX. */
export function normpath(path: string): string {
  const root = /^\/\/(?!\/)/.test(path) ? '//' : path.startsWith('/') ? '/' : ''
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    const last = parts.at(-1)
    if (part !== '..' || (last === undefined ? root === '' : last === '..')) parts.push(part)
    else if (last !== undefined) parts.pop()
  }
  return root + parts.join('/') || '.'
}

/**
 * `path` as seen from `start`, both relative or both absolute, normalized. Where only the working directory would tell
 * (one of them absolute, or a `start` that leads further up than `path`), the answer joined to `start` is not `path`.
 */
export function relpath(path: string, start: string): string {
  const to = partsOf(path)
  const from = partsOf(start)
  let common = 0
  while (common < to.length && common < from.length && to[common] === from[common]) common++
  const up = from.slice(common).map(() => '..')
  return [...up, ...to.slice(common)].join('/') || '.'
}

function partsOf(path: string): string[] {
  return normpath(path)
    .split('/')
    .filter((part) => part !== '' && part !== '.')
}

/**
 * The golden graphs: files that TensorFlow wrote, and what it made of them when it imported them.
 * tests/oracle/make_graphs_golden.py says what each part is.
 */
import { goldenFile } from './golden'

/** What a file of a golden graph is. One file may be several. */
export type GraphPart =
  | 'meta'
  | 'metaText'
  | 'pb'
  | 'pbtxt'
  | 'metaAgain'
  | 'metaScoped'
  | 'metaStripped'
  | 'metaCleared'
  | 'imported'
  | 'prefixed'
  | 'shapes'
  | 'prefixedShapes'

export type GraphParts = Partial<Record<GraphPart, string | null>>

interface GraphManifest {
  readonly goldens: Readonly<Record<string, GraphParts>>
}

/** Name and parts of each, as the manifest has them. */
export function goldenGraphs(): [name: string, parts: GraphParts][] {
  const text = new TextDecoder().decode(goldenFile('graphs/manifest.json'))
  return Object.entries((JSON.parse(text) as GraphManifest).goldens)
}

/** Those that have this part: not those where TensorFlow refuses to make it. */
export function graphsWith(part: GraphPart): [name: string, file: string][] {
  return goldenGraphs().flatMap(([name, parts]) => {
    const file = parts[part]
    return typeof file === 'string' ? [[name, `graphs/${name}/${file}`] as [string, string]] : []
  })
}

/** Those that TensorFlow refuses to make into this part. */
export function graphsRefused(part: GraphPart): string[] {
  return goldenGraphs().flatMap(([name, parts]) => (parts[part] === null ? [name] : []))
}

/** The bytes of a part. */
export function graphFile(name: string, part: GraphPart): Uint8Array<ArrayBuffer> {
  const file = graphsWith(part).find(([golden]) => golden === name)?.[1]
  if (file === undefined) throw new Error(`The golden graph ${name} has no ${part}`)
  return goldenFile(file)
}

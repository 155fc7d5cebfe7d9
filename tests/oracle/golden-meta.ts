/**
 * What TensorFlow makes of names, collections, parts of graphs and bad meta graphs. tests/oracle/make_meta_golden.py says
 * what each part is.
 */
import { goldenFile } from './golden'

/** Options of import_meta_graph, as Python calls them. */
export interface PythonImport {
  readonly import_scope?: string
  readonly clear_devices?: boolean
}

/** Options of export_meta_graph, as Python calls them; `saver` is the Saver of the import. */
export interface PythonExport {
  readonly saver?: boolean
  readonly clear_devices?: boolean
  readonly strip_default_attrs?: boolean
  readonly clear_extraneous_savers?: boolean
  readonly export_scope?: string
  readonly collection_list?: readonly string[]
}

interface MetaGolden {
  readonly names: [name: string, scope: string, prepended: string, stripped: string][]
  readonly collections: [
    key: string,
    items: [kind: string, value: unknown][],
    def: string | null,
    warning: string | null,
  ][]
  readonly source: string
  readonly small: string
  readonly exports: [PythonImport, PythonExport, metaGraph: string, unboundInputs: string[]][]
  readonly items: [PythonImport, Record<string, unknown[]>][]
  readonly refused: [what: string, metaGraph: string, PythonImport, errorClass: string, message: string][]
  readonly versions: [version: string, saysTrainable: boolean][]
}

export const META_GOLDEN = JSON.parse(new TextDecoder().decode(goldenFile('meta-graphs.json'))) as MetaGolden

/** The bytes of a meta graph of the golden. */
export function metaBytes(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}

/**
 * Writes the index of a bundle: a table of "" → BundleHeaderProto, then key → BundleEntryProto in the order of the keys' bytes.
 *
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, BundleWriter::Finish and MergeBundles.
 */
import { type FileSystem, type WritableFile } from '../fs/file-system'
import { type BundleHeader, encodeBundleEntry, encodeBundleHeader } from '../proto/bundle-messages'
import { plainEntryWriter } from '../proto/plain-entry'
import { TableBuilder } from '../table/table-builder'
import { EMPTY_BYTES } from '../util/bytes'
import { ByteWriter } from '../util/coding'
import { type BundleEntries } from './bundle-entries'

/** The index is handed to the file in pieces of about this size. */
const PIECE = 1 << 20

/** The version that TensorFlow writes: kTensorBundleVersion. */
const PRODUCER = 1

/** The header of what one writer writes. */
export const ONE_SHARD: BundleHeader = {
  numShards: 1,
  bigEndian: false,
  version: { producer: PRODUCER, minConsumer: 0, badConsumers: [] },
}

/** Adds an entry. Something to wait for where a piece of the file is full; key and value may change at once. */
export type PutEntry = (key: Uint8Array, value: Uint8Array) => Promise<void> | undefined

/** Writes the file `path`, and syncs it where that is asked for. */
export function writeBundleIndex(
  fs: FileSystem,
  path: string,
  header: BundleHeader,
  entries: BundleEntries,
  durable: boolean,
): Promise<void> {
  return writeIndexFile(fs, path, header, (put) => putAll(entries, put), durable)
}

/** The same, of entries that are encoded: `putEntries` puts one after another, in the order of the keys' bytes. */
export async function writeIndexFile(
  fs: FileSystem,
  path: string,
  header: BundleHeader,
  putEntries: (put: PutEntry) => Promise<void>,
  durable: boolean,
): Promise<void> {
  const file = await fs.create(path)
  try {
    await appendTable(file, header, putEntries)
  } catch (error) {
    await file.close().catch(() => undefined)
    throw error
  }
  await syncAndClose(file, durable)
}

/** Syncs a file where that is asked for, and closes it in any case. */
export async function syncAndClose(file: WritableFile | undefined, durable: boolean): Promise<void> {
  try {
    if (durable) await file?.sync()
  } finally {
    await file?.close()
  }
}

async function appendTable(
  file: WritableFile,
  header: BundleHeader,
  putEntries: (put: PutEntry) => Promise<void>,
): Promise<void> {
  const ready = new ByteWriter(1 << 16)
  const table = new TableBuilder((bytes) => ready.append(bytes))
  const write = async (): Promise<void> => {
    await file.append(ready.view())
    ready.clear()
  }
  table.add(EMPTY_BYTES, encodeBundleHeader(header))
  await putEntries((key, value) => {
    table.add(key, value)
    return ready.length >= PIECE ? write() : undefined
  })
  table.finish()
  await write()
}

async function putAll(entries: BundleEntries, put: PutEntry): Promise<void> {
  const writer = new ByteWriter()
  const plain = plainEntryWriter()
  const places = entries.sorted()
  for (let i = 0; i < places.length; i++) {
    const place = places[i] as number
    const entry = entries.entryAt(place)
    let value = plain(entry)
    if (value === undefined) {
      writer.clear()
      encodeBundleEntry(writer, entry)
      value = writer.view()
    }
    const writing = put(entries.keyAt(place), value)
    if (writing !== undefined) await writing
  }
}

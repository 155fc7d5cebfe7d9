/** A file system whose files are quick, as those of Node's disk are: what is looked at and let go of comes in small pieces. */
import { type RandomAccessFile } from '../../src/fs/file-system'
import { FaultFileSystem } from './fault-fs'

export class QuickFileSystem extends FaultFileSystem {
  /** Ranges that were read, in the order in which it began. */
  readonly ranges: { readonly offset: number; readonly length: number }[] = []
  /** Reads that reject, counted from 0; none by default. */
  failing = Infinity

  override async open(path: string, options?: { signal?: AbortSignal }): Promise<RandomAccessFile> {
    const file = await super.open(path, options)
    const later = async (offset: number, length: number): Promise<void> => {
      const number = this.ranges.push({ offset, length }) - 1
      await new Promise((resolve) => setImmediate(resolve))
      if (number === this.failing) throw new Error('The disk is gone')
    }
    return {
      quick: true,
      size: file.size,
      read: (offset, length) => later(offset, length).then(() => file.read(offset, length)),
      readInto: (offset, target) => later(offset, target.length).then(() => file.readInto?.(offset, target)),
      close: () => file.close(),
    }
  }
}

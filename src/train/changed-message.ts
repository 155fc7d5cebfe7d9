/**
 * Messages that differ from others in a few fields: what belongs to a caller or a graph is not written into.
 */
import type { MessageCodec } from '../proto/messages'

/** A message with other values in some fields; what stays is shared, fields that the schema does not know are kept. */
export function changedMessage<T extends object>(Codec: MessageCodec<T>, message: T, fields: Partial<T>): T {
  const copy = new Codec({ ...message, ...fields })
  const { $unknowns } = message as { $unknowns?: Uint8Array[] }
  if ($unknowns !== undefined) {
    Object.defineProperty(copy, '$unknowns', { value: $unknowns, configurable: true, writable: true })
  }
  return copy
}

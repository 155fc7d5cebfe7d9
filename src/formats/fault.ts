/**
 * What is said of a weight file that cannot be read or written: what it is, where, and in which tensor.
 */
import { DataLossError, InvalidArgumentError, type OpErrorDetails, UnimplementedError } from '../util/errors'

/** What is in hand, for errors. */
export interface Place {
  /** "an npz", as it stands behind "Cannot read m.npz as". */
  readonly format: string
  readonly path?: string | undefined
  /** The tensor's name. */
  readonly key?: string | undefined
}

/** The same file, at one of its tensors. */
export function atKey(place: Place, key: string): Place {
  return { ...place, key }
}

/** Bytes that contradict the format. */
export function damaged(place: Place, what: string, offset?: number, cause?: unknown): DataLossError {
  return new DataLossError(readingMessage(place, what), detailsOf(place, offset, cause))
}

/** Something sound that is not read here. */
export function unsupported(place: Place, what: string, offset?: number): UnimplementedError {
  return new UnimplementedError(readingMessage(place, what), detailsOf(place, offset))
}

/** A value, a name or an option that the format cannot hold. */
export function unwritable(place: Place, what: string): InvalidArgumentError {
  const name = place.key === undefined ? 'this' : shorten(JSON.stringify(place.key))
  return new InvalidArgumentError(`Cannot write ${name} into ${place.format}: ${what}`, detailsOf(place))
}

function readingMessage({ path, format, key }: Place, what: string): string {
  const tensor = key === undefined ? '' : `${shorten(JSON.stringify(key))}: `
  return `Cannot read ${path ?? 'these bytes'} as ${format}: ${tensor}${what}`
}

function detailsOf({ path, key }: Place, offset?: number, cause?: unknown): OpErrorDetails {
  return {
    ...(path === undefined ? undefined : { path }),
    ...(key === undefined ? undefined : { key }),
    ...(offset === undefined ? undefined : { offset }),
    cause,
  }
}

const LONGEST = 100

/** As much of a text from a file as a message shows. */
export function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`
}

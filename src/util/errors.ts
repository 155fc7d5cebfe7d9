/**
 * The errors that tfsave throws: tf.errors by name and code, and Python's own where TensorFlow raises those.
 *
 * An OpError says where: `path` is the file, `key` the tensor, `offset` the byte in that file.
 * TensorFlow: python/framework/errors_impl.py, core/lib/core/error_codes.proto.
 */

/** The codes of tf.errors that a saving system meets. */
export type ErrorCode =
  | 'NOT_FOUND'
  | 'DATA_LOSS'
  | 'INVALID_ARGUMENT'
  | 'FAILED_PRECONDITION'
  | 'OUT_OF_RANGE'
  | 'UNIMPLEMENTED'
  | 'ALREADY_EXISTS'
  | 'ABORTED'
  | 'INTERNAL'
  | 'PERMISSION_DENIED'
  | 'RESOURCE_EXHAUSTED'
  | 'UNAVAILABLE'
  | 'UNKNOWN'

/** Where it happened, and what lay behind it. */
export interface OpErrorDetails {
  /** The file, as it was named to the file system. */
  path?: string
  /** The tensor's key in the checkpoint. */
  key?: string
  /** The byte in the file. */
  offset?: number
  /** The error that this one was made of. */
  cause?: unknown
}

/** What every error of tf.errors has in common. */
export abstract class OpError extends Error {
  /** What kind of error it is, by tf.errors' name for it. */
  abstract readonly code: ErrorCode
  /** The file, as it was named to the file system. */
  readonly path?: string | undefined
  /** The tensor's key in the checkpoint. */
  readonly key?: string | undefined
  /** The byte in the file. */
  readonly offset?: number | undefined

  constructor(message: string, details: OpErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.path = details.path
    this.key = details.key
    this.offset = details.offset
  }
}

/** A file or a key that is not there. */
export class NotFoundError extends OpError {
  override readonly name: string = 'NotFoundError'
  readonly code = 'NOT_FOUND'
}
/** Bytes that are damaged: a checksum, a magic number, a length that cannot be. */
export class DataLossError extends OpError {
  override readonly name: string = 'DataLossError'
  readonly code = 'DATA_LOSS'
}
/** An argument that does not fit, such as a variable of another shape. */
export class InvalidArgumentError extends OpError {
  override readonly name: string = 'InvalidArgumentError'
  readonly code = 'INVALID_ARGUMENT'
}
/** The system is not in the state that the call needs: an uninitialized variable, a directory in a file's place. */
export class FailedPreconditionError extends OpError {
  override readonly name: string = 'FailedPreconditionError'
  readonly code = 'FAILED_PRECONDITION'
}
/** A read past the end of a file. */
export class OutOfRangeError extends OpError {
  override readonly name: string = 'OutOfRangeError'
  readonly code = 'OUT_OF_RANGE'
}
/** Something that is not done here. */
export class UnimplementedError extends OpError {
  override readonly name: string = 'UnimplementedError'
  readonly code = 'UNIMPLEMENTED'
}
/** A file that is there already. */
export class AlreadyExistsError extends OpError {
  override readonly name: string = 'AlreadyExistsError'
  readonly code = 'ALREADY_EXISTS'
}
/** The work was given up, by this side or another one. */
export class AbortedError extends OpError {
  override readonly name: string = 'AbortedError'
  readonly code = 'ABORTED'
}
/** A fault of the library's own. */
export class InternalError extends OpError {
  override readonly name: string = 'InternalError'
  readonly code = 'INTERNAL'
}
/** The system refuses the access. */
export class PermissionDeniedError extends OpError {
  override readonly name: string = 'PermissionDeniedError'
  readonly code = 'PERMISSION_DENIED'
}
/** No room: disk, memory, file handles. */
export class ResourceExhaustedError extends OpError {
  override readonly name: string = 'ResourceExhaustedError'
  readonly code = 'RESOURCE_EXHAUSTED'
}
/** Not now; the same call may succeed later. */
export class UnavailableError extends OpError {
  override readonly name: string = 'UnavailableError'
  readonly code = 'UNAVAILABLE'
}
/** An error that fits no other code. */
export class UnknownError extends OpError {
  override readonly name: string = 'UnknownError'
  readonly code = 'UNKNOWN'
}

/** Python's ValueError. The message is TensorFlow's, word for word, where its users search for it. */
export class ValueError extends Error {
  override readonly name: string = 'ValueError'
}
/** Python's KeyError. */
export class KeyError extends Error {
  override readonly name: string = 'KeyError'
}
/** Python's LookupError. */
export class LookupError extends Error {
  override readonly name: string = 'LookupError'
}
/** Python's AssertionError. */
export class AssertionError extends Error {
  override readonly name: string = 'AssertionError'
}
/** Python's RuntimeError. */
export class RuntimeError extends Error {
  override readonly name: string = 'RuntimeError'
}
/** Python's OSError. */
export class OSError extends Error {
  override readonly name: string = 'OSError'
}

/** Whether `error` is an OpError of one of `codes`; of any code where none is given. */
export function isOpError<C extends ErrorCode>(error: unknown, ...codes: C[]): error is OpError & { readonly code: C } {
  return error instanceof OpError && (codes.length === 0 || (codes as readonly string[]).includes(error.code))
}

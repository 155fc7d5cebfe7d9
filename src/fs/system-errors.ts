/**
 * What file systems refuse, and how they say it: TensorFlow's classes and texts for the system's error numbers.
 *
 * TensorFlow: "<path>; <strerror text>", core/platform/errors.cc, IOError; the classes are absl's ErrnoToStatusCode.
 */
import { hasLoneSurrogate } from '../util/bytes'
import {
  AbortedError,
  AlreadyExistsError,
  FailedPreconditionError,
  InvalidArgumentError,
  NotFoundError,
  type OpError,
  type OpErrorDetails,
  OutOfRangeError,
  PermissionDeniedError,
  ResourceExhaustedError,
  UnavailableError,
  UnimplementedError,
  UnknownError,
} from '../util/errors'

type OpErrorClass = new (message: string, details?: OpErrorDetails) => OpError

/** glibc's texts. ETIMEDOUT and ECANCELED are DEADLINE_EXCEEDED and CANCELLED there, for which there is no class here. */
const SYSTEM_ERRORS = new Map<string, readonly [OpErrorClass, string]>([
  ['ENOENT', [NotFoundError, 'No such file or directory']],
  ['ENXIO', [NotFoundError, 'No such device or address']],
  ['ENODEV', [NotFoundError, 'No such device']],
  ['EPERM', [PermissionDeniedError, 'Operation not permitted']],
  ['EACCES', [PermissionDeniedError, 'Permission denied']],
  ['EROFS', [PermissionDeniedError, 'Read-only file system']],
  ['EEXIST', [AlreadyExistsError, 'File exists']],
  ['EISDIR', [FailedPreconditionError, 'Is a directory']],
  ['ENOTDIR', [FailedPreconditionError, 'Not a directory']],
  ['ENOTEMPTY', [FailedPreconditionError, 'Directory not empty']],
  ['EBUSY', [FailedPreconditionError, 'Device or resource busy']],
  ['ETXTBSY', [FailedPreconditionError, 'Text file busy']],
  ['EBADF', [FailedPreconditionError, 'Bad file descriptor']],
  ['EPIPE', [FailedPreconditionError, 'Broken pipe']],
  ['ENOSPC', [ResourceExhaustedError, 'No space left on device']],
  ['EDQUOT', [ResourceExhaustedError, 'Disk quota exceeded']],
  ['EMFILE', [ResourceExhaustedError, 'Too many open files']],
  ['ENFILE', [ResourceExhaustedError, 'Too many open files in system']],
  ['EMLINK', [ResourceExhaustedError, 'Too many links']],
  ['ENOMEM', [ResourceExhaustedError, 'Cannot allocate memory']],
  ['EAGAIN', [UnavailableError, 'Resource temporarily unavailable']],
  ['EINTR', [UnavailableError, 'Interrupted system call']],
  ['ETIMEDOUT', [UnavailableError, 'Connection timed out']],
  ['ECONNRESET', [UnavailableError, 'Connection reset by peer']],
  ['EHOSTDOWN', [UnavailableError, 'Host is down']],
  ['EINVAL', [InvalidArgumentError, 'Invalid argument']],
  ['ENAMETOOLONG', [InvalidArgumentError, 'File name too long']],
  ['EILSEQ', [InvalidArgumentError, 'Invalid or incomplete multibyte or wide character']],
  ['ESPIPE', [InvalidArgumentError, 'Illegal seek']],
  ['EFBIG', [OutOfRangeError, 'File too large']],
  ['EOVERFLOW', [OutOfRangeError, 'Value too large for defined data type']],
  ['EXDEV', [UnimplementedError, 'Invalid cross-device link']],
  ['ENOSYS', [UnimplementedError, 'Function not implemented']],
  ['ENOTSUP', [UnimplementedError, 'Operation not supported']],
  ['ESTALE', [AbortedError, 'Stale file handle']],
  ['ECANCELED', [AbortedError, 'Operation canceled']],
  ['EIO', [UnknownError, 'Input/output error']],
  ['ELOOP', [UnknownError, 'Too many levels of symbolic links']],
])

/** The codes that `systemError` has a text for, such as 'ENOENT'. */
export function systemErrorCodes(): string[] {
  return [...SYSTEM_ERRORS.keys()]
}

/**
 * The error that TensorFlow gives for an error number of the system; UnknownError, with the cause's text, for one it does not name.
 *
 * @param detail stands behind the text
 */
export function systemError(code: string, path: string, cause?: unknown, detail = ''): OpError {
  const known = SYSTEM_ERRORS.get(code)
  const [Class, text] = known ?? [UnknownError, cause instanceof Error ? cause.message : code]
  return new Class(`${path}; ${text}${detail === '' ? '' : `: ${detail}`}`, { path, cause })
}

/** The error for bytes that a file does not have. The sentence is TensorFlow's, the rest is ours. */
export function shortRead(path: string, offset: number, length: number, missing: number): OutOfRangeError {
  const what = `${missing} of the ${length} bytes at ${offset} of ${path} are missing`
  return new OutOfRangeError(`Read less bytes than requested: ${what}`, { path, offset })
}

/**
 * Checks a range before anything is allocated for it. Nothing, read anywhere, is fine, as in TensorFlow.
 * @throws {InvalidArgumentError} for an offset or a length that is none; {OutOfRangeError} where a file of `size` bytes
 *   has fewer.
 */
export function checkRange(path: string, size: number, offset: number, length: number): void {
  for (const number of [offset, length]) {
    if (!Number.isSafeInteger(number) || number < 0) {
      throw new InvalidArgumentError(`Cannot read ${length} bytes at ${offset} of ${path}: ${number} is no size`, {
        path,
      })
    }
  }
  const missing = Math.min(length, offset + length - size)
  if (missing > 0) throw shortRead(path, offset, length, missing)
}

/**
 * Checks that a path names what it seems to: the system cuts it at a zero byte, and takes every lone surrogate for the same character.
 * @throws {InvalidArgumentError} for either.
 */
export function checkPath(path: string): void {
  const fault = path.includes('\0') ? 'a zero byte' : hasLoneSurrogate(path) ? 'half of a surrogate pair' : undefined
  if (fault !== undefined) {
    throw new InvalidArgumentError(`Cannot use ${JSON.stringify(path)} as a path: it holds ${fault}`, { path })
  }
}

/** The error for a file handle that is used after close(). */
export function closedError(path: string): OpError {
  return systemError('EBADF', path, undefined, 'the file was closed')
}

/** Memory for what is read. @throws {ResourceExhaustedError} where there is none. */
export function allocate(length: number, path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(length)
  } catch (cause) {
    throw systemError('ENOMEM', path, cause, `${length} bytes in one array`)
  }
}

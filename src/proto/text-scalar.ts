/**
 * One value of protobuf text that is no message.
 *
 * protobuf: python/google/protobuf/text_format.py, _MergeScalarField, ParseEnum.
 */
import { ValueError } from '../util/errors'
import type { TextEnumType, TextScalarField } from './text-format'
import { parseBoolean, parseFloat64, parseInteger, parseSmallInteger, pythonInteger } from './text-numbers'
import type { TextTokenizer } from './text-tokenizer'

/** string; bytes; double, float, int32, uint32, enum; int64, uint64 (numbers where they are safe); bool. */
export type TextScalar = string | Uint8Array | number | bigint | boolean

/** The next value for `field`. Floats are rounded to float32. @throws {ParseError} */
export function parseScalar(tokenizer: TextTokenizer, field: TextScalarField): TextScalar {
  switch (field.kind) {
    case 'enum': {
      const { enumType } = field
      return tokenizer.consumeValue((token) => parseEnum(token, enumType))
    }
    case 'string':
      return tokenizer.consumeString()
    case 'bytes':
      return tokenizer.consumeBytes()
    case 'bool':
      return tokenizer.consumeValue(parseBoolean)
    case 'double':
      return tokenizer.consumeValue(parseFloat64)
    case 'float':
      return Math.fround(tokenizer.consumeValue(parseFloat64))
    default:
      return tokenizer.consumeValue(INTEGERS[field.kind])
  }
}

const INTEGERS = {
  int32: (token: string): number => Number(integerOf(token, -(1n << 31n), (1n << 31n) - 1n)),
  uint32: (token: string): number => Number(integerOf(token, 0n, (1n << 32n) - 1n)),
  int64: (token: string): number | bigint => integerOf(token, -(1n << 63n), (1n << 63n) - 1n),
  uint64: (token: string): number | bigint => integerOf(token, 0n, (1n << 64n) - 1n),
}

function integerOf(token: string, min: bigint, max: bigint): number | bigint {
  const small = parseSmallInteger(token)
  return small !== undefined && small >= min && small <= max ? small : parseInteger(token, min, max)
}

/** The number of a value's name, or a number. */
function parseEnum(token: string, type: TextEnumType): number {
  const named = type.numberOf(token)
  if (named !== undefined) return named
  const number = pythonInteger(token)
  if (number === undefined) throw new ValueError(`Enum type "${type.fullName}" has no value named ${token}.`)
  return Number(parseInteger(token, -(1n << 31n), (1n << 31n) - 1n))
}

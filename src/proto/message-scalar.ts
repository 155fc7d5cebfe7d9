/**
 * Values of fields that are no messages, checked and brought to the form in which decoding gives them.
 */
import Long from 'long'
import { isBytes } from '../util/bytes'
import type { EnumField, ScalarField } from './message-type'

/** @throws what `misfit` makes of what the field takes */
export function copyScalar(
  field: ScalarField | EnumField,
  value: unknown,
  misfit: (expected: string) => Error,
): unknown {
  switch (field.kind) {
    case 'string':
      if (typeof value === 'string') return value
      throw misfit('a string')
    case 'bytes':
      if (isBytes(value)) return value
      throw misfit('a Uint8Array')
    case 'bool':
      if (typeof value === 'boolean') return value
      throw misfit('a boolean')
    case 'float':
      if (typeof value === 'number') return Math.fround(value)
      throw misfit('a number')
    case 'double':
      if (typeof value === 'number') return value
      throw misfit('a number')
    case 'enum':
      return copyEnum(field, value, misfit)
    case 'uint32':
      if (isIntegerOf(value, 0, 0xffff_ffff)) return Number(value)
      throw misfit('an integer from 0 to 4294967295')
    case 'int32':
      if (isIntegerOf(value, -0x8000_0000, 0x7fff_ffff)) return Number(value)
      throw misfit('an integer from -2147483648 to 2147483647')
    case 'int64':
      return copyLong(value, false) ?? refuse(misfit('a 64-bit integer (a number, bigint or Long)'))
    case 'uint64':
      return copyLong(value, true) ?? refuse(misfit('an unsigned 64-bit integer (a number, bigint or Long)'))
  }
}

function copyEnum(field: EnumField, value: unknown, misfit: (expected: string) => Error): number {
  if (typeof value === 'number' && isIntegerOf(value, -0x8000_0000, 0x7fff_ffff)) return value
  const number = typeof value === 'string' ? field.enumType.numberOf(value) : undefined
  throw misfit(
    `a number of ${field.enumType.fullName}${number === undefined ? '' : ` (${value as string} is ${number})`}`,
  )
}

/** Keys of maps come as bigints. */
function isIntegerOf(value: unknown, min: number, max: number): boolean {
  if (typeof value === 'bigint') return value >= min && value <= max
  return Number.isInteger(value) && (value as number) >= min && (value as number) <= max
}

/** Undefined for what is no integer of 64 bits. */
function copyLong(value: unknown, unsigned: boolean): Long | undefined {
  if (Long.isLong(value)) return copyOfLong(value, unsigned)
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return unsigned && value < 0 ? undefined : Long.fromNumber(value, unsigned)
  }
  if (typeof value !== 'bigint') return undefined
  const fits = (unsigned ? BigInt.asUintN(64, value) : BigInt.asIntN(64, value)) === value
  return fits ? Long.fromBigInt(value, unsigned) : undefined
}

/** A Long is never changed. One with the other sign is taken where it is the same number in both. */
function copyOfLong(value: Long, unsigned: boolean): Long | undefined {
  if (value.unsigned === unsigned) return value
  return value.high >= 0 ? Long.fromBits(value.low, value.high, unsigned) : undefined
}

function refuse(error: Error): never {
  throw error
}

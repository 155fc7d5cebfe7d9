/**
 * What came of giving variables values by name.
 */

/** What came of a restore, in checkpoint keys. */
export interface RestoreReport {
  /** Variables that have a new value. */
  readonly restored: readonly string[]
  /** Variables that no value was found for. */
  readonly missing: readonly string[]
  /** Variables whose value is of another dtype or shape, "float32 [2,3]". */
  readonly mismatched: readonly { key: string; expected: string; found: string }[]
  /** Names of values that no variable took. */
  readonly unused: readonly string[]
}

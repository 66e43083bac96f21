import type { JsonObject } from './json.ts'

/** What a result of a test file came to for one resource and one rule. */
export interface TestRow {
  /** As the test file writes it: `name` or `namespace/name`. */
  readonly policy: string
  readonly rule: string
  /** `apiVersion/Kind/namespace/name`; of a generated resource `/name`. */
  readonly resource: string
  readonly outcome: 'pass' | 'fail' | 'skip'
  /** What it counts as: an expected skip and an excluded resource pass, and count as skipped. */
  readonly counted: 'pass' | 'fail' | 'skip'
  readonly reason: string
  readonly message: string
  /** The two resources that should be equal and are not. */
  readonly difference?: { readonly expected: JsonObject; readonly actual: JsonObject; readonly kind: 'patched' | 'generated' }
}

/** One document of a test file. */
export interface TestCaseReport {
  readonly path: string
  readonly name: string
  /** What was loaded, in words, in order. */
  readonly progress: readonly string[]
  readonly rows: readonly TestRow[]
  /** Why the test could not be run to its end; it then counts as failed. */
  readonly error?: string
}

/** A run of tests. */
export interface TestReport {
  /** Those of which the selector leaves something. */
  readonly cases: readonly TestCaseReport[]
  /** How many documents of test files were read, whatever the selector leaves of them. */
  readonly found: number
  /** Files that are no tests, and what is wrong with them. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[]
}

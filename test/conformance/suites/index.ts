import type { Suite } from '../suite.ts'

/** Every suite, in the order of the report. One line a suite. */
export const suites: readonly Suite[] = [
]

import type { Outcome } from '../report/index.ts'

/** What a run says to the shell. `apply` and `test` keep Kyverno's codes beside these. */
export const exitCodes = {
  ok:          { code: 0,   meaning: 'nothing at or above the threshold (`--fail-on`)' },
  violations:  { code: 1,   meaning: 'violations at or above the threshold' },
  failed:      { code: 2,   meaning: 'presync could not do all of its work: usage, rendering, a broken policy or manifest, a look-up, a rule that ended in an error, empty input. Wins over 1, because the results are incomplete' },
  bug:         { code: 70,  meaning: 'a bug in presync; please report it' },
  interrupted: { code: 130, meaning: 'interrupted' },
} as const satisfies Record<string, { readonly code: number; readonly meaning: string }>

/** A number, because commands with foreign conventions (`apply --warn-exit-code N`) choose freely. */
export type ExitCode = number

/** How a judged report ends. */
export const outcomeCodes = { ok: exitCodes.ok.code, violations: exitCodes.violations.code, failed: exitCodes.failed.code } as const satisfies Record<Outcome, ExitCode>

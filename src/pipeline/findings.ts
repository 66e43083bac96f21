import type { Problem } from '../model/errors.ts'
import type { Report } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import { suppress } from '../report/index.ts'
import type { Suppressions } from './load-suppressions.ts'
import { uniqueProblems } from './unique-problems.ts'

/** What was found of one resource, and which one of all that are checked it is: parts of a run are put together by that. */
export interface Placed<Item> {
  readonly at: number
  readonly items: readonly Item[]
}

/** What a run has found before it is known what of it counts: suppressions, repeated problems and the like can only be judged when all of it is there. */
export interface Findings extends Pick<Report, 'sources' | 'policies' | 'resourceCount' | 'notices'> {
  readonly results: readonly Placed<RuleResult>[]
  readonly problems: {
    /** Of what was rendered. */
    readonly rendering: readonly Problem[]
    /** Of resources that do not fit their schema. */
    readonly schemas: readonly Placed<Problem>[]
    /** Of policies and of what they are evaluated with. */
    readonly policies: readonly Problem[]
  }
  /** Kinds of which look-ups were answered from the checked resources alone. */
  readonly partialKinds: readonly string[]
  /** The resources whose annotations say which failures are known. */
  readonly annotated: readonly Resource[]
  readonly suppressions: Suppressions
}

/** Nothing was looked at. */
export const noFindings: Findings = {
  sources: [], policies: [], resourceCount: 0, notices: [], results: [], problems: { rendering: [], schemas: [], policies: [] }, partialKinds: [], annotated: [],
  suppressions: { problems: [], today: '', partial: true },
}

/** Turns findings into a report: takes out what is known, and says each problem once. */
export function concludeFindings(findings: Findings): Report {
  const { sources, policies, resourceCount, problems: { rendering, schemas, policies: ofPolicies }, suppressions } = findings
  const known = suppress(findings.results.flatMap(({ items }) => items), findings.annotated, suppressions)
  return {
    results: known.results, sources, policies, resourceCount, notices: [...findings.notices, ...describePartial(findings.partialKinds)],
    problems: uniqueProblems([...rendering, ...schemas.flatMap(({ items }) => items), ...ofPolicies, ...suppressions.problems, ...known.problems]),
  }
}

function describePartial(kinds: readonly string[]): readonly string[] {
  if (kinds.length === 0) return []
  return [`look-ups of ${[...kinds].sort().join(', ')} were answered from the checked resources alone; a snapshot of the cluster (--cluster-snapshot) knows the others`]
}

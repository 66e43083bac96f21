import { withBaseCheckout, type BaseCheckout } from '../io/base-checkout.ts'
import { withTemporaryFolder } from '../io/temporary-folder.ts'
import { formatYaml } from '../manifest/index.ts'
import { KnownError } from '../model/errors.ts'
import type { Report, ReportComparison, ResourceChange } from '../model/report.ts'
import type { Resource, ResourceId } from '../model/resource.ts'
import { compareReports } from '../report/index.ts'
import { toBaseOptions } from './base-options.ts'
import { examineTree, type Examined } from './check.ts'
import { examineTouched, type ExaminedSides, type ExamineTouchedOptions } from './examine-touched.ts'
import { concludeFindings, noFindings, type Findings } from './findings.ts'
import { emptyPolicySet } from './policy-set.ts'
import { ownerIn } from './shard/share.ts'

export interface CheckAgainstBaseOptions extends ExamineTouchedOptions {
  /** Also what the change cannot touch. */
  readonly full?: boolean | undefined
  /** Also say how the rendered resources differ. */
  readonly showDiff: boolean
}

/** What was found in the working tree and, where it could be checked out, in what it is held against. */
export interface ExaminedChange {
  readonly head: Examined
  readonly base?: ExaminedBase
}

/** The other side of a comparison. */
export interface ExaminedBase extends Pick<ReportComparison, 'ref' | 'commit' | 'changes'> {
  readonly findings: Findings
  /** What a reader has to know of the comparison. */
  readonly notices: readonly string[]
}

/** Checks the working tree and the merge base, each with its own policies, and reports what is new. */
export async function checkAgainstBase(options: CheckAgainstBaseOptions): Promise<Report> {
  const { head, base } = await examineChange(options)
  return concludeChange(head.findings, base)
}

/** The same up to where a part of it can be put together with others. */
export async function examineChange(options: CheckAgainstBaseOptions): Promise<ExaminedChange> {
  try {
    return await withBaseCheckout({ cwd: options.cwd, ref: options.base, whole: options.full === true }, (base) => withCache(options, (shared) => examineBoth(shared, base)))
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    const problem = { code: error.code, severity: 'error' as const, message: error.message }
    return { head: { ...nothing, findings: { ...noFindings, problems: { ...noFindings.problems, rendering: [problem] } } } }
  }
}

/** Reports what is new; everything where there is nothing to compare with. */
export function concludeChange(head: Findings, base?: ExaminedBase): Report {
  const report = concludeFindings(head)
  if (base === undefined) return report
  const { comparison, ...compared } = compareReports(report, concludeFindings(base.findings), base)
  return { ...compared, notices: [...compared.notices, ...base.notices], comparison: base.changes === undefined ? comparison : { ...comparison, changes: base.changes } }
}

/** What both sides have in common is rendered once, also where nothing is to be kept. */
async function withCache<T>(options: CheckAgainstBaseOptions, use: (options: CheckAgainstBaseOptions) => Promise<T>): Promise<T> {
  if (options.tools.cache !== undefined) return use(options)
  return withTemporaryFolder((cache) => use({ ...options, tools: { ...options.tools, cache } }))
}

async function examineBoth(options: CheckAgainstBaseOptions, base: BaseCheckout): Promise<ExaminedChange> {
  const touched = options.full === true ? { everything: undefined } : await examineTouched(options, base)
  const { head, before, notices } = 'everything' in touched ? await examineEverything(options, base, touched.everything) : touched
  const changes = options.showDiff ? await diffResources(before.resources, head.resources, ownerIn(options.share)) : undefined
  return { head, base: { findings: before.findings, ref: options.base, commit: base.commit, notices: [...notices, ...base.notices], ...(changes === undefined ? {} : { changes }) } }
}

const nothing: Examined = { findings: noFindings, resources: [], policies: emptyPolicySet }

async function examineEverything(options: CheckAgainstBaseOptions, base: BaseCheckout, reason: string | undefined): Promise<ExaminedSides> {
  const complete = base.complete()
  // Whoever waits for it hears of a failure; until then nobody does.
  complete.catch(() => {})
  const head = await examineTree(options)
  options.onProgress?.(`checking ${options.base}`)
  await complete
  const baseOptions = toBaseOptions(options, base)
  const notices = reason === undefined ? [] : [`everything was checked, not only what the change touches: ${reason}`]
  return { head, before: baseOptions === undefined ? nothing : await examineTree(baseOptions), notices }
}

/** How the resources differ that are told of here, in the order of their names. */
async function diffResources(before: readonly Resource[], after: readonly Resource[], isOwn: (resource: Resource) => boolean): Promise<readonly ResourceChange[]> {
  const { createTwoFilesPatch } = await import('diff')
  const [old, current] = [indexResources(before), indexResources(after)]
  const names = [...new Set([...old.keys(), ...current.keys()])].sort()
  return names.flatMap((name) => {
    const [left, right] = [old.get(name), current.get(name)]
    const either = right ?? left
    if (either === undefined || !isOwn(either)) return []
    const [a, b] = [left === undefined ? '' : formatYaml(left.object), right === undefined ? '' : formatYaml(right.object)]
    if (a === b) return []
    const patch = createTwoFilesPatch('base', 'head', a, b, undefined, undefined, { context: 3 }).replace(/^=+\n/, '')
    return [{ id: either.id, kind: left === undefined ? 'added' as const : right === undefined ? 'removed' as const : 'changed' as const, diff: patch }]
  })
}

function indexResources(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  return new Map(resources.map((resource) => [changeName(resource.id), resource]))
}

/** What changes are sorted by; each is there once. */
export function changeName({ group, kind, namespace = '', name }: ResourceId): string {
  return [group, kind, namespace, name].join('/')
}

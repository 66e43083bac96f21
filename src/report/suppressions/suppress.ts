import type { Problem } from '../../model/errors.ts'
import type { Resource } from '../../model/resource.ts'
import type { RuleResult, Violation, Suppression } from '../../model/result.ts'
import { fingerprint } from '../fingerprint.ts'
import { formatResourceId } from '../names.ts'
import type { Baseline } from './baseline.ts'
import { ignoreAnnotation, ignoreProblem, isMeant, readIgnoreAnnotation, type IgnoreEntry } from './ignore-annotation.ts'

export interface SuppressOptions {
  readonly baseline?: Baseline | undefined
  /** The day of the run, `YYYY-MM-DD`. */
  readonly today: string
  /** Not everything that the baseline was made of is checked, so that none of its entries is called unused. */
  readonly partial?: boolean | undefined
}

/** Results of which the known failures became skips, and what is wrong with what says so. */
export interface Suppressed {
  readonly results: readonly RuleResult[]
  readonly problems: readonly Problem[]
}

/** Turns failures that an annotation or a baseline calls known into skips with the reason. What is used no more, or has expired, is a warning. */
export function suppress(results: readonly RuleResult[], resources: readonly Resource[], options: SuppressOptions): Suppressed {
  const annotations = new Annotations(resources, options.today)
  const baseline = new BaselineUse(options)
  const kept: RuleResult[] = []
  const isAnyKnown = annotations.isAny || baseline.isAny
  for (const result of isAnyKnown ? results : []) {
    if (result.status !== 'fail' && result.status !== 'warn' && result.status !== 'error') {
      kept.push(result)
      continue
    }
    const entry = annotations.find(result)
    if (entry === undefined) kept.push(...baseline.split(result))
    else kept.push(toSkip(result, { by: 'annotation', reason: entry.reason, ...(entry.until === undefined ? {} : { until: entry.until }) }))
  }
  const unused = [...annotations.findUnused(), ...options.partial === true ? [] : baseline.findUnused()]
  return { results: isAnyKnown ? kept : results, problems: [...annotations.problems, ...baseline.problems, ...unused] }
}

type Failing = Extract<RuleResult, { status: 'fail' | 'warn' | 'error' }>
type Reason = Pick<Suppression, 'by' | 'reason' | 'until'>

function toSkip(result: Failing, reason: Reason, violations: readonly Violation[] = result.status === 'error' ? [] : result.violations): RuleResult {
  const { policy, rule, ruleType, resource, failureAction, ruleLocation, properties } = result
  return {
    policy, rule, ruleType, resource, failureAction, ...(ruleLocation === undefined ? {} : { ruleLocation }), ...(properties === undefined ? {} : { properties }),
    message: describe(reason), status: 'skip', suppression: { ...reason, status: result.status, violations },
  }
}

function describe({ by, reason, until }: Reason): string {
  return `suppressed by ${by === 'annotation' ? ignoreAnnotation : 'the baseline'}${until === undefined ? '' : ` until ${until}`}: ${reason}`
}

interface Annotated { readonly resource: Resource; readonly entries: readonly IgnoreEntry[] }

/** What policies changed is another object, so a resource is known by its name and place. */
function keyOf({ id, application = '', source }: Resource): string {
  return JSON.stringify([id.group, id.kind, id.namespace ?? '', id.name, application, source?.file ?? '', source?.line ?? 0])
}

class Annotations {
  readonly problems: Problem[] = []
  readonly #annotated = new Map<string, Annotated>()
  readonly #used = new Set<IgnoreEntry>()

  constructor(resources: readonly Resource[], today: string) {
    for (const resource of resources) {
      const { entries, problems } = readIgnoreAnnotation(resource)
      this.problems.push(...problems)
      const valid = entries.filter(({ until }) => until === undefined || until >= today)
      for (const { name, until } of entries.filter((entry) => !valid.includes(entry))) {
        this.problems.push(ignoreProblem(resource, 'EXPIRED_SUPPRESSION', `${ignoreAnnotation} of ${formatResourceId(resource.id)}: ${name} was ignored until ${until}`))
      }
      if (valid.length > 0) this.#annotated.set(keyOf(resource), { resource, entries: valid })
    }
  }

  /** Whether any failure is known. */
  get isAny(): boolean {
    return this.#annotated.size > 0
  }

  find(result: RuleResult): IgnoreEntry | undefined {
    if (!this.isAny) return undefined
    const entry = this.#annotated.get(keyOf(result.resource))?.entries.find((candidate) => isMeant(candidate, result))
    if (entry !== undefined) this.#used.add(entry)
    return entry
  }

  findUnused(): readonly Problem[] {
    return [...this.#annotated.values()].flatMap(({ resource, entries }) => entries.filter((entry) => !this.#used.has(entry))
      .map(({ name }) => ignoreProblem(resource, 'UNUSED_SUPPRESSION', `${ignoreAnnotation} of ${formatResourceId(resource.id)}: nothing of ${name} fails here`)))
  }
}

class BaselineUse {
  readonly problems: Problem[] = []
  readonly #entries = new Map<string, Baseline['entries'][number]>()
  readonly #left = new Map<string, number>()

  constructor({ baseline, today }: SuppressOptions) {
    for (const entry of baseline?.entries ?? []) {
      if (entry.until !== undefined && entry.until < today) {
        this.problems.push(baselineProblem(entry, 'EXPIRED_SUPPRESSION', `the baseline accepted ${entry.rule} on ${entry.resource} until ${entry.until}`))
        continue
      }
      this.#entries.set(entry.fingerprint, entry)
      this.#left.set(entry.fingerprint, entry.count ?? 1)
    }
  }

  /** Whether any failure is known. */
  get isAny(): boolean {
    return this.#entries.size > 0
  }

  /** A result's violations that the baseline has, as skips, and the result of the others. */
  split(result: Failing): readonly RuleResult[] {
    if (!this.isAny) return [result]
    if (result.status === 'error') {
      const reason = this.#take(result)
      return [reason === undefined ? result : toSkip(result, reason)]
    }
    const fresh: Violation[] = []
    const known = new Map<string, { readonly reason: Reason; readonly violations: Violation[] }>()
    for (const violation of result.violations) {
      const reason = this.#take(result, violation)
      if (reason === undefined) fresh.push(violation)
      else {
        const group = known.get(describe(reason))
        if (group === undefined) known.set(describe(reason), { reason, violations: [violation] })
        else group.violations.push(violation)
      }
    }
    const [first, ...others] = fresh
    const skips = [...known.values()].map(({ reason, violations }) => toSkip(result, reason, violations))
    return first === undefined ? skips : [{ ...result, violations: [first, ...others] }, ...skips]
  }

  findUnused(): readonly Problem[] {
    return [...this.#entries.values()].flatMap((entry) => {
      const left = this.#left.get(entry.fingerprint) ?? 0
      const rest = left < (entry.count ?? 1) ? `${left} of ${entry.count ?? 1} are gone` : 'it is gone'
      return left === 0 ? [] : [baselineProblem(entry, 'UNUSED_SUPPRESSION', `the baseline accepts ${entry.rule} on ${entry.resource}, and ${rest}; presync baseline prune takes it out`)]
    })
  }

  /** Uses up an entry, and says why it was there. */
  #take(result: RuleResult, violation?: Violation): Reason | undefined {
    const name = fingerprint(result, violation)
    const left = this.#left.get(name) ?? 0
    if (left === 0) return undefined
    this.#left.set(name, left - 1)
    const { reason = 'known when the baseline was made', until } = this.#entries.get(name) ?? {}
    return { by: 'baseline', reason, ...(until === undefined ? {} : { until }) }
  }
}

function baselineProblem({ location }: Baseline['entries'][number], code: string, message: string): Problem {
  return { code, severity: 'warning', message, ...(location === undefined ? {} : { location }) }
}

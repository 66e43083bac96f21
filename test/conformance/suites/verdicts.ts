import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCelCompiler } from '../../../src/engine/cel-policies/index.ts'
import { compileExceptions, compilePolicy, evaluatePolicies, type Environment } from '../../../src/engine/index.ts'
import { parseManifests, toResourceId } from '../../../src/manifest/index.ts'
import { EvaluationError, type Problem } from '../../../src/model/errors.ts'
import { isJsonObject, type JsonObject } from '../../../src/model/json.ts'
import type { Resource } from '../../../src/model/resource.ts'
import type { RuleResult } from '../../../src/model/result.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import type { CaseResult, Suite } from '../suite.ts'

type Row = readonly [policy: string, rule: string, apiVersion: string, kind: string, namespace: string, name: string, result: string]

interface Verdict {
  readonly policyFile: string
  readonly exit: number
  readonly results: readonly Row[]
  readonly error?: string
}

/** What `kyverno apply` says of a pool of resources, one case a policy file. */
function verdicts(pool: string, recording = pool): Suite {
  return {
    name: `verdicts-${recording}`,
    * run(corpus) {
      const resources = readPool(join(corpus, 'pool', pool))
      for (const line of readFileSync(join(corpus, 'verdicts', `${recording}.jsonl`), 'utf8').split('\n')) {
        if (line !== '') yield judgeFile(corpus, JSON.parse(line) as Verdict, resources)
      }
    },
  }
}

export const verdictsApps = verdicts('apps')
export const verdictsTests = verdicts('tests')
export const verdictsCelApps = verdicts('apps-core', 'apps-core-cel')
export const verdictsCelTests = verdicts('tests-core', 'tests-core-cel')

function readPool(folder: string): readonly Resource[] {
  return readdirSync(folder).toSorted().flatMap((file) => {
    const { documents, resources } = parseManifests(readFileSync(join(folder, file), 'utf8'), file)
    // The CLI takes `List` apart, and leaves `RoleBindingList` and the like as one resource of that kind.
    const typedLists = documents.map(({ value }) => value).filter((value) => isJsonObject(value)).filter(({ kind }) => typeof kind === 'string' && /.List$/.test(kind))
    const parts = new Set(typedLists.flatMap(({ items }) => (Array.isArray(items) ? items as readonly JsonObject[] : [])))
    return [...resources.filter(({ object }) => !parts.has(object)), ...typedLists.map((object): Resource => ({ id: toResourceId(object), object, locate: () => undefined }))]
  }).map(placeInDefault)
}

/** The CLI (1.18) gives everything without a namespace the namespace "default", and maps that are null become empty. */
function placeInDefault(resource: Resource): Resource {
  const metadata = isJsonObject(resource.object['metadata']) ? resource.object['metadata'] : {}
  const object: JsonObject = { ...resource.object, metadata: { ...metadata, namespace: metadata['namespace'] ?? 'default' } }
  return { ...resource, object, id: toResourceId(object), locate: (path) => resource.locate(path) }
}

const environment: Environment = {
  semantics: 'cli',
  exceptions: compileExceptions([]),
  lookups: {
    now: 1_790_000_000_000, random: () => 0.5,
    get(request) {
      throw new EvaluationError('LOOKUP_UNAVAILABLE', `nobody supplied ${request.kind}`)
    },
  },
}

/** The answers were recorded with this release. */
const cel = createCelCompiler({ semantics: 'cli', kyvernoVersion: '1.18' })

function judgeFile(corpus: string, { policyFile, results: expected }: Verdict, resources: readonly Resource[]): CaseResult {
  try {
    const { results, problems } = evaluateFile(join(corpus, 'kyverno-policies', policyFile), resources)
    const actual = results.map(toRow)
    const [missing, surplus] = [subtract(expected, actual), subtract(actual, expected)]
    if (missing.length === 0 && surplus.length === 0) return { id: policyFile, ok: true }
    const about = problems.length > 0 ? ` (${problems.map(({ message }) => message).join('; ').slice(0, 200)})` : ''
    return { id: policyFile, ok: false, detail: `lacks ${missing.length} of ${expected.length}, ${sample(missing)}; has ${surplus.length} more, ${sample(surplus)}${about}` }
  } catch (error) {
    return { id: policyFile, ok: false, detail: error instanceof Error ? error.stack ?? error.message : String(error) }
  }
}

function evaluateFile(file: string, resources: readonly Resource[]): { results: readonly RuleResult[]; problems: readonly Problem[] } {
  const { policies, problems } = parsePolicies(parseManifests(readFileSync(file, 'utf8'), file).resources)
  const compiled = policies.map((policy) => compilePolicy(policy, cel))
  const results = resources.flatMap((resource) => evaluatePolicies(compiled, { resource, operation: 'CREATE', namespaceLabels: {} }, environment).results)
  return { results, problems: [...problems, ...compiled.flatMap((policy) => policy.problems)] }
}

function toRow({ policy, rule, resource: { id }, status }: RuleResult): Row {
  const unscored = policy.annotations['policies.kyverno.io/scored'] === 'false'
  const name = policy.namespace === undefined ? policy.name : `${policy.namespace}/${policy.name}`
  return [name, rule, id.group === '' ? id.version : `${id.group}/${id.version}`, id.kind, id.namespace ?? '', id.name, status === 'fail' && unscored ? 'warn' : status]
}

/** The rows of one multiset that another lacks. */
function subtract(rows: readonly Row[], others: readonly Row[]): readonly Row[] {
  const counts = new Map<string, number>()
  for (const row of others) counts.set(row.join('\t'), (counts.get(row.join('\t')) ?? 0) + 1)
  return rows.filter((row) => {
    const left = counts.get(row.join('\t')) ?? 0
    counts.set(row.join('\t'), left - 1)
    return left <= 0
  })
}

function sample(rows: readonly Row[]): string {
  return rows.slice(0, 2).map((row) => row.slice(1).join(' ')).join(' | ')
}

import { createHash } from 'node:crypto'
import { findRepository } from '../../io/git-repository.ts'
import type { JsonValue } from '../../model/json.ts'
import type { Gate } from '../../model/report.ts'
import { stringifyJson } from '../../values/json-text.ts'
import type { CheckAgainstBaseOptions } from '../check-against-base.ts'
import type { CheckOptions, Examined } from '../check.ts'
import type { PolicySet } from '../policy-set.ts'
import { nameOf } from './share.ts'
import type { ShardDocument } from './shard-schema.ts'

/** The options of a run of which this is a part. */
export type PartOptions = CheckOptions & Partial<Pick<CheckAgainstBaseOptions, 'base' | 'full' | 'showDiff' | 'configurationFiles'>>

/** What has to be the same in every part, or they are parts of different runs. Only digests: options can hold what is nobody's business. */
export function identifyRun(options: PartOptions, { resources, policies }: Examined, gate: Gate): ShardDocument['run'] {
  const commit = findRepository(options.cwd)?.commit
  const values = Object.entries({ ...describeOptions(options), mode: gate.mode, 'fail-on': gate.failOn, strict: gate.strict })
  return {
    ...(commit === undefined ? {} : { commit }), options: Object.fromEntries(values.map(([name, value]) => [name, digest(stringifyJson(value))])),
    // By name only: what a chart makes up, a password say, is another one in every rendering.
    policies: digest(describePolicies(policies)), resources: digest(resources.map(nameOf).join('\n')),
  }
}

/** Named as they are typed, and files by their texts, for whoever has to find what differs. */
function describeOptions(options: PartOptions): Readonly<Record<string, JsonValue>> {
  const { texts, tools: _, ...given } = options
  const files = (names: readonly (string | undefined)[]): JsonValue => names.map((name) => [name ?? null, name === undefined ? null : texts.get(name) ?? null])
  return {
    paths: [...given.paths, given.stdin ?? null], namespace: given.namespace, 'app-name': given.appName ?? null, 'kube-version': given.kubeVersion ?? null, 'api-versions': given.apiVersions ?? [],
    network: given.network, repository: given.repositories ?? {}, clusters: files([given.clustersFile]), application: given.applications ?? [], 'crd-path': given.crdPaths ?? [],
    policy: given.policies, exception: given.exceptions, 'values-file': files(given.valuesFiles), set: given.settings, userinfo: files([given.userInfoFile]),
    'cluster-snapshot': given.clusterSnapshots ?? [], 'allow-empty': given.allowEmpty, offline: given.offline, cluster: given.loader !== undefined,
    baseline: [files([given.baselineFile]), given.partial ?? false], ...describeComparison(given),
  }
}

function describeComparison({ base, full, showDiff }: Pick<PartOptions, 'base' | 'full' | 'showDiff'>): Readonly<Record<string, JsonValue>> {
  return { base: base ?? null, full: full ?? false, 'show-diff': showDiff ?? false }
}

function describePolicies({ policies, exceptions, celExceptions, bindings, configurations }: PolicySet): string {
  return JSON.stringify([policies.map(({ document }) => document), exceptions, celExceptions, bindings, configurations], (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

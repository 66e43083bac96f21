import { kindRows } from './data/kinds.ts'
import { furtherCustomKinds } from './further-custom-kinds.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'

export type ResourceScope = 'Namespaced' | 'Cluster'

/** What discovery says of a kind. */
export interface KindFacts {
  /** Empty for the core group. */
  readonly group: string
  readonly kind: string
  /** The name in URLs, RBAC rules and CEL match constraints: `deployments`. */
  readonly plural: string
  readonly scope: ResourceScope
  readonly versions: readonly KindVersion[]
}

export interface KindVersion {
  readonly name: string
  /** Served by Kubernetes itself, not by a CustomResourceDefinition. */
  readonly builtIn?: boolean
  /** The minors of Kubernetes 1 that serve it, both included; absent where it is older or newer than what the data covers. */
  readonly since?: number
  readonly until?: number
}

/** Kinds by name and by plural. Immutable: `withKinds` makes a larger one. */
export interface KindTable {
  find(group: string, kind: string): KindFacts | undefined
  findByPlural(group: string, plural: string): KindFacts | undefined
  all(): Iterable<KindFacts>
}

/** A table of the given kinds on top of another; a kind given here hides one of the same name below. */
export function withKinds(below: KindTable | undefined, added: Iterable<KindFacts>): KindTable {
  const byKind = new Map<string, KindFacts>()
  const byPlural = new Map<string, KindFacts>()
  for (const facts of added) {
    byKind.set(`${facts.group}/${facts.kind}`, facts)
    byPlural.set(`${facts.group}/${facts.plural}`, facts)
  }
  return {
    find: (group, kind) => byKind.get(`${group}/${kind}`) ?? below?.find(group, kind),
    findByPlural: (group, plural) => byPlural.get(`${group}/${plural}`) ?? below?.findByPlural(group, plural),
    *all() {
      yield* byKind.values()
      for (const facts of below?.all() ?? []) {
        if (!byKind.has(`${facts.group}/${facts.kind}`)) yield facts
      }
    },
  }
}

let known: KindTable | undefined

/** Every kind that presync knows by itself: Kubernetes' own and common custom ones. Read from its rows on first use. */
export function knownKinds(): KindTable {
  known ??= withKinds(withKinds(undefined, readRows(furtherCustomKinds)), readRows(kindRows))
  return known
}

function* readRows(rows: string): Iterable<KindFacts> {
  for (const row of rows.trim().split('\n')) {
    const [group = '', kind = '', plural = '', scope = '', versions = ''] = row.split(' ')
    yield {
      group: group === '-' ? '' : group, kind, plural, scope: scope === 'Cluster' ? 'Cluster' : 'Namespaced',
      versions: versions === '-' ? [] : versions.split(',').map(readVersion),
    }
  }
}

function readVersion(text: string): KindVersion {
  const [name = '', minors] = text.split(':')
  if (minors === undefined) return { name }
  const [since = '', until = ''] = minors.split('-')
  return { name, builtIn: true, ...(since === '' ? {} : { since: Number(since) }), ...(until === '' ? {} : { until: Number(until) }) }
}

/** The kind that a CustomResourceDefinition (v1 or v1beta1) defines; `undefined` where names or group are missing. */
export function readCustomKind(definition: JsonObject): KindFacts | undefined {
  const spec = definition['spec']
  const names = isJsonObject(spec) ? spec['names'] : undefined
  if (!isJsonObject(spec) || !isJsonObject(names)) return undefined
  const [group, kind, plural] = [spec['group'], names['kind'], names['plural']]
  if (typeof group !== 'string' || typeof kind !== 'string' || typeof plural !== 'string') return undefined
  return { group, kind, plural, scope: spec['scope'] === 'Cluster' ? 'Cluster' : 'Namespaced', versions: readServedVersions(spec) }
}

function readServedVersions(spec: JsonObject): KindVersion[] {
  const { versions, version } = spec as { versions?: JsonValue; version?: JsonValue }
  if (!isJsonArray(versions)) return typeof version === 'string' ? [{ name: version }] : []
  return versions.flatMap((entry) => {
    const name = isJsonObject(entry) && entry['served'] !== false ? entry['name'] : undefined
    return typeof name === 'string' ? [{ name }] : []
  })
}

import { lifecycleRows } from './data/lifecycle.ts'
import { knownKinds, type KindVersion } from './kinds.ts'
import { readMinor } from './schema/schema-catalog.ts'

/** What a Kubernetes version does with an API version of a kind. */
export interface ApiVersionLife {
  /** `absent`: the kind exists, but this version of it does not exist yet or never did. */
  readonly state: 'served' | 'deprecated' | 'removed' | 'absent'
  /** The minor of Kubernetes 1 that deprecated it. */
  readonly deprecatedIn: number | undefined
  /** The minor of Kubernetes 1 that removed it, or will. */
  readonly removedIn: number | undefined
  /** `group/version/kind` (group empty for core) to move to. */
  readonly replacement: string | undefined
}

interface LifeRow {
  readonly deprecated: number | undefined
  readonly removed: number
  readonly replacement: string | undefined
}

let rows: ReadonlyMap<string, LifeRow> | undefined

/** The life of an API version in a Kubernetes version; `undefined` for kinds whose life presync does not know (custom resources). */
export function findApiVersionLife(group: string, version: string, kind: string, kubeVersion: string): ApiVersionLife | undefined {
  const minor = readMinor(kubeVersion)
  if (minor === undefined) return undefined
  const versions = knownKinds().find(group, kind)?.versions ?? []
  const row = (rows ??= readRows()).get(`${group}/${version}/${kind}`)
  if (row === undefined && versions.every(isCustom)) return undefined
  const own = versions.find(({ name }) => name === version)
  return {
    state: row === undefined ? servedOrAbsent(own, minor) : stateOf(row, own, minor),
    deprecatedIn: row?.deprecated,
    removedIn: row?.removed,
    replacement: followReplacements(row?.replacement, minor) ?? findStable(group, version, kind, versions),
  }
}

/** One sentence: `policy/v1beta1 PodDisruptionBudget was removed in Kubernetes 1.25: use policy/v1 PodDisruptionBudget`. */
export function describeApiVersionLife(id: { readonly group: string; readonly version: string; readonly kind: string }, life: ApiVersionLife, kubeVersion: string): string {
  const name = `${id.group === '' ? '' : `${id.group}/`}${id.version} ${id.kind}`
  const instead = life.replacement === undefined ? '' : `: use ${formatReplacement(life.replacement)}`
  switch (life.state) {
    case 'removed':
      return `${name} was removed in Kubernetes 1.${life.removedIn}${instead}`
    case 'deprecated':
      return `${name} is deprecated since Kubernetes 1.${life.deprecatedIn} and removed in 1.${life.removedIn}${instead}`
    case 'absent':
      return `Kubernetes ${kubeVersion} does not serve ${name}${instead}`
    case 'served':
      return `${name} is served by Kubernetes ${kubeVersion}`
  }
}

function formatReplacement(replacement: string): string {
  const [group = '', version = '', kind = ''] = replacement.split('/')
  return `${group === '' ? '' : `${group}/`}${version} ${kind}`
}

/** A replacement may be gone by now as well, and name its own. */
function followReplacements(first: string | undefined, minor: number): string | undefined {
  let replacement = first
  for (let row = rows?.get(replacement ?? ''); row?.replacement !== undefined && minor >= row.removed; row = rows?.get(replacement)) replacement = row.replacement
  return replacement
}

function findStable(group: string, version: string, kind: string, versions: readonly KindVersion[]): string | undefined {
  const stable = versions.find(({ name, until }) => until === undefined && name !== version && /^v\d+$/.test(name))
  return stable === undefined ? undefined : `${group}/${stable.name}/${kind}`
}

function servedOrAbsent(own: KindVersion | undefined, minor: number): ApiVersionLife['state'] {
  return own !== undefined && servesAt(own, minor) ? 'served' : 'absent'
}

function stateOf({ deprecated, removed }: LifeRow, own: KindVersion | undefined, minor: number): ApiVersionLife['state'] {
  if (minor >= removed) return 'removed'
  if (own !== undefined && !servesAt(own, minor)) return 'absent'
  return deprecated !== undefined && minor >= deprecated ? 'deprecated' : 'served'
}

/** Custom resources do not come and go with Kubernetes. Gone kinds have no versions at all. */
function isCustom(version: KindVersion): boolean {
  return version.builtIn !== true
}

function servesAt({ since, until }: KindVersion, minor: number): boolean {
  return (since === undefined || minor >= since) && (until === undefined || minor <= until)
}

function readRows(): ReadonlyMap<string, LifeRow> {
  return new Map(lifecycleRows.trim().split('\n').map((line) => {
    const [group, version, kind, deprecated, removed, replacement] = line.split(' ')
    return [`${group === '-' ? '' : group}/${version}/${kind}`, {
      deprecated: deprecated === '-' ? undefined : Number(deprecated), removed: Number(removed), replacement: replacement === '-' ? undefined : replacement,
    }]
  }))
}

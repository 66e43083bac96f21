// Kyverno: cmd/cli/kubectl-kyverno/data (APIGroupResources)
import { knownKinds, readCustomKind, withKinds, type KindTable } from '../../kubernetes/kinds.ts'
import type { JsonObject } from '../../model/json.ts'

let builtIn: KindTable | undefined

/** The kinds that Kyverno's command line knows: Kubernetes' own, and those of the given CustomResourceDefinitions. Every other counts as namespaced. */
export function cliKinds(definitions: readonly JsonObject[] = []): KindTable {
  builtIn ??= withKinds(undefined, [...knownKinds().all()].filter(({ versions }) => versions.some((version) => version.builtIn === true)))
  const custom = definitions.map(readCustomKind).filter((facts) => facts !== undefined)
  return custom.length === 0 ? builtIn : withKinds(builtIn, custom)
}

// Kyverno: pkg/engine/handlers/mutation/load_targets.go, pkg/clients/dclient/helpers.go (GetResources)
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import type { Labels, Resource } from '../../../model/resource.ts'
import { parseLabelSelector } from '../../../policy/index.ts'
import { compileWildcard, containsWildcard } from '../../../values/wildcard.ts'
import { compileKinds } from '../../match/kind-selector.ts'
import { compileSelector } from '../../match/selector.ts'

/**
 * The resources that a target of a mutate rule names, its variables replaced. A name and a namespace without wildcards ask for one
 * resource, whatever the selector says, and Kyverno misses it where it is not there.
 */
export function findTargets(target: JsonObject, policyNamespace: string, resources: readonly Resource[]): readonly Resource[] {
  const text = (name: string): string => textOf(target[name])
  const namespace = policyNamespace === '' ? text('namespace') : policyNamespace
  const name = text('name')
  const kinds = compileKinds([`${text('apiVersion')}/${text('kind')}`])
  const isPlace = (resource: Resource): boolean => matchesText(namespace, resource.id.namespace ?? '') && matchesText(name, resource.id.name)
  const candidates = resources.filter((resource) => kinds.matches({ ...resource.id, subresource: '' }) && isPlace(resource))
  const isOne = namespace !== '' && name !== '' && !containsWildcard(namespace) && !containsWildcard(name)
  if (isOne) {
    if (candidates.length === 0) throw new EvaluationError('LOOKUP_FAILED', `${text('kind')} "${name}" not found in namespace ${namespace}`)
    return candidates
  }
  const selector = parseLabelSelector(isJsonObject(target['selector']) ? target['selector'] : undefined)
  if (selector === undefined) return candidates
  const selects = compileSelector(selector)
  return candidates.filter(({ object }) => selects(labelsOf(object)))
}

/** An empty text matches everything. */
function matchesText(pattern: string, text: string): boolean {
  return pattern === '' || compileWildcard(pattern)(text)
}

function labelsOf(object: JsonObject): Labels {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  return isJsonObject(metadata['labels']) ? metadata['labels'] as Labels : {}
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

// Kyverno: pkg/engine/context/loaders/configmap.go
import { EvaluationError } from '../../../model/errors.ts'
import type { JsonValue } from '../../../model/json.ts'
import { toFloat64 } from '../../../values/numbers.ts'
import { prefixErrors } from '../../attempt.ts'
import { compileTemplate, type Template } from '../../variables/template.ts'
import { askLookups } from '../ask-lookups.ts'
import type { LoadingScope } from '../deferred-entry.ts'
import type { EntryCompiler } from './entry-compiler.ts'

/** A ConfigMap's data and metadata. */
export const configMap: EntryCompiler<'configMap'> = (entry, { policyNamespace }) => {
  const parts = { name: compileTemplate(entry.configMapName), namespace: compileTemplate(entry.configMapNamespace) }
  const load = (scope: LoadingScope): JsonValue | undefined => {
    const name = substituteText(entry.name, 'name', parts.name, scope)
    const given = substituteText(entry.name, 'namespace', parts.namespace, scope)
    const namespace = given !== '' ? given : policyNamespace !== '' ? policyNamespace : 'default'
    if (policyNamespace !== '' && namespace !== policyNamespace) {
      throw new EvaluationError('INVALID_RULE',
        `context entry ${entry.name}: configMap namespace "${namespace}" is different from policy namespace "${policyNamespace}"`)
    }
    const found = prefixErrors(`failed to get configmap ${namespace}/${name}`, () => askLookups(scope, { kind: 'configMap', namespace, name }))
    return found && toFloat64(found)
  }
  return { name: entry.name, load: (scope) => prefixErrors(`failed to retrieve config map for context entry ${entry.name}`, () => load(scope)) }
}

function substituteText(entry: string, field: string, template: Template, scope: LoadingScope): string {
  const value = prefixErrors(`failed to substitute variables in context ${entry} configMap.${field}`, () => template.evaluate({ scope }))
  if (typeof value === 'string') return value
  throw new EvaluationError('TYPE_MISMATCH', `failed to substitute variables in context ${entry} configMap.${field}: expected string`)
}

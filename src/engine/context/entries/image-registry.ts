// Kyverno: pkg/engine/context/loaders/imagedata.go
import { EvaluationError } from '../../../model/errors.ts'
import type { JsonValue } from '../../../model/json.ts'
import { toFloat64 } from '../../../values/numbers.ts'
import { prefixErrors } from '../../attempt.ts'
import { compileTemplate, type Template } from '../../variables/template.ts'
import { askLookups, isLeftOut } from '../ask-lookups.ts'
import type { LoadingScope } from '../deferred-entry.ts'
import type { EntryCompiler } from './entry-compiler.ts'

/** What a registry says about an image: its manifest, configuration and digest. */
export const imageRegistry: EntryCompiler<'imageRegistry'> = (entry) => {
  const parts = { reference: compileTemplate(entry.reference), path: compileTemplate(entry.jmesPath ?? '') }
  return {
    name: entry.name,
    load(scope): JsonValue | undefined {
      if (isLeftOut(scope, 'imageData')) return undefined
      const reference = substituteText(entry.name, parts.reference, scope)
      const path = substituteText(entry.name, parts.path, scope)
      const found = prefixErrors(`failed to fetch image descriptor: ${reference}, error`, () => askLookups(scope, { kind: 'imageData', reference }))
      if (found === undefined || path === '') return found && toFloat64(found)
      return prefixErrors(`failed to apply JMESPath (${path}) results to context entry ${entry.name}`, () => toFloat64(scope.search(path, toFloat64(found))))
    },
  }
}

function substituteText(entry: string, template: Template, scope: LoadingScope): string {
  const value = prefixErrors(`failed to substitute variables in context entry ${entry}`, () => template.evaluate({ scope }))
  if (typeof value === 'string') return value
  throw new EvaluationError('TYPE_MISMATCH', `invalid image reference in context entry ${entry}, image reference must be a string`)
}

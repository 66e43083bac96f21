// Kyverno: pkg/engine/context/loaders/globalcontext.go
import { EvaluationError } from '../../../model/errors.ts'
import type { JsonValue } from '../../../model/json.ts'
import { toFloat64 } from '../../../values/numbers.ts'
import { prefixErrors } from '../../attempt.ts'
import { compileTemplate } from '../../variables/template.ts'
import { askLookups } from '../ask-lookups.ts'
import type { LoadingScope } from '../deferred-entry.ts'
import type { EntryCompiler } from './entry-compiler.ts'

/** What a GlobalContextEntry (or one of its projections, `name.projection`) holds. */
export const globalReference: EntryCompiler<'globalReference'> = (entry) => {
  const reference = compileTemplate(entry.reference)
  const path = compileTemplate(entry.jmesPath ?? '')
  const load = (scope: LoadingScope): JsonValue | undefined => {
    const [name = '', projection = ''] = String(reference.evaluate({ scope })).split('.')
    const expression = path.evaluate({ scope })
    const found = askLookups(scope, { kind: 'globalContext', name, ...(projection === '' ? {} : { projection }) })
    if (found === undefined) return undefined
    if (typeof expression !== 'string') throw new EvaluationError('TYPE_MISMATCH', `jmesPath of context entry ${entry.name} must be a string`)
    if (expression === '') return toFloat64(found)
    return prefixErrors(`failed to apply JMESPath ${expression} for context entry ${entry.name}`, () => toFloat64(scope.search(expression, found)))
  }
  return { name: entry.name, load: (scope) => prefixErrors(`failed to marshal APICall data for context entry ${entry.name}`, () => load(scope)) }
}

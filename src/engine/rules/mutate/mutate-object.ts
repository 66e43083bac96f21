// Kyverno: pkg/engine/mutate/mutation.go (Mutate)
import { isJsonObject, type JsonValue } from '../../../model/json.ts'
import type { Rule, RuleBody } from '../../../model/rule.ts'
import { attempt } from '../../attempt.ts'
import type { EntryPlace } from '../../context/entries/entry-compiler.ts'
import { compileTemplate } from '../../variables/template.ts'
import { applyPatches } from './apply-patches.ts'
import { compileForeach } from './foreach.ts'
import { failToMutate, type Mutator } from './mutation.ts'

/** Prepares what a mutate rule does to an object. */
export function compileMutator(rule: Rule, { method }: Extract<RuleBody, { type: 'mutate' }>, place: EntryPlace): Mutator {
  if (method.kind === 'foreach') return compileForeach(method.foreach, place)
  // Kyverno replaces the variables of the whole rule: one that is unknown anywhere in it, used or not, fails it.
  const template = compileTemplate(rule.document)
  return (run, object) => {
    const substituted = attempt(() => template.evaluate(run))
    if (substituted.error) return failToMutate('variable substitution failed', substituted.error)
    const mutate = fieldOf(substituted.value, 'mutate')
    return applyPatches(object, { strategicMerge: fieldOf(mutate, 'patchStrategicMerge'), json6902: fieldOf(mutate, 'patchesJson6902') })
  }
}

function fieldOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

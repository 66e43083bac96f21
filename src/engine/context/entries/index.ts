import type { ContextEntry } from '../../../model/rule.ts'
import type { DeferredEntry } from '../deferred-entry.ts'
import { apiCall } from './api-call.ts'
import { configMap } from './config-map.ts'
import type { EntryCompiler, EntryPlace } from './entry-compiler.ts'
import { globalReference } from './global-reference.ts'
import { imageRegistry } from './image-registry.ts'
import { variable } from './variable.ts'

/** Every kind of context entry. */
export const entryCompilers = { variable, configMap, apiCall, globalReference, imageRegistry } as const satisfies
  { readonly [Kind in ContextEntry['kind']]: EntryCompiler<Kind> }

/** Prepares the context entries of a rule, a foreach or a target. */
export function compileEntries(entries: readonly ContextEntry[], place: EntryPlace): readonly DeferredEntry[] {
  return entries.map((entry) => (entryCompilers[entry.kind] as (entry: ContextEntry, place: EntryPlace) => DeferredEntry)(entry, place))
}

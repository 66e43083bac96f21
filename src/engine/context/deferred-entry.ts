// Kyverno: pkg/engine/context/deferred.go
import type { MissingInput } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import type { Lookups } from '../../model/lookups.ts'
import type { VariableScope } from '../variables/substitute.ts'
import type { QueryCompiler } from './query-compiler.ts'

/** What the scopes of one evaluation share. */
export interface ScopeSettings {
  readonly queries: QueryCompiler
  readonly lookups: Lookups
  readonly isDelete: boolean
  /** As the Kyverno CLI does: an entry that nothing can load is left out instead of failing. */
  readonly leavesOutUnavailable: boolean
  /** What could not be loaded because nobody supplied it. */
  readonly missing: MissingInput[]
}

/** The scope in which an entry is loaded. */
export interface LoadingScope extends VariableScope {
  readonly settings: ScopeSettings
  /** Evaluates an expression on a given value instead of on the scope. */
  search(expression: string, data: JsonValue): JsonValue
}

/** Something with a name that is loaded when an expression first mentions the name. */
export interface DeferredEntry {
  readonly name: string
  /** Returns `undefined` where nothing can load it: the name then stays unknown, and a value supplied for it stays. */
  load(scope: LoadingScope): JsonValue | undefined
}

const wordCharacter = /[0-9A-Za-z_]/
const notBefore = /[.0-9A-Za-z]/

/**
 * Kyverno's test, a regular expression over the text of the query: the name at a word's end, and before it neither a letter,
 * a digit nor a dot. It also finds names in string literals, which loads more than is used, as Kyverno does.
 */
export function mentionsName(query: string, name: string): boolean {
  for (let index = query.indexOf(name); index >= 0; index = query.indexOf(name, index + 1)) {
    const before = index === 0 ? '' : query[index - 1] ?? ''
    const after = query[index + name.length] ?? ''
    const endsWord = wordCharacter.test(name.at(-1) ?? '') !== wordCharacter.test(after)
    if (endsWord && !notBefore.test(before)) return true
  }
  return false
}

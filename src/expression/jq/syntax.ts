import type { JsonValue } from '../../model/json.ts'

/** A jq value: JSON in which a `bigint` is jq's integer and a `number` its float64. */
export type JqValue = JsonValue

export type BinaryOperator = '+' | '-' | '*' | '/' | '%' | '==' | '!=' | '<' | '<=' | '>' | '>='
export type UpdateOperator = '=' | '|=' | '+=' | '-=' | '*=' | '/=' | '%=' | '//='

/** A parsed query. */
export type Query =
  | { readonly type: 'identity' }
  | { readonly type: 'constant'; readonly value: JqValue }
  | { readonly type: 'index'; readonly target: Query; readonly key: JqValue }
  /** The key is evaluated on the input of the whole term. */
  | { readonly type: 'indexBy'; readonly target: Query; readonly key: Query }
  | { readonly type: 'slice'; readonly target: Query; readonly from: Query | undefined; readonly to: Query | undefined }
  | { readonly type: 'iterate'; readonly target: Query }
  | { readonly type: 'pipe' | 'comma' | 'alternative' | 'and' | 'or'; readonly left: Query; readonly right: Query }
  | { readonly type: 'binary'; readonly operator: BinaryOperator; readonly left: Query; readonly right: Query }
  | { readonly type: 'update'; readonly operator: UpdateOperator; readonly left: Query; readonly right: Query }
  | { readonly type: 'sign'; readonly negative: boolean; readonly operand: Query }
  | { readonly type: 'text'; readonly parts: readonly (string | Query)[]; readonly format: string | undefined }
  | { readonly type: 'array'; readonly items: Query | undefined }
  | { readonly type: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly type: 'if'; readonly condition: Query; readonly whenTrue: Query; readonly whenFalse: Query | undefined }
  | { readonly type: 'try'; readonly body: Query; readonly handler: Query | undefined }
  | { readonly type: 'reduce'; readonly source: Query; readonly pattern: Pattern; readonly start: Query; readonly update: Query }
  | { readonly type: 'foreach'; readonly source: Query; readonly pattern: Pattern; readonly start: Query; readonly update: Query; readonly extract: Query | undefined }
  | { readonly type: 'bind'; readonly source: Query; readonly patterns: readonly Pattern[]; readonly body: Query }
  | { readonly type: 'label'; readonly name: string; readonly body: Query }
  | { readonly type: 'break'; readonly name: string }
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'call'; readonly name: string; readonly args: readonly Query[] }
  | { readonly type: 'define'; readonly definition: Definition; readonly body: Query }

export interface Definition {
  readonly name: string
  /** With `$` in front where the argument is a value. */
  readonly parameters: readonly string[]
  readonly body: Query
}

export interface ObjectEntry {
  readonly key: string | Query
  /** Undefined where the input's value of that key is meant. */
  readonly value: Query | undefined
}

/** What `as` binds. */
export type Pattern =
  | { readonly type: 'variable'; readonly name: string }
  | { readonly type: 'list'; readonly items: readonly Pattern[] }
  | { readonly type: 'map'; readonly entries: readonly PatternEntry[] }

export interface PatternEntry {
  readonly key: string | Query
  /** Set for `$name` as the key. */
  readonly variable: string | undefined
  readonly value: Pattern | undefined
}

export const identity: Query = { type: 'identity' }

// Sprig: defaults.go
import { isTrue } from '../value.ts'
import { failure } from './failure.ts'
import { fixed, variadic, type TemplateFunction } from './template-function.ts'

/** What stands in for what is empty, and flow. Empty is what `if` takes for false. */
export const defaults: Readonly<Record<string, TemplateFunction>> = {
  default: variadic(['any'], 'any', ([fallback], [given]) => (isTrue(given) ? given : fallback)),
  empty: fixed(['any'], (value) => !isTrue(value)),
  coalesce: variadic([], 'any', (_, values) => values.find(isTrue) ?? null),
  all: variadic([], 'any', (_, values) => values.every(isTrue)),
  any: variadic([], 'any', (_, values) => values.some(isTrue)),
  ternary: fixed(['any', 'any', 'bool'], (yes, no, condition) => (condition ? yes : no)),
  fail: fixed(['string'], (message) => { throw failure(message) }),
  hello: fixed([], () => 'Hello!'),
}

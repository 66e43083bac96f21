// Faithful to Kyverno's pkg/engine/variables/operator/operator.go (CreateOperatorHandler).
import type { Operator } from './operator.ts'
import { operators } from './operators/index.ts'

const ordering = /^(Duration)?(Greater|Less)Than/
/** What an ordering operator in another spelling does: Kyverno picks it without regard to case, and then compares its name exactly. */
const neverHolds: Operator = { summary: 'a misspelt ordering operator: never true', evaluate: () => false }

const exact: ReadonlyMap<string, Operator> = new Map(Object.entries(operators))
const anyCase: ReadonlyMap<string, Operator> = new Map(
  Object.entries(operators).map(([name, operator]) => [name.toLowerCase(), ordering.test(name) ? neverHolds : operator]),
)

/** Finds an operator by name, in any spelling; undefined if there is none. */
export function findOperator(name: string): Operator | undefined {
  return exact.get(name) ?? anyCase.get(name.toLowerCase())
}

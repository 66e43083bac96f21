export {
  compileConditions, evaluateConditionBlocks, evaluateConditions, type CompiledConditions, type ConditionsOutcome, type DecisiveCondition,
  type Substitute,
} from './evaluate-conditions.ts'
export { createPlaceFinder, type PlaceFinder, type Root } from './find-places.ts'
export { findOperator } from './find-operator.ts'
export type { Operator } from './operator.ts'
export { operators, type OperatorName } from './operators/index.ts'

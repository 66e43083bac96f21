import type { Operator } from '../operator.ts'
import { allIn } from './all-in.ts'
import { allNotIn } from './all-not-in.ts'
import { anyIn } from './any-in.ts'
import { anyNotIn } from './any-not-in.ts'
import { durationGreaterThanOrEquals } from './duration-greater-than-or-equals.ts'
import { durationGreaterThan } from './duration-greater-than.ts'
import { durationLessThanOrEquals } from './duration-less-than-or-equals.ts'
import { durationLessThan } from './duration-less-than.ts'
import { equals } from './equals.ts'
import { greaterThanOrEquals } from './greater-than-or-equals.ts'
import { greaterThan } from './greater-than.ts'
import { inOperator } from './in.ts'
import { lessThanOrEquals } from './less-than-or-equals.ts'
import { lessThan } from './less-than.ts'
import { notEquals } from './not-equals.ts'
import { notIn } from './not-in.ts'

/** Every operator of a condition, by the name that policies write. */
export const operators = {
  Equals: equals,
  Equal: equals,
  NotEquals: notEquals,
  NotEqual: notEquals,
  AnyIn: anyIn,
  AllIn: allIn,
  AnyNotIn: anyNotIn,
  AllNotIn: allNotIn,
  In: inOperator,
  NotIn: notIn,
  GreaterThan: greaterThan,
  GreaterThanOrEquals: greaterThanOrEquals,
  LessThan: lessThan,
  LessThanOrEquals: lessThanOrEquals,
  DurationGreaterThan: durationGreaterThan,
  DurationGreaterThanOrEquals: durationGreaterThanOrEquals,
  DurationLessThan: durationLessThan,
  DurationLessThanOrEquals: durationLessThanOrEquals,
} as const satisfies Record<string, Operator>

/** The name of an operator, as policies write it. */
export type OperatorName = keyof typeof operators

import type { AnchorModifier } from '../../../values/anchor-key.ts'
import { addIfAbsent } from './add-if-absent.ts'
import type { Anchor } from './anchor.ts'
import { condition } from './condition.ts'
import { equality } from './equality.ts'
import { existence } from './existence.ts'
import { global } from './global.ts'
import { negation } from './negation.ts'

/** Every anchor by its sign. */
export const anchors = {
  '': condition,
  '<': global,
  '=': equality,
  '^': existence,
  'X': negation,
  '+': addIfAbsent,
} as const satisfies Record<AnchorModifier, Anchor>

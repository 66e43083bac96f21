import { writtenRules } from '../validation/rule-walk.ts'
import type { Trap } from './trap.ts'
import { visitTexts } from './visit.ts'

const comparedIndex = /elementIndex\d*\s*(?:==|!=|<=?|>=?)\s*`|`\s*(?:==|!=|<=?|>=?)\s*elementIndex/

/** JMESPath tells whole numbers from others, and elementIndex is the one that is whole. */
export const expressions: Trap = (policy, warn) => {
  for (const { document, path } of writtenRules(policy)) {
    visitTexts(document, path, (text, place) => {
      if (comparedIndex.test(text)) warn(place, 'INDEX_COMPARISON', 'elementIndex is a whole number, which no number in backquotes equals: compare it in a condition instead ({key: "{{ elementIndex }}", operator: Equals, value: 0})')
    })
  }
}

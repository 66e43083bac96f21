import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { writtenRules } from '../validation/rule-walk.ts'
import type { Trap, Warn } from './trap.ts'
import { visitObjects } from './visit.ts'

const conditionAnchor = /^<?\(.+\)$/

/** Strategic merges with anchors lose parts of the resource or of the patch. */
export const patches: Trap = (policy, warn) => {
  for (const { document, path } of writtenRules(policy)) {
    visitObjects(document['mutate'] ?? null, [...path, 'mutate'], (object, place) => {
      const patch = Object.hasOwn(object, 'patchStrategicMerge') ? object['patchStrategicMerge'] : undefined
      if (patch !== undefined) checkPatch(patch, [...place, 'patchStrategicMerge'], warn)
    })
  }
}

function checkPatch(patch: JsonValue, path: FieldPath, warn: Warn): void {
  if (isJsonArray(patch)) {
    if (patch.filter(holdsAnchor).length > 1) warn(path, 'SEVERAL_ANCHORED_ELEMENTS', 'of several list elements with conditions Kyverno takes away the wrong ones, and the list loses content: write one rule or foreach entry for each')
    patch.forEach((item, index) => checkPatch(item, [...path, index], warn))
  }
  if (!isJsonObject(patch)) return
  for (const [key, value] of Object.entries(patch)) {
    if (isJsonObject(value) && Object.keys(value).length === 0 && !key.endsWith(')')) warn([...path, key], 'EMPTY_MAP_IN_PATCH', `an empty map in a strategic merge is left out: "${key}: {}" changes nothing. Use patchesJson6902`)
    checkPatch(value, [...path, key], warn)
  }
}

function holdsAnchor(value: JsonValue): boolean {
  if (isJsonArray(value)) return value.some(holdsAnchor)
  return isJsonObject(value) && Object.entries(value).some(([key, item]) => conditionAnchor.test(key) || holdsAnchor(item))
}

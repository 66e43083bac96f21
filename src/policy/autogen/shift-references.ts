// Kyverno: pkg/engine/variables/vars.go (FindAndShiftReferences)
import { findReferences } from '../find-references.ts'

/** Moves the `$(…)` references of a message down to where the check lies in the generated rule. */
export function shiftReferences(message: string, shift: string, pivot: string): string {
  let [result, end, place] = ['', 0, pivot]
  for (const { text: reference, start } of findReferences(message)) {
    // Inside anyPattern the number of the pattern belongs to the place.
    if (place === 'anyPattern') place = `${place}/${reference.slice(reference.indexOf(place) + place.length + 1).split('/')[0] ?? ''}`
    result += message.slice(end, start) + reference.replaceAll(place, `${place}/${shift}`)
    end = start + reference.length
  }
  return result + message.slice(end)
}

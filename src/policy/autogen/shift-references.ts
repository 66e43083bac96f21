// Kyverno: pkg/engine/variables/vars.go (FindAndShiftReferences)

const references = /^\$\(.[^ ]*\)|[^\\]\$\(.[^ ]*\)/g

/** Moves the `$(…)` references of a message down to where the check lies in the generated rule. */
export function shiftReferences(message: string, shift: string, pivot: string): string {
  let result = message
  let place = pivot
  for (const found of message.match(references) ?? []) {
    const initial = found.startsWith('$(')
    const reference = initial ? found : found.slice(1)
    const index = reference.indexOf(place)
    // Inside anyPattern the number of the pattern belongs to the place.
    if (place === 'anyPattern') place = `${place}/${reference.slice(index + place.length + 1).split('/')[0] ?? ''}`
    const shifted = reference.replaceAll(place, `${place}/${shift}`)
    result = result.replace(found, () => (initial ? '' : found[0] ?? '') + shifted)
  }
  return result
}

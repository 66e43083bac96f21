import { isJsonObject, type JsonValue } from '../../model/json.ts'
import { formatPointer } from '../../patch/json-pointer.ts'
import { stringifyJson } from '../../values/json-text.ts'
import { says } from './says.ts'

/** One item of a list, told apart by what it says itself: some of its fields, or, for a scalar, its value. */
export type ItemSelector = { readonly fields: Readonly<Record<string, JsonValue>> } | { readonly value: JsonValue }

/** A place inside an object that does not depend on how many items stand before it in a list. */
export type FieldSelector = readonly (string | ItemSelector)[]

/** What one item of `jsonPointers` or `jqPathExpressions` says. */
export type IgnoredPath = { readonly pointer: string } | { readonly expression: string }

/** A pointer where no list is crossed, else an expression. */
export function toIgnoredPath(selector: FieldSelector): IgnoredPath {
  const keys = selector.filter((step) => typeof step === 'string')
  return keys.length === selector.length ? { pointer: formatPointer(keys) } : { expression: formatExpression(selector) }
}

/** A jq path: `.spec.containers[] | select(.name == "app") | .image`. */
export function formatExpression(selector: FieldSelector): string {
  let text = ''
  // A key in brackets needs a dot before it at the beginning and behind a pipe.
  let starts = true
  for (const step of selector) {
    if (typeof step === 'string') {
      text += `${starts && text !== '' ? ' | ' : ''}${formatKey(step, starts)}`
      starts = false
    } else {
      text += `${text === '' || starts ? ' | .[]'.slice(text === '' ? 3 : 0) : '[]'} | select(${formatCondition(step)})`
      starts = true
    }
  }
  return text
}

/** Words that jq would read as its own. */
const reserved = new Set([
  'and', 'or', 'not', 'if', 'then', 'elif', 'else', 'end', 'as', 'def', 'reduce', 'foreach', 'try', 'catch', 'label', 'import', 'include', '__loc__',
])

function formatKey(key: string, starts: boolean): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !reserved.has(key)) return `.${key}`
  return `${starts ? '.' : ''}[${stringifyJson(key)}]`
}

function formatCondition(item: ItemSelector): string {
  if ('value' in item) return `. == ${stringifyJson(item.value)}`
  if (Object.keys(item.fields).length === 0) return '. == {}'
  return Object.entries(item.fields).map(([key, value]) => `${formatKey(key, true)} == ${stringifyJson(value)}`).join(' and ')
}

/** Whether two places are the same, or one lies inside the other. Items that are told apart by other fields may be the same one. */
export function overlaps(left: FieldSelector, right: FieldSelector): boolean {
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) if (!mayEqual(left[index] as string | ItemSelector, right[index] as string | ItemSelector)) return false
  return true
}

function mayEqual(left: string | ItemSelector, right: string | ItemSelector): boolean {
  if (typeof left === 'string' || typeof right === 'string') return left === right
  if ('value' in left || 'value' in right) return 'value' in left && 'value' in right && stringifyJson(left.value) === stringifyJson(right.value)
  return Object.keys(left.fields).every((key) => !Object.hasOwn(right.fields, key) || mayBeSame(left.fields[key] as JsonValue, right.fields[key] as JsonValue))
}

/** What the API server fills in, one of two versions of an item lacks. */
function mayBeSame(left: JsonValue, right: JsonValue): boolean {
  return says(left, right) || says(right, left)
}

/** For people: `spec.containers[app].image`. */
export function describeSelector(selector: FieldSelector): string {
  return selector.map((step, index) => {
    if (typeof step !== 'string') return `[${'value' in step ? stringifyJson(step.value) : Object.values(step.fields).map(describeValue).join(', ')}]`
    if (/^[\w-]+$/.test(step)) return index === 0 ? step : `.${step}`
    return `[${stringifyJson(step)}]`
  }).join('')
}

function describeValue(value: JsonValue): string {
  return typeof value === 'string' ? value : isJsonObject(value) ? '{…}' : stringifyJson(value)
}

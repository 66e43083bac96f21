import { parseAnchor } from '../values/anchor-key.ts'

/** `(name)` or `<(name)`: whether the patch applies depends on it. */
export function isConditionKey(text: string): boolean {
  const modifier = parseAnchor(text)?.modifier
  return modifier === '' || modifier === '<'
}

import { describe, expect, test } from 'vitest'
import { compileJq } from '../../../../src/expression/jq/index.ts'
import { readPlainDeletion } from '../../../../src/ignore-differences/argocd/plain-path.ts'
import type { JsonObject, JsonValue } from '../../../../src/model/json.ts'

const plain = [
  '.a', '.["a"]', '.["x.y/z"]', '.a.b', '.a["x y"].b', '.a[] | select(.name == "c")', '.a[] | select(.name == "c") | .b', '.a[] | select(.name == "")', '.a[] | select(.port == 80) | .b.c',
  '.a.b[] | select(.name == "c" and .port == 0) | .d[] | select(.name == "a and b") | .["e"]', '.__proto__', '.a.__proto__.b', '.constructor.b',
]
const others = [
  '', '.', '.a | .b', '.a[]', '.[] | select(.name == "c")', '.a[0]', '.a?', '.a[]? | select(.name == "c")', '.a[] | select(.name == "c\\n")', '.a["\\(1)"]', '.a[] | select(.port == 1.5)', '.a[] | select(.port == 08)',
  '.a[] | select(. == "c")', '.a[] | select(.name == "c" or .port == 1)', '.a[] | select(.name == "c") |', '.a[] | select(.name == "c") | b', '.a) | (.b', '.a[] | select(.name == "c" and .name == "d")', '.a b', '.a.', 'a',
]
const objects: readonly JsonObject[] = [
  { constructor: { b: 1 } },
  {}, { a: 1 }, { a: null }, { a: {} }, { 'x.y/z': 1, a: 2 }, { a: { b: 1, c: 2 } }, { a: { 'x y': { b: 1 } } }, { a: [] }, { a: [null] }, { a: ['c'] }, { a: { c: { name: 'c', b: 1 } } },
  { a: [{ name: 'c', b: 1 }, { name: 'd', b: 2 }] }, { a: [{ name: 'c', b: 1 }, { name: 'c' }, { name: 'c', b: null }] }, { a: [{ name: 'c' }, null] }, { a: [{ b: 1 }, { name: '' }] }, { a: [{ name: 'c' }, [1]] },
  { a: [{ port: 80, b: { c: 1, d: 2 } }, { port: '80', b: { c: 1 } }, { port: 80, b: {} }] }, { a: [{ port: 80 }] }, { a: [{ port: 80, b: 1 }] }, { a: [{ port: 80, b: null }] }, { a: [{ name: { c: 1 } }] },
  { a: { b: [{ name: 'c', port: 0, d: [{ name: 'a and b', e: 1 }, { name: 'x', e: 2 }] }, { name: 'c', port: 1 }] } }, { a: { b: [{ name: 'c', port: 0, d: null }] } }, { a: { b: [{ name: 'c', port: 0 }] } }, { a: { b: 'text' } },
  JSON.parse('{"__proto__":1,"a":{"__proto__":{"b":1}}}') as JsonObject,
]

/** The text keeps the order of keys. */
function byJq(expression: string, object: JsonObject): string | undefined {
  try {
    return JSON.stringify(compileJq(`del(${expression})`).evaluate(object))
  } catch {
    return undefined
  }
}

describe('a plain path deletes what jq deletes', () => {
  test.each(plain)('%s', (expression) => {
    const remove = readPlainDeletion(expression)
    const answers = objects.map((object) => [remove?.(object), byJq(expression, object)] as const)
    const answered = answers.filter((answer): answer is [JsonValue, string] => answer[0] !== undefined)
    expect(answered.length).toBeGreaterThan(0)
    for (const [left, expected] of answered) expect(JSON.stringify([left])).toBe(expected)
  })
})

test.each(others)('%j is left to jq', (expression) => {
  expect(readPlainDeletion(expression)).toBeUndefined()
})

test('what no item is about stays the same object', () => {
  const object: JsonObject = { a: [{ name: 'd', b: 1 }] }
  expect([readPlainDeletion('.a[] | select(.name == "c") | .b')?.(object), readPlainDeletion('.b')?.(object)].every((left) => left === object)).toBe(true)
})

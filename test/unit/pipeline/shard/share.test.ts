import { expect, test } from 'vitest'
import type { Resource } from '../../../../src/model/resource.ts'
import { inOrderOf, ownerIn, parseShare } from '../../../../src/pipeline/shard/share.ts'
import { makeResource } from '../../../support/make-result.ts'

const many: readonly Resource[] = Array.from({ length: 4000 }, (_, index) => ({ ...makeResource(index % 2 === 0 ? 'Deployment' : 'Service', `n${index >> 1}`), application: `a${index % 7}` }))

test.each([1, 2, 3, 7, 50])('each resource belongs to one of %i, and all have about as many', (count) => {
  const parts = Array.from({ length: count }, (_, index) => many.filter(ownerIn({ index: index + 1, count })))
  expect(new Set(parts.flat()).size).toBe(many.length)
  expect(parts.flat()).toHaveLength(many.length)
  const fair = many.length / count
  for (const part of parts) expect(Math.abs(part.length - fair)).toBeLessThan(Math.max(40, fair / 10))
})

test('by name alone: neither order, place nor content matters, and the same on every machine', () => {
  const isOwn = ownerIn({ index: 2, count: 3 })
  expect(many.toReversed().filter(isOwn).toReversed()).toEqual(many.filter(isOwn))
  expect(many.map((resource) => ({ ...resource, object: { a: 'b' }, source: { file: 'moved', line: 9, column: 9 } })).filter(isOwn)).toHaveLength(many.filter(isOwn).length)
  expect(many.slice(0, 12).map((resource) => [1, 2, 3, 4].find((index) => ownerIn({ index, count: 4 })(resource)))).toEqual([1, 3, 1, 4, 1, 1, 2, 2, 2, 3, 1, 4])
})

test('parts begin with different work, and each does all of it', () => {
  const names = Array.from({ length: 40 }, (_, index) => `apps/${index}`)
  const orders = [1, 2, 3, 4].map((index) => inOrderOf({ index, count: 4 }, names, (name) => name))
  for (const order of orders) expect([...order].sort()).toEqual([...names].sort())
  expect(new Set(orders.map((order) => order[0])).size).toBe(4)
  expect(inOrderOf(undefined, names, (name) => name)).toBe(names)
})

test.each([['1/1', { index: 1, count: 1 }], ['3/7', { index: 3, count: 7 }], ['1000/1000', { index: 1000, count: 1000 }]])('%s', (text, share) => expect(parseShare(text)).toEqual(share))
test.each(['', '1', '0/3', '4/3', '1/0', '-1/3', '1/3/3', '1/1001', ' 1/3', '1.5/3', '01/3', '1e1/30', '١/٣'])('not %j', (text) => expect(parseShare(text)).toBeUndefined())

import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { expect, test } from 'vitest'

const page = readFileSync(new URL('../../docs/kyverno-differences.md', import.meta.url), 'utf8')
const cases = load(readFileSync(new URL('../cases/cli/kyverno-differences.yaml', import.meta.url), 'utf8')) as readonly { readonly name: string }[]

/** The rows of a part of the page. */
function rowsOf(part: string): readonly string[] {
  const text = page.split('\n## ').find((one) => one.startsWith(part)) ?? ''
  return [...text.matchAll(/^\| `([\w-]+)`/gm)].map(([, row = '']) => row)
}

/** The rows that cases of a kind are about. */
function casesOf(kind: string): readonly string[] {
  return cases.flatMap(({ name }) => new RegExp(`^([\\w-]+) \\(${kind}\\)`).exec(name)?.[1] ?? [])
}

test('every difference is a test, and every such test a difference', () => {
  expect([...casesOf('presync')].toSorted()).toEqual([...rowsOf('apply'), ...rowsOf('test')].toSorted())
})

test('what --compat does otherwise is a test too', () => {
  expect([...casesOf('compat')].toSorted()).toEqual([...rowsOf('apply')].toSorted())
})

// cel-go: common/stdlib/standard.go
import type { GoRegex } from '../../../../values/go-regex.ts'
import { celType } from '../../types/cel-type.ts'
import { fn, method, withCost, type CelOverload } from '../../library.ts'
import { mapSize } from '../../values/map.ts'
import { codePointCount } from '../../values/code-points.ts'
import { compilePattern } from '../../values/regular-expression.ts'
import { withPattern } from '../pattern-argument.ts'
import { patternCost, searchCost, traversalCost } from './costs.ts'

const { bool, bytes, int, list, map, string, parameter } = celType
const [listOfA, mapOfAB] = [list(parameter('A')), map(parameter('A'), parameter('B'))]

/** `size` is a function and a method, in this order, for each type. */
const sizes: readonly CelOverload[] = [fn, method].flatMap((make) => [
  make('size', [bytes], int, (value) => BigInt(value.bytes.length)),
  make('size', [listOfA], int, (items) => BigInt(items.length)),
  make('size', [mapOfAB], int, (entries) => BigInt(mapSize(entries))),
  make('size', [string], int, (text) => BigInt(codePointCount(text))),
])

const matches = (pattern: GoRegex) => (text: string): boolean => pattern.test(text)

export const textAndSize: readonly CelOverload[] = [
  ...sizes,
  withCost(searchCost, method('contains', [string, string], bool, (text, part) => text.includes(part))),
  withCost(traversalCost(1), method('endsWith', [string, string], bool, (text, part) => text.endsWith(part))),
  withCost(traversalCost(1), method('startsWith', [string, string], bool, (text, part) => text.startsWith(part))),
  withCost(patternCost, withPattern(matches, fn('matches', [string, string], bool, (text, pattern) => matches(compilePattern(pattern))(text)))),
  withCost(patternCost, withPattern(matches, method('matches', [string, string], bool, (text, pattern) => matches(compilePattern(pattern))(text)))),
]

// Counterpart: gojq func.go (match, test, capture); the expressions are Go's, which RE2JS implements: time is linear whatever the expression.
import { RE2JS } from 're2js'
import { isJsonArray, isJsonObject } from '../../../model/json.ts'
import { describe } from '../encode.ts'
import { fail } from '../failure.ts'
import { ownEntry } from '../runtime.ts'
import type { JqValue } from '../syntax.ts'
import { notApplicable, type PlainFunction, type PlainFunctions } from './table.ts'

interface Expression {
  readonly regex: RE2JS
  readonly names: readonly (string | null)[]
}

function compileExpression(source: string, flags: string): Expression {
  if (/[^gim]/.test(flags)) throw fail(() => `unsupported regular expression flag: ${JSON.stringify(flags)}`)
  const full = `${flags.includes('m') ? '(?s)' : ''}${flags.includes('i') ? '(?i)' : ''}${source}`
  try {
    const regex = RE2JS.compile(full)
    const names: (string | null)[] = Array.from({ length: regex.groupCount() }, () => null)
    for (const [name, group] of Object.entries(regex.namedGroups())) names[group - 1] = name
    return { regex, names }
  } catch (error) {
    throw fail(() => `invalid regular expression ${JSON.stringify(full)}: ${(error as Error).message}`)
  }
}

/** `_match(re; flags; testing)`: whether it matches, or all that is known of the matches. */
const match: PlainFunction = (input, source = null, flags = null, testing = false) => {
  const name = testing === true ? 'test' : 'match'
  if (typeof input !== 'string' || typeof source !== 'string' || (flags !== null && typeof flags !== 'string')) throw notApplicable(name, input, source, flags)
  const expression = compileExpression(source, flags ?? '')
  if (testing === true) return expression.regex.matcher(input).find()
  return findMatches(expression, input, (flags ?? '').includes('g'))
}

function findMatches({ regex, names }: Expression, input: string, all: boolean): JqValue {
  const matcher = regex.matcher(input)
  const found: JqValue[] = []
  const count = characterCounter(input)
  let lastEnd = -1
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()]
    // Go leaves out an empty match right behind another one.
    if (start === end && start === lastEnd) continue
    lastEnd = end
    const captures = names.map((name, index): JqValue => {
      const from = matcher.start(index + 1)
      if (from < 0) return { name, offset: -1n, length: 0n, string: null }
      const to = matcher.end(index + 1)
      return { name, offset: BigInt(count(from)), length: BigInt(count(to) - count(from)), string: input.slice(from, to) }
    })
    found.push({ offset: BigInt(count(start)), length: BigInt(count(end) - count(start)), string: input.slice(start, end), captures })
    if (!all) break
  }
  return found
}

/** Offsets count characters; in most texts that is what JavaScript counts, too. */
function characterCounter(text: string): (offset: number) => number {
  if (!/[\ud800-\udfff]/.test(text)) return (offset) => offset
  const counts = new Uint32Array(text.length + 1)
  for (let at = 0, count = 0; at < text.length; at++) {
    counts[at] = count
    const unit = text.charCodeAt(at)
    if (unit < 0xd800 || unit > 0xdbff || at + 1 === text.length) count++
    counts[at + 1] = count
  }
  return (offset) => counts[offset] as number
}

const captures: PlainFunction = (input) => {
  if (!isJsonArray(input)) throw fail(() => `expected an array but got: ${describe(input)}`)
  return Object.fromEntries(input.flatMap((capture) => {
    const name = ownEntry(capture, 'name')
    return isJsonObject(capture) && typeof name === 'string' ? [[name, ownEntry(capture, 'string') ?? null]] : []
  })) as JqValue
}

export const regularExpressionFunctions: PlainFunctions = {
  '_match/3': match,
  '_captures/0': captures,
}

import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import { durationSeconds, formatDuration, parseDuration } from '../../../src/values/duration.ts'
import { formatFloat } from '../../../src/values/number-text.ts'
import {
  addQuantities, compareQuantities, formatQuantity, parseQuantity, quantityDecimalText, quantityMilliValue, quantitySign, quantityToFloat,
  quantityToInt64, quantityValue, subtractQuantities, type Quantity,
} from '../../../src/values/quantity.ts'
import { parseBlangRange, parseBlangTolerant, parseBlangVersion } from '../../../src/values/semver-blang.ts'
import { parseMastermindsConstraint, parseMastermindsStrict, parseMastermindsVersion } from '../../../src/values/semver-masterminds.ts'
import { compareVersions, formatVersion, type SemanticVersion } from '../../../src/values/semver.ts'
import { judge } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

type Vector = Readonly<Record<string, JsonValue>>
type Answer = (vector: Vector) => JsonObject

/** Answers by kind. A field that is absent on either side means "none". */
const answers: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ['quantity', ({ text }) => describeQuantity(parseQuantity(String(text)))],
  ['quantityCompare', ({ left, right }) => {
    const [a, b] = [parseQuantity(String(left)), parseQuantity(String(right))]
    if (a === undefined || b === undefined) return { error: true }
    return { compare: compareQuantities(a, b), sum: formatQuantity(addQuantities(a, b)), difference: formatQuantity(subtractQuantities(a, b)) }
  }],
  ['duration', ({ text }) => {
    const nanoseconds = parseDuration(String(text))
    if (nanoseconds === undefined) return { error: true }
    return { nanoseconds: String(nanoseconds), string: formatDuration(nanoseconds), seconds: durationSeconds(nanoseconds) }
  }],
  ['semverParse', ({ version }) => {
    const text = String(version)
    return {
      ...named('blang', parsed(parseBlangVersion(text))), ...named('blangTolerant', parsed(parseBlangTolerant(text))),
      ...named('masterminds', parsed(parseMastermindsVersion(text))), ...named('mastermindsStrict', parsed(parseMastermindsStrict(text))),
    }
  }],
  ['semverCompare', ({ left, right }) => {
    const compare = (parse: (text: string) => SemanticVersion | undefined) => {
      const [a, b] = [parse(String(left)), parse(String(right))]
      return a && b && compareVersions(a, b)
    }
    return { ...named('blang', compare(parseBlangVersion)), ...named('masterminds', compare(parseMastermindsVersion)) }
  }],
  ['semverRange', ({ version, range }) => {
    const [v, w] = [parseBlangVersion(String(version)), parseMastermindsVersion(String(version))]
    return {
      ...named('blang', v && parseBlangRange(String(range))?.(v)), ...named('masterminds', w && parseMastermindsConstraint(String(range))?.(w)),
    }
  }],
])

function parsed(version: SemanticVersion | undefined): string | undefined {
  return version && formatVersion(version)
}

function named(name: string, value: JsonValue | undefined): JsonObject {
  return value === undefined ? { [`${name}Error`]: true } : { [name]: value }
}

function describeQuantity(quantity: Quantity | undefined): JsonObject {
  if (quantity === undefined) return { error: true }
  const int64 = quantityToInt64(quantity)
  return {
    canonical: formatQuantity(quantity), format: quantity.format, dec: quantityDecimalText(quantity), sign: quantitySign(quantity),
    value: String(quantityValue(quantity)), milliValue: String(quantityMilliValue(quantity)), approximateFloat: finite(quantityToFloat(quantity)),
    ...(int64 === undefined ? {} : { asInt64: String(int64) }),
  }
}

/** JSON has no infinity. */
function finite(value: number): JsonValue {
  return Number.isFinite(value) ? value : formatFloat(value, 'g')
}

const inputs = new Set(['kind', 'text', 'left', 'right', 'version', 'range'])

/** Quantities, Go durations and the two dialects of semantic versions. */
export const quantityDurationSemver: Suite = {
  name: 'quantity-duration-semver',
  * run(corpus) {
    for (const { line, vector } of readVectors<Vector>(corpus, 'quantity-duration-semver')) {
      const expected = Object.fromEntries(Object.entries(vector).filter(([key]) => !inputs.has(key))
        .map(([key, value]) => [key, /error$/i.test(key) ? true : key === 'approximateFloat' && typeof value === 'bigint' ? Number(value) : value]))
      const answer = answers.get(String(vector['kind']))
      const id = `${line} ${[...inputs].map((key) => vector[key]).filter((value) => value !== undefined).join(' ')}`
      yield judge(id, expected, () => answer?.(vector) ?? {})
    }
  },
}

import fc from 'fast-check'
import type { JsonObject, JsonValue } from '../../src/model/json.ts'

/** Texts that evaluators read meaning into, and others. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('', '*', '?*', '!*:latest', '>1', '<=2Gi', '10-20', '1!-3', 'a | b', 'a & !b', '1h30m', '100m', '1.2.3', '["a"]', 'null', '1e9', '-0', 'NaN', '__proto__', '>', '!', '|', '&'),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.string({ unit: fc.constantFrom('*', '?', '!', '-', '|', '&', '<', '>', '=', '0', '9', '.', 'e', 'm', 'i', 'K', ' ', '\n', '_'), maxLength: 12 }),
)

const keys = fc.oneof(
  fc.constantFrom('metadata', 'labels', 'annotations', 'spec', 'name', 'a', '__proto__', 'constructor'),
  fc.tuple(fc.constantFrom('', '<', '=', '^', 'X', '+', 'y'), fc.constantFrom('metadata', 'labels', 'annotations', 'spec', 'name', 'a', 'a*', '__proto__')).map(([sign, key]) => `${sign}(${key})`),
  text,
)

/** Any JSON, numbers of both Go types, with the keys and texts that matter to patterns. */
export const jsonValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue; object: JsonObject }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null), fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), text,
    fc.array(tie('value'), { maxLength: 4 }),
    tie('object'),
  ),
  object: fc.array(fc.tuple(keys, tie('value')), { maxLength: 5 }).map((entries) => Object.fromEntries(entries) as JsonObject),
})).value

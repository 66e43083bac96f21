import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import { loadAll } from 'js-yaml'
import { RE2JS } from 're2js'
import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import { schemaFor } from '../../../src/kubernetes/schema/schema-catalog.ts'
import type { SchemaNode } from '../../../src/kubernetes/schema/schema-node.ts'
import { validateObject } from '../../../src/kubernetes/schema/validate-object.ts'
import { plainJsonSchema } from '../../support/plain-json-schema.ts'
import type { CaseResult, Suite } from '../suite.ts'

const mutantsOfEach = 6
const kubeVersion = '1.33'

/** Our interpreter and Ajv, a validator that others wrote, must agree on every resource of the pools and on damaged copies of them. */
export const schemas: Suite = {
  name: 'schemas',
  * run(corpus): Iterable<CaseResult> {
    const random = sequence(20_260_101)
    const validators = new Map<string, ValidateFunction>()
    for (const { id, object } of readPools(corpus)) {
      const type = `${String(object['apiVersion'])} ${String(object['kind'])}`
      const [version = '', group = ''] = String(object['apiVersion']).split('/').toReversed()
      const schema = schemaFor(group, version, String(object['kind']), kubeVersion)
      if (schema === undefined) continue
      let validator = validators.get(type)
      if (validator === undefined) validators.set(type, validator = new Ajv({ strict: false, validateFormats: false, logger: false, code: { regExp: goPattern } }).compile(plainJsonSchema(schema)))
      for (let mutant = 0; mutant <= mutantsOfEach; mutant++) {
        const candidate = mutant === 0 ? object : mutate(object, random)
        yield compare(`${id} #${mutant}`, candidate, schema, validator)
      }
    }
  },
}

/** Patterns are Go's (`(?i)`), which JavaScript's engine refuses. */
const goPattern = Object.assign((pattern: string) => {
  const compiled = RE2JS.compile(pattern)
  // Ajv keeps compiled patterns by their text.
  return { test: (text: string) => compiled.matcher(text).find(), toString: () => pattern }
}, { code: 'goPattern' })

function compare(id: string, object: JsonObject, schema: SchemaNode, validator: ValidateFunction): CaseResult {
  const ours = validateObject(schema, object).filter(({ code }) => code !== 'INVALID_FORMAT' && code !== 'DUPLICATE_ITEM')
  const theirs = validator(object)
  if ((ours.length === 0) === theirs) return { id, ok: true }
  const reasons = ours.length > 0 ? ours.map(({ path, message }) => `${path.join('/')} ${message}`) : (validator.errors ?? []).map(({ instancePath, message }) => `Ajv: ${instancePath} ${message}`)
  return { id, ok: false, detail: reasons.slice(0, 3).join('; ') }
}

function* readPools(corpus: string): Iterable<{ readonly id: string; readonly object: JsonObject }> {
  for (const pool of ['apps', 'tests']) {
    const folder = join(corpus, 'pool', pool)
    for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name)).toSorted()) {
      for (const [index, document] of loadAll(readFileSync(join(folder, file), 'utf8')).entries()) {
        if (typeof document === 'object' && document !== null) yield { id: `${pool}/${file} ${index + 1}`, object: JSON.parse(JSON.stringify(document)) as JsonObject }
      }
    }
  }
}

type Mutable = Record<string, JsonValue>
const values: readonly JsonValue[] = [null, 'text', '', 7, -1, 2.5, 3e9, true, [], ['x'], {}, { unknown: 1 }]

/** A copy with one place damaged: a value of another type, a key renamed, added or removed. */
function mutate(object: JsonObject, random: () => number): JsonObject {
  const copy = structuredClone(object) as Mutable
  let place = copy
  for (;;) {
    const keys = Object.keys(place)
    const key = keys[Math.floor(random() * keys.length)]
    if (key === undefined) return copy
    const child = place[key]
    if (typeof child === 'object' && child !== null && random() < 0.8) {
      place = child as Mutable
      continue
    }
    const kind = random()
    if (kind < 0.5) place[key] = structuredClone(values[Math.floor(random() * values.length)] as JsonValue)
    else if (kind < 0.75 && !Array.isArray(place)) Object.assign(place, { [`${key}x`]: place[key] })
    else if (!Array.isArray(place)) delete place[key]
    return copy
  }
}

/** mulberry32: the same sequence in every run. */
function sequence(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

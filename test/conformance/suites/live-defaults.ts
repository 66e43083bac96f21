import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../../src/model/json.ts'
import { applyApiDefaults } from '../../../src/kubernetes/defaults/apply-api-defaults.ts'
import { schemaFor } from '../../../src/kubernetes/schema/schema-catalog.ts'
import { validateObject } from '../../../src/kubernetes/schema/validate-object.ts'
import { diffText, judge } from '../compare.ts'
import { withoutServerValues } from '../server-values.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface Recorded {
  readonly source: string
  readonly line: number
  readonly desired: JsonObject
  readonly live?: JsonObject
  readonly refused?: string
}

/** Words of refusals that a schema can foresee; the others need other objects of the cluster or validation code of one kind. */
const foreseeable = /strict decoding error|cannot unmarshal|parsing time|ownerReferences\.uid/
const kubeVersion = '1.36'

/** What a real API server makes of resources that are created, against `applyApiDefaults`; and what it refuses, against the schemas. */
export const liveDefaults: Suite = {
  name: 'live-defaults',
  * run(corpus): Iterable<CaseResult> {
    for (const { source, line, desired, live, refused } of readRecorded(corpus)) {
      const { kind, metadata } = desired as { kind: string; metadata: { name: string } }
      const id = `${source} ${line} ${kind} ${metadata.name}`
      if (refused !== undefined) {
        if (foreseeable.test(refused)) yield judge(id, 'refused', () => (violations(desired).length > 0 ? 'refused' : 'accepted'))
        continue
      }
      const found = violations(desired)
      const expected = withoutServerValues(live as JsonObject, desired)
      if (found.length > 0) yield { id, ok: false, detail: `accepted by the API server, but ${found.join('; ')}` }
      else yield judge(id, expected, () => withoutServerValues(applyApiDefaults(desired, { kubeVersion }), desired), diffText)
    }
  },
}

/** defaults.jsonl, and what mutations.jsonl says of each resource without a policy. */
function* readRecorded(corpus: string): Iterable<Recorded> {
  const read = (name: string) => readFileSync(join(corpus, 'live', `${name}.jsonl`), 'utf8').trim().split('\n').entries()
  for (const [index, row] of read('defaults')) yield { source: 'defaults', line: index + 1, ...(JSON.parse(row) as Omit<Recorded, 'source' | 'line'>) }
  const seen = new Set<string>()
  for (const [index, row] of read('mutations')) {
    const { desired, liveWithout } = JSON.parse(row) as { desired: JsonObject; liveWithout?: JsonObject }
    if (liveWithout?.['metadata'] === undefined || seen.has(JSON.stringify(desired))) continue
    seen.add(JSON.stringify(desired))
    yield { source: 'mutations', line: index + 1, desired, live: liveWithout }
  }
}

function violations(object: JsonObject): readonly string[] {
  const [version = '', group = ''] = String(object['apiVersion']).split('/').toReversed()
  const schema = schemaFor(group, version, String(object['kind']), kubeVersion)
  return schema === undefined ? ['no schema'] : validateObject(schema, object).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

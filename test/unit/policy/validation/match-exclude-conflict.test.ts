import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/model/json.ts'
import { parsePolicies } from '../../../../src/policy/index.ts'

const pods = { resources: { kinds: ['Pod'] } }
const system = { resources: { kinds: ['Pod'], namespaces: ['kube-system'] } }

test.each<{ says: string; match: JsonObject; exclude: JsonObject; refused: boolean }>([
  { says: 'legacy match, exclude.any: the classic mistake', match: pods, exclude: { any: [system] }, refused: true },
  { says: 'legacy match, exclude.all', match: pods, exclude: { all: [system] }, refused: false },
  { says: 'legacy match, legacy exclude', match: pods, exclude: system, refused: false },
  { says: 'legacy match, the same legacy exclude', match: pods, exclude: pods, refused: true },
  { says: 'match.any, exclude.any', match: { any: [pods] }, exclude: { any: [system] }, refused: false },
  { says: 'match.any, the same in exclude.any', match: { any: [pods, system] }, exclude: { any: [system] }, refused: true },
  { says: 'match.any, legacy exclude', match: { any: [pods] }, exclude: system, refused: false },
  { says: 'a legacy match that a selector narrows, exclude.any', match: { resources: { kinds: ['Pod'], selector: { matchLabels: { a: 'b' } } } }, exclude: { any: [system] }, refused: false },
  { says: 'excluded names beside matched ones', match: { resources: { kinds: ['Pod'], names: ['web-*'] } }, exclude: { resources: { names: ['web-1'] } }, refused: false },
  { says: 'excluded names that cover a matched one', match: { resources: { kinds: ['Pod'], names: ['web-1'] } }, exclude: { resources: { names: ['web-*'] } }, refused: true },
  { says: 'excluded roles that the match does not have', match: pods, exclude: { roles: ['system:admin'] }, refused: false },
])('$says', ({ match, exclude, refused }) => {
  const object = {
    apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p' },
    spec: { background: false, rules: [{ name: 'r', match, exclude, validate: { message: 'm', pattern: { spec: {} } } }] },
  }
  const { problems } = parsePolicies([{ object, locate: () => undefined }])
  expect(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(refused ? ['INVALID_POLICY'] : [])
})

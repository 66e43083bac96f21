import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/model/json.ts'
import type { LookupRequest } from '../../../../../src/model/lookups.ts'
import { compileRules, evaluateOn, makeEnvironment, toResource } from '../../../../support/evaluation.ts'

const digest = `sha256:${'a'.repeat(64)}`
const pod = (...images: readonly string[]): JsonObject =>
  ({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'n' }, spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) } })

const rule = (entry: string): string => `- name: r\n  match: {any: [{resources: {kinds: [Pod]}}]}\n  verifyImages:\n  - ${entry.trim().replaceAll('\n', '\n    ')}`
const compile = (entry: string) => compileRules(rule(entry), '  background: false\n')

const signed = `imageReferences: ["reg.io/*"]
skipImageReferences: ["reg.io/skip/*"]
failureAction: Enforce
attestors: [{entries: [{keys: {publicKeys: key}}]}]`

/** A registry in which everything has the digest, and images of `good` are signed. */
function registry(request: LookupRequest): JsonValue | undefined {
  if (request.kind === 'imageData') return { resolvedImage: `reg.io/x@${digest}` }
  if (request.kind !== 'imageVerification') return undefined
  if (!request.reference.includes('/good')) return { verified: false, error: 'no signatures found' }
  return { verified: true, digest, statements: [{ type: 'scan', predicate: { severity: 'low' } }] }
}

const statuses = (entry: string, object: JsonObject, environment = makeEnvironment({}, registry)) =>
  evaluateOn(object, [compile(entry)], environment).results.map(({ ruleType, status, message }) => [ruleType, status, message])

describe('verifyImages', () => {
  test('verifies, pins and records', () => {
    const { results, resource } = evaluateOn(pod('reg.io/good:1'), [compile(signed)], makeEnvironment({}, registry))
    expect(results.map(({ ruleType, status, message }) => [ruleType, status, message])).toEqual([
      ['verifyImages', 'pass', 'verified image signatures for reg.io/good:1'], ['validate', 'pass', 'image verified'],
    ])
    expect(results[0]).toMatchObject({ changes: [{ op: 'replace', path: '/spec/containers/0/image', value: `reg.io/good:1@${digest}` }] })
    expect(resource.object).toMatchObject({
      metadata: {
        annotations: {
          'kyverno.io/verify-images': `{"reg.io/good@${digest}":"pass"}`,
          'kyverno.io/verify-images-scoped': `{"version":1,"policies":{"/p":{"r":{"reg.io/good@${digest}":"pass"}}}}`,
        },
      },
      spec: { containers: [{ image: `reg.io/good:1@${digest}` }] },
    })
  })

  test.each<[string, string, JsonObject, unknown]>([
    ['an image that is not signed', signed, pod('reg.io/bad:1'), [
      ['verifyImages', 'fail', 'failed to verify image reg.io/bad:1: .attestors[0].entries[0].keys: no signatures found'],
      ['validate', 'fail', `unverified image reg.io/bad@${digest}`],
    ]],
    ['an image that is to be skipped', signed, pod(`reg.io/skip/x@${digest}`), [
      ['verifyImages', 'skip', `skipping image reference image reg.io/skip/x@${digest}, policy p ruleName r`], ['validate', 'skip', `image skipped, skipped images: reg.io/skip/x@${digest}`],
    ]],
    ['images of others', signed, pod('nginx'), []],
    ['no attestors, only a digest to demand', 'imageReferences: ["*"]\nmutateDigest: false\nrequired: false', pod('nginx'), [['validate', 'fail', 'missing digest for docker.io/nginx:latest']]],
    ['no attestors, a digest to add', 'imageReferences: ["*"]\nrequired: false\nfailureAction: Enforce', pod('nginx'), [['verifyImages', 'pass', 'mutated image digest'], ['validate', 'pass', 'image verified']]],
    ['nothing to check afterwards', 'imageReferences: ["*"]\nmutateDigest: false\nverifyDigest: false\nrequired: false\nattestors: [{entries: [{keys: {publicKeys: k}}]}]', pod('x.io/good'), [
      ['verifyImages', 'pass', 'verified image signatures for x.io/good:latest'],
    ]],
    ['an attestation that fulfils its conditions', `imageReferences: ["*"]\nmutateDigest: false\nverifyDigest: false\nrequired: false
attestations: [{type: scan, conditions: [{all: [{key: "{{severity}}", operator: Equals, value: low}]}]}]`, pod('x.io/good'), [['verifyImages', 'pass', 'verified image attestations for x.io/good:latest']]],
    ['an attestation that does not', `imageReferences: ["*"]\nmutateDigest: false\nverifyDigest: false\nrequired: false
attestations: [{type: scan, conditions: [{all: [{key: "{{severity}}", operator: Equals, value: none}]}]}]`, pod('x.io/good'), [
      ['verifyImages', 'fail', expect.stringMatching(/^image attestations verification failed, verifiedCount: 0, requiredCount: 1, error: \.attestations\[0\]\.attestors\[0\]\.entries\[0\]: attestation checks failed/)],
    ]],
  ])('%s', (_name, entry, object, expected) => {
    expect(statuses(entry, object)).toEqual(expected)
  })

  test('without a registry the CLI fails as it does, and a prediction says that it cannot tell', () => {
    expect(statuses(signed, pod('reg.io/good:1'), makeEnvironment({ semantics: 'cli' })).map(([, status]) => status)).toEqual(['error', 'fail', 'fail'])
    const { results } = evaluateOn(pod('reg.io/good:1'), [compile(signed)])
    expect(results.map(({ status }) => status)).toEqual(['error', 'error', 'error'])
    expect(results[0]).toMatchObject({ missing: [{ what: 'imageVerification' }, { what: 'imageData' }] })
  })

  test('an update does not verify again what it leaves alone', () => {
    const before = evaluateOn(pod('reg.io/good:1'), [compile(signed)], makeEnvironment({}, registry)).resource
    const { results } = evaluateOn(before.object, [compile(signed)], makeEnvironment({}, () => ({ verified: false })), { operation: 'UPDATE', oldResource: toResource(before.object) })
    expect(results).toMatchObject([{ ruleType: 'validate', status: 'pass' }])
  })
})

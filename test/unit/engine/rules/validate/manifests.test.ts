import { generateKeyPairSync, sign } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/model/json.ts'
import { evaluateRule, makeResource } from '../../../../support/evaluate-rule.ts'

const keys = ['ec', 'rsa', 'ed25519'].map((type) => (type === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  : type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519')))
const publicKeys = keys.map(({ publicKey }) => publicKey.export({ type: 'spki', format: 'pem' }).toString().trim())
const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'nginx' }] } }

function tar(name: string, text: string): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write(`${Buffer.byteLength(text).toString(8).padStart(11, '0')}\0`, 124)
  header.write('0', 156)
  header.write('ustar', 257)
  return Buffer.concat([header, Buffer.from(text), Buffer.alloc((512 - (Buffer.byteLength(text) % 512)) % 512), Buffer.alloc(1024)])
}

/** The annotations that a signing program writes: the message packed once more, and a signature a key. */
function annotationsFor(signers: readonly number[], signed: Buffer = gzipSync(tar('a.yaml', JSON.stringify(manifest)))): Record<string, string> {
  const signatures = signers.map((index, place) => {
    const key = keys[index]?.privateKey
    if (key === undefined) throw new Error('no such key')
    return [`cosign.sigstore.dev/signature${place === 0 ? '' : `_${place}`}`, sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', signed, key).toString('base64')]
  })
  return { 'cosign.sigstore.dev/message': gzipSync(signed).toString('base64'), ...Object.fromEntries(signatures) as Record<string, string> }
}

function check(annotations: Record<string, string>, set: JsonObject, changes: JsonObject = {}) {
  const resource = makeResource({ ...manifest, metadata: { name: 'a', namespace: 'default', annotations }, ...changes })
  return evaluateRule({ validate: { manifests: { attestors: [set] } } }, { trigger: { resource } })
}

const entriesOf = (...indexes: readonly number[]) => indexes.map((index) => ({ keys: { publicKeys: publicKeys[index] ?? '' } }))

describe('validate.manifests', () => {
  it.each([0, 1, 2])('passes what key %i has signed', (index) => {
    expect(check(annotationsFor([index]), { entries: entriesOf(index) })).toMatchObject({
      status: 'pass', message: 'verified manifest signatures; manifest verification succeeded; verifiedCount 1; requiredCount 1; message singed by a valid signer: ',
    })
  })

  it('reads a message that is one text instead of an archive', () => {
    expect(check(annotationsFor([0], Buffer.from(JSON.stringify(manifest))), { entries: entriesOf(0) }).status).toBe('pass')
  })

  it('wants all of the keys, or as many as the set asks for', () => {
    expect(check(annotationsFor([0, 1]), { entries: entriesOf(0, 1) }).status).toBe('pass')
    expect(check(annotationsFor([0]), { entries: entriesOf(0, 1) }).status).toBe('error')
    expect(check(annotationsFor([0]), { count: 1, entries: entriesOf(1, 0) }).status).toBe('pass')
    expect(check(annotationsFor([0, 2]), { entries: [{ keys: { publicKeys: `${publicKeys[0]}\n${publicKeys[2]}` } }] }).status).toBe('pass')
  })

  it('fails what is not signed', () => {
    expect(check({}, { entries: entriesOf(0) })).toMatchObject({ status: 'fail', violations: [{ path: ['metadata', 'annotations', 'cosign.sigstore.dev/signature'] }] })
  })

  it('fails what was changed after it was signed, and names the fields', () => {
    const result = check(annotationsFor([0]), { entries: entriesOf(0) }, { spec: { containers: [{ name: 'c', image: 'evil' }], hostNetwork: true } })
    expect(result).toMatchObject({ status: 'fail', message: expect.stringMatching(/diff found; .*"spec\.containers\.0\.image".*"spec\.hostNetwork"/) as string })
  })

  it('does not mind what the API server fills in', () => {
    expect(check(annotationsFor([0]), { entries: entriesOf(0) }, {
      status: { phase: 'Running' }, spec: { dnsPolicy: 'ClusterFirst', hostNetwork: false, containers: [{ name: 'c', image: 'docker.io/nginx', imagePullPolicy: 'Always' }] },
    }).status).toBe('pass')
  })

  it('cannot verify without a key, and says what it needs', () => {
    expect(check(annotationsFor([0]), { entries: [{ keyless: { issuer: 'x', subject: 'y' } }] })).toMatchObject({ status: 'error', error: { code: 'LOOKUP_UNAVAILABLE' } })
  })

  it('does not unpack without end', () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    expect(check(annotationsFor([0], bomb), { entries: entriesOf(0) })).toMatchObject({ status: 'error', error: { code: 'LIMIT_EXCEEDED' } })
  })
})

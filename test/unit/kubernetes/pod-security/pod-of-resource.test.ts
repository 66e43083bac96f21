import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluatePodSecurity, formatPodSecurityViolations, parsePodSecurityVersion, podOfResource, toViolations } from '../../../../src/kubernetes/pod-security/index.ts'
import { EvaluationError } from '../../../../src/model/errors.ts'
import type { JsonObject, JsonValue } from '../../../../src/model/json.ts'
import { jsonValue } from '../../../support/json-arbitrary.ts'

const template = { metadata: { annotations: { 'container.apparmor.security.beta.kubernetes.io/a': 'unconfined' } }, spec: { hostNetwork: true, containers: [{ name: 'a' }] } }
const baseline = { level: 'baseline', version: 'latest' }
const check = (resource: JsonObject) => {
  const placed = podOfResource(resource)
  const violations = evaluatePodSecurity(placed.pod, baseline)
  return { text: formatPodSecurityViolations(violations, placed), paths: toViolations(violations, placed).map(({ path }) => path.join('/')) }
}

describe('the Pod of a resource', () => {
  test('of a Pod', () => {
    expect(check({ kind: 'Pod', ...template })).toEqual({
      text: '(Forbidden reason: forbidden AppArmor profile, field error list: [spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/a] is forbidden, '
        + 'forbidden values found: unconfined])(Forbidden reason: host namespaces, field error list: [spec.hostNetwork is forbidden, forbidden values found: true])',
      paths: ['metadata/annotations/container.apparmor.security.beta.kubernetes.io/a', 'spec/hostNetwork'],
    })
  })

  test.each(['DaemonSet', 'Deployment', 'Job', 'StatefulSet', 'ReplicaSet', 'ReplicationController'])('of a %s', (kind) => {
    const { text, paths } = check({ kind, spec: { template } })
    expect(text).toContain('spec.template.spec.hostNetwork is forbidden')
    expect(paths).toEqual(['spec/template/metadata/annotations/container.apparmor.security.beta.kubernetes.io/a', 'spec/template/spec/hostNetwork'])
  })

  test('of a CronJob, whose Job gives the annotations', () => {
    const { text, paths } = check({ kind: 'CronJob', spec: { jobTemplate: { spec: { template } } } })
    expect(text).toBe('(Forbidden reason: host namespaces, field error list: [spec.jobTemplate.spec.template.spec.hostNetwork is forbidden, forbidden values found: true])')
    expect(paths).toEqual(['spec/jobTemplate/spec/template/spec/hostNetwork'])
  })

  test('missing fields and values have their own wording', () => {
    const placed = podOfResource({ kind: 'Pod', spec: { containers: [{ name: 'a', securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['KILL', 'CHOWN'] } } }], volumes: [{ name: 'v', nfs: {} }] } })
    expect(formatPodSecurityViolations(evaluatePodSecurity(placed.pod, { level: 'restricted', version: '' }), placed)).toBe(
      '(Forbidden reason: unrestricted capabilities, field error list: [spec.containers[0].securityContext.capabilities.drop is forbidden, forbidden values found: [CHOWN KILL]])'
      + '(Forbidden reason: restricted volume types, field error list: [spec.volumes[0].nfs: Forbidden])'
      + '(Forbidden reason: runAsNonRoot != true, field error list: [spec.containers[0].securityContext.runAsNonRoot: Required value])'
      + '(Forbidden reason: seccompProfile, field error list: [spec.containers[0].securityContext.seccompProfile.type: Required value])')
  })

  test('violations say what is wrong and what to do', () => {
    const placed = podOfResource({
      kind: 'Pod',
      spec: {
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [{ name: 'a', securityContext: { privileged: true, capabilities: { drop: ['ALL'] } }, livenessProbe: { tcpSocket: { host: 'h' } } }],
        volumes: [{ name: 'v', nfs: {} }],
      },
    })
    expect(toViolations(evaluatePodSecurity(placed.pod, { level: 'restricted', version: '' }), placed).map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
      'spec.containers.0.securityContext.allowPrivilegeEscalation: allowPrivilegeEscalation != false: not set; set it to false',
      'spec.containers.0.livenessProbe.tcpSocket.host: probe or lifecycle host: container "a" uses probe or lifecycle host "h"; remove it, so that the Pod itself is asked',
      'spec.containers.0.securityContext.privileged: privileged: set to true; set it to false or remove it',
      'spec.volumes.0.nfs: restricted volume types: not allowed; use a configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected or secret',
    ])
  })

  test.each([
    [{ kind: 'ConfigMap' }, 'could not find correct resource type'],
    [{ kind: 'Pod', spec: { hostNetwork: 'yes' } }, 'json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool'],
    [{ kind: 'Pod', spec: { containers: {} } }, 'json: cannot unmarshal object into Go struct field PodSpec.spec.containers of type []v1.Container'],
    [{ kind: 'Pod', spec: { containers: [{ env: [{ name: 'PORT', value: 80 }] }] } }, 'json: cannot unmarshal number into Go struct field EnvVar.spec.containers.env.value of type string'],
    [{ kind: 'Pod', spec: { containers: [{ ports: [{ hostPort: 1.5 }] }] } }, 'json: cannot unmarshal number 1.5 into Go struct field ContainerPort.spec.containers.ports.hostPort of type int32'],
    [{ kind: 'Deployment', spec: { template: { metadata: { annotations: { a: true } } } } },
      'json: cannot unmarshal bool into Go struct field ObjectMeta.spec.template.metadata.annotations of type string'],
    [{ kind: 'CronJob', spec: [] }, 'json: cannot unmarshal array into Go struct field CronJob.spec of type v1.CronJobSpec'],
  ] as readonly [JsonObject, string][])('%j: %s', (resource, message) => {
    expect(() => podOfResource(resource)).toThrow(expect.objectContaining({ code: 'TYPE_MISMATCH', message }))
  })

  test('no resource crashes the checks', () => {
    const spec = fc.oneof(jsonValue, fc.record({ containers: fc.array(fc.oneof(jsonValue, fc.record({ name: jsonValue, securityContext: jsonValue, ports: jsonValue, lifecycle: jsonValue }))), volumes: jsonValue, securityContext: jsonValue }))
    fc.assert(fc.property(fc.constantFrom('Pod', 'Deployment', 'CronJob'), spec, jsonValue, (kind, value, metadata) => {
      try {
        const placed = podOfResource({ kind, metadata, spec: kind === 'Pod' ? value as JsonValue : { template: { spec: value, metadata }, jobTemplate: { spec: { template: { spec: value } } } } as JsonObject })
        evaluatePodSecurity(placed.pod, { level: 'restricted', version: 'latest' }, [{ controlName: 'Capabilities', images: ['*'], restrictedField: '', values: [] }])
      } catch (error) {
        expect(error).toBeInstanceOf(EvaluationError)
      }
    }), { numRuns: 500 })
  })
})

test.each([['', Infinity], ['latest', Infinity], ['v1.0', 0], ['v1.32', 32]])('version %j', (text, minor) => expect(parsePodSecurityVersion(text)).toBe(minor))
test.each(['1.24', 'v1', 'v1.024', 'v2.0', 'v1.1.1', 'newest'])('version %j is none', (text) => {
  expect(() => parsePodSecurityVersion(text)).toThrow('must be "latest" or "v1.x"')
})

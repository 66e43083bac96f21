import { describe, expect, test } from 'vitest'
import { evaluatePodSecurity, formatFieldPath, type PodSecurityExclusion } from '../../../../src/kubernetes/pod-security/index.ts'
import type { Pod } from '../../../../src/kubernetes/pod-security/pod.ts'

const pod: Pod = {
  metadata: {},
  spec: {
    hostNetwork: true,
    hostPID: true,
    containers: [
      { name: 'web', image: 'shop/web:1', securityContext: { privileged: true, capabilities: { add: ['SYS_TIME', 'NET_RAW'] } } },
      { name: 'mesh', image: 'mesh/proxy:2', securityContext: { privileged: true, capabilities: { add: ['NET_ADMIN'] } } },
    ],
    initContainers: [{ name: 'init', image: 'mesh/init:2', securityContext: { privileged: true } }],
  },
}
const left = (...exclusions: Partial<PodSecurityExclusion>[]) =>
  evaluatePodSecurity(pod, { level: 'baseline', version: 'latest' },
    exclusions.map((exclusion) => ({ controlName: '', images: [], restrictedField: '', values: [], ...exclusion })))
    .flatMap(({ errors = [] }) => errors.map(({ path }) => formatFieldPath(path)))

const privileged = ['spec.initContainers[0]', 'spec.containers[0]', 'spec.containers[1]'].map((path) => `${path}.securityContext.privileged`)
const added = [0, 1].map((index) => `spec.containers[${index}].securityContext.capabilities.add`)
const namespaces = ['spec.hostNetwork', 'spec.hostPID']

describe('exclusions', () => {
  test('none', () => expect(left()).toEqual([...added, ...namespaces, ...privileged]))
  test('an unknown control changes nothing', () => expect(left({ controlName: 'Nonsense' })).toEqual(left()))
  test('a control of the Pod', () => expect(left({ controlName: 'Host Namespaces' })).toEqual([...added, ...privileged]))
  test('one field of it', () => {
    expect(left({ controlName: 'Host Namespaces', restrictedField: 'spec.hostPID', values: ['true'] })).toEqual([...added, 'spec.hostNetwork', ...privileged])
    expect(left({ controlName: 'Host Namespaces', restrictedField: 'spec.hostPID', values: ['false'] })).toEqual(left())
  })
  test('a control of containers needs their images', () => expect(left({ controlName: 'Privileged Containers' })).toEqual(left()))
  test('containers by image, as written', () => {
    expect(left({ controlName: 'Privileged Containers', images: ['mesh/*'] })).toEqual([...added, ...namespaces, privileged[1]])
    expect(left({ controlName: 'Privileged Containers', images: ['docker.io/mesh/*'] })).toEqual(left())
  })
  test('every bad value has to be excused', () => {
    const capabilities = { controlName: 'Capabilities', restrictedField: 'spec.containers[*].securityContext.capabilities.add', images: ['*'] }
    expect(left({ ...capabilities, values: ['SYS_*', 'NET_ADMIN'] })).toEqual([added[0], ...namespaces, ...privileged])
    expect(left({ ...capabilities, values: ['SYS_*', 'NET_*'] })).toEqual([...namespaces, ...privileged])
  })
  test('entries add up', () => {
    expect(left({ controlName: 'Privileged Containers', images: ['*'] }, { controlName: 'Capabilities', images: ['*'] }, { controlName: 'Host Namespaces' })).toEqual([])
  })
})

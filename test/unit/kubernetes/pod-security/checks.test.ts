import { describe, expect, test } from 'vitest'
import { controlOf, evaluatePodSecurity, formatFieldPath, podSecurityChecks } from '../../../../src/kubernetes/pod-security/index.ts'
import type { Pod } from '../../../../src/kubernetes/pod-security/pod.ts'

interface Case {
  readonly check: string
  readonly good: readonly (readonly [pod: unknown, version?: string])[]
  /** Pod (or its spec), the fields at fault, and the version if it matters. */
  readonly bad: readonly (readonly [pod: unknown, fields: readonly string[], detail: string, version?: string])[]
}

const one = (securityContext: unknown) => ({ containers: [{ name: 'web', securityContext }] })
const pod = (securityContext: unknown, container: unknown = {}) => ({ securityContext, containers: [{ name: 'web', securityContext: container }] })
const annotated = (annotations: unknown) => ({ metadata: { annotations }, spec: { containers: [{ name: 'web' }] } })
const at = (field: string) => [`spec.containers[0].securityContext.${field}`]

const cases: readonly Case[] = [
  {
    check: 'privileged',
    good: [[one({ privileged: false })], [one({})], [one(null)]],
    bad: [[one({ privileged: true }), at('privileged'), 'container "web" must not set securityContext.privileged=true']],
  },
  {
    check: 'allowPrivilegeEscalation',
    good: [[one({ allowPrivilegeEscalation: false })], [{ os: { name: 'windows' }, ...one({}) }]],
    bad: [
      [one({ allowPrivilegeEscalation: true }), at('allowPrivilegeEscalation'), 'container "web" must set securityContext.allowPrivilegeEscalation=false'],
      [one(undefined), at('allowPrivilegeEscalation'), 'container "web" must set securityContext.allowPrivilegeEscalation=false'],
      [{ os: { name: 'windows' }, ...one({}) }, at('allowPrivilegeEscalation'), 'container "web" must set securityContext.allowPrivilegeEscalation=false', 'v1.24'],
    ],
  },
  {
    check: 'appArmorProfile',
    good: [[pod({ appArmorProfile: { type: 'RuntimeDefault' } })], [annotated({ 'container.apparmor.security.beta.kubernetes.io/web': 'localhost/mine' })]],
    bad: [
      [pod({ appArmorProfile: { type: 'Unconfined' } }), ['spec.securityContext.appArmorProfile.type'], 'pod must not set AppArmor profile type to "Unconfined"'],
      [annotated({ 'container.apparmor.security.beta.kubernetes.io/web': 'unconfined' }), ['metadata.annotations[container.apparmor.security.beta.kubernetes.io/web]'],
        'annotation must not set AppArmor profile type to "container.apparmor.security.beta.kubernetes.io/web="unconfined""'],
    ],
  },
  {
    check: 'capabilities_baseline',
    good: [[one({ capabilities: { add: ['CHOWN', 'KILL'] } })], [one({ capabilities: {} })]],
    bad: [[one({ capabilities: { add: ['SYS_TIME', 'KILL', 'NET_RAW'] } }), at('capabilities.add'),
      'container "web" must not include "NET_RAW", "SYS_TIME" in securityContext.capabilities.add']],
  },
  {
    check: 'capabilities_restricted',
    good: [[one({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } })], [{ os: { name: 'windows' }, ...one({}) }]],
    bad: [
      [one({}), at('capabilities.drop'), 'container "web" must set securityContext.capabilities.drop=["ALL"]'],
      [one({ capabilities: { drop: ['KILL'], add: ['CHOWN'] } }), [...at('capabilities.drop'), ...at('capabilities.add')],
        'container "web" must set securityContext.capabilities.drop=["ALL"]; container "web" must not include "CHOWN" in securityContext.capabilities.add'],
    ],
  },
  {
    check: 'hostNamespaces',
    good: [[{ hostNetwork: false }]],
    bad: [[{ hostIPC: true, hostNetwork: true }, ['spec.hostNetwork', 'spec.hostIPC'], 'hostNetwork=true, hostIPC=true']],
  },
  {
    check: 'hostPathVolumes',
    good: [[{ volumes: [{ name: 'a', emptyDir: {} }, { name: 'b', hostPath: null }] }]],
    bad: [[{ volumes: [{ name: 'a' }, { name: 'b', hostPath: { path: '/' } }] }, ['spec.volumes[1].hostPath'], 'volume "b"']],
  },
  {
    check: 'hostPorts',
    good: [[{ containers: [{ name: 'web', ports: [{ containerPort: 80, hostPort: 0 }] }] }]],
    bad: [[{ containers: [{ name: 'web', ports: [{ hostPort: 90 }, {}, { hostPort: 100 }] }] }, ['spec.containers[0].ports[0].hostPort', 'spec.containers[0].ports[2].hostPort'],
      'container "web" uses hostPorts 100, 90']],
  },
  {
    check: 'hostProbesAndHostLifecycle',
    good: [[{ containers: [{ name: 'web', livenessProbe: { httpGet: { host: '', port: 1 } } }] }]],
    bad: [[{ containers: [{ name: 'web', livenessProbe: { httpGet: { host: 'b' } }, lifecycle: { preStop: { tcpSocket: { host: 'a' } } } }] }, [],
      'container "web" uses probe or lifecycle hosts "a", "b"', 'v1.20']],
  },
  {
    check: 'procMount',
    good: [[one({ procMount: 'Default' })]],
    bad: [[one({ procMount: 'Unmasked' }), at('procMount'), 'container "web" must not set securityContext.procMount to "Unmasked"']],
  },
  {
    check: 'restrictedVolumes',
    good: [[{ volumes: ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'].map((type) => ({ name: type, [type]: {} })) }]],
    bad: [[{ volumes: [{ name: 'a', nfs: {} }, { name: 'b' }, { name: 'c', hostPath: {}, secret: null }] },
      ['spec.volumes[0].nfs', 'spec.volumes[1].unknown', 'spec.volumes[2].hostPath'], 'volumes "a", "b", "c" use restricted volume types "hostPath", "nfs", "unknown"']],
  },
  {
    check: 'runAsNonRoot',
    good: [[pod({ runAsNonRoot: true })], [one({ runAsNonRoot: true })]],
    bad: [
      [pod({ runAsNonRoot: true }, { runAsNonRoot: false }), at('runAsNonRoot'), 'container "web" must not set securityContext.runAsNonRoot=false'],
      [pod({ runAsNonRoot: false }), ['spec.securityContext.runAsNonRoot', ...at('runAsNonRoot')],
        'pod must not set securityContext.runAsNonRoot=false\npod or container "web" must set securityContext.runAsNonRoot=true'],
    ],
  },
  {
    check: 'runAsUser',
    good: [[pod({ runAsUser: 1000 })], [one({})]],
    bad: [[pod({ runAsUser: 0 }, { runAsUser: 0 }), ['spec.securityContext.runAsUser', ...at('runAsUser')], 'pod and container "web" must not set runAsUser=0']],
  },
  {
    check: 'seLinuxOptions',
    good: [[one({ seLinuxOptions: { type: 'container_t', level: 's0' } })], [pod({ seLinuxOptions: { type: 'container_engine_t' } }), 'v1.31']],
    bad: [
      [pod({ seLinuxOptions: { type: 'container_engine_t' } }), ['spec.securityContext.seLinuxOptions.type'], 'pod set forbidden securityContext.seLinuxOptions: type "container_engine_t"', 'v1.30'],
      [one({ seLinuxOptions: { user: 'u', role: 'r' } }), [...at('seLinuxOptions.user'), ...at('seLinuxOptions.role')],
        'container "web" set forbidden securityContext.seLinuxOptions: user may not be set; role may not be set'],
    ],
  },
  {
    check: 'seccompProfile_baseline',
    good: [[one({})], [pod({ seccompProfile: { type: 'Localhost' } })], [pod({ seccompProfile: { type: 'Unconfined' } }), 'v1.18']],
    bad: [
      [pod({ seccompProfile: { type: 'Unconfined' } }), ['spec.securityContext.seccompProfile.type'], 'pod must not set securityContext.seccompProfile.type to "Unconfined"'],
      [annotated({ 'container.seccomp.security.alpha.kubernetes.io/web': 'unconfined', 'seccomp.security.alpha.kubernetes.io/pod': 'docker/default' }),
        ['metadata.annotations[container.seccomp.security.alpha.kubernetes.io/web]'],
        'forbidden annotation container.seccomp.security.alpha.kubernetes.io/web="unconfined"', 'v1.18'],
    ],
  },
  {
    check: 'seccompProfile_restricted',
    good: [[pod({ seccompProfile: { type: 'RuntimeDefault' } })], [one({ seccompProfile: { type: 'Localhost' } })], [{ os: { name: 'windows' }, ...one({}) }]],
    bad: [[one({}), at('seccompProfile.type'), 'pod or container "web" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"']],
  },
  {
    check: 'sysctls',
    good: [[pod({ sysctls: [{ name: 'net.ipv4.tcp_rmem' }] }), 'v1.32'], [pod({ sysctls: [{ name: 'net.ipv4.tcp_syncookies' }] }), 'v1.0']],
    bad: [
      [pod({ sysctls: [{ name: 'net.ipv4.tcp_syncookies' }, { name: 'net.ipv4.tcp_rmem' }] }), ['spec.securityContext.sysctls[1].name'], 'net.ipv4.tcp_rmem', 'v1.31'],
      [pod({ sysctls: [{ name: 'net.ipv4.ip_local_reserved_ports' }] }), ['spec.securityContext.sysctls[0].name'], 'net.ipv4.ip_local_reserved_ports', 'v1.26'],
    ],
  },
  {
    check: 'windowsHostProcess',
    good: [[pod({ windowsOptions: { hostProcess: false } })]],
    bad: [[pod({ windowsOptions: { hostProcess: true } }, { windowsOptions: { hostProcess: true } }),
      ['spec.securityContext.windowsOptions.hostProcess', ...at('windowsOptions.hostProcess')], 'pod and container "web" must not set securityContext.windowsOptions.hostProcess=true']],
  },
]

const toPod = (value: unknown) => (Object.hasOwn(value as object, 'spec') ? value : { metadata: {}, spec: value }) as Pod
const find = (check: string, value: unknown, version = 'latest') =>
  evaluatePodSecurity(toPod(value), { level: 'restricted', version }).find(({ id }) => id === check)

for (const { check, good, bad } of cases) {
  describe(check, () => {
    for (const [value, version] of good) test(`allows ${JSON.stringify(value)}`, () => expect(find(check, value, version)).toBeUndefined())
    test.each(bad.map(([value, fields, detail, version]) => ({ value, fields, detail, version })))('forbids $value', ({ value, fields, detail, version }) => {
      const found = find(check, value, version)
      expect(found?.detail).toBe(detail)
      expect((found?.errors ?? []).map(({ path }) => formatFieldPath(path))).toEqual(fields)
      if (found?.errors === undefined) expect(found?.places?.length).toBeGreaterThan(0)
    })
  })
}

test('every check has a case, and a control but one', () => {
  expect(cases.map(({ check }) => check).sort()).toEqual(podSecurityChecks.map(({ id }) => id).sort())
  expect(podSecurityChecks.filter(({ id }) => controlOf(id) === undefined).map(({ id }) => id)).toEqual(['hostProbesAndHostLifecycle'])
})

test('baseline leaves the restricted checks out; privileged, as in Kyverno, does not', () => {
  const ids = (level: string) => evaluatePodSecurity(toPod(one({})), { level, version: '' }).map(({ id }) => id)
  expect(ids('baseline')).toEqual([])
  expect(ids('restricted')).toEqual(['allowPrivilegeEscalation', 'capabilities_restricted', 'runAsNonRoot', 'seccompProfile_restricted'])
  expect(ids('privileged')).toEqual(ids('restricted'))
})

// Seventeen policies, one a pod-security control, in the styles that policy libraries use: patterns with optional anchors, anyPattern, foreach and deny.
const containerLists = ['ephemeralContainers', 'initContainers', 'containers']

function policy(name, rules) {
  return {
    apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name }, spec: {
      validationFailureAction: 'Audit', background: true,
      rules: rules.map((validate, index) => ({ name: `${name}-${index + 1}`, match: { any: [{ resources: { kinds: ['Pod'] } }] }, validate })),
    },
  }
}

/** The same pattern for every list of containers: the first two are optional. */
function eachContainer(pattern) {
  return Object.fromEntries(containerLists.map((list) => [list === 'containers' ? list : `=(${list})`, [pattern]]))
}

const pattern = (message, spec) => ({ message, pattern: { spec } })

function foreachDeny(message, conditions) {
  return { message, foreach: [{ list: 'request.object.spec.[ephemeralContainers, initContainers, containers][]', deny: { conditions: { all: conditions } } }] }
}

const allowedCapabilities = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']
const volumeTypes = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret']
const seccomp = 'RuntimeDefault | Localhost'

/** The policies of the bench. */
export const policies = [
  policy('bench-capabilities', [foreachDeny('Only the usual capabilities may be added.', [
    { key: "{{ element.securityContext.capabilities.add[] || `[]` }}", operator: 'AnyNotIn', value: allowedCapabilities }])]),
  policy('bench-host-namespaces', [pattern('The namespaces of the host are off limits.', { '=(hostPID)': 'false', '=(hostIPC)': 'false', '=(hostNetwork)': 'false' })]),
  policy('bench-host-path', [pattern('Volumes may not be folders of the host.', { '=(volumes)': [{ 'X(hostPath)': 'null' }] })]),
  policy('bench-host-ports', [pattern('Ports of the host are off limits.', eachContainer({ '=(ports)': [{ '=(hostPort)': 0 }] }))]),
  policy('bench-host-process', [pattern('Windows host processes are off limits.', eachContainer({ '=(securityContext)': { '=(windowsOptions)': { '=(hostProcess)': 'false' } } }))]),
  policy('bench-privileged', [pattern('Privileged mode is off limits.', eachContainer({ '=(securityContext)': { '=(privileged)': 'false' } }))]),
  policy('bench-proc-mount', [pattern('The default /proc mask must stay.', eachContainer({ '=(securityContext)': { '=(procMount)': 'Default' } }))]),
  policy('bench-selinux', [
    pattern('Only the container types of SELinux.', {
      '=(securityContext)': { '=(seLinuxOptions)': { '=(type)': 'container_t | container_init_t | container_kvm_t | container_engine_t' } },
      ...eachContainer({ '=(securityContext)': { '=(seLinuxOptions)': { '=(type)': 'container_t | container_init_t | container_kvm_t | container_engine_t' } } }),
    }),
    pattern('SELinux user and role must not be set.', {
      '=(securityContext)': { '=(seLinuxOptions)': { 'X(user)': 'null', 'X(role)': 'null' } },
      ...eachContainer({ '=(securityContext)': { '=(seLinuxOptions)': { 'X(user)': 'null', 'X(role)': 'null' } } }),
    }),
  ]),
  policy('bench-seccomp', [pattern('A seccomp profile may not be switched off.', {
    '=(securityContext)': { '=(seccompProfile)': { '=(type)': seccomp } },
    ...eachContainer({ '=(securityContext)': { '=(seccompProfile)': { '=(type)': seccomp } } }),
  })]),
  policy('bench-sysctls', [pattern('Only the safe sysctls.', {
    '=(securityContext)': { '=(sysctls)': [{ '=(name)': 'kernel.shm_rmid_forced | net.ipv4.ip_local_port_range | net.ipv4.tcp_syncookies | net.ipv4.ping_group_range' }] },
  })]),
  policy('bench-apparmor', [{ message: 'AppArmor may not be switched off.', pattern: { '=(metadata)': { '=(annotations)': { '=(container.apparmor.security.beta.kubernetes.io/*)': 'runtime/default | localhost/*' } } } }]),
  policy('bench-drop-all', [foreachDeny('Drop ALL capabilities.', [
    { key: 'ALL', operator: 'AnyNotIn', value: '{{ element.securityContext.capabilities.drop[].to_upper(@) || `[]` }}' }])]),
  policy('bench-privilege-escalation', [pattern('Privilege escalation must be switched off.', eachContainer({ securityContext: { allowPrivilegeEscalation: 'false' } }))]),
  policy('bench-non-root-user', [pattern('User 0 is off limits.', {
    '=(securityContext)': { '=(runAsUser)': '>0' }, ...eachContainer({ '=(securityContext)': { '=(runAsUser)': '>0' } }),
  })]),
  policy('bench-run-as-non-root', [{
    message: 'Containers must run as somebody else than root.',
    anyPattern: [
      { spec: { securityContext: { runAsNonRoot: 'true' }, ...eachContainer({ '=(securityContext)': { '=(runAsNonRoot)': 'true' } }) } },
      { spec: eachContainer({ securityContext: { runAsNonRoot: 'true' } }) },
    ],
  }]),
  policy('bench-seccomp-set', [{
    message: 'A seccomp profile must be set.',
    anyPattern: [
      { spec: { securityContext: { seccompProfile: { type: seccomp } }, ...eachContainer({ '=(securityContext)': { '=(seccompProfile)': { '=(type)': seccomp } } }) } },
      { spec: eachContainer({ securityContext: { seccompProfile: { type: seccomp } } }) },
    ],
  }]),
  policy('bench-volume-types', [{
    message: 'Only volumes of the usual types.',
    deny: { conditions: { all: [{ key: '{{ request.object.spec.volumes[].keys(@)[] || `[]` }}', operator: 'AnyNotIn', value: ['name', ...volumeTypes] }] } },
  }]),
]

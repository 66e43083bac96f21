// The policies of policies.mjs as ValidatingPolicies, written as libraries of policies in CEL write them: a variable with all containers, then one or two validations.
const every = "object.spec.containers + object.spec.?initContainers.orValue([]) + object.spec.?ephemeralContainers.orValue([])"
const allowedCapabilities = ['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT']
const volumeTypes = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'persistentVolumeClaim', 'projected', 'secret']
const seLinuxTypes = ['container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t']
const seccompTypes = ['RuntimeDefault', 'Localhost']
const sysctls = ['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies', 'net.ipv4.ping_group_range']
const list = (values) => `[${values.map((value) => `'${value}'`).join(', ')}]`

function policy(name, message, expressions, variables = { allContainers: every }) {
  return {
    apiVersion: 'policies.kyverno.io/v1', kind: 'ValidatingPolicy', metadata: { name }, spec: {
      validationActions: ['Audit'],
      matchConstraints: { resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['pods'] }] },
      variables: Object.entries(variables).map(([key, expression]) => ({ name: key, expression })),
      validations: expressions.map((expression) => ({ expression, message })),
    },
  }
}

const each = (condition) => `variables.allContainers.all(c, ${condition})`
const inContext = (field, test) => each(`!has(c.securityContext) || !has(c.securityContext.${field}) || ${test}`)
const podContext = (field, test) => `!has(object.spec.securityContext) || !has(object.spec.securityContext.${field}) || ${test}`

/** The policies of the bench in CEL. */
export const celPolicies = [
  policy('bench-capabilities', 'Only the usual capabilities may be added.',
    [each(`c.?securityContext.?capabilities.?add.orValue([]).all(name, name in ${list(allowedCapabilities)})`)]),
  policy('bench-host-namespaces', 'The namespaces of the host are off limits.', [
    ['hostPID', 'hostIPC', 'hostNetwork'].map((field) => `(!has(object.spec.${field}) || object.spec.${field} == false)`).join(' && ')], {}),
  policy('bench-host-path', 'Volumes may not be folders of the host.', ['object.spec.?volumes.orValue([]).all(volume, !has(volume.hostPath))'], {}),
  policy('bench-host-ports', 'Ports of the host are off limits.', [each('!has(c.ports) || c.ports.all(port, !has(port.hostPort) || port.hostPort == 0)')]),
  policy('bench-host-process', 'Windows host processes are off limits.', [each('c.?securityContext.?windowsOptions.?hostProcess.orValue(false) == false')]),
  policy('bench-privileged', 'Privileged mode is off limits.', [inContext('privileged', 'c.securityContext.privileged == false')]),
  policy('bench-proc-mount', 'The default /proc mask must stay.', [inContext('procMount', "c.securityContext.procMount == 'Default'")]),
  policy('bench-selinux', 'Only the container types of SELinux, and neither user nor role.', [
    podContext('seLinuxOptions', `object.spec.securityContext.seLinuxOptions.?type.orValue('container_t') in ${list(seLinuxTypes)}`),
    inContext('seLinuxOptions', `c.securityContext.seLinuxOptions.?type.orValue('container_t') in ${list(seLinuxTypes)}`),
    podContext('seLinuxOptions', '(!has(object.spec.securityContext.seLinuxOptions.user) && !has(object.spec.securityContext.seLinuxOptions.role))'),
    inContext('seLinuxOptions', '(!has(c.securityContext.seLinuxOptions.user) && !has(c.securityContext.seLinuxOptions.role))')]),
  policy('bench-seccomp', 'A seccomp profile may not be switched off.', [
    podContext('seccompProfile', `object.spec.securityContext.seccompProfile.?type.orValue('') in ${list(seccompTypes)}`),
    inContext('seccompProfile', `c.securityContext.seccompProfile.?type.orValue('') in ${list(seccompTypes)}`)]),
  policy('bench-sysctls', 'Only the safe sysctls.', [`object.spec.?securityContext.?sysctls.orValue([]).all(sysctl, sysctl.name in ${list(sysctls)})`], {}),
  policy('bench-apparmor', 'AppArmor may not be switched off.', [
    "object.metadata.?annotations.orValue({}).all(key, !key.startsWith('container.apparmor.security.beta.kubernetes.io/') || object.metadata.annotations[key] == 'runtime/default' || object.metadata.annotations[key].startsWith('localhost/'))"], {}),
  policy('bench-drop-all', 'Drop ALL capabilities.', [each("c.?securityContext.?capabilities.?drop.orValue([]).exists(name, name.upperAscii() == 'ALL')")]),
  policy('bench-privilege-escalation', 'Privilege escalation must be switched off.', [
    each('has(c.securityContext) && has(c.securityContext.allowPrivilegeEscalation) && c.securityContext.allowPrivilegeEscalation == false')]),
  policy('bench-non-root-user', 'User 0 is off limits.', [podContext('runAsUser', 'object.spec.securityContext.runAsUser > 0'), inContext('runAsUser', 'c.securityContext.runAsUser > 0')]),
  policy('bench-run-as-non-root', 'Containers must run as somebody else than root.', [
    `variables.pod ? ${each('c.?securityContext.?runAsNonRoot.orValue(true) == true')} : ${each('c.?securityContext.?runAsNonRoot.orValue(false) == true')}`],
  { allContainers: every, pod: 'object.spec.?securityContext.?runAsNonRoot.orValue(false) == true' }),
  policy('bench-seccomp-set', 'A seccomp profile must be set.', [
    `variables.pod || ${each(`c.?securityContext.?seccompProfile.?type.orValue('') in ${list(seccompTypes)}`)}`],
  { allContainers: every, pod: `object.spec.?securityContext.?seccompProfile.?type.orValue('') in ${list(seccompTypes)}` }),
  policy('bench-volume-types', 'Only volumes of the usual types.', [
    `object.spec.?volumes.orValue([]).all(volume, volume.all(key, key == 'name' || key in ${list(volumeTypes)}))`], {}),
]

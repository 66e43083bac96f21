// Faithful to k8s.io/pod-security-admission policy/check_sysctls.go.
import { forbidden, type CheckVersion, type FieldError, type Forbidden, type PodSecurityCheck } from '../check.ts'
import type { Pod } from '../pod.ts'

const since0 = [
  'kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.ip_unprivileged_port_start', 'net.ipv4.ping_group_range', 'net.ipv4.tcp_syncookies',
]
const since27 = [...since0, 'net.ipv4.ip_local_reserved_ports']
const since29 = [
  ...since27, 'net.ipv4.tcp_fin_timeout', 'net.ipv4.tcp_keepalive_intvl', 'net.ipv4.tcp_keepalive_probes', 'net.ipv4.tcp_keepalive_time',
]
const since32 = [...since29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']

/** Kernel parameters that are not confined to the Pod stay as they are. */
export const sysctls: PodSecurityCheck = {
  id: 'sysctls',
  summary: 'securityContext.sysctls holds only namespaced, safe parameters',
  remedy: 'remove it: this parameter is not confined to the Pod',
  level: 'baseline',
  versions: [
    { since: 0, run: allowing(since0) },
    { since: 27, run: allowing(since27) },
    { since: 29, run: allowing(since29) },
    { since: 32, run: allowing(since32) },
  ],
}

function allowing(names: readonly string[]): CheckVersion['run'] {
  const allowed = new Set(names)
  return (pod) => findSysctls(pod, allowed)
}

function findSysctls({ spec }: Pod, allowed: ReadonlySet<string>): Forbidden | undefined {
  const names: string[] = []
  const errors: FieldError[] = []
  spec.securityContext?.sysctls?.forEach((sysctl, index) => {
    const name = sysctl?.name ?? ''
    if (allowed.has(name)) return
    names.push(name)
    errors.push(forbidden(['spec', 'securityContext', 'sysctls', index, 'name'], name))
  })
  return names.length === 0 ? undefined : { reason: 'forbidden sysctls', detail: names.join(', '), errors }
}

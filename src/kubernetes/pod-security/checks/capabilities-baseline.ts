// Faithful to k8s.io/pod-security-admission policy/check_capabilities_baseline.go.
import { sortedSet } from '../../../values/sorted-set.ts'
import { forbidden, type FieldError, type PodSecurityCheck } from '../check.ts'
import { visitContainers } from '../pod.ts'
import { nameContainers, quoteAll } from '../wording.ts'

const allowed: ReadonlySet<string> = new Set([
  'AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD', 'NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT',
])

/** No capabilities beyond those that container runtimes give anyway. */
export const capabilitiesBaseline: PodSecurityCheck = {
  id: 'capabilities_baseline',
  summary: 'securityContext.capabilities.add holds only default capabilities',
  remedy: 'add default capabilities only, such as NET_BIND_SERVICE',
  level: 'baseline',
  versions: [{
    since: 0,
    run({ spec }) {
      const names: string[] = []
      const errors: FieldError[] = []
      const added: string[] = []
      visitContainers(spec, ({ securityContext }, path, name) => {
        const bad = (securityContext?.capabilities?.add ?? []).map((item) => item ?? '').filter((item) => !allowed.has(item))
        if (bad.length === 0) return
        names.push(name)
        added.push(...bad)
        errors.push(forbidden([...path, 'securityContext', 'capabilities', 'add'], sortedSet(bad)))
      })
      if (names.length === 0) return undefined
      return {
        reason: 'non-default capabilities',
        detail: `${nameContainers(names)} must not include ${quoteAll(sortedSet(added))} in securityContext.capabilities.add`,
        errors,
      }
    },
  }],
}

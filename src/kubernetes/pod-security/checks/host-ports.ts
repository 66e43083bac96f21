// Faithful to k8s.io/pod-security-admission policy/check_hostPorts.go.
import { sortedSet } from '../../../values/sorted-set.ts'
import { forbidden, type FieldError, type PodSecurityCheck } from '../check.ts'
import { visitContainers } from '../pod.ts'
import { nameContainers, plural } from '../wording.ts'

/** Containers do not take ports of the host. */
export const hostPorts: PodSecurityCheck = {
  id: 'hostPorts',
  summary: 'no container port has a hostPort other than 0',
  remedy: 'remove it and reach the port through a Service',
  level: 'baseline',
  versions: [{
    since: 0,
    run({ spec }) {
      const names: string[] = []
      const errors: FieldError[] = []
      const ports: string[] = []
      visitContainers(spec, (container, path, name) => {
        const before = errors.length
        container.ports?.forEach((port, index) => {
          const hostPort = Number(port?.hostPort ?? 0)
          if (hostPort === 0) return
          ports.push(String(hostPort))
          errors.push(forbidden([...path, 'ports', index, 'hostPort'], hostPort))
        })
        if (errors.length > before) names.push(name)
      })
      if (names.length === 0) return undefined
      const distinct = sortedSet(ports)
      const verb = plural(names.length, 'uses', 'use')
      return {
        reason: 'hostPort',
        detail: `${nameContainers(names)} ${verb} ${plural(distinct.length, 'hostPort', 'hostPorts')} ${distinct.join(', ')}`,
        errors,
      }
    },
  }],
}

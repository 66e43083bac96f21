// Faithful to k8s.io/pod-security-admission policy/check_hostNamespaces.go.
import { forbidden, type PodSecurityCheck } from '../check.ts'

const fields = ['hostNetwork', 'hostPID', 'hostIPC'] as const

/** Network, processes and IPC of the host stay out of reach. */
export const hostNamespaces: PodSecurityCheck = {
  id: 'hostNamespaces',
  summary: 'hostNetwork, hostPID and hostIPC are not true',
  remedy: 'set it to false or remove it',
  level: 'baseline',
  versions: [{
    since: 0,
    run({ spec }) {
      const set = fields.filter((field) => spec[field] === true)
      if (set.length === 0) return undefined
      return {
        reason: 'host namespaces',
        detail: set.map((field) => `${field}=true`).join(', '),
        errors: set.map((field) => forbidden(['spec', field], true)),
      }
    },
  }],
}

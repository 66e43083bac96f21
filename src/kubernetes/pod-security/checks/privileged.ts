// Faithful to k8s.io/pod-security-admission policy/check_privileged.go.
import { forbidden, type FieldError, type PodSecurityCheck } from '../check.ts'
import { visitContainers } from '../pod.ts'
import { nameContainers } from '../wording.ts'

/** Privileged containers see the whole host. */
export const privileged: PodSecurityCheck = {
  id: 'privileged',
  summary: 'securityContext.privileged is not true in any container',
  remedy: 'set it to false or remove it',
  level: 'baseline',
  versions: [{
    since: 0,
    run({ spec }) {
      const names: string[] = []
      const errors: FieldError[] = []
      visitContainers(spec, ({ securityContext }, path, name) => {
        if (securityContext?.privileged !== true) return
        names.push(name)
        errors.push(forbidden([...path, 'securityContext', 'privileged'], true))
      })
      if (names.length === 0) return undefined
      return { reason: 'privileged', detail: `${nameContainers(names)} must not set securityContext.privileged=true`, errors }
    },
  }],
}

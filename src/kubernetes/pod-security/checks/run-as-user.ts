// Faithful to k8s.io/pod-security-admission policy/check_runAsUser.go.
import { forbidden, type FieldError, type PodSecurityCheck } from '../check.ts'
import { isSet, visitContainers, type SharedSecurityContext } from '../pod.ts'
import { nameSetters } from '../wording.ts'

/** User 0 is root, whatever runAsNonRoot says. */
export const runAsUser: PodSecurityCheck = {
  id: 'runAsUser',
  summary: 'securityContext.runAsUser is not 0',
  remedy: 'use another user than 0, which is root',
  level: 'restricted',
  versions: [{
    since: 23,
    run({ spec }) {
      const names: string[] = []
      const pod = isRoot(spec.securityContext)
      const errors: FieldError[] = pod ? [forbidden(['spec', 'securityContext', 'runAsUser'], 0)] : []
      visitContainers(spec, ({ securityContext }, path, name) => {
        if (!isRoot(securityContext)) return
        names.push(name)
        errors.push(forbidden([...path, 'securityContext', 'runAsUser'], 0))
      })
      if (errors.length === 0) return undefined
      return { reason: 'runAsUser=0', detail: `${nameSetters(pod, names)} must not set runAsUser=0`, errors }
    },
  }],
}

function isRoot(context: SharedSecurityContext | null | undefined): boolean {
  return isSet(context?.runAsUser) && Number(context.runAsUser) === 0
}

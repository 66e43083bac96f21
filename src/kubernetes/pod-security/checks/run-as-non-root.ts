// Faithful to k8s.io/pod-security-admission policy/check_runAsNonRoot.go.
import { forbidden, required, type FieldError, type PodSecurityCheck } from '../check.ts'
import { isSet, visitContainers } from '../pod.ts'
import { nameContainers, nameSetters } from '../wording.ts'

/** Containers run as some user other than root. */
export const runAsNonRoot: PodSecurityCheck = {
  id: 'runAsNonRoot',
  summary: 'securityContext.runAsNonRoot is true in the Pod or in every container, and false nowhere',
  remedy: 'set it to true, in the Pod or in every container',
  level: 'restricted',
  versions: [{
    since: 0,
    run({ spec }) {
      const ofPod = spec.securityContext?.runAsNonRoot
      const [setting, lacking]: [string[], string[]] = [[], []]
      const errors: FieldError[] = ofPod === false ? [forbidden(['spec', 'securityContext', 'runAsNonRoot'], false)] : []
      const lackErrors: FieldError[] = []
      visitContainers(spec, ({ securityContext }, containerPath, name) => {
        const path = [...containerPath, 'securityContext', 'runAsNonRoot']
        if (securityContext?.runAsNonRoot === false) {
          setting.push(name)
          errors.push(forbidden(path, false))
        } else if (!isSet(securityContext?.runAsNonRoot) && ofPod !== true) {
          lacking.push(name)
          lackErrors.push(required(path))
        }
      })
      const details = [
        ...(errors.length > 0 ? [`${nameSetters(ofPod === false, setting)} must not set securityContext.runAsNonRoot=false`] : []),
        ...(lacking.length > 0 ? [`pod or ${nameContainers(lacking)} must set securityContext.runAsNonRoot=true`] : []),
      ]
      if (details.length === 0) return undefined
      return { reason: 'runAsNonRoot != true', detail: details.join('\n'), errors: [...errors, ...lackErrors] }
    },
  }],
}

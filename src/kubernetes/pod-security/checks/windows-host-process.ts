// Faithful to k8s.io/pod-security-admission policy/check_windowsHostProcess.go.
import { forbidden, type FieldError, type PodSecurityCheck } from '../check.ts'
import { visitContainers } from '../pod.ts'
import { nameSetters } from '../wording.ts'

/** Windows host processes see the whole node. */
export const windowsHostProcess: PodSecurityCheck = {
  id: 'windowsHostProcess',
  summary: 'securityContext.windowsOptions.hostProcess is not true',
  remedy: 'set it to false or remove it',
  level: 'baseline',
  versions: [{
    since: 0,
    run({ spec }) {
      const names: string[] = []
      const pod = spec.securityContext?.windowsOptions?.hostProcess === true
      const errors: FieldError[] = pod ? [forbidden(['spec', 'securityContext', 'windowsOptions', 'hostProcess'], true)] : []
      visitContainers(spec, ({ securityContext }, path, name) => {
        if (securityContext?.windowsOptions?.hostProcess !== true) return
        names.push(name)
        errors.push(forbidden([...path, 'securityContext', 'windowsOptions', 'hostProcess'], true))
      })
      if (errors.length === 0) return undefined
      return { reason: 'hostProcess', detail: `${nameSetters(pod, names)} must not set securityContext.windowsOptions.hostProcess=true`, errors }
    },
  }],
}

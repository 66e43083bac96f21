// Faithful to k8s.io/pod-security-admission policy/check_procMount.go.
import { sortedSet } from '../../../values/sorted-set.ts'
import { forbidden, type FieldError, type PodSecurityCheck } from '../check.ts'
import { isSet, visitContainers } from '../pod.ts'
import { nameContainers, quoteAll } from '../wording.ts'

/** /proc keeps its masks. */
export const procMount: PodSecurityCheck = {
  id: 'procMount',
  summary: 'securityContext.procMount is absent or Default',
  remedy: 'remove it or set it to Default',
  level: 'baseline',
  versions: [{
    since: 0,
    run({ spec }) {
      const names: string[] = []
      const errors: FieldError[] = []
      const values: string[] = []
      visitContainers(spec, ({ securityContext }, path, name) => {
        const value = securityContext?.procMount
        if (!isSet(value) || value === 'Default') return
        names.push(name)
        values.push(value)
        errors.push(forbidden([...path, 'securityContext', 'procMount'], value))
      })
      if (names.length === 0) return undefined
      return { reason: 'procMount', detail: `${nameContainers(names)} must not set securityContext.procMount to ${quoteAll(sortedSet(values))}`, errors }
    },
  }],
}

// Faithful to k8s.io/pod-security-admission policy/check_allowPrivilegeEscalation.go.
import { forbidden, required, type FieldError, type Forbidden, type PodSecurityCheck } from '../check.ts'
import { isSet, isWindows, visitContainers, type Pod } from '../pod.ts'
import { nameContainers } from '../wording.ts'

/** A process must not gain more privileges than its parent has. */
export const allowPrivilegeEscalation: PodSecurityCheck = {
  id: 'allowPrivilegeEscalation',
  summary: 'securityContext.allowPrivilegeEscalation is false in every container',
  remedy: 'set it to false',
  level: 'restricted',
  versions: [
    { since: 8, run: findEscalation },
    { since: 25, run: (pod) => isWindows(pod.spec) ? undefined : findEscalation(pod) },
  ],
}

function findEscalation({ spec }: Pod): Forbidden | undefined {
  const names: string[] = []
  const errors: FieldError[] = []
  visitContainers(spec, ({ securityContext }, containerPath, name) => {
    const value = securityContext?.allowPrivilegeEscalation
    if (value === false) return
    const path = [...containerPath, 'securityContext', 'allowPrivilegeEscalation']
    names.push(name)
    // Kyverno's fork names the missing value "nil", which is also what an exclusion's `values` are compared with.
    errors.push(!isSet(securityContext) ? required(path) : forbidden(path, value === true ? true : 'nil'))
  })
  if (names.length === 0) return undefined
  return {
    reason: 'allowPrivilegeEscalation != false',
    detail: `${nameContainers(names)} must set securityContext.allowPrivilegeEscalation=false`,
    errors,
  }
}

// Faithful to k8s.io/pod-security-admission policy/check_seccompProfile_restricted.go.
import { required, type FieldError, type Forbidden, type PodSecurityCheck } from '../check.ts'
import { isSet, isWindows, visitContainers, type Pod } from '../pod.ts'
import { nameContainers } from '../wording.ts'
import { findBadSeccompTypes, isSafeType } from './seccomp-profile.ts'

/** Seccomp must be on, for the Pod or for every container. */
export const seccompProfileRestricted: PodSecurityCheck = {
  id: 'seccompProfile_restricted',
  summary: 'the seccomp profile is RuntimeDefault or Localhost in the Pod or in every container',
  remedy: 'set RuntimeDefault or Localhost, in the Pod or in every container',
  level: 'restricted',
  versions: [
    { since: 19, run: findProfiles },
    { since: 25, run: (pod) => isWindows(pod.spec) ? undefined : findProfiles(pod) },
  ],
}

function findProfiles({ spec }: Pod): Forbidden | undefined {
  return findBadSeccompTypes(spec) ?? findMissingProfiles({ spec })
}

function findMissingProfiles({ spec }: Pick<Pod, 'spec'>): Forbidden | undefined {
  const ofPod = spec.securityContext?.seccompProfile
  if (isSet(ofPod) && isSafeType(ofPod.type)) return undefined
  const names: string[] = []
  const errors: FieldError[] = []
  visitContainers(spec, ({ securityContext }, path, name) => {
    if (isSet(securityContext?.seccompProfile)) return
    names.push(name)
    errors.push(required([...path, 'securityContext', 'seccompProfile', 'type']))
  })
  if (names.length === 0) return undefined
  return {
    reason: 'seccompProfile',
    detail: `pod or ${nameContainers(names)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
    errors,
  }
}

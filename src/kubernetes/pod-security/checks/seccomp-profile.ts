import type { FieldPath } from '../../../model/source.ts'
import { sortedSet } from '../../../values/sorted-set.ts'
import { forbidden, type FieldError, type Forbidden } from '../check.ts'
import { isSet, visitContainers, type PodSpec, type SharedSecurityContext } from '../pod.ts'
import { nameSetters, quoteAll } from '../wording.ts'

/** Finds seccompProfile types other than RuntimeDefault and Localhost, which both levels forbid. */
export function findBadSeccompTypes(spec: PodSpec): Forbidden | undefined {
  const names: string[] = []
  const errors: FieldError[] = []
  const isBad = (context: SharedSecurityContext | null | undefined, path: FieldPath): boolean => {
    const profile = context?.seccompProfile
    if (!isSet(profile) || isSafeType(profile.type)) return false
    errors.push(forbidden([...path, 'securityContext', 'seccompProfile', 'type'], profile.type ?? ''))
    return true
  }
  const pod = isBad(spec.securityContext, ['spec'])
  visitContainers(spec, ({ securityContext }, path, name) => {
    if (isBad(securityContext, path)) names.push(name)
  })
  if (errors.length === 0) return undefined
  const values = sortedSet(errors.map(({ badValue }) => String(badValue)))
  return {
    reason: 'seccompProfile',
    detail: `${nameSetters(pod, names)} must not set securityContext.seccompProfile.type to ${quoteAll(values)}`,
    errors,
  }
}

/** Tells the types of profile that filter system calls. */
export function isSafeType(type: string | null | undefined): boolean {
  return type === 'RuntimeDefault' || type === 'Localhost'
}

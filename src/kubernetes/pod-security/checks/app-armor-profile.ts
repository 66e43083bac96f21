// Faithful to k8s.io/pod-security-admission policy/check_appArmorProfile.go.
import { sortedSet } from '../../../values/sorted-set.ts'
import { compareText } from '../../../values/text-order.ts'
import { goQuote } from '../../../values/go-quote.ts'
import { forbidden, type FieldError, type Forbidden, type PodSecurityCheck } from '../check.ts'
import { isSet, visitContainers, type Pod, type PodMetadata } from '../pod.ts'
import { nameSetters, plural, quoteAll } from '../wording.ts'

const annotationPrefix = 'container.apparmor.security.beta.kubernetes.io/'

/** The runtime's own AppArmor profile must not be switched off. */
export const appArmorProfile: PodSecurityCheck = {
  id: 'appArmorProfile',
  summary: 'the AppArmor profile is absent, RuntimeDefault or Localhost, in fields and annotations',
  remedy: 'use RuntimeDefault or Localhost, or remove it',
  level: 'baseline',
  versions: [{ since: 0, run: findProfiles }],
}

function findProfiles({ metadata, spec }: Pod): Forbidden | undefined {
  const errors: FieldError[] = []
  const types: string[] = []
  const names: string[] = []
  const isBad = (profile: { readonly type?: string | null } | null | undefined, path: FieldError['path']): boolean => {
    if (!isSet(profile) || profile.type === 'RuntimeDefault' || profile.type === 'Localhost') return false
    types.push(profile.type ?? '')
    errors.push(forbidden([...path, 'appArmorProfile', 'type'], profile.type ?? ''))
    return true
  }
  const pod = isBad(spec.securityContext?.appArmorProfile, ['spec', 'securityContext'])
  visitContainers(spec, ({ securityContext }, path, name) => {
    if (isBad(securityContext?.appArmorProfile, [...path, 'securityContext'])) names.push(name)
  })
  const annotations = findAnnotations(metadata)
  errors.push(...annotations.map(([key, value]) => forbidden(['metadata', 'annotations', key], value)))
  if (errors.length === 0) return undefined
  const values = [...sortedSet(types), ...annotations.map(([key, value]) => `${key}=${goQuote(value)}`).toSorted(compareText)]
  const setters = [
    ...(pod || names.length > 0 ? [nameSetters(pod, names)] : []),
    ...(annotations.length > 0 ? [plural(annotations.length, 'annotation', 'annotations')] : []),
  ]
  return {
    reason: plural(values.length, 'forbidden AppArmor profile', 'forbidden AppArmor profiles'),
    detail: `${setters.join(' and ')} must not set AppArmor profile type to ${quoteAll(values)}`,
    errors,
  }
}

function findAnnotations({ annotations }: PodMetadata): [key: string, value: string][] {
  return Object.entries(annotations ?? {}).map(([key, value]): [string, string] => [key, value ?? ''])
    .filter(([key, value]) => key.startsWith(annotationPrefix) && value !== '' && value !== 'runtime/default' && !value.startsWith('localhost/'))
}

// Faithful to k8s.io/pod-security-admission policy/check_seLinuxOptions.go.
import type { FieldPath } from '../../../model/source.ts'
import { sortedSet } from '../../../values/sorted-set.ts'
import { forbidden, type CheckVersion, type FieldError, type Forbidden, type PodSecurityCheck } from '../check.ts'
import { isSet, visitContainers, type Pod, type SeLinuxOptions } from '../pod.ts'
import { nameSetters, plural, quoteAll } from '../wording.ts'

const types = ['', 'container_t', 'container_init_t', 'container_kvm_t']

/** SELinux keeps containers apart: types for containers only, no user, no role. */
export const seLinuxOptions: PodSecurityCheck = {
  id: 'seLinuxOptions',
  summary: 'seLinuxOptions.type is one for containers; user and role are not set',
  remedy: 'use a type for containers, such as container_t, and set neither user nor role',
  level: 'baseline',
  versions: [
    { since: 0, run: allowing(types) },
    { since: 31, run: allowing([...types, 'container_engine_t']) },
  ],
}

function allowing(names: readonly string[]): CheckVersion['run'] {
  const allowed = new Set(names)
  return (pod) => findOptions(pod, allowed)
}

function findOptions({ spec }: Pod, allowed: ReadonlySet<string>): Forbidden | undefined {
  const names: string[] = []
  const errors: FieldError[] = []
  const isBad = (options: SeLinuxOptions | null | undefined, path: FieldPath): boolean => {
    const bad = !isSet(options) ? [] : findFields(options, allowed).map((field) => forbidden([...path, field], options[field] ?? ''))
    errors.push(...bad)
    return bad.length > 0
  }
  const pod = isBad(spec.securityContext?.seLinuxOptions, ['spec', 'securityContext', 'seLinuxOptions'])
  visitContainers(spec, ({ securityContext }, path, name) => {
    if (isBad(securityContext?.seLinuxOptions, [...path, 'securityContext', 'seLinuxOptions'])) names.push(name)
  })
  if (errors.length === 0) return undefined
  const sets = (field: string) => errors.filter(({ path }) => path.at(-1) === field)
  const badTypes = sortedSet(sets('type').map(({ badValue }) => String(badValue)))
  const complaints = [
    ...(badTypes.length > 0 ? [`${plural(badTypes.length, 'type', 'types')} ${quoteAll(badTypes)}`] : []),
    ...(['user', 'role'].filter((field) => sets(field).length > 0).map((field) => `${field} may not be set`)),
  ]
  return {
    reason: 'seLinuxOptions',
    detail: `${nameSetters(pod, names)} set forbidden securityContext.seLinuxOptions: ${complaints.join('; ')}`,
    errors,
  }
}

function findFields(options: SeLinuxOptions, allowed: ReadonlySet<string>): (keyof SeLinuxOptions)[] {
  return [
    ...(allowed.has(options.type ?? '') ? [] : ['type' as const]),
    ...(['user', 'role'] as const).filter((field) => (options[field] ?? '') !== ''),
  ]
}

// Faithful to k8s.io/pod-security-admission policy/check_capabilities_restricted.go.
import { sortedSet } from '../../../values/sorted-set.ts'
import { forbidden, required, type FieldError, type Forbidden, type PodSecurityCheck } from '../check.ts'
import { isWindows, visitContainers, type Pod } from '../pod.ts'
import { nameContainers, quoteAll } from '../wording.ts'

/** Containers drop every capability and may add back the one for low ports. */
export const capabilitiesRestricted: PodSecurityCheck = {
  id: 'capabilities_restricted',
  summary: 'securityContext.capabilities.drop holds ALL, and add nothing but NET_BIND_SERVICE',
  remedy: 'drop ["ALL"] and add nothing but NET_BIND_SERVICE',
  level: 'restricted',
  versions: [
    { since: 22, run: findCapabilities },
    { since: 25, run: (pod) => isWindows(pod.spec) ? undefined : findCapabilities(pod) },
  ],
}

function findCapabilities({ spec }: Pod): Forbidden | undefined {
  const [missing, adding]: [string[], string[]] = [[], []]
  const [dropErrors, addErrors]: [FieldError[], FieldError[]] = [[], []]
  const added: string[] = []
  visitContainers(spec, ({ securityContext }, containerPath, name) => {
    const path = [...containerPath, 'securityContext', 'capabilities']
    const drop = (securityContext?.capabilities?.drop ?? []).map((item) => item ?? '')
    if (!drop.includes('ALL')) {
      missing.push(name)
      dropErrors.push(drop.length === 0 ? required([...path, 'drop']) : forbidden([...path, 'drop'], sortedSet(drop)))
    }
    const bad = (securityContext?.capabilities?.add ?? []).map((item) => item ?? '').filter((item) => item !== 'NET_BIND_SERVICE')
    if (bad.length === 0) return
    adding.push(name)
    added.push(...bad)
    addErrors.push(forbidden([...path, 'add'], sortedSet(bad)))
  })
  const details = [
    ...(missing.length > 0 ? [`${nameContainers(missing)} must set securityContext.capabilities.drop=["ALL"]`] : []),
    ...(adding.length > 0 ? [`${nameContainers(adding)} must not include ${quoteAll(sortedSet(added))} in securityContext.capabilities.add`] : []),
  ]
  if (details.length === 0) return undefined
  return { reason: 'unrestricted capabilities', detail: details.join('; '), errors: [...dropErrors, ...addErrors] }
}

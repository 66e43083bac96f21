// Faithful to k8s.io/pod-security-admission policy/check_hostProbesAndhostLifecycle.go.
import type { FieldPath } from '../../../model/source.ts'
import { sortedSet } from '../../../values/sorted-set.ts'
import type { PodSecurityCheck } from '../check.ts'
import { isSet, visitContainers, type Container, type Handler } from '../pod.ts'
import { nameContainers, plural, quoteAll } from '../wording.ts'

/** Probes and lifecycle handlers talk to their own Pod only: the kubelet would send the request from the node. */
export const hostProbesAndHostLifecycle: PodSecurityCheck = {
  id: 'hostProbesAndHostLifecycle',
  summary: 'probes and lifecycle handlers name no host',
  remedy: 'remove it, so that the Pod itself is asked',
  level: 'baseline',
  versions: [{
    since: 34,
    run({ spec }) {
      const names: string[] = []
      const hosts: string[] = []
      const places: FieldPath[] = []
      visitContainers(spec, (container, path, name) => {
        for (const { handler, at } of handlersOf(container)) {
          for (const action of ['httpGet', 'tcpSocket'] as const) {
            const host = handler?.[action]?.host
            if (!isSet(host) || host === '') continue
            names.push(name)
            hosts.push(host)
            places.push([...path, ...at, action, 'host'])
          }
        }
      })
      if (places.length === 0) return undefined
      const [containers, distinct] = [sortedSet(names), sortedSet(hosts)]
      const what = plural(distinct.length, 'probe or lifecycle host', 'probe or lifecycle hosts')
      return {
        reason: 'probe or lifecycle host',
        detail: `${nameContainers(containers)} ${plural(containers.length, 'uses', 'use')} ${what} ${quoteAll(distinct)}`,
        errors: undefined,
        places,
      }
    },
  }],
}

function handlersOf({ livenessProbe, readinessProbe, startupProbe, lifecycle }: Container): { handler: Handler | null | undefined; at: string[] }[] {
  return [
    { handler: livenessProbe, at: ['livenessProbe'] },
    { handler: readinessProbe, at: ['readinessProbe'] },
    { handler: startupProbe, at: ['startupProbe'] },
    { handler: lifecycle?.postStart, at: ['lifecycle', 'postStart'] },
    { handler: lifecycle?.preStop, at: ['lifecycle', 'preStop'] },
  ]
}

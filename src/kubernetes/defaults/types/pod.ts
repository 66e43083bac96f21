// kubernetes pkg/apis/core/v1/defaults.go (SetDefaults_Pod): for pods only, not for templates of pods.

import type { DefaultsRule } from '../defaults-context.ts'
import { ensureObject, fillAbsent, fillZero, objectAt, objectsAt, type Draft } from '../draft.ts'
import { fillPodResources } from './pod-resources.ts'

const podLevelResourcesSince = 34

const pod: DefaultsRule = (draft, { minor }) => {
  const spec = ensureObject(draft, 'spec')
  const containers = [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')]
  for (const container of containers) {
    const resources = objectAt(container, 'resources')
    if (resources !== undefined) copyLimits(resources)
  }
  if (minor >= podLevelResourcesSince) fillPodResources(spec)
  fillAbsent(spec, 'enableServiceLinks', true)
  if (spec['hostNetwork'] === true) for (const container of containers) fillHostPorts(container)
  const period = spec['terminationGracePeriodSeconds']
  if (typeof period === 'number' && period < 0) spec['terminationGracePeriodSeconds'] = 1
}

function copyLimits(resources: Draft): void {
  const limits = objectAt(resources, 'limits')
  if (limits === undefined) return
  const requests = ensureObject(resources, 'requests')
  for (const [name, limit] of Object.entries(limits)) fillAbsent(requests, name, limit)
}

function fillHostPorts(container: Draft): void {
  for (const port of objectsAt(container, 'ports')) if (port['containerPort'] !== undefined) fillZero(port, 'hostPort', port['containerPort'])
}

export const podDefaults = {
  'core.v1.Pod': pod,
} as const satisfies Record<string, DefaultsRule>

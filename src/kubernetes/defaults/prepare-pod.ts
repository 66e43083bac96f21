// kubernetes pkg/registry/core/pod/strategy.go

import { findQosClass } from './pod-qos.ts'
import type { DefaultsContext } from './defaults-context.ts'
import { ensureObject, isDraft, objectAt, objectsAt, textAt, type Draft } from './draft.ts'

const appArmorFieldsSince = 30
const affinityLabelKeysSince = 31
const spreadLabelKeysSince = 34
const appArmorAnnotation = 'container.apparmor.security.beta.kubernetes.io/'

/** Gives a new pod its status, and writes out what it says by annotation or by keys of its own labels. */
export function preparePod(pod: Draft, { minor }: DefaultsContext): void {
  const spec = ensureObject(pod, 'spec')
  const status: Draft = { phase: 'Pending', qosClass: findQosClass(spec) }
  if (objectsAt(spec, 'schedulingGates').length > 0) {
    status['conditions'] = [{
      type: 'PodScheduled', status: 'False', reason: 'SchedulingGated', message: 'Scheduling is blocked due to non-empty scheduling gates', lastProbeTime: null, lastTransitionTime: null,
    }]
  }
  pod['status'] = status
  const labels = objectAt(objectAt(pod, 'metadata'), 'labels') ?? {}
  if (minor >= affinityLabelKeysSince) expandAffinity(objectAt(spec, 'affinity'), labels)
  if (minor >= spreadLabelKeysSince) for (const constraint of objectsAt(spec, 'topologySpreadConstraints')) expandLabelKeys(constraint, 'matchLabelKeys', 'In', labels)
  if (minor >= appArmorFieldsSince && textAt(objectAt(spec, 'os'), 'name') !== 'windows') readAppArmor(pod, spec)
}

function expandAffinity(affinity: Draft | undefined, labels: Draft): void {
  for (const name of ['podAffinity', 'podAntiAffinity']) {
    const rules = objectAt(affinity, name)
    const preferred = objectsAt(rules, 'preferredDuringSchedulingIgnoredDuringExecution').map((rule) => objectAt(rule, 'podAffinityTerm'))
    for (const term of [...preferred, ...objectsAt(rules, 'requiredDuringSchedulingIgnoredDuringExecution')]) {
      if (term === undefined) continue
      expandLabelKeys(term, 'matchLabelKeys', 'In', labels)
      expandLabelKeys(term, 'mismatchLabelKeys', 'NotIn', labels)
    }
  }
}

function expandLabelKeys(term: Draft, field: string, operator: string, labels: Draft): void {
  const selector = objectAt(term, 'labelSelector')
  const keys = term[field]
  if (selector === undefined || !Array.isArray(keys)) return
  const added = keys.flatMap((key) => (typeof key === 'string' && Object.hasOwn(labels, key) ? [{ key, operator, values: [labels[key] as string] }] : []))
  if (added.length > 0) selector['matchExpressions'] = [...objectsAt(selector, 'matchExpressions'), ...added]
}

/** The deprecated annotations become fields, unless the pod says the same already. */
function readAppArmor(pod: Draft, spec: Draft): void {
  const annotations = objectAt(objectAt(pod, 'metadata'), 'annotations')
  const ofPod = objectAt(objectAt(spec, 'securityContext'), 'appArmorProfile')
  if (annotations === undefined) return
  for (const container of ['initContainers', 'containers', 'ephemeralContainers'].flatMap((list) => objectsAt(spec, list))) {
    const profile = readAppArmorProfile(textAt(annotations, appArmorAnnotation + textAt(container, 'name')))
    if (profile === undefined || isDraft(objectAt(container, 'securityContext')?.['appArmorProfile'])) continue
    if (ofPod?.['type'] !== profile['type'] || ofPod?.['localhostProfile'] !== profile['localhostProfile']) ensureObject(container, 'securityContext')['appArmorProfile'] = profile
  }
}

function readAppArmorProfile(annotation: string): Draft | undefined {
  if (annotation === 'unconfined') return { type: 'Unconfined' }
  if (annotation === 'runtime/default') return { type: 'RuntimeDefault' }
  return /^localhost\/./.test(annotation) ? { type: 'Localhost', localhostProfile: annotation.slice('localhost/'.length) } : undefined
}

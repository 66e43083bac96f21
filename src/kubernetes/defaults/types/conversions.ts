// kubernetes pkg/apis/*/*/conversion.go, pkg/registry: what the API server does to what it reads besides filling in defaults, so that a client that only knows the defaults does not.

import { Buffer } from 'node:buffer'
import type { DefaultsRule } from '../defaults-context.ts'
import { ensureObject, fillAbsent, isEmpty, objectAt, objectsAt, textAt, type Draft } from '../draft.ts'

const podSpec: DefaultsRule = (spec) => {
  // DeprecatedServiceAccount is an alias; the new name wins.
  const name = textAt(spec, 'serviceAccountName') || textAt(spec, 'serviceAccount')
  if (name === '') return
  spec['serviceAccountName'] = name
  spec['serviceAccount'] = name
}

const secret: DefaultsRule = (draft) => {
  const texts = objectAt(draft, 'stringData')
  if (texts === undefined) return
  const data = Object.keys(texts).length > 0 ? ensureObject(draft, 'data') : undefined
  for (const key of Object.keys(texts)) if (data !== undefined) data[key] = Buffer.from(textAt(texts, key)).toString('base64')
  delete draft['stringData']
}

/** Annotations of kubelets older than any that is left. */
const initContainerAnnotations = ['beta', 'alpha'].flatMap((stage) => ['init-containers', 'init-container-statuses'].map((name) => `pod.${stage}.kubernetes.io/${name}`))

const podTemplateSpec: DefaultsRule = (draft) => {
  const annotations = objectAt(objectAt(draft, 'metadata'), 'annotations')
  for (const name of initContainerAnnotations) if (annotations !== undefined) delete annotations[name]
}

/** pkg/registry/core/serviceaccount/strategy.go: only the names of secrets are kept. */
const serviceAccount: DefaultsRule = (draft) => {
  for (const reference of objectsAt(draft, 'secrets')) for (const key of Object.keys(reference)) if (key !== 'name') delete reference[key]
}

/** pkg/apis/apps/v1/conversion.go: the only embedded objects that carry their type. */
const statefulSetSpec: DefaultsRule = (spec) => {
  for (const claim of objectsAt(spec, 'volumeClaimTemplates')) Object.assign(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' })
}

/** pkg/registry/core/service/storage */
const serviceSpec: DefaultsRule = (spec) => {
  if (textAt(spec, 'type') !== 'ExternalName') fillFamilies(spec)
}

/** On a cluster of one family, IPv4; addresses themselves are the allocator's and are not predicted. A headless Service without selector is taken for both. */
function fillFamilies(spec: Draft): void {
  const address = textAt(spec, 'clusterIP')
  if (address !== '') fillAbsent(spec, 'clusterIPs', [address])
  const anywhere = address === 'None' && isEmpty(spec['selector'])
  fillAbsent(spec, 'ipFamilyPolicy', anywhere ? 'RequireDualStack' : 'SingleStack')
  const families = Array.isArray(spec['ipFamilies']) ? spec['ipFamilies'] : []
  const [family = 'IPv4', second] = families
  if (anywhere && second === undefined && spec['ipFamilyPolicy'] !== 'SingleStack') spec['ipFamilies'] = [family, family === 'IPv4' ? 'IPv6' : 'IPv4']
  else if (families.length === 0) spec['ipFamilies'] = [family]
}

const cpuUtilization = 80
const otherMetrics = 'autoscaling.alpha.kubernetes.io/metrics'

/** pkg/apis/autoscaling/v1/conversion.go: an autoscaler that names no metric scales by CPU. Other metrics stand in an annotation, which version 1 has no fields for. */
const horizontalPodAutoscaler: DefaultsRule = (draft) => {
  const annotation = textAt(objectAt(objectAt(draft, 'metadata'), 'annotations'), otherMetrics)
  if (!listsAnything(annotation)) fillAbsent(ensureObject(draft, 'spec'), 'targetCPUUtilizationPercentage', cpuUtilization)
}

function listsAnything(json: string): boolean {
  try {
    const list: unknown = JSON.parse(json)
    return Array.isArray(list) && list.length > 0
  } catch {
    return false
  }
}

/** By Go type; applied where and when the type's defaults are. */
export const typeConversions: ReadonlyMap<string, DefaultsRule> = new Map<string, DefaultsRule>(Object.entries({
  'apps.v1.StatefulSetSpec': statefulSetSpec,
  'autoscaling.v1.HorizontalPodAutoscaler': horizontalPodAutoscaler,
  'core.v1.PodSpec': podSpec,
  'core.v1.PodTemplateSpec': podTemplateSpec,
  'core.v1.Secret': secret,
  'core.v1.ServiceAccount': serviceAccount,
  'core.v1.ServiceSpec': serviceSpec,
}))

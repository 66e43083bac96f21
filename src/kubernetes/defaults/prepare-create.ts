// kubernetes pkg/registry/*/*/strategy.go (PrepareForCreate): what creating a resource does to it, whatever it asks for.

import type { DefaultsContext, DefaultsRule } from './defaults-context.ts'
import { ensureObject, objectAt, put, textAt, type Draft } from './draft.ts'
import { prepareJob } from './prepare-job.ts'
import { preparePod } from './prepare-pod.ts'

const templateGeneration = 'deprecated.daemonset.template.generation'
const podGenerationSince = 34

/** Kinds that count their generations; `group/kind`. Custom resources all do. */
const generations: ReadonlySet<string> = new Set([
  'apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'batch/CronJob', 'batch/Job',
  '/PodTemplate', '/ReplicationController', 'networking.k8s.io/Ingress', 'networking.k8s.io/IngressClass', 'networking.k8s.io/NetworkPolicy',
  'policy/PodDisruptionBudget', 'scheduling.k8s.io/PriorityClass', 'discovery.k8s.io/EndpointSlice', 'apiextensions.k8s.io/CustomResourceDefinition',
  'flowcontrol.apiserver.k8s.io/FlowSchema', 'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
  ...['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding', 'MutatingWebhookConfiguration', 'ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding',
    'ValidatingWebhookConfiguration'].map((kind) => `admissionregistration.k8s.io/${kind}`),
])

/** Kinds whose status cannot be created: it belongs to whoever reconciles them. */
const withoutStatus: ReadonlySet<string> = new Set([
  'apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet', 'batch/CronJob', 'batch/Job', '/Namespace', '/PersistentVolume',
  '/PersistentVolumeClaim', '/Pod', '/ReplicationController', '/ResourceQuota', '/Service', 'networking.k8s.io/Ingress', 'policy/PodDisruptionBudget',
  'autoscaling/HorizontalPodAutoscaler', 'storage.k8s.io/VolumeAttachment', 'admissionregistration.k8s.io/ValidatingAdmissionPolicy',
  'apiextensions.k8s.io/CustomResourceDefinition', 'apiregistration.k8s.io/APIService',
  'certificates.k8s.io/CertificateSigningRequest', 'flowcontrol.apiserver.k8s.io/FlowSchema', 'flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration',
])

const preparations: ReadonlyMap<string, DefaultsRule> = new Map<string, DefaultsRule>([
  ['apps/DaemonSet', prepareDaemonSet],
  ['/Namespace', prepareNamespace],
  ['/PersistentVolumeClaim', preparePersistentVolumeClaim],
  ['/Pod', preparePod],
  ['batch/Job', prepareJob],
])

/** Does to an object of a built-in kind what its creation does. Works in place. */
export function prepareCreate(id: string, draft: Draft, context: DefaultsContext): void {
  if (withoutStatus.has(id)) put(draft, 'status', {})
  resetMetadata(ensureObject(draft, 'metadata'))
  if (generations.has(id) || (id === '/Pod' && context.minor >= podGenerationSince)) ensureObject(draft, 'metadata')['generation'] = 1
  preparations.get(id)?.(draft, context)
}

/** What the server alone says of an object. The values that it will give (uid, times, versions) cannot be predicted and are left out. */
export function resetMetadata(metadata: Draft): void {
  for (const key of ['creationTimestamp', 'deletionGracePeriodSeconds', 'deletionTimestamp', 'managedFields', 'resourceVersion', 'selfLink', 'uid']) delete metadata[key]
}

/** pkg/apis/apps/v1/conversion.go: the generation of the template, no field any more, lives on as an annotation. */
function prepareDaemonSet(draft: Draft): void {
  const annotations = ensureObject(ensureObject(draft, 'metadata'), 'annotations')
  const known = Number(annotations[templateGeneration])
  annotations[templateGeneration] = Number.isInteger(known) && known >= 1 ? String(known) : '1'
}

function prepareNamespace(draft: Draft): void {
  const spec = ensureObject(draft, 'spec')
  const finalizers = Array.isArray(spec['finalizers']) ? spec['finalizers'] : []
  spec['finalizers'] = finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes']
}

/** pkg/api/persistentvolumeclaim/util.go: the two ways to name a source say the same; the older one knows two kinds, and namespaces are a feature that is off. */
function preparePersistentVolumeClaim(draft: Draft): void {
  const spec = ensureObject(draft, 'spec')
  if (textAt(objectAt(spec, 'dataSourceRef'), 'namespace') !== '') delete spec['dataSourceRef']
  const [source, reference] = [objectAt(spec, 'dataSource'), objectAt(spec, 'dataSourceRef')]
  if (source !== undefined && reference === undefined && !isClaimOrSnapshot(source)) delete spec['dataSource']
  else if (source !== undefined && reference === undefined) spec['dataSourceRef'] = { ...source }
  else if (reference !== undefined && source === undefined) spec['dataSource'] = { ...reference }
}

function isClaimOrSnapshot(source: Draft): boolean {
  const group = textAt(source, 'apiGroup')
  return group === '' ? source['kind'] === 'PersistentVolumeClaim' : group === 'snapshot.storage.k8s.io' && source['kind'] === 'VolumeSnapshot'
}

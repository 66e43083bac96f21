// Kyverno: pkg/engine/resources/default-config.yaml; k8s-manifest-sigstore: pkg/k8smanifest/resources/default-config.yaml
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../../model/json.ts'
import type { ResourceId } from '../../../../model/resource.ts'

/** Fields that a signature does not cover, for some objects. */
interface FieldBinding {
  readonly fields: readonly string[]
  readonly objects: readonly ObjectPattern[]
}

interface ObjectPattern {
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
}

/** What the API server and controllers write, by kind. */
const standard: readonly FieldBinding[] = [
  { objects: [{ kind: '*' }], fields: [
    'metadata.managedFields.*', 'metadata.resourceVersion', 'metadata.selfLink', 'metadata.annotations.kubectl.kubernetes.io/last-applied-configuration',
    'metadata.annotations.namespace', 'metadata.creationTimestamp', 'metadata.generation', 'metadata.uid', 'metadata.finalizers',
    'metadata.labels.app.kubernetes.io/instance', 'status', 'metadata.namespace', 'spec.containers.*.imagePullPolicy', 'spec.containers.*.terminationMessagePath',
    'spec.containers.*.terminationMessagePolicy', 'spec.dnsPolicy', 'spec.restartPolicy', 'spec.schedulerName', 'spec.terminationGracePeriodSeconds',
    'metadata.annotations.control-plane.alpha.kubernetes.io/leader', 'metadata.annotations.deprecated.daemonset.template.generation',
    'metadata.annotations.deployment.kubernetes.io/revision',
  ] },
  { objects: [{ kind: 'Pod' }], fields: [
    'spec.volumes.*.name', 'spec.volumes.*.projected.*', 'spec.volumes.*.configMap.defaultMode', 'spec.containers.*.volumeMounts.*', 'spec.tolerations.*',
    'spec.enableServiceLinks', 'spec.preemptionPolicy', 'spec.priority', 'spec.serviceAccount',
  ] },
  { objects: [{ kind: 'Deployment' }], fields: [
    'spec.progressDeadlineSeconds', 'spec.revisionHistoryLimit', 'spec.strategy.*', 'spec.template.metadata.creationTimestamp', 'spec.containers.*.ports.*.protocol',
    'spec.containers.*.resources', 'spec.securityContext',
  ] },
  { objects: [{ kind: 'CustomResourceDefinition' }], fields: ['spec.conversion.strategy', 'spec.names.listKind'] },
  { objects: [{ kind: 'Service' }], fields: [
    'spec.ports.*.nodePort', 'spec.clusterIP', 'spec.clusterIPs.0', 'spec.sessionAffinity', 'spec.type', 'spec.ipFamilies.*', 'spec.ipFamilyPolicy', 'spec.internalTrafficPolicy',
  ] },
  { objects: [{ kind: 'ClusterPolicy' }, { kind: 'Policy' }], fields: [
    'metadata.annotations.pod-policies.kyverno.io/autogen-controllers', 'spec.failurePolicy', 'spec.background', 'spec.validationFailureAction',
  ] },
  { objects: [{ kind: 'ServiceAccount' }], fields: ['secrets.*.name', 'imagePullSecrets.*.name'] },
  { objects: [{ kind: 'Route', group: 'route.openshift.io' }], fields: ['spec.host'] },
]

/** The fields of an object that a signature does not cover: the standard ones, those of the policy, and the annotations that hold the signature. */
export function ignoredFields(ofPolicy: readonly FieldBinding[], id: ResourceId, annotationDomain: string): readonly string[] {
  const annotations = ['resourceBundleRef', 'signature', 'message', 'certificate', 'bundle'].map((name) => `metadata.annotations.${annotationDomain}/${name}`)
  return [...annotations, ...[...standard, ...ofPolicy].filter(({ objects }) => objects.length === 0 || objects.some((pattern) => matchesObject(pattern, id))).flatMap(({ fields }) => fields)]
}

/** Reads `ignoreFields` of a rule. */
export function readFieldBindings(list: JsonValue | undefined): readonly FieldBinding[] {
  return objectsOf(list).map((binding) => ({
    fields: isJsonArray(binding['fields']) ? binding['fields'].filter((field) => typeof field === 'string') : [],
    objects: objectsOf(binding['objects']).map((object) => Object.fromEntries(Object.entries(object).filter(([, value]) => typeof value === 'string'))),
  }))
}

function objectsOf(list: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(list) ? list.filter((item) => isJsonObject(item)) : []
}

function matchesObject(pattern: ObjectPattern, { group, version, kind, name, namespace = '' }: ResourceId): boolean {
  const actual = { group, version, kind, name, namespace }
  return (Object.keys(actual) as (keyof typeof actual)[]).every((key) => matchesText(pattern[key] ?? '', actual[key]))
}

/** `*` at the end is any rest, `-` is nothing, a comma separates alternatives. */
function matchesText(written: string, value: string): boolean {
  const pattern = written.trim()
  if (pattern === '' || pattern === '*' || pattern === value || (pattern === '-' && value === '')) return true
  if (pattern.endsWith('*')) return value.startsWith(pattern.replace(/\*+$/, ''))
  return pattern.includes(',') && pattern.split(',').some((part) => matchesText(part, value))
}

// Which lists kustomize merges by key: the extensions `x-kubernetes-patch-merge-key` and `x-kubernetes-list-map-keys` of its built-in schema (kyaml openapi, Kubernetes 1.21.2).

/** Where the lists below one type of object are that merge by key. */
export interface MergeShape {
  readonly fields: ReadonlyMap<string, MergeField>
}

/** A field that is such a list (`keys`; none for a list of scalars that merges as a set), or that leads to one. */
export interface MergeField {
  readonly keys?: readonly string[]
  readonly shape: MergeShape
}

/** A type that the schema knows and in which no list merges. */
export const opaqueShape: MergeShape = { fields: new Map() }

const list = (keys: string, shape: MergeShape = opaqueShape): MergeField => ({ keys: keys.split(' ').filter((key) => key !== ''), shape })
const field = (shape: MergeShape): MergeField => ({ shape })
const shapeOf = (fields: Record<string, MergeField>): MergeShape => ({ fields: new Map(Object.entries(fields)) })

const metadata = field(shapeOf({ finalizers: list(''), ownerReferences: list('uid') }))
const metadataOnly = shapeOf({ metadata })
const conditions = list('type')
const status = field(shapeOf({ conditions }))
const mounts = { env: list('name'), volumeDevices: list('devicePath'), volumeMounts: list('mountPath') }
const container = shapeOf({ ...mounts, ports: list('containerPort protocol') })
const volume = shapeOf({ ephemeral: field(shapeOf({ volumeClaimTemplate: field(metadataOnly) })) })
const podSpec = field(shapeOf({
  containers: list('name', container),
  initContainers: list('name', container),
  ephemeralContainers: list('name', shapeOf(mounts)),
  volumes: list('name', volume),
  imagePullSecrets: list('name'),
  hostAliases: list('ip'),
  topologySpreadConstraints: list('topologyKey whenUnsatisfiable'),
}))
const template = field(shapeOf({ metadata, spec: podSpec }))
const workloadSpec = field(shapeOf({ template }))
const cronJobSpec = field(shapeOf({ jobTemplate: field(shapeOf({ metadata, spec: workloadSpec })) }))

/** Kinds by group and version (`v1` is the core group's). Kinds that are not here are unknown to kustomize: all their lists are replaced. */
const kinds: ReadonlyArray<readonly [shape: MergeShape, names: string]> = [
  [shapeOf({ metadata, spec: podSpec, status: field(shapeOf({ conditions, podIPs: list('ip') })) }), 'v1/Pod'],
  [shapeOf({ metadata, spec: workloadSpec, status }), 'apps/v1/DaemonSet apps/v1/Deployment apps/v1/ReplicaSet apps/v1/StatefulSet batch/v1/Job v1/ReplicationController'],
  [shapeOf({ metadata, spec: cronJobSpec }), 'batch/v1/CronJob batch/v1beta1/CronJob'],
  [shapeOf({ metadata, template }), 'v1/PodTemplate'],
  [shapeOf({ metadata, spec: field(shapeOf({ ports: list('port protocol') })), status }), 'v1/Service'],
  [shapeOf({ metadata, secrets: list('name') }), 'v1/ServiceAccount'],
  [shapeOf({ metadata, spec: field(shapeOf({ podCIDRs: list('') })), status: field(shapeOf({ conditions, addresses: list('type') })) }), 'v1/Node'],
  [shapeOf({ metadata, spec: field(shapeOf({ drivers: list('name') })) }), 'storage.k8s.io/v1/CSINode storage.k8s.io/v1beta1/CSINode'],
  [shapeOf({ metadata, webhooks: list('name') }), 'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration '
    + 'admissionregistration.k8s.io/v1beta1/MutatingWebhookConfiguration admissionregistration.k8s.io/v1beta1/ValidatingWebhookConfiguration'],
  [shapeOf({ metadata, status }), 'v1/Namespace v1/PersistentVolumeClaim policy/v1/PodDisruptionBudget policy/v1beta1/PodDisruptionBudget '
    + 'apiregistration.k8s.io/v1/APIService apiregistration.k8s.io/v1beta1/APIService'],
  [shapeOf({ metadata, conditions }), 'v1/ComponentStatus'],
  [metadataOnly, `
    v1/Binding v1/ConfigMap v1/Endpoints v1/Event v1/LimitRange v1/PersistentVolume v1/ResourceQuota v1/Secret apps/v1/ControllerRevision
    apiextensions.k8s.io/v1/CustomResourceDefinition apiextensions.k8s.io/v1beta1/CustomResourceDefinition
    authentication.k8s.io/v1/TokenRequest authentication.k8s.io/v1/TokenReview authentication.k8s.io/v1beta1/TokenReview
    authorization.k8s.io/v1/LocalSubjectAccessReview authorization.k8s.io/v1/SelfSubjectAccessReview authorization.k8s.io/v1/SelfSubjectRulesReview
    authorization.k8s.io/v1/SubjectAccessReview authorization.k8s.io/v1beta1/LocalSubjectAccessReview authorization.k8s.io/v1beta1/SelfSubjectAccessReview
    authorization.k8s.io/v1beta1/SelfSubjectRulesReview authorization.k8s.io/v1beta1/SubjectAccessReview
    autoscaling/v1/HorizontalPodAutoscaler autoscaling/v1/Scale autoscaling/v2beta1/HorizontalPodAutoscaler autoscaling/v2beta2/HorizontalPodAutoscaler
    certificates.k8s.io/v1/CertificateSigningRequest certificates.k8s.io/v1beta1/CertificateSigningRequest
    coordination.k8s.io/v1/Lease coordination.k8s.io/v1beta1/Lease discovery.k8s.io/v1/EndpointSlice discovery.k8s.io/v1beta1/EndpointSlice
    events.k8s.io/v1/Event events.k8s.io/v1beta1/Event extensions/v1beta1/Ingress
    flowcontrol.apiserver.k8s.io/v1beta1/FlowSchema flowcontrol.apiserver.k8s.io/v1beta1/PriorityLevelConfiguration
    networking.k8s.io/v1/Ingress networking.k8s.io/v1/IngressClass networking.k8s.io/v1/NetworkPolicy
    networking.k8s.io/v1beta1/Ingress networking.k8s.io/v1beta1/IngressClass node.k8s.io/v1/RuntimeClass node.k8s.io/v1beta1/RuntimeClass
    policy/v1beta1/Eviction policy/v1beta1/PodSecurityPolicy
    rbac.authorization.k8s.io/v1/ClusterRole rbac.authorization.k8s.io/v1/ClusterRoleBinding rbac.authorization.k8s.io/v1/Role rbac.authorization.k8s.io/v1/RoleBinding
    rbac.authorization.k8s.io/v1beta1/ClusterRole rbac.authorization.k8s.io/v1beta1/ClusterRoleBinding
    rbac.authorization.k8s.io/v1beta1/Role rbac.authorization.k8s.io/v1beta1/RoleBinding
    scheduling.k8s.io/v1/PriorityClass scheduling.k8s.io/v1beta1/PriorityClass
    storage.k8s.io/v1/CSIDriver storage.k8s.io/v1/StorageClass storage.k8s.io/v1/VolumeAttachment
    storage.k8s.io/v1beta1/CSIDriver storage.k8s.io/v1beta1/CSIStorageCapacity storage.k8s.io/v1beta1/StorageClass storage.k8s.io/v1beta1/VolumeAttachment`],
]

const byKind = new Map(kinds.flatMap(([shape, names]) => names.split(/\s+/).filter((name) => name !== '').map((name) => [name, shape] as const)))

/** What kustomize knows of a kind's lists; undefined for kinds that its schema lacks (custom resources, and built-in ones newer than 1.21). */
export function findMergeShape(apiVersion: string, kind: string): MergeShape | undefined {
  const known = byKind.get(`${apiVersion}/${kind}`)
  if (known !== undefined || !kind.endsWith('List')) return known
  return byKind.has(`${apiVersion}/${kind.slice(0, -'List'.length)}`) ? opaqueShape : undefined
}

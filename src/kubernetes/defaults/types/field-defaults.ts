// kubernetes pkg/apis/*/*/defaults.go: the defaults that depend on nothing but the field itself.

import type { JsonObject } from '../../../model/json.ts'

const webhook = {
  failurePolicy: 'Fail', matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {}, timeoutSeconds: 10,
}
const matchResources = { matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {} }
const defaultMode = { defaultMode: 0o644 }

/** By Go type, then by field. A pointer is filled when it is absent, any other field when it holds its zero value; the schema knows which it is. */
export const fieldDefaults: ReadonlyMap<string, JsonObject> = new Map(Object.entries({
  'admissionregistration.v1.MatchResources':                { ...matchResources },
  'admissionregistration.v1.MutatingAdmissionPolicySpec':   { failurePolicy: 'Fail' },
  'admissionregistration.v1.MutatingWebhook':               { ...webhook, reinvocationPolicy: 'Never' },
  'admissionregistration.v1.RuleWithOperations':            { scope: '*' },
  'admissionregistration.v1.ServiceReference':              { port: 443 },
  'admissionregistration.v1.ValidatingAdmissionPolicySpec': { failurePolicy: 'Fail' },
  'admissionregistration.v1.ValidatingWebhook':             { ...webhook },
  'admissionregistration.v1.NamedRuleWithOperations':       { scope: '*' },
  'apiextensions.v1.CustomResourceDefinitionSpec':          { conversion: { strategy: 'None' } },
  'apiextensions.v1.ServiceReference':                      { port: 443 },
  'apiregistration.v1.ServiceReference':                    { port: 443 },
  'apps.v1.DeploymentSpec':                                 { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600 },
  'apps.v1.DaemonSetSpec':                                  { revisionHistoryLimit: 10 },
  'apps.v1.ReplicaSetSpec':                                 { replicas: 1 },
  'apps.v1.StatefulSetSpec':                                { podManagementPolicy: 'OrderedReady', replicas: 1, revisionHistoryLimit: 10 },
  'autoscaling.v1.HorizontalPodAutoscalerSpec':             { minReplicas: 1 },
  'autoscaling.v2.HorizontalPodAutoscalerSpec':             { minReplicas: 1 },
  'batch.v1.CronJobSpec':                                   { concurrencyPolicy: 'Allow', suspend: false, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 1 },
  'batch.v1.PodFailurePolicyOnPodConditionsPattern':        { status: 'True' },
  'core.v1.ConfigMapVolumeSource':                          defaultMode,
  'core.v1.Container':                                      { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' },
  'core.v1.DownwardAPIVolumeSource':                        defaultMode,
  'core.v1.EndpointPort':                                   { protocol: 'TCP' },
  'core.v1.EphemeralContainer':                             { terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' },
  'core.v1.HTTPGetAction':                                  { path: '/', scheme: 'HTTP' },
  'core.v1.HostPathVolumeSource':                           { type: '' },
  'core.v1.NamespaceStatus':                                { phase: 'Active' },
  'core.v1.ObjectFieldSelector':                            { apiVersion: 'v1' },
  'core.v1.PersistentVolumeClaimSpec':                      { volumeMode: 'Filesystem' },
  'core.v1.PersistentVolumeClaimStatus':                    { phase: 'Pending' },
  'core.v1.PersistentVolumeSpec':                           { persistentVolumeReclaimPolicy: 'Retain', volumeMode: 'Filesystem' },
  'core.v1.PersistentVolumeStatus':                         { phase: 'Pending' },
  'core.v1.PodSpec': {
    dnsPolicy: 'ClusterFirst', restartPolicy: 'Always', securityContext: {}, terminationGracePeriodSeconds: 30, schedulerName: 'default-scheduler',
  },
  'core.v1.Probe':                                          { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 },
  'core.v1.ProjectedVolumeSource':                          defaultMode,
  'core.v1.Secret':                                         { type: 'Opaque' },
  'core.v1.ReplicationControllerSpec':                      { replicas: 1 },
  'core.v1.SecretVolumeSource':                             defaultMode,
  'core.v1.ServiceAccountTokenProjection':                  { expirationSeconds: 3600 },
  'discovery.v1.EndpointPort':                              { name: '', protocol: 'TCP' },
  'flowcontrol.v1.ExemptPriorityLevelConfiguration':        { nominalConcurrencyShares: 0, lendablePercent: 0 },
  'flowcontrol.v1.FlowSchemaSpec':                          { matchingPrecedence: 1000 },
  'flowcontrol.v1.LimitedPriorityLevelConfiguration':       { nominalConcurrencyShares: 30, lendablePercent: 0 },
  'flowcontrol.v1.QueuingConfiguration':                    { handSize: 8, queues: 64, queueLengthLimit: 50 },
  'networking.v1.IngressClassParametersReference':          { scope: 'Cluster' },
  'networking.v1.NetworkPolicyPort':                        { protocol: 'TCP' },
  'scheduling.v1.PriorityClass':                            { preemptionPolicy: 'PreemptLowerPriority' },
  'storage.v1.CSIDriverSpec': {
    attachRequired: true, podInfoOnMount: false, storageCapacity: false, fsGroupPolicy: 'ReadWriteOnceWithFSType',
    volumeLifecycleModes: ['Persistent'], requiresRepublish: false, seLinuxMount: false,
  },
  'storage.v1.StorageClass':                                { reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate' },
}))

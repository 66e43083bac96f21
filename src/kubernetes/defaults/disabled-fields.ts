// kubernetes pkg/features/kube_features.go; pkg/api/pod/util.go and pkg/registry/*/*/strategy.go (dropDisabledFields)

const nowhere = Infinity

/** By Go type, then by field: the minor of Kubernetes 1 since which the feature that a field belongs to is on, unless somebody says otherwise. */
export const enabledSince: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(Object.entries({
  'apps.v1.RollingUpdateStatefulSetStrategy': { maxUnavailable: 37 },
  'autoscaling.v2.HPAScalingRules':           { tolerance: 35 },
  'core.v1.Container':                        { resizePolicy: 33, restartPolicyRules: 35 },
  'core.v1.EnvVarSource':                     { fileKeyRef: 35 },
  'core.v1.Lifecycle':                        { stopSignal: nowhere },
  'core.v1.LifecycleHandler':                 { sleep: 30 },
  'core.v1.PodAffinityTerm':                  { matchLabelKeys: 31, mismatchLabelKeys: 31 },
  'core.v1.PodSecurityContext':               { seLinuxChangePolicy: 33, supplementalGroupsPolicy: 33 },
  'core.v1.PodSpec':                          { hostUsers: 33, hostnameOverride: 35, resourceClaims: 34, resources: 34, schedulingGroup: nowhere, workloadRef: nowhere },
  'core.v1.ResourceRequirements':             { claims: 34 },
  'core.v1.Volume':                           { image: 35 },
  'core.v1.VolumeMount':                      { recursiveReadOnly: 31 },
  'core.v1.VolumeProjection':                 { clusterTrustBundle: 37, podCertificate: 37 },
}).map(([type, fields]) => [type, new Map(Object.entries(fields))]))

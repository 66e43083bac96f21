// kubernetes pkg/apis/core/v1/defaults.go (SetDefaults_Service)

import type { DefaultsRule } from '../defaults-context.ts'
import { ensureObject, fillAbsent, fillZero, isEmpty, isZero, objectAt, objectsAt, textAt, type Draft } from '../draft.ts'

const serviceSpec: DefaultsRule = (spec) => {
  fillAffinity(spec)
  fillZero(spec, 'type', 'ClusterIP')
  for (const port of objectsAt(spec, 'ports')) {
    fillZero(port, 'protocol', 'TCP')
    if (isZero(port['targetPort']) && port['port'] !== undefined) port['targetPort'] = port['port']
  }
  const type = textAt(spec, 'type')
  if (type === 'NodePort' || type === 'LoadBalancer' || (type === 'ClusterIP' && !isEmpty(spec['externalIPs']))) fillZero(spec, 'externalTrafficPolicy', 'Cluster')
  if (['ClusterIP', 'NodePort', 'LoadBalancer'].includes(type)) fillAbsent(spec, 'internalTrafficPolicy', 'Cluster')
  if (type === 'LoadBalancer') fillAbsent(spec, 'allocateLoadBalancerNodePorts', true)
}

function fillAffinity(spec: Draft): void {
  fillZero(spec, 'sessionAffinity', 'None')
  if (spec['sessionAffinity'] === 'None') delete spec['sessionAffinityConfig']
  if (spec['sessionAffinity'] !== 'ClientIP' || objectAt(objectAt(spec, 'sessionAffinityConfig'), 'clientIP')?.['timeoutSeconds'] !== undefined) return
  ensureObject(spec, 'sessionAffinityConfig')['clientIP'] = { timeoutSeconds: 10_800 }
}

export const serviceDefaults = {
  'core.v1.ServiceSpec': serviceSpec,
} as const satisfies Record<string, DefaultsRule>

// kubernetes pkg/apis/core/v1/defaults.go (SetDefaults_Service), pkg/registry/core/service/storage

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
  if (type !== 'ExternalName') fillAbsent(spec, 'internalTrafficPolicy', 'Cluster')
  if (type === 'LoadBalancer') fillAbsent(spec, 'allocateLoadBalancerNodePorts', true)
  if (type !== 'ExternalName') fillFamilies(spec)
}

function fillAffinity(spec: Draft): void {
  fillZero(spec, 'sessionAffinity', 'None')
  if (spec['sessionAffinity'] === 'None') delete spec['sessionAffinityConfig']
  if (spec['sessionAffinity'] !== 'ClientIP' || objectAt(objectAt(spec, 'sessionAffinityConfig'), 'clientIP')?.['timeoutSeconds'] !== undefined) return
  ensureObject(spec, 'sessionAffinityConfig')['clientIP'] = { timeoutSeconds: 10_800 }
}

/** On a cluster of one family, IPv4; addresses themselves are the allocator's and are not predicted. A headless Service without selector is taken for both. */
function fillFamilies(spec: Draft): void {
  const address = textAt(spec, 'clusterIP')
  if (address !== '') fillAbsent(spec, 'clusterIPs', [address])
  const dual = address === 'None' && isEmpty(spec['selector'])
  fillAbsent(spec, 'ipFamilyPolicy', dual ? 'RequireDualStack' : 'SingleStack')
  if (isEmpty(spec['ipFamilies'])) spec['ipFamilies'] = dual ? ['IPv4', 'IPv6'] : ['IPv4']
}

export const serviceDefaults = {
  'core.v1.ServiceSpec': serviceSpec,
} as const satisfies Record<string, DefaultsRule>

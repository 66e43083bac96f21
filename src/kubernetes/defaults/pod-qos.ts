// kubernetes pkg/apis/core/v1/helper/qos/qos.go (ComputePodQOS)

import { addQuantities, compareQuantities, parseQuantity, quantitySign, type Quantity } from '../../values/quantity.ts'
import { objectAt, objectsAt, type Draft } from './draft.ts'

const resources = ['cpu', 'memory'] as const

/** The quality of service that a pod's requests and limits amount to. */
export function findQosClass(spec: Draft): 'BestEffort' | 'Burstable' | 'Guaranteed' {
  const ofPod = objectAt(spec, 'resources')
  const parts = ofPod === undefined
    ? [...objectsAt(spec, 'containers'), ...objectsAt(spec, 'initContainers')].map((container) => objectAt(container, 'resources') ?? {})
    : [ofPod]
  const requests = sumResources(parts, 'requests')
  const limits = sumResources(parts, 'limits')
  if (requests.size === 0 && limits.size === 0) return 'BestEffort'
  const allLimited = parts.every((part) => resources.every((name) => readAmount(objectAt(part, 'limits'), name) !== undefined))
  const equal = [...requests].every(([name, request]) => {
    const limit = limits.get(name)
    return limit !== undefined && compareQuantities(limit, request) === 0
  })
  return allLimited && equal && requests.size === limits.size ? 'Guaranteed' : 'Burstable'
}

function sumResources(parts: readonly Draft[], field: 'requests' | 'limits'): ReadonlyMap<string, Quantity> {
  const sums = new Map<string, Quantity>()
  for (const part of parts) {
    for (const name of resources) {
      const amount = readAmount(objectAt(part, field), name)
      const sum = sums.get(name)
      if (amount !== undefined) sums.set(name, sum === undefined ? amount : addQuantities(sum, amount))
    }
  }
  return sums
}

/** An amount of nothing counts as none. */
function readAmount(list: Draft | undefined, name: string): Quantity | undefined {
  const value = list?.[name]
  const quantity = typeof value === 'string' || typeof value === 'number' ? parseQuantity(String(value)) : undefined
  return quantity !== undefined && quantitySign(quantity) === 1 ? quantity : undefined
}

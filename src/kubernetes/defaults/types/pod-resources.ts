// kubernetes pkg/apis/core/v1/defaults.go (defaultPodRequests, defaultHugePagePodLimits), component-helpers resource/helpers.go

import { addQuantities, compareQuantities, formatQuantity, parseQuantity, type Quantity } from '../../../values/quantity.ts'
import { ensureObject, fillAbsent, isEmpty, objectAt, objectsAt, textAt, type Draft } from '../draft.ts'

type ResourceField = 'limits' | 'requests'
type Amounts = Map<string, Quantity>

const isHugePage = (name: string): boolean => name.startsWith('hugepages-')
const isPodLevel = (name: string): boolean => name === 'cpu' || name === 'memory' || isHugePage(name)

/** A pod that limits its resources as a whole requests what its containers request together, and else what it is limited to. */
export function fillPodResources(spec: Draft): void {
  const resources = objectAt(spec, 'resources')
  if (resources === undefined) return
  if (!isEmpty(resources['limits']) || !isEmpty(resources['requests'])) fillHugePages(spec, resources)
  const limits = objectAt(resources, 'limits')
  if (limits === undefined || isEmpty(limits)) return
  const requests = ensureObject(resources, 'requests')
  for (const [name, amount] of aggregate(spec, 'requests')) if (isPodLevel(name) && !isHugePage(name)) fillAbsent(requests, name, formatQuantity(amount))
  for (const [name, limit] of Object.entries(limits)) if (isPodLevel(name)) fillAbsent(requests, name, limit)
}

function fillHugePages(spec: Draft, resources: Draft): void {
  const requests = objectAt(resources, 'requests') ?? {}
  for (const [name, amount] of aggregate(spec, 'limits')) {
    if (isHugePage(name) && !Object.hasOwn(requests, name)) fillAbsent(ensureObject(resources, 'limits'), name, formatQuantity(amount))
  }
}

/** What the containers of a pod need at once: all containers and sidecars together, or an initial container with the sidecars before it. */
function aggregate(spec: Draft, field: ResourceField): Amounts {
  const together: Amounts = new Map()
  const sidecars: Amounts = new Map()
  const most: Amounts = new Map()
  // The first amount says how the sum is written.
  for (const container of objectsAt(spec, 'containers')) add(together, amountsOf(container, field))
  for (const container of objectsAt(spec, 'initContainers')) {
    const own = amountsOf(container, field)
    if (textAt(container, 'restartPolicy') === 'Always') {
      add(together, own)
      add(sidecars, own)
    } else {
      raise(most, add(own, sidecars))
    }
  }
  return raise(together, most)
}

function amountsOf(container: Draft, field: ResourceField): Amounts {
  const amounts: Amounts = new Map()
  for (const [name, value] of Object.entries(objectAt(objectAt(container, 'resources'), field) ?? {})) {
    const amount = parseQuantity(String(value))
    if (amount !== undefined) amounts.set(name, amount)
  }
  return amounts
}

function add(to: Amounts, from: Amounts): Amounts {
  for (const [name, amount] of from) {
    const known = to.get(name)
    to.set(name, known === undefined ? amount : addQuantities(known, amount))
  }
  return to
}

function raise(to: Amounts, from: Amounts): Amounts {
  for (const [name, amount] of from) {
    const known = to.get(name)
    if (known === undefined || compareQuantities(amount, known) > 0) to.set(name, amount)
  }
  return to
}

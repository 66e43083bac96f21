// kubernetes pkg/apis/core/v1/defaults.go

import { parseImageReference } from '../../../values/image-reference.ts'
import type { DefaultsRule } from '../defaults-context.ts'
import { ensureObject, fillAbsent, fillZero, isDraft, isEmpty, isZero, objectAt, textAt, type Draft } from '../draft.ts'
import { podDefaults } from './pod.ts'
import { serviceDefaults } from './service.ts'

const volumeImagesSince = 33

/** A name without tag and digest means `latest`; what is no image name gets the other policy. */
function pullPolicy(image: string): string {
  return parseImageReference(image)?.tag === 'latest' ? 'Always' : 'IfNotPresent'
}

const container: DefaultsRule = (draft) => {
  if (isZero(draft['imagePullPolicy'])) draft['imagePullPolicy'] = pullPolicy(textAt(draft, 'image'))
}

const volume: DefaultsRule = (draft, { minor }) => {
  if (!Object.keys(draft).some((key) => key !== 'name' && isDraft(draft[key]))) draft['emptyDir'] = {}
  const image = objectAt(draft, 'image')
  if (image !== undefined && minor >= volumeImagesSince) fillZero(image, 'pullPolicy', pullPolicy(textAt(image, 'reference')))
}

const namespace: DefaultsRule = (draft) => {
  const metadata = ensureObject(draft, 'metadata')
  const name = textAt(metadata, 'name')
  if (name !== '') ensureObject(metadata, 'labels')['kubernetes.io/metadata.name'] = name
}

const replicationController: DefaultsRule = (draft) => {
  const spec = objectAt(draft, 'spec')
  const labels = objectAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels')
  if (labels === undefined || spec === undefined) return
  if (isEmpty(spec['selector'])) spec['selector'] = { ...labels }
  const metadata = ensureObject(draft, 'metadata')
  if (isEmpty(metadata['labels'])) metadata['labels'] = { ...labels }
}

const limitRangeItem: DefaultsRule = (draft) => {
  if (draft['type'] !== 'Container') return
  const [limits, requests] = [ensureObject(draft, 'default'), ensureObject(draft, 'defaultRequest')]
  copyAbsent(limits, objectAt(draft, 'max'))
  copyAbsent(requests, limits)
  copyAbsent(requests, objectAt(draft, 'min'))
}

function copyAbsent(to: Draft, from: Draft | undefined): void {
  for (const [key, value] of Object.entries(from ?? {})) fillAbsent(to, key, value)
}

export const coreDefaults = {
  'core.v1.Container': container,
  'core.v1.EphemeralContainer': container,
  'core.v1.LimitRangeItem': limitRangeItem,
  'core.v1.Namespace': namespace,
  'core.v1.ReplicationController': replicationController,
  'core.v1.Volume': volume,
  ...podDefaults,
  ...serviceDefaults,
} as const satisfies Record<string, DefaultsRule>

// kubernetes pkg/apis/batch/v1/defaults.go

import type { DefaultsRule } from '../defaults-context.ts'
import { fillAbsent, isDraft, objectAt, type Draft } from '../draft.ts'

const maxInt32 = 2 ** 31 - 1
/** Before it, the fields exist, but a feature gate is off. */
const podReplacementPolicySince = 29
const manualSelectorSince = 30

const job: DefaultsRule = (draft, { minor }) => {
  const spec = objectAt(draft, 'spec')
  if (spec === undefined) return
  fillSpec(spec, minor)
  const labels = objectAt(objectAt(objectAt(spec, 'template'), 'metadata'), 'labels')
  const metadata = objectAt(draft, 'metadata')
  // One map for both, as in Go: what is added to one later appears in the other.
  if (labels !== undefined && metadata !== undefined && Object.keys(objectAt(metadata, 'labels') ?? {}).length === 0) metadata['labels'] = labels
}

function fillSpec(spec: Draft, minor: number): void {
  if (spec['completions'] === undefined && spec['parallelism'] === undefined) spec['completions'] = 1
  fillAbsent(spec, 'parallelism', 1)
  fillAbsent(spec, 'backoffLimit', spec['backoffLimitPerIndex'] === undefined ? 6 : maxInt32)
  fillAbsent(spec, 'completionMode', 'NonIndexed')
  fillAbsent(spec, 'suspend', false)
  if (minor >= podReplacementPolicySince) fillAbsent(spec, 'podReplacementPolicy', isDraft(spec['podFailurePolicy']) ? 'Failed' : 'TerminatingOrFailed')
  if (minor >= manualSelectorSince) fillAbsent(spec, 'manualSelector', false)
}

export const batchDefaults = {
  'batch.v1.Job': job,
} as const satisfies Record<string, DefaultsRule>

// kubernetes pkg/registry/batch/job/strategy.go (generateSelector)

import { ensureObject, fillAbsent, textAt, type Draft } from './draft.ts'

/** Labels a Job's pods with its name. The other generated labels and the selector carry its uid, which nobody can predict. */
export function prepareJob(draft: Draft): void {
  const spec = ensureObject(draft, 'spec')
  if (spec['manualSelector'] === true) return
  const name = textAt(ensureObject(draft, 'metadata'), 'name')
  const labels = ensureObject(ensureObject(ensureObject(spec, 'template'), 'metadata'), 'labels')
  for (const key of ['job-name', 'batch.kubernetes.io/job-name']) fillAbsent(labels, key, name)
}

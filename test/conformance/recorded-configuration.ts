import { compileExclusion } from '../../src/engine/index.ts'

/** What the recorded cluster's Kyverno leaves alone, of what is in the corpus: it was installed with its usual ConfigMap. */
export const isExcludedWhereRecorded = compileExclusion([{ resourceFilters: [{ kind: '*/*', namespace: 'kube-system', name: '*' }] }])!

export { compareStates, type CompareOptions, type Comparison, type StateComparer } from './argocd/compare-states.ts'
export { compileIgnoreDifferences, type IgnoreDifference, type IgnoreNormalizer, type Normalized } from './argocd/ignore-normalizer.ts'

export { compileIgnoreDifferences, type IgnoreDifference, type IgnoreNormalizer, type Normalized } from './argocd/ignore-normalizer.ts'

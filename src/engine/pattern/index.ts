export { formatAnchor, parseAnchor, type AnchorKey, type AnchorModifier } from '../../values/anchor-key.ts'
export { compilePattern, isMatch, matchPattern, type CompiledPattern, type PatternOutcome } from './match-pattern.ts'
export { compileScalar, matchesScalar } from './scalar.ts'

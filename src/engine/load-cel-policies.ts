/**
 * Loads the evaluation of policies in CEL, which is a third of the engine and which runs without such policies do not need. Make a compiler with its
 * `createCelCompiler`, and give that to `compilePolicy`.
 */
export const loadCelPolicies = () => import('./cel-policies/index.ts')

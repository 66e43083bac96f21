// Fields of PolicyException (api/kyverno/v2), CleanupPolicy and ClusterCleanupPolicy (api/kyverno/v2, v2beta1).
import { podSecurityExclude } from './body-schemas.ts'
import { currentConditions } from './condition-schemas.ts'
import { contextEntries } from './context-schema.ts'
import { document } from './document-schema.ts'
import { anyAllMatch } from './match-schemas.ts'
import { flag, listOf, object, oneOf, text, texts } from './schema.ts'

export const policyExceptionSchema = document(object({
  background: flag, 'match*': anyAllMatch, conditions: currentConditions, podSecurity: podSecurityExclude,
  'exceptions*': listOf(object({ 'policyName*': text, 'ruleNames*': texts })),
}))

export const cleanupPolicySchema = document(object({
  'schedule*': text, 'match*': anyAllMatch, exclude: anyAllMatch, conditions: currentConditions, context: contextEntries,
  deletionPropagationPolicy: oneOf('Foreground', 'Background', 'Orphan'),
}))

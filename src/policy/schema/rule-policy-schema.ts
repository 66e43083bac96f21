// Fields of ClusterPolicy and Policy (api/kyverno/v1/spec_types.go, rule_types.go; api/kyverno/v2beta1).
import { anyCaseAction, failureActionOverrides, generate, imageExtractors, mutate, validate, validateV2, verifyImages, verifyImagesV2 } from './body-schemas.ts'
import { currentConditions, looseConditions } from './condition-schemas.ts'
import { contextEntries } from './context-schema.ts'
import { document } from './document-schema.ts'
import { anyAllMatch, legacyMatch } from './match-schemas.ts'
import { flag, integer, listOf, object, oneOf, text, textMap, varied, type ObjectSchema } from './schema.ts'

const conditionList = listOf(object({ 'name*': text, 'expression*': text }))

const rule = object({
  'name*': { type: 'string', maxLength: 63 }, context: contextEntries, reportProperties: textMap, 'match*': legacyMatch, exclude: legacyMatch, imageExtractors,
  preconditions: looseConditions, celPreconditions: conditionList, mutate, validate, generate, verifyImages, skipBackgroundRequests: flag,
})
const ruleV2 = varied(rule, [], {
  'match*': anyAllMatch, exclude: anyAllMatch, preconditions: currentConditions, validate: validateV2, verifyImages: verifyImagesV2,
})

function spec(rules: ObjectSchema): ObjectSchema {
  return object({
    rules: listOf(rules), applyRules: oneOf('All', 'One'), failurePolicy: oneOf('Ignore', 'Fail'), validationFailureAction: anyCaseAction,
    validationFailureActionOverrides: failureActionOverrides, emitWarning: flag, admission: flag, background: flag, schemaValidation: flag,
    webhookTimeoutSeconds: { type: 'integer', minimum: 1, maximum: 30 }, mutateExistingOnPolicyUpdate: flag, generateExistingOnPolicyUpdate: flag,
    generateExisting: flag, useServerSideApply: flag,
    webhookConfiguration: object({ failurePolicy: oneOf('Ignore', 'Fail'), timeoutSeconds: integer, matchConditions: conditionList }),
  })
}

export const rulePolicySchemas: Readonly<Record<'kyverno.io/v1' | 'kyverno.io/v2beta1', ObjectSchema>> = {
  'kyverno.io/v1': document(spec(rule)),
  'kyverno.io/v2beta1': document(spec(ruleV2)),
}

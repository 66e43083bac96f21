// Kyverno: pkg/engine/internal/imageverifier.go (validate, validateDeny)
import { isJsonObject, type JsonObject } from '../../../model/json.ts'
import { attempt } from '../../attempt.ts'
import { prepareConditions } from '../../prepare-conditions.ts'
import { substituteAll } from '../../variables/substitute.ts'
import { fail, pass, type RuleOutcome } from '../outcome.ts'
import type { RuleRun } from '../rule-run.ts'
import type { ImageRule } from './image-rule.ts'

/** Holds what attestations say against the rule's `validate.deny`; nothing where no entry has one. */
export function findDenial(run: RuleRun, rules: readonly ImageRule[], ruleName: string): RuleOutcome | undefined {
  const validations = rules.map(({ document }) => document['validate']).filter((validate) => isJsonObject(validate)).filter(({ deny }) => isJsonObject(deny))
  if (validations.length === 0) return undefined
  for (const validation of validations) {
    const denial = checkDeny(run, validation)
    if (denial !== undefined) return fail(`validation in verifyImages failed: ${denial}`)
  }
  return pass(`verifyImages validation is passed in ${ruleName} rule`)
}

function checkDeny(run: RuleRun, validation: JsonObject): string | undefined {
  const verdict = attempt(() => prepareConditions((validation['deny'] as JsonObject)['conditions']).evaluate(run))
  if (verdict.error) return `failed to check deny conditions: ${verdict.error.message}`
  if (!verdict.value.holds) return undefined
  const written = typeof validation['message'] === 'string' ? validation['message'] : ''
  const joined = [written, verdict.value.message].filter((part) => part !== '').join('; ')
  if (joined === '') return 'validation error: imageVerify  failed'
  const message = attempt(() => substituteAll(joined, run.scope))
  if (message.error) return verdict.value.message
  return typeof message.value === 'string' ? message.value : "the produced message didn't resolve to a string, check your policy definition."
}

// Kyverno: api/kyverno/v1/{clusterpolicy,policy,spec}_types.go, cmd/cli/kubectl-kyverno/policy/load.go
import type { JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { RulePolicyKind } from '../../model/policy-kind.ts'
import { parseFailureAction, parseFailureActionOverrides, parseRule } from '../parse-rule.ts'
import { readPolicyDocument } from '../policy-document.ts'
import type { PolicySource } from '../policy-source.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { flagField, objectField, objectsField, optional, textField } from '../read-fields.ts'
import { checkSchema } from '../schema/check-schema.ts'
import { rulePolicySchemas } from '../schema/rule-policy-schema.ts'
import { checkName } from '../validation/check-name.ts'
import { validateRulePolicy } from '../validation/index.ts'
import type { PolicyKindReader } from './policy-kind-reader.ts'

function read(kind: RulePolicyKind, source: PolicySource, problems: ProblemCollector): RulePolicy | undefined {
  const { object } = source
  const schema = object['apiVersion'] === 'kyverno.io/v2beta1' ? rulePolicySchemas['kyverno.io/v2beta1'] : rulePolicySchemas['kyverno.io/v1']
  checkSchema(object, schema, [], (path, code, message) => problems[code === 'IGNORED_FIELD' ? 'warning' : 'error'](path, code, message))
  checkName(textField(objectField(object, 'metadata') ?? {}, 'name') ?? '', problems)
  if (problems.hasErrors) return undefined
  const policy = parse(kind, source)
  validateRulePolicy(policy, problems)
  return problems.hasErrors ? undefined : policy
}

function parse(kind: RulePolicyKind, source: PolicySource): RulePolicy {
  const document = readPolicyDocument(source)
  const spec = objectField(source.object, 'spec') ?? {}
  const rules = objectsField(spec, 'rules')
  return {
    ...document,
    kind,
    // Kyverno: a Policy without namespace lives in "default".
    ...optional('namespace', kind === 'Policy' ? document.namespace ?? 'default' : document.namespace),
    rules: rules.map((rule, index) => parseRule(rule, ['spec', 'rules', index])).filter((rule) => rule !== undefined),
    applyRules: textField(spec, 'applyRules') === 'One' ? 'One' : 'All',
    admission: flagField(spec, 'admission') ?? true,
    background: flagField(spec, 'background') ?? true,
    failureAction: parseFailureAction(textField(spec, 'validationFailureAction')) ?? 'Audit',
    failureActionOverrides: parseFailureActionOverrides(spec, 'validationFailureActionOverrides'),
    emitWarning: flagField(spec, 'emitWarning') ?? false,
    matchConditions: readMatchConditions(spec),
    generateExisting: flagField(spec, 'generateExisting') ?? false,
    mutateExistingOnPolicyUpdate: flagField(spec, 'mutateExistingOnPolicyUpdate') ?? false,
  }
}

function readMatchConditions(spec: JsonObject): RulePolicy['matchConditions'] {
  return objectsField(objectField(spec, 'webhookConfiguration') ?? {}, 'matchConditions')
    .map((condition) => ({ name: textField(condition, 'name') ?? '', expression: textField(condition, 'expression') ?? '' }))
}

const apiVersions = Object.keys(rulePolicySchemas)

export const clusterPolicy: PolicyKindReader = { apiVersions, read: (source, problems) => read('ClusterPolicy', source, problems) }
export const namespacedPolicy: PolicyKindReader = { apiVersions, read: (source, problems) => read('Policy', source, problems) }

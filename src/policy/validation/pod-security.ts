// Kyverno: api/kyverno/v1/{rule,common}_types.go (ValidatePSaControlNames, PodSecurityStandard.Validate)
import type { JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { FieldPath } from '../../model/source.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { objectField, objectsField, textField, textsField } from '../read-fields.ts'
import { writtenRules } from './rule-walk.ts'

const ofPods = ['Host Namespaces', 'HostPath Volumes', 'Sysctls', 'Volume Types']
const ofContainers = ['Capabilities', 'Privileged Containers', 'Host Ports', '/proc Mount Type', 'Privilege Escalation']
const restrictedOnly = ['Volume Types', 'Privilege Escalation', 'Running as Non-root', 'Running as Non-root user']

/** The exclusions of podSecurity checks. */
export function checkPodSecurity(policy: RulePolicy, problems: ProblemCollector): void {
  for (const { document, path } of writtenRules(policy)) {
    const podSecurity = objectField(objectField(document, 'validate') ?? {}, 'podSecurity')
    if (podSecurity === undefined) continue
    objectsField(podSecurity, 'exclude').forEach((entry, index) => {
      checkExclusion(entry, textField(podSecurity, 'level') ?? '', [...path, 'validate', 'podSecurity', 'exclude', index], problems)
    })
  }
}

function checkExclusion(entry: JsonObject, level: string, path: FieldPath, problems: ProblemCollector): void {
  const control = textField(entry, 'controlName') ?? ''
  const hasImages = textsField(entry, 'images').length > 0
  if (ofContainers.includes(control) && !hasImages) problems.error(path, 'INVALID_EXCLUDE', `"${control}" is about containers: say which with images`)
  if (ofPods.includes(control) && hasImages) problems.error(path, 'INVALID_EXCLUDE', `"${control}" is about the Pod: images make no sense here`)
  const [hasField, hasValues] = [(textField(entry, 'restrictedField') ?? '') !== '', textsField(entry, 'values').length > 0]
  if (hasField !== hasValues) problems.error(path, 'INVALID_EXCLUDE', 'restrictedField and values come together')
  if (level === 'baseline' && restrictedOnly.includes(control)) problems.error(path, 'INVALID_EXCLUDE', `level baseline does not have the control "${control}"`)
}

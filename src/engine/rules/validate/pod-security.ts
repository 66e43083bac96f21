// Kyverno: pkg/engine/handlers/validation/validate_pss.go
import { evaluatePodSecurity, excludePodSecurity, formatPodSecurityViolations, podOfResource, toViolations, type PodSecurityExclusion,
  type PodSecurityStandard } from '../../../kubernetes/pod-security/index.ts'
import { isJsonArray, type JsonObject, type JsonValue } from '../../../model/json.ts'
import { attempt } from '../../attempt.ts'
import type { CompiledException } from '../../exceptions.ts'
import { fail, failToEvaluate, pass, skip, type RuleOutcome } from '../outcome.ts'
import type { CheckCompiler } from './check.ts'
import { describeControls } from './failed-controls.ts'

/** The Pod must satisfy a level of the Pod Security Standards; exceptions may forgive single controls. */
export const podSecurity: CheckCompiler<'podSecurity'> = ({ level, version, exclude }, { ruleName }) => {
  const standard: PodSecurityStandard = { level, version }
  const exclusions = exclude.map(readExclusion)
  const passed = pass(`Validation rule '${ruleName}' passed.`)
  return ({ fields: { state, trigger, exceptions } }) => {
    const object = state.current?.resource.object
    if (trigger.operation === 'DELETE' || object === undefined) return undefined
    const whole = exceptions.find(({ exception }) => exception.podSecurity.length === 0)
    if (whole) return skipFor(`rule is skipped due to policy exception ${whole.key}`, [whole])
    const placed = attempt(() => podOfResource(object))
    if (placed.error) return failToEvaluate('Error while getting new resource', placed.error)
    const { pod } = placed.value
    const found = attempt(() => evaluatePodSecurity(pod, standard, exclusions))
    if (found.error) return failToEvaluate('failed to parse pod security api version', found.error)
    if (found.value.length === 0) return passed
    const forgiven = exceptions.flatMap(({ exception }) => exception.podSecurity.map(readExclusion))
    const left = excludePodSecurity(found.value, pod, standard, forgiven)
    if (left.length === 0) return skipFor(`rule is skipped due to policy exceptions ${exceptions.map(({ key }) => key).join(', ')}`, exceptions)
    const message = `Validation rule '${ruleName}' failed. It violates PodSecurity "${level}:${version}": ${formatPodSecurityViolations(left, placed.value)}`
    return { ...fail(message, toViolations(left, placed.value)), properties: describeControls(standard, left, object) }
  }
}

function skipFor(message: string, exceptions: readonly CompiledException[]): RuleOutcome {
  return { ...skip(message), exceptions: exceptions.map(({ key }) => key) }
}

function readExclusion(entry: JsonObject): PodSecurityExclusion {
  return {
    controlName: textOf(entry['controlName']), images: textsOf(entry['images']), restrictedField: textOf(entry['restrictedField']), values: textsOf(entry['values']),
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function textsOf(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((item) => typeof item === 'string') : []
}

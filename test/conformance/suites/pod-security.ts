import { badValues, evaluatePodSecurity, formatFieldPath, podOfResource, type FieldError, type PodSecurityViolation } from '../../../src/kubernetes/pod-security/index.ts'
import type { JsonObject, JsonValue } from '../../../src/model/json.ts'
import { compareText } from '../../../src/values/text-order.ts'
import { judge } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Exclusion { readonly controlName: string; readonly images?: string[]; readonly restrictedField?: string; readonly values?: string[] }
interface Vector {
  readonly input: { readonly level: string; readonly version: string; readonly exclude: readonly Exclusion[]; readonly pod: JsonObject }
  readonly output: { readonly error?: string; readonly allowed?: boolean; readonly checks?: JsonValue }
  readonly outputNext?: Vector['output']
}

/** Kyverno's pkg/pss: a Pod against the Pod Security Standards. */
export const podSecurity: Suite = {
  name: 'podSecurity',
  * run(corpus) {
    for (const { line, vector: { input, output, outputNext = output } } of readVectors<Vector>(corpus, 'podSecurity')) {
      const expected = outputNext.error === undefined ? { allowed: outputNext.allowed ?? false, checks: outputNext.checks ?? [] } : 'error'
      yield judge(`${line} ${input.level}:${input.version}`, expected, () => {
        try {
          return evaluate(input)
        } catch (error) {
          if (outputNext.error !== undefined && error instanceof Error && error.message === outputNext.error) return 'error'
          throw error
        }
      })
    }
  },
}

function evaluate({ level, version, exclude, pod }: Vector['input']): JsonValue {
  const exclusions = exclude.map(({ controlName, images = [], restrictedField = '', values = [] }) => ({ controlName, images, restrictedField, values }))
  const violations = evaluatePodSecurity(podOfResource(pod).pod, { level, version }, exclusions)
  return { allowed: violations.length === 0, checks: [...violations].sort((a, b) => compareText(a.id, b.id)).map(toRecord) }
}

function toRecord({ id, reason, detail, errors = [] }: PodSecurityViolation): JsonValue {
  return { id, reason, detail, errors: errors.map(toText) }
}

function toText(error: FieldError): string {
  const value = typeof error.badValue === 'object' ? `[${badValues(error).join(' ')}]` : error.badValue ?? ''
  return `${formatFieldPath(error.path)} | ${error.type === 'required' ? 'FieldValueRequired' : 'FieldValueForbidden'} | ${value}`
}

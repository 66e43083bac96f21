// Kyverno: pkg/cel/policies/{vpol,mpol,gpol}/compiler/policy.go, pkg/cel/policies/vpol/engine/engine.go
import type { Program } from '../../expression/cel/index.ts'
import type { CelPolicyException, KyvernoCelPolicy } from '../../model/cel-policy.ts'
import type { EvaluationError, Problem } from '../../model/errors.ts'
import { attempt } from '../attempt.ts'
import { pass, skip, type RuleOutcome } from '../rules/outcome.ts'
import type { CelOptions } from './cel-options.ts'
import { ExpressionCompiler } from './expression-compiler.ts'
import type { CelEnvironment } from '../../expression/cel/index.ts'
import type { CelRun } from './cel-run.ts'
import { conditionsHold } from './conditions.ts'

/** An exception, compiled for one policy. */
export interface CompiledCelException {
  readonly exception: CelPolicyException
  readonly conditions: readonly Program[]
}

/** The exceptions that name a policy, and what is wrong with them. Kyverno's command line gives every generating policy all exceptions. */
export function compileCelExceptions(policy: KyvernoCelPolicy, environment: CelEnvironment, options: CelOptions): { exceptions: readonly CompiledCelException[]; problems: readonly Problem[] } {
  const takesAll = options.semantics === 'cli' && policy.kind.endsWith('GeneratingPolicy')
  const problems: Problem[] = []
  const exceptions = (options.exceptions ?? [])
    .filter(({ policyRefs }) => takesAll || policyRefs.some(({ name, kind }) => name === policy.name && kind === policy.kind))
    .map((exception) => {
      const compiler = new ExpressionCompiler(environment, exception, { policy: policy.name, remark: ` of PolicyException ${keyOf(exception)}` })
      const conditions = compiler.compileConditions(exception.matchConditions, ['spec', 'matchConditions'])
      problems.push(...compiler.problems)
      return { exception, conditions }
    })
  return { exceptions, problems }
}

/** What exceptions do to an evaluation: end it, or allow some images and values, which the policy itself has to ask for. */
export type Exemption =
  | { readonly outcome: RuleOutcome }
  | { readonly outcome?: undefined; readonly allowedImages: readonly string[]; readonly allowedValues: readonly string[] }

/** Decides which exceptions apply. With `ignoreErrors` one that cannot be evaluated does not apply. */
export function evaluateExceptions(run: CelRun, exceptions: readonly CompiledCelException[], { ignoreErrors }: { readonly ignoreErrors: boolean }): Exemption {
  const matched: CelPolicyException[] = []
  const allowed: CelPolicyException[] = []
  let isExempt = false
  for (const { exception, conditions } of exceptions) {
    const result = attempt(() => conditionsHold(run, conditions))
    if (result.error !== undefined) {
      // One that was granted already is not taken back because a later one is broken.
      if (isExempt || ignoreErrors) continue
      throw result.error satisfies EvaluationError
    }
    if (!result.value) continue
    matched.push(exception)
    if (exception.images.length === 0 && exception.allowedValues.length === 0) isExempt = true
    else if (!isExempt) allowed.push(exception)
  }
  if (isExempt) return { outcome: exempt(matched) }
  return { allowedImages: allowed.flatMap(({ images }) => images), allowedValues: allowed.flatMap(({ allowedValues }) => allowedValues) }
}

/** The exceptions say whether that counts as skipped or passed: the one with the highest priority. */
function exempt(matched: readonly CelPolicyException[]): RuleOutcome {
  const keys = matched.map(keyOf)
  const deciding = matched.reduce((best, exception) => (priorityOf(exception) > Math.max(priorityOf(best), 0) ? exception : best))
  const outcome = deciding.reportResult === 'pass' ? pass : skip
  return { ...outcome(`rule is ${deciding.reportResult === 'pass' ? 'passed' : 'skipped'} due to policy exception: ${keys.join(', ')}`), exceptions: keys }
}

function priorityOf({ labels }: CelPolicyException): number {
  const value = Object.hasOwn(labels, priorityLabel) ? labels[priorityLabel] : undefined
  return value !== undefined && /^[+-]?\d+$/.test(value) ? Number(value) : 0
}

const priorityLabel = 'polex.kyverno.io/priority'

/** `namespace/name`, as messages name it. */
export function keyOf({ namespace, name }: CelPolicyException): string {
  return namespace === '' ? name : `${namespace}/${name}`
}

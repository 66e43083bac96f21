import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  celType, createEnvironment, formatProblem, formatType, fromJson, LazyMessage, libraries, type Bindings, type CelEnvironment, type CelLibrary, type CelType,
  type CelValue, type Program,
} from '../../../src/expression/cel/index.ts'
import { admissionVariables, toDeclaredType } from '../../../src/expression/cel/libraries/admission.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonValue } from '../../../src/model/json.ts'
import { toAnswer } from '../cel-answer.ts'
import { judge } from '../compare.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface Outcome {
  readonly type?: string
  readonly result?: JsonValue
  readonly evalError?: string
  readonly compileError?: string
}

interface Vector extends Outcome {
  readonly source: string
  readonly env: 'vpol' | 'mpol' | 'vap'
  readonly expression: string
  readonly variables?: readonly { readonly name: string; readonly expression: string }[]
  readonly data?: Readonly<Record<string, JsonValue>>
  readonly numbers?: 'int' | 'double'
  readonly 'kyverno1.19'?: Outcome
}

/** The API server's libraries do not include all of cel-go's. */
const { kyvernoAdmission, lenientOrValue, dynamicOrValue, encoders, math, regex, bindings, mutation, ...others } = libraries
const { image, imageData, documents, hash, rounding, randomText, time, transform, user, resource, globalContext, http, x509, generator: _generator, imageVerification: _imageVerification, authorizer: _authorizer, ...kubernetes } = others
const ofKyverno = [image, imageData, documents, hash, rounding, randomText, time, transform, user, resource, globalContext, http, x509]
const forKyverno: readonly CelLibrary[] = [kyvernoAdmission, lenientOrValue, ...Object.values(kubernetes), ...ofKyverno, encoders, math, regex, bindings]
const forKubernetes: readonly CelLibrary[] = [...Object.values(kubernetes), mutation, dynamicOrValue]
const exceptions = celType.object('exceptions')
const exceptionFields = new Map([['allowedImages', celType.list(celType.string)], ['allowedValues', celType.list(celType.string)]])

/** Kyverno 1.19's environment for its own kinds, and the API server's of the recording (cel-go 0.27, so no back-quoted fields). */
function makeEnvironments(): Record<Vector['env'], CelEnvironment> {
  const rules = { homogeneousLiterals: true, checkLiterals: true }
  const kyverno = createEnvironment({
    libraries: forKyverno, ...rules,
    variables: { ...admissionVariables, exceptions },
    findMessageType: (name) => (name === 'exceptions' ? { name, field: (field) => exceptionFields.get(field) } : undefined),
  })
  const vap = createEnvironment({ libraries: forKubernetes, ...rules, quotedFields: false, variables: { ...admissionVariables, params: celType.dyn } })
  return { vpol: kyverno, mpol: kyverno.extend({ libraries: [mutation] }), vap }
}

/** JSON.parse damages large integers; they are put into texts first. */
function parseLine(line: string): Vector {
  const marked = line.replace(/"(?:[^"\\]|\\.)*"|(?<![\d.])-?\d{16,}(?![\d.eE])/g, (token) => (token.startsWith('"') ? token : `"@int64:${token}"`))
  return JSON.parse(marked, (key, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('@int64:')) return value
    return key === '$double' ? Number(value.slice(7)) : BigInt(value.slice(7))
  }) as Vector
}

interface Policy { readonly environment: CelEnvironment; readonly bindings: Bindings }

/** Adds the policy's variables one after another; each gives its static type to the next. Answers the message if one does not compile. */
function addVariables(environment: CelEnvironment, vector: Vector): Policy | string {
  const types = new Map<string, CelType>()
  const programs = new Map<string, Program>()
  const bindings: Bindings = {
    ...bind(vector),
    variables: new LazyMessage('variables', (name) => evaluateVariable(vector.env, name, () => programs.get(name)?.evaluate(bindings))),
  }
  const extended = environment.extend({
    variables: { variables: celType.object('variables') },
    findMessageType: (name) => (name === 'variables' ? { name, field: (field) => types.get(field) } : undefined),
  })
  for (const { name, expression } of vector.variables ?? []) {
    const compiled = extended.compile(expression)
    if (!compiled.ok) return `variable ${name}: ${vector.env === 'vap' ? 'compilation failed: ' : ''}${formatProblem(expression, compiled.problems[0])}`
    types.set(name, vector.env === 'vap' ? toDeclaredType(compiled.type) : compiled.type)
    programs.set(name, compiled.program)
  }
  return { environment: extended, bindings }
}

function evaluateVariable(env: Vector['env'], name: string, evaluate: () => CelValue | undefined): CelValue | undefined {
  try {
    return evaluate()
  } catch (error) {
    if (env !== 'vap' || !(error instanceof EvaluationError)) throw error
    throw new EvaluationError('EXPRESSION_FAILED', `composited variable "${name}" fails to evaluate: ${error.message}`)
  }
}

function bind({ data = {}, numbers = 'int' }: Vector): Record<string, CelValue> {
  const document = (name: string): CelValue => fromJson(data[name] ?? null, numbers)
  return {
    object: document('object'), oldObject: document('oldObject'), request: document('request'), namespaceObject: document('namespaceObject'), params: null,
    exceptions: { allowedImages: [], allowedValues: [] },
  }
}

/** Our outcome in the form of the recorded one. */
function evaluateVector(environments: Record<Vector['env'], CelEnvironment>, vector: Vector): Outcome {
  const policy = addVariables(environments[vector.env], vector)
  if (typeof policy === 'string') return { compileError: policy }
  const compiled = policy.environment.compile(vector.expression)
  if (!compiled.ok) return { compileError: compiled.problems.map((problem) => formatProblem(vector.expression, problem)).join('\n') }
  const type = formatType(compiled.type)
  try {
    return { type, result: toAnswer(compiled.program.evaluate(policy.bindings, { costLimit: 1_000_000 })) as JsonValue }
  } catch (error) {
    if (error instanceof EvaluationError) return { type, evalError: error.message }
    throw error
  }
}

/** Which of the three outcomes it is, with type and value, but without the texts of errors. */
function withoutTexts({ type, result, evalError, compileError }: Outcome): JsonValue {
  if (compileError !== undefined) return 'compile error'
  return evalError === undefined ? { type: type ?? '', result: result ?? null } : { type: type ?? '', result: 'evaluation error' }
}

/** The text without what the caller of cel-go puts in front, and of a compile error the first line. */
function textOf({ evalError, compileError }: Outcome): string | null {
  return evalError ?? compileError?.replace(/^compilation failed: /, '').split('\n')[0] ?? null
}

function* run(corpus: string, compare: (expected: Outcome, actual: () => Outcome, id: string) => CaseResult | undefined): Iterable<CaseResult> {
  const environments = makeEnvironments()
  let line = 0
  for (const text of readFileSync(join(corpus, 'vectors', 'cel.jsonl'), 'utf8').split('\n')) {
    line++
    if (text === '') continue
    const vector = parseLine(text)
    const result = compare(vector['kyverno1.19'] ?? vector, () => evaluateVector(environments, vector), `${line}`)
    if (result === undefined) continue
    yield result.ok ? result : { ...result, detail: `${vector.env}: ${vector.expression}\n    ${result.detail ?? ''}` }
  }
}

/** Outcome, static type and value of each recorded expression. */
export const cel: Suite = {
  name: 'cel',
  run: (corpus) => run(corpus, (expected, actual, id) => judge(id, withoutTexts(expected), () => withoutTexts(actual()))),
}

/** The texts of errors, which reports print. */
export const celMessages: Suite = {
  name: 'cel-messages',
  run: (corpus) => run(corpus, (expected, actual, id) => (textOf(expected) === null ? undefined : judge(id, textOf(expected), () => textOf(actual())))),
}

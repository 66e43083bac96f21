// Kyverno: pkg/image/verification/variables/attestors.go
import { toJson, type CelValue, type Program } from '../../expression/cel/index.ts'
import type { ImageValidatingPolicy } from '../../model/cel-policy.ts'
import { EvaluationError } from '../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { prefixErrors } from '../attempt.ts'
import type { CelRun } from './cel-run.ts'
import { expectedTypes, type ExpressionCompiler } from './expression-compiler.ts'

/** An attestor whose keys and certificates may be given by expressions. */
export interface CompiledAttestor {
  readonly name: string
  evaluate(run: CelRun): CelValue
}

/** Places of an attestor that take an expression in place of a value. */
const places: readonly { readonly path: readonly string[]; readonly value: string }[] = [
  { path: ['cosign', 'key'], value: 'data' },
  { path: ['cosign', 'certificate', 'cert'], value: 'value' },
  { path: ['cosign', 'certificate', 'certChain'], value: 'value' },
  { path: ['cosign', 'trustedRoot'], value: 'value' },
  { path: ['notary', 'certs'], value: 'value' },
  { path: ['notary', 'tsaCerts'], value: 'value' },
]

export function compileAttestors({ attestors }: ImageValidatingPolicy, compiler: ExpressionCompiler): readonly CompiledAttestor[] {
  return attestors.map((attestor, index) => {
    const name = typeof attestor['name'] === 'string' ? attestor['name'] : ''
    const computed = places.flatMap(({ path, value }) => {
      const expression = readAt(attestor, [...path, 'expression'])
      if (typeof expression !== 'string' || expression === '') return []
      const program = compiler.compile(expression, ['spec', 'attestors', index, ...path, 'expression'], expectedTypes.any)
      return program === undefined ? [] : [{ path: [...path, value], program }]
    })
    return {
      name,
      evaluate: (run) => computed.reduce<JsonObject>((object, { path, program }) => writeAt(object, path, evaluateText(run, program, name)), attestor),
    }
  })
}

function evaluateText(run: CelRun, program: Program, name: string): string {
  return prefixErrors(`failed to evaluate attestor ${name}`, () => {
    const value = toJson(run.evaluate(program))
    if (typeof value !== 'string') throw new EvaluationError('TYPE_MISMATCH', 'the expression must give a text')
    return value
  })
}

function readAt(object: JsonObject, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, step) => (isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined), object)
}

function writeAt(object: JsonObject, [step = '', ...rest]: readonly string[], value: JsonValue): JsonObject {
  const inner = object[step]
  return { ...object, [step]: rest.length === 0 ? value : writeAt(isJsonObject(inner) ? inner : {}, rest, value) }
}

import { fromBinary } from '@bufbuild/protobuf'
import { DurationSchema, TimestampSchema } from '@bufbuild/protobuf/wkt'
import { getConformanceSuite, type IncrementalTest, type IncrementalTestSuite } from '@bufbuild/cel-spec/testdata/tests.js'
import type { Type } from '@bufbuild/cel-spec/cel/expr/checked_pb.js'
import type { SimpleTest } from '@bufbuild/cel-spec/cel/expr/conformance/test/simple_pb.js'
import type { Value } from '@bufbuild/cel-spec/cel/expr/value_pb.js'
import { celType, createEnvironment, formatType, libraries, type CelEnvironment, type CelLibrary, type CelType, type CelValue } from '../../../src/expression/cel/index.ts'
import { fn, method, type CelOverload } from '../../../src/expression/cel/library.ts'
import { makeStrings } from '../../../src/expression/cel/libraries/strings/index.ts'
import type { CelNode } from '../../../src/expression/cel/syntax/ast.ts'
import { mapFromEntries } from '../../../src/expression/cel/values/map.ts'
import { CelBytes, CelDuration, CelTimestamp, CelTypeValue, CelUint, failure } from '../../../src/expression/cel/values/value.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import type { JsonValue } from '../../../src/model/json.ts'
import { toAnswer } from '../cel-answer.ts'
import { judge } from '../compare.ts'
import type { Suite } from '../suite.ts'

const { standard, optionals, bindings, comprehensions, encoders, lists, math, regex, sets } = libraries

/** The conformance tests' own `cel.block([a, b], e)`, in which `cel.index(0)` is a. */
const block: CelLibrary = {
  name: 'block',
  summary: 'cel.block of the conformance tests',
  functions: [],
  macros: [
    {
      name: 'block', isReceiver: true, argumentCount: 2,
      expand: ({ args: [slots, body], position }) => (slots?.kind !== 'list' ? undefined : slots.elements.reduceRight<CelNode>(
        (inner, { value }, index) => ({ kind: 'bind', name: `@index${index}`, value, body: inner, position }), body as CelNode)),
    },
    indexed('index', (...numbers) => `@index${numbers.join(':')}`),
    indexed('iterVar', (...numbers) => `@it:${numbers.join(':')}`),
    indexed('accuVar', (...numbers) => `@ac:${numbers.join(':')}`),
  ],
}

function indexed(name: string, toName: (...numbers: readonly string[]) => string) {
  return {
    name, isReceiver: true, argumentCount: 'any' as const,
    expand: ({ args, position }: { args: readonly CelNode[]; position: number }): CelNode =>
      ({ kind: 'ident', name: toName(...args.map((arg) => (arg.kind === 'literal' ? String(arg.value) : ''))), position }),
  }
}

const environment = createEnvironment({
  libraries: [standard, optionals, bindings, comprehensions, encoders, lists, math, regex, sets, makeStrings(4), block], foldConstants: false,
})

/** Cases about protobuf messages have no meaning here: Kubernetes has none. */
const protobufGroups = /^(?:dynamic|enums|proto2|proto2_ext|proto3|wrappers)\//
const protobufWords = /TestAllTypes|google\.protobuf\.(?!Timestamp|Duration)|google\.protobuf\.\w+\s*\{|conformance\.proto|NestedEnum|GlobalEnum|protobuf\.Any/

function isAboutMessages(id: string, test: SimpleTest): boolean {
  const text = JSON.stringify(test, (key, value: unknown) => (key === '$typeName' || typeof value === 'bigint' ? undefined : value))
  const isWrapper = text.includes('"wrapper"')
  return protobufGroups.test(id) || isWrapper || protobufWords.test(text.replace(/type\.googleapis\.com\/google\.protobuf\.(?:Timestamp|Duration)/g, ''))
}

function* cases(suite: IncrementalTestSuite, path = ''): Iterable<{ id: string; test: IncrementalTest }> {
  const seen = new Map<string, number>()
  for (const test of suite.tests) {
    const count = (seen.get(test.name) ?? 0) + 1
    seen.set(test.name, count)
    yield { id: `${path}${test.name}${count > 1 ? `#${count}` : ''}`, test }
  }
  for (const inner of suite.suites) yield* cases(inner, `${path}${inner.name}/`)
}

function toType(type: Type | undefined): CelType {
  const kind = type?.typeKind
  switch (kind?.case) {
    case 'null': return celType.null
    case 'primitive': return [celType.dyn, celType.bool, celType.int, celType.uint, celType.double, celType.string, celType.bytes][kind.value] as CelType
    case 'wellKnown': return [celType.dyn, celType.dyn, celType.timestamp, celType.duration][kind.value] as CelType
    case 'listType': return celType.list(toType(kind.value.elemType))
    case 'mapType': return celType.map(toType(kind.value.keyType), toType(kind.value.valueType))
    case 'typeParam': return celType.parameter(kind.value)
    case 'type': return kind.value.typeKind.case === undefined ? celType.type() : celType.type(toType(kind.value))
    case 'abstractType': return celType.opaque(kind.value.name, ...kind.value.parameterTypes.map(toType))
    default: return celType.dyn
  }
}

const scalarNames: readonly CelType[] = [
  celType.bool, celType.int, celType.uint, celType.double, celType.string, celType.bytes, celType.null, celType.type(), celType.duration, celType.timestamp,
  celType.list(celType.dyn), celType.map(celType.dyn, celType.dyn), celType.optional(celType.dyn),
]

function toValue({ kind }: Value): CelValue {
  switch (kind.case) {
    case 'nullValue': return null
    case 'uint64Value': return new CelUint(kind.value)
    case 'bytesValue': return new CelBytes(kind.value)
    case 'listValue': return kind.value.values.map(toValue)
    case 'mapValue': return mapFromEntries(kind.value.entries.map(({ key, value }) => [toValue(key as Value), toValue(value as Value)]))
    case 'typeValue': return new CelTypeValue(scalarNames.find(({ name }) => name === kind.value) ?? celType.object(kind.value))
    case 'objectValue': return toTime(kind.value)
    case 'boolValue': case 'int64Value': case 'doubleValue': case 'stringValue': return kind.value
    default: throw new Error(`a value of kind ${kind.case}`)
  }
}

function toTime({ typeUrl, value }: { typeUrl: string; value: Uint8Array }): CelValue {
  const schema = typeUrl.endsWith('Duration') ? DurationSchema : TimestampSchema
  const { seconds, nanos } = fromBinary(schema, value)
  const nanoseconds = seconds * 1_000_000_000n + BigInt(nanos)
  return schema === DurationSchema ? new CelDuration(nanoseconds) : new CelTimestamp(nanoseconds)
}

/** Functions that a case declares and nobody implements. */
function declaredFunctions(test: SimpleTest): CelOverload[] {
  return test.typeEnv.flatMap(({ name, declKind }) => (declKind.case !== 'function' ? [] : declKind.value.overloads.map((overload) => {
    const make = overload.isInstanceFunction ? method : fn
    return make(name, overload.params.map(toType) as [CelType], toType(overload.resultType) as CelType<CelValue>, () => { throw failure('unbound function') })
  })))
}

function environmentOf(test: SimpleTest): CelEnvironment {
  const declared = test.typeEnv.flatMap(({ name, declKind }) => (declKind.case === 'ident' ? [[name, toType(declKind.value.type)] as const] : []))
  const bound = Object.keys(test.bindings).map((name) => [name, celType.dyn] as const)
  const functions = declaredFunctions(test)
  return environment.extend({
    container: test.container,
    variables: { ...Object.fromEntries(bound), ...Object.fromEntries(declared) },
    ...(functions.length === 0 ? {} : { libraries: [{ name: 'declared', summary: '', functions }] }),
  })
}

/** Types are compared by name: those of values by the name at run time, so `type(x)` of a list is `list`. */
function answerOf(value: CelValue): JsonValue {
  return value instanceof CelTypeValue ? { $type: value.represents.name } : toAnswer(value) as JsonValue
}

function evaluate(test: SimpleTest): JsonValue {
  const compiled = environmentOf(test).compile(test.expr, { isUnchecked: test.disableCheck })
  const isErrorWanted = test.resultMatcher.case === 'evalError' || test.resultMatcher.case === 'anyEvalErrors'
  if (!compiled.ok) return isErrorWanted ? 'error' : `compile error: ${compiled.problems[0].message}`
  if (test.checkOnly) return { type: formatType(compiled.type) }
  const values = Object.fromEntries(Object.entries(test.bindings).map(([name, bound]) => [name, bound.kind.case === 'value' ? toValue(bound.kind.value) : null]))
  try {
    const value = answerOf(compiled.program.evaluate(values))
    return test.resultMatcher.case === 'typedResult' ? { type: formatType(compiled.type), value } : value
  } catch (error) {
    if (error instanceof EvaluationError) return isErrorWanted ? 'error' : `evaluation error: ${error.message}`
    throw error
  }
}

function expectation({ resultMatcher, checkOnly }: SimpleTest): JsonValue {
  switch (resultMatcher.case) {
    case 'value': return answerOf(toValue(resultMatcher.value))
    case 'typedResult': {
      const type = formatType(toType(resultMatcher.value.deducedType))
      return checkOnly ? { type } : { type, value: answerOf(toValue(resultMatcher.value.result as Value)) }
    }
    case undefined: return true
    default: return 'error'
  }
}

/** CEL's public conformance tests, except for those about protobuf messages. */
export const celSpec: Suite = {
  name: 'cel-spec',
  *run() {
    for (const { id, test } of cases(getConformanceSuite())) {
      if (isAboutMessages(id, test.original)) continue
      const result = judge(id, expectation(test.original), () => evaluate(test.original))
      yield result.ok ? result : { ...result, detail: `${test.original.expr}\n    ${result.detail ?? ''}` }
    }
  },
}

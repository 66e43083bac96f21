// Kyverno: pkg/cel/policies/gpol/{compiler/policy.go,engine/engine.go}
import type { CallContext, Program } from '../../expression/cel/index.ts'
import type { CelGeneration, GeneratingPolicy } from '../../model/cel-policy.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { Resource } from '../../model/resource.ts'
import { toPlain } from '../../values/numbers.ts'
import { attempt } from '../attempt.ts'
import { failToEvaluate } from '../rules/outcome.ts'
import { nothingHappened, type CompiledPolicy, type StepEvaluator, type StepInput } from '../step.ts'
import { evaluateAnnotations } from './audit-annotations.ts'
import { makeCelResult, type CelOutcome } from './cel-result.ts'
import type { CelRun } from './cel-run.ts'
import { conditionsHold } from './conditions.ts'
import { expectedTypes, type ExpressionCompiler } from './expression-compiler.ts'
import { compileTemplate, renderTemplate, type CompiledTemplate } from './generation-template.ts'
import { applyExceptions, compileCore, matchSubject, startRun, type CelCore, type CelTools } from './kyverno-policy.ts'

type CompiledGeneration = { readonly program: Program; readonly template?: undefined } | { readonly program?: undefined; readonly template: CompiledTemplate }

/** Prepares a GeneratingPolicy. */
export function compileGeneratingPolicy(policy: GeneratingPolicy, tools: CelTools): CompiledPolicy {
  const { core, compiler, problems } = compileCore(policy, tools, { profile: 'generating', ruleType: 'generate' })
  const generations = policy.generations.flatMap((generation, index) => compileGeneration(compiler, generation, index))
  const found = problems()
  if (found.length > 0) return { policy, problems: found, steps: {} }
  const generateCel: StepEvaluator = (input) => {
    const outcome = evaluate(core, generations, input)
    return outcome === undefined ? nothingHappened : { results: [makeCelResult(core.frame, outcome, input)] }
  }
  return { policy, problems: found, steps: { generateCel } }
}

function compileGeneration(compiler: ExpressionCompiler, generation: CelGeneration, index: number): readonly CompiledGeneration[] {
  if (generation.kind === 'template') {
    const template = compileTemplate(compiler, generation, ['spec', 'generate', index, 'template', 'value'])
    return template === undefined ? [] : [{ template }]
  }
  const program = compiler.compile(generation.expression, ['spec', 'generate', index, 'expression'], expectedTypes.bool)
  return program === undefined ? [] : [{ program }]
}

const evaluated = { status: 'pass', message: 'policy evaluated successfully' } as const

function evaluate(core: CelCore, generations: readonly CompiledGeneration[], input: StepInput): CelOutcome | undefined {
  const subject = matchSubject(core, input)
  if (subject === undefined) return undefined
  const rule = core.frame.policy.name
  const made: Resource[] = []
  const generate: CallContext['generate'] = (namespace, objects) => {
    for (const object of objects) made.push(toResource(object, namespace))
  }
  const run = startRun(subject, input, { isUnlimited: core.tools.version !== '1.18', context: { generate } })
  const result = attempt((): CelOutcome | undefined => {
    const exemption = applyExceptions(run, core, { ignoreErrors: false })
    if (exemption.outcome !== undefined) return { ...exemption.outcome, rule: 'exception' }
    // 1.18 reports success of what it was not asked to generate.
    if (!conditionsHold(run, core.conditions)) return core.tools.version === '1.18' ? { ...evaluated, rule, generated: [] } : undefined
    run.bindVariables(core.variables, ({ program }) => run.evaluate(program))
    for (const generation of generations) runGeneration(run, generation, { namespace: core.namespace ?? '', generate })
    return { ...evaluated, rule, properties: evaluateAnnotations(run, core.annotations), generated: made }
  })
  return result.error === undefined ? result.value : { ...failToEvaluate('failed to evaluate policy', result.error), rule, place: ['spec', 'generate'] }
}

interface Sink { readonly namespace: string; readonly generate: NonNullable<CallContext['generate']> }

/** An expression generates by what it calls; that it is false means nothing. */
function runGeneration(run: CelRun, { program, template }: CompiledGeneration, { namespace, generate }: Sink): void {
  if (program !== undefined) run.evaluate(program)
  else for (const object of renderTemplate(run, template, namespace)) generate(namespaceOf(object), [object])
}

function namespaceOf(object: JsonObject): string {
  const metadata = object['metadata']
  return isJsonObject(metadata) && typeof metadata['namespace'] === 'string' ? metadata['namespace'] : ''
}

/** The namespace replaces whatever the object says; none leaves none. */
function toResource(written: JsonObject, namespace: string): Resource {
  const plain = toPlain(written) as JsonObject
  const { namespace: _namespace, ...metadata } = isJsonObject(plain['metadata']) ? plain['metadata'] : {}
  const object: JsonObject = { ...plain, metadata: namespace === '' ? metadata : { ...metadata, namespace } }
  const apiVersion = typeof object['apiVersion'] === 'string' ? object['apiVersion'] : ''
  const slash = apiVersion.indexOf('/')
  return {
    object, locate: () => undefined,
    id: {
      group: slash < 0 ? '' : apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1), kind: typeof object['kind'] === 'string' ? object['kind'] : '',
      name: typeof metadata['name'] === 'string' ? metadata['name'] : '', ...(namespace === '' ? {} : { namespace }),
    },
  }
}

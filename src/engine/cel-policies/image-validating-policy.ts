// Kyverno: pkg/image/verification/evaluator/policy.go, pkg/cel/policies/ivpol/engine/engine.go, pkg/cel/compiler/images.go
import { celType, isList, LazyMessage, type CelValue, type Program } from '../../expression/cel/index.ts'
import type { ImageValidatingPolicy } from '../../model/cel-policy.ts'
import { EvaluationError, type Problem } from '../../model/errors.ts'
import type { Lookups } from '../../model/lookups.ts'
import type { Resource } from '../../model/resource.ts'
import { computeCelPolicies } from '../../policy/index.ts'
import { ImageNameError, parseContainerImage } from '../../values/container-image.ts'
import { attempt } from '../attempt.ts'
import { fail, failToEvaluate, pass, skip } from '../rules/outcome.ts'
import { nothingHappened, type CompiledPolicy, type StepInput, type StepOutcome } from '../step.ts'
import { TriggerState } from '../trigger-state.ts'
import { compileAttestors, type CompiledAttestor } from './attestors.ts'
import { evaluateAnnotations } from './audit-annotations.ts'
import { makeCelResult, type CelOutcome } from './cel-result.ts'
import type { CelRun } from './cel-run.ts'
import { isPayload, toCelSubject } from './cel-subject.ts'
import { conditionsHold } from './conditions.ts'
import { keyOf } from './exceptions.ts'
import { expectedTypes, ExpressionCompiler } from './expression-compiler.ts'
import { compileImageReferences, type ImageMatcher } from './image-references.ts'
import { createImageVerifier, type Verifications } from './image-verifier.ts'
import { compileCore, firstProblems, matchSubject, startRunWith, type CelCore, type CelTools } from './kyverno-policy.ts'
import { createMentionFinder, type FindMentioned } from './mentioned-paths.ts'
import { pinImages } from './pin-images.ts'
import { forKyverno } from './request-variables.ts'
import { compileValidations, evaluateValidations, type CompiledValidation } from './validations.ts'

interface Compiled {
  readonly policy: ImageValidatingPolicy
  readonly core: CelCore
  readonly extractors: readonly { readonly name: string; readonly program: Program }[]
  readonly matchesImage: ImageMatcher
  readonly attestors: readonly CompiledAttestor[]
  readonly validations: readonly CompiledValidation[]
  readonly findMentioned: FindMentioned
  readonly problems: readonly Problem[]
}

/** Prepares an ImageValidatingPolicy, with what autogen makes of it. */
export function compileImageValidatingPolicy(policy: ImageValidatingPolicy, tools: CelTools): CompiledPolicy {
  const generated = policy.mode === 'Kubernetes' ? computeCelPolicies(policy, { isBefore119: tools.version === '1.18' }) : []
  const variants = [policy, ...generated].map((variant) => compileVariant(variant as ImageValidatingPolicy, variant === policy ? '' : ' (for Pod controllers)', tools))
  const problems = firstProblems(variants)
  if (problems.length > 0) return { policy, problems, steps: {} }
  return {
    policy, problems,
    steps: {
      pinImages: (input) => pin(variants, input),
      verifyImagesCel: (input) => {
        const found = (policy.mode === 'Kubernetes') === isPayload(input) || requestOf(input).unpinned.has(policy) ? ['unasked' as const] : variants.map((variant) => evaluateVariant(variant, input))
        requestOf(input).outcomes.set(policy, found)
        return silent
      },
      requireImages: (input) => report(policy, input),
    },
  }
}

/** What policies found out on one request: they share which images were verified. */
interface Request {
  readonly verifications: Verifications
  /** Policies that could not find out the digest of an image. */
  readonly unpinned: Set<ImageValidatingPolicy>
  readonly outcomes: Map<ImageValidatingPolicy, readonly (PendingOutcome | 'unmatched' | 'unasked')[]>
}

interface PendingOutcome {
  readonly core: CelCore
  readonly outcome: CelOutcome
  /** The images that must have been verified by then. */
  readonly required: readonly string[]
}

const requests = new WeakMap<Resource, WeakMap<Lookups, Request>>()

/** A resource that is asked about in one run is one request, whichever state a policy sees it in. Within a run answers do not change. */
function requestOf({ trigger: { resource }, environment: { lookups } }: StepInput): Request {
  let runs = requests.get(resource)
  if (runs === undefined) requests.set(resource, runs = new WeakMap())
  let request = runs.get(lookups)
  if (request === undefined) runs.set(lookups, request = { verifications: new Map(), unpinned: new Set(), outcomes: new Map() })
  return request
}

/** A policy that could not pin an image has nothing more to say: that the digest is missing would be our doing. */
function pin(variants: readonly Compiled[], input: StepInput): StepOutcome {
  for (const variant of variants) {
    const pinned = pinImages(variant, input)
    if (pinned === undefined) continue
    const { unpinned } = requestOf(input)
    if (pinned.failure === undefined) unpinned.delete(variant.policy)
    else for (const { policy } of variants) unpinned.add(policy)
    return {
      results: pinned.failure === undefined ? [] : [makeCelResult(variant.core.frame, pinned.failure, input)],
      ...(pinned.object === input.state.current?.resource.object ? {} : { object: pinned.object }),
    }
  }
  return nothingHappened
}

/** Only after all policies it is known which images none of them verified. */
function report(policy: ImageValidatingPolicy, input: StepInput): StepOutcome {
  const { outcomes, verifications } = requestOf(input)
  const found = outcomes.get(policy) ?? []
  const results = found.filter((one) => typeof one === 'object').map(({ core, outcome, required }) => {
    const image = required.find((one) => verifications.get(one) !== true)
    const failed = image === undefined ? outcome : requireVerified(image, outcome, verifications)
    return makeCelResult(core.frame, failed, input)
  })
  // A policy that would be about the resource but for its conditions does not answer.
  return results.length > 0 ? { results } : found.includes('unmatched') ? nothingHappened : silent
}

const silent: StepOutcome = { results: [], isSilent: true }

function requireVerified(image: string, { rule, properties }: CelOutcome, verifications: Verifications): CelOutcome {
  const reason = verifications.has(image) ? 'failed signature or attestation verification' : 'is not verified: no policy performed a signature or attestation check on it'
  return { ...fail(`image ${image} ${reason}`), rule, ...(properties ? { properties } : {}), place: ['spec', 'validationConfigurations'] }
}

const podSpecs: ReadonlyMap<string, string> = new Map([
  ['/v1/pods', 'spec'], ['batch/v1/cronjobs', 'spec.jobTemplate.spec.template.spec'], ['batch/v1/jobs', 'spec.template.spec'],
  ...['deployments', 'statefulsets', 'daemonsets', 'replicasets'].map((plural) => [`apps/v1/${plural}`, 'spec.template.spec'] as const),
])

const containerLists = ['containers', 'initContainers', 'ephemeralContainers']

function compileVariant(policy: ImageValidatingPolicy, remark: string, tools: CelTools): Compiled {
  const { core, compiler, problems } = compileCore(policy, tools, { profile: 'imageValidating', ruleType: 'verifyImages', remark })
  const { list, map, string, dyn } = celType
  const extractors = policy.images.flatMap(({ name, expression }, index) => {
    const program = compiler.compile(expression, ['spec', 'images', index, 'expression'], expectedTypes.images)
    return program === undefined ? [] : [{ name, program }]
  })
  compiler.introduce({ images: map(string, list(string)), attestors: dyn, attestations: map(string, string) })
  const attestors = compileAttestors(policy, compiler)
  const validations = compileValidations(compiler, policy.validations)
  const references = new ExpressionCompiler(tools.findEnvironment('matchImage'), policy)
  const matchesImage = compileImageReferences(references, policy.matchImageReferences)
  return { policy, core, extractors, matchesImage, attestors, validations, findMentioned: createMentionFinder(policy.variables), problems: [...problems(), ...references.problems] }
}

function evaluateVariant(compiled: Compiled, given: StepInput): PendingOutcome | 'unmatched' | 'unasked' {
  const { trigger, state, environment } = given
  const { core, policy } = compiled
  // The command line verifies what was given, whatever mutations made of it.
  const input: StepInput = { trigger, environment, state: environment.semantics === 'cli' ? TriggerState.start(trigger, environment.semantics) : state }
  const subject = isPayload(input) ? toCelSubject(input.state, core.tools.kinds, environment.semantics) : matchSubject(core, input)
  if (subject === undefined) return 'unmatched'
  const { verifications } = requestOf(given)
  const matches = (image: string): boolean => compiled.matchesImage(image, (program) => program.evaluate({ ref: image }))
  const variables = isPayload(input) ? { object: input.state.matched?.object ?? null, oldObject: null, request: null, namespaceObject: null } : forKyverno(input.state, subject, environment.semantics)
  const run = startRunWith(variables, environment.lookups, { context: { images: createImageVerifier({ policy, lookups: environment.lookups, verifications, matches }) } })
  const result = attempt(() => evaluate(compiled, run, { input, type: subject.type, matches }))
  if (result.error === undefined) return result.value ?? 'unasked'
  return { core, required: [], outcome: { ...failToEvaluate('failed to evaluate policy', result.error), rule: 'evaluation', place: ['spec', 'validations'] } }
}

interface Evaluated { readonly input: StepInput; readonly type: string; matches(image: string): boolean }

function evaluate(compiled: Compiled, run: CelRun, { input, type, matches }: Evaluated): PendingOutcome | undefined {
  const { core, policy, validations, findMentioned } = compiled
  if (!holds(run, core.conditions, policy)) return undefined
  const exempt = core.exceptions.filter(({ conditions }) => holds(run, conditions, policy)).map(({ exception }) => keyOf(exception))
  if (exempt.length > 0) {
    return { core, required: [], outcome: { ...skip(`rule is skipped due to policy exception: ${exempt.join(', ')}`), exceptions: exempt, rule: 'exception' } }
  }
  run.bindVariables(core.variables, ({ program }) => run.evaluate(program))
  const images = extractImages(compiled, run, type).map(([name, found]) => [name, found.filter(matches)] as const)
  const matched = images.flatMap(([, found]) => found)
  const rule = policy.name
  const unpinned = policy.verifyDigest ? matched.find((image) => !hasDigest(image)) : undefined
  if (unpinned !== undefined) return { core, required: [], outcome: { ...fail(`image ${unpinned} does not have a digest`), rule, place: ['spec', 'validationConfigurations'] } }
  // The command line fetches every image before it evaluates anything.
  if (input.environment.semantics === 'cli') for (const reference of matched) input.environment.lookups.get({ kind: 'imageData', reference })
  bindImages(compiled, run, images)
  const failed = evaluateValidations(run, { validations, annotations: core.annotations, findMentioned, isBefore119: true, rule }, input.state.matched?.object)
  if (failed?.status === 'error') throw failed.error
  if (failed !== undefined) return { core, required: [], outcome: failed }
  return { core, required: policy.required ? matched : [], outcome: { ...pass('success'), rule, properties: evaluateAnnotations(run, core.annotations) } }
}

/** A condition that cannot be evaluated does not hold where the policy ignores failures. */
function holds(run: CelRun, conditions: readonly Program[], { failurePolicy }: ImageValidatingPolicy): boolean {
  const result = attempt(() => conditionsHold(run, conditions))
  if (result.error !== undefined && failurePolicy === 'Fail') throw result.error
  return result.error === undefined && result.value
}

function bindImages({ policy, attestors }: Compiled, run: CelRun, images: readonly (readonly [string, readonly string[]])[]): void {
  run.bind('images', Object.fromEntries(images))
  run.bind('attestations', Object.fromEntries(policy.attestations.map(({ name }) => [name, name])))
  run.bind('attestors', new LazyMessage('attestors', (name) => attestors.find((attestor) => attestor.name === name)?.evaluate(run)))
}

/** Containers of the kinds that Kyverno knows, and what the policy finds by itself. */
function extractImages({ extractors }: Compiled, run: CelRun, type: string): readonly (readonly [string, readonly string[]])[] {
  const place = podSpecs.get(type)
  const known = place === undefined ? [] : containerLists.map((list) => [list, readContainers(run.read('object'), [...place.split('.'), list])] as const)
  return [...known, ...extractors.map(({ name, program }) => [name, readTexts(run.evaluate(program))] as const)]
}

function readContainers(object: CelValue, path: readonly string[]): readonly string[] {
  let value: CelValue | undefined = object
  for (const step of path) value = typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as Readonly<Record<string, CelValue>>)[step] : undefined
  if (value === undefined || value === null) return []
  if (!isList(value)) throw new EvaluationError('EXPRESSION_FAILED', 'no such overload')
  return value.map((container) => {
    const image = typeof container === 'object' && container !== null && Object.hasOwn(container, 'image') ? (container as Readonly<Record<string, CelValue>>)['image'] : undefined
    if (typeof image !== 'string') throw new EvaluationError('EXPRESSION_FAILED', 'no such key: image')
    return image
  })
}

function readTexts(value: CelValue): readonly string[] {
  if (isList(value) && value.every((item) => typeof item === 'string')) return value
  throw new EvaluationError('TYPE_MISMATCH', 'the expression for images must give a list of texts')
}

function hasDigest(image: string): boolean {
  try {
    return parseContainerImage(image).digest !== ''
  } catch (error) {
    if (error instanceof ImageNameError) throw new EvaluationError('INVALID_IMAGE', `failed to parse image reference ${image}: ${error.message}`)
    throw error
  }
}

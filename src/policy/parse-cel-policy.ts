// Kyverno: api/policies.kyverno.io/v1beta1; Kubernetes: admissionregistration/v1
import type {
  CelGeneration, CelMutation, CelPolicy, CelPolicyBase, CelValidation, DeletingPolicy, EvaluationMode, GeneratingPolicy, ImageValidatingPolicy,
  MutatingPolicy, NamedExpression, ParamKind, ParamRef, ValidatingPolicy, ValidationAction,
} from '../model/cel-policy.ts'
import type { JsonObject } from '../model/json.ts'
import type { PolicyDocument } from '../model/policy-document.ts'
import type { CelPolicyKind } from '../model/policy-kind.ts'
import { parseLabelSelector } from './parse-match.ts'
import { parseMatchConstraints } from './parse-match-constraints.ts'
import { flagField, objectField, objectsField, optional, textField, textsField } from './read-fields.ts'

type FieldsOf<Policy extends CelPolicy> = Omit<Policy, keyof CelPolicyBase | 'kind'>
type PolicyOf<Kind extends CelPolicyKind, Policy = CelPolicy> = Policy extends { readonly kind: infer Own } ? Kind extends Own ? Policy : never : never

/** What each kind has beyond what all have. Accessors of Kyverno's Go types give the defaults, not its resource definitions. */
const ownFields: { readonly [Kind in CelPolicyKind]: (spec: JsonObject) => FieldsOf<PolicyOf<Kind>> } = {
  ValidatingPolicy: readValidating,
  NamespacedValidatingPolicy: readValidating,
  MutatingPolicy: readMutating,
  NamespacedMutatingPolicy: readMutating,
  GeneratingPolicy: readGenerating,
  NamespacedGeneratingPolicy: readGenerating,
  DeletingPolicy: readDeleting,
  NamespacedDeletingPolicy: readDeleting,
  ImageValidatingPolicy: readImageValidating,
  NamespacedImageValidatingPolicy: readImageValidating,
  ValidatingAdmissionPolicy: (spec) => ({ validations: readValidations(spec), ...readParamKind(spec) }),
  MutatingAdmissionPolicy: (spec) => ({ mutations: readMutations(spec), ...readParamKind(spec) }),
}

/** A policy of the CEL generation from its spec, whose schema was checked: the one written, or one that autogen made of it. */
export function parseCelPolicy(kind: CelPolicyKind, document: PolicyDocument, spec: JsonObject): CelPolicy {
  return { ...document, ...readBase(spec), kind, ...ownFields[kind](spec) } as CelPolicy
}

function readBase(spec: JsonObject): Omit<CelPolicyBase, keyof PolicyDocument> {
  return {
    spec,
    ...optional('matchConstraints', parseMatchConstraints(objectField(spec, 'matchConstraints'))),
    matchConditions: readNamedExpressions(spec, 'matchConditions'),
    variables: readNamedExpressions(spec, 'variables'),
    auditAnnotations: objectsField(spec, 'auditAnnotations')
      .map((entry) => ({ key: textField(entry, 'key') ?? '', valueExpression: textField(entry, 'valueExpression') ?? '' })),
    failurePolicy: textField(spec, 'failurePolicy') === 'Ignore' ? 'Ignore' : 'Fail',
  }
}

/** Entries with a name and an expression. */
export function readNamedExpressions(spec: JsonObject, field: string): readonly NamedExpression[] {
  return objectsField(spec, field).map((entry) => ({ name: textField(entry, 'name') ?? '', expression: textField(entry, 'expression') ?? '' }))
}

function readValidations(spec: JsonObject, field = 'validations'): readonly CelValidation[] {
  return objectsField(spec, field).map((entry) => ({
    expression: textField(entry, 'expression') ?? '',
    ...optional('message', textField(entry, 'message')),
    ...optional('messageExpression', textField(entry, 'messageExpression')),
  }))
}

/** What a binding or policy does with a violation. */
export function readValidationActions(spec: JsonObject): readonly ValidationAction[] {
  return textsField(spec, 'validationActions') as readonly ValidationAction[]
}

function readValidating(spec: JsonObject): FieldsOf<ValidatingPolicy> {
  const actions = readValidationActions(spec)
  return { validations: readValidations(spec), validationActions: actions.length === 0 ? ['Deny'] : actions, mode: readMode(spec) }
}

function readMode(spec: JsonObject): EvaluationMode {
  return (textField(objectField(spec, 'evaluation') ?? {}, 'mode') as EvaluationMode | undefined) ?? 'Kubernetes'
}

function readParamKind(spec: JsonObject): { readonly paramKind?: ParamKind } {
  const kind = objectField(spec, 'paramKind')
  return optional('paramKind', kind && { apiVersion: textField(kind, 'apiVersion') ?? '', kind: textField(kind, 'kind') ?? '' })
}

/** Kyverno drops entries whose body is not the one that their patchType names. */
function readMutations(spec: JsonObject): readonly CelMutation[] {
  return objectsField(spec, 'mutations').flatMap((entry, index) => {
    const patchType = textField(entry, 'patchType') === 'JSONPatch' ? 'JSONPatch' : 'ApplyConfiguration'
    const field = patchType === 'JSONPatch' ? 'jsonPatch' : 'applyConfiguration'
    const body = objectField(entry, field)
    return body === undefined ? [] : [{ patchType, expression: textField(body, 'expression') ?? '', path: ['mutations', index, field, 'expression'] } as const]
  })
}

function readMutating(spec: JsonObject): FieldsOf<MutatingPolicy> {
  const evaluation = objectField(spec, 'evaluation') ?? {}
  const target = objectField(spec, 'targetMatchConstraints')
  return {
    mutations: readMutations(spec),
    mode: readMode(spec),
    mutateExisting: flagField(objectField(evaluation, 'mutateExisting') ?? {}, 'enabled') ?? false,
    ...optional('targetMatchConstraints', parseMatchConstraints(target)),
    ...optional('targetExpression', textField(target ?? {}, 'expression')),
    targetMatchConditions: readNamedExpressions(spec, 'targetMatchConditions'),
    useServerSideApply: flagField(evaluation, 'useServerSideApply') ?? false,
  }
}

function readGenerating(spec: JsonObject): FieldsOf<GeneratingPolicy> {
  return {
    generations: objectsField(spec, 'generate').map((entry): CelGeneration => {
      const template = objectField(entry, 'template')
      if (template === undefined) return { kind: 'expression', expression: textField(entry, 'expression') ?? '' }
      return { kind: 'template', value: textField(template, 'value') ?? '', interpolate: textField(template, 'interpolate') === 'cel' ? 'cel' : 'none' }
    }),
  }
}

function readDeleting(spec: JsonObject): FieldsOf<DeletingPolicy> {
  return { schedule: textField(spec, 'schedule') ?? '', conditions: readNamedExpressions(spec, 'conditions') }
}

function readImageValidating(spec: JsonObject): FieldsOf<ImageValidatingPolicy> {
  const configuration = objectField(spec, 'validationConfigurations') ?? {}
  const flag = (name: string): boolean => flagField(configuration, name) ?? true
  return {
    ...readValidating(spec),
    images: readNamedExpressions(spec, 'images'),
    matchImageReferences: objectsField(spec, 'matchImageReferences')
      .map((entry) => ({ ...optional('glob', textField(entry, 'glob')), ...optional('expression', textField(entry, 'expression')) })),
    attestors: objectsField(spec, 'attestors'),
    attestations: objectsField(spec, 'attestations').map((entry) => ({
      name: textField(entry, 'name') ?? '', document: entry,
      type: textField(objectField(entry, 'intoto') ?? {}, 'type') ?? textField(objectField(entry, 'referrer') ?? {}, 'type') ?? '',
    })),
    ...optional('credentials', objectField(spec, 'credentials')),
    mutateDigest: flag('mutateDigest'), verifyDigest: flag('verifyDigest'), required: flag('required'),
  }
}

/** The `validate.cel` of a rule. */
export interface CelCheck {
  readonly validations: readonly CelValidation[]
  readonly variables: readonly NamedExpression[]
  readonly paramKind?: ParamKind
  readonly paramRef?: ParamRef
}

/** Reads the `validate.cel` of a rule. */
export function readCelCheck(cel: JsonObject): CelCheck {
  return {
    validations: readValidations(cel, 'expressions'), variables: readNamedExpressions(cel, 'variables'), ...readParamKind(cel),
    ...optional('paramRef', readParamRef(objectField(cel, 'paramRef'))),
  }
}

/** Which parameters a binding or a rule asks for. */
export function readParamRef(ref: JsonObject | undefined): ParamRef | undefined {
  if (ref === undefined) return undefined
  const action = textField(ref, 'parameterNotFoundAction')
  return {
    ...optional('name', textField(ref, 'name')),
    ...optional('namespace', textField(ref, 'namespace')),
    ...optional('selector', parseLabelSelector(objectField(ref, 'selector'))),
    ...(action === 'Allow' || action === 'Deny' ? { parameterNotFoundAction: action } : {}),
  }
}

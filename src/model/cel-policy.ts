import type { JsonObject } from './json.ts'
import type { LabelSelector } from './label-selector.ts'
import type { PolicyDocument } from './policy-document.ts'
import type { FieldPath, SourceLocation } from './source.ts'

/** An expression under a name: a variable, a match condition. */
export interface NamedExpression {
  readonly name: string
  readonly expression: string
}

/** Which requests a policy is about, as Kubernetes' `MatchResources`. */
export interface MatchConstraints {
  readonly resourceRules: readonly MatchResourceRule[]
  readonly excludeResourceRules: readonly MatchResourceRule[]
  readonly namespaceSelector?: LabelSelector
  readonly objectSelector?: LabelSelector
}

/** Each list may hold `*`. */
export interface MatchResourceRule {
  readonly apiGroups: readonly string[]
  readonly apiVersions: readonly string[]
  readonly operations: readonly string[]
  /** Plurals, with a subresource behind `/` where one is meant. */
  readonly resources: readonly string[]
  /** Exact names; empty for all. */
  readonly resourceNames: readonly string[]
  readonly scope: string
}

/** Something that must be true, and what to say where it is not. */
export interface CelValidation {
  readonly expression: string
  readonly message?: string
  readonly messageExpression?: string
}

/** A text for the audit log or the report. */
export interface CelAuditAnnotation {
  readonly key: string
  readonly valueExpression: string
}

/** What all policies made of CEL expressions have in common. */
export interface CelPolicyBase extends PolicyDocument {
  readonly spec: JsonObject
  readonly matchConstraints?: MatchConstraints
  readonly matchConditions: readonly NamedExpression[]
  readonly variables: readonly NamedExpression[]
  readonly auditAnnotations: readonly CelAuditAnnotation[]
  readonly failurePolicy: 'Fail' | 'Ignore'
}

export type ValidationAction = 'Deny' | 'Audit' | 'Warn'
export type EvaluationMode = 'Kubernetes' | 'JSON' | 'HTTP' | 'Envoy'

export interface ValidatingPolicy extends CelPolicyBase {
  readonly kind: 'ValidatingPolicy' | 'NamespacedValidatingPolicy'
  readonly validations: readonly CelValidation[]
  readonly validationActions: readonly ValidationAction[]
  readonly mode: EvaluationMode
}

export interface CelMutation {
  readonly patchType: 'ApplyConfiguration' | 'JSONPatch'
  readonly expression: string
  /** Where the expression is in the spec. */
  readonly path: FieldPath
}

export interface MutatingPolicy extends CelPolicyBase {
  readonly kind: 'MutatingPolicy' | 'NamespacedMutatingPolicy'
  readonly mutations: readonly CelMutation[]
  readonly mode: EvaluationMode
  /** Whether it changes resources that exist besides the one that triggers it. */
  readonly mutateExisting: boolean
  readonly targetMatchConstraints?: MatchConstraints
  readonly targetExpression?: string
  readonly targetMatchConditions: readonly NamedExpression[]
  /** Atomic lists and maps may be written. */
  readonly useServerSideApply: boolean
}

export type CelGeneration =
  | { readonly kind: 'expression'; readonly expression: string }
  | { readonly kind: 'template'; readonly value: string; readonly interpolate: 'none' | 'cel' }

export interface GeneratingPolicy extends CelPolicyBase {
  readonly kind: 'GeneratingPolicy' | 'NamespacedGeneratingPolicy'
  readonly generations: readonly CelGeneration[]
}

export interface DeletingPolicy extends CelPolicyBase {
  readonly kind: 'DeletingPolicy' | 'NamespacedDeletingPolicy'
  readonly schedule: string
  readonly conditions: readonly NamedExpression[]
}

export interface MatchImageReference {
  readonly glob?: string
  readonly expression?: string
}

export interface ImageValidatingPolicy extends CelPolicyBase {
  readonly kind: 'ImageValidatingPolicy' | 'NamespacedImageValidatingPolicy'
  readonly validations: readonly CelValidation[]
  readonly validationActions: readonly ValidationAction[]
  readonly mode: EvaluationMode
  readonly images: readonly NamedExpression[]
  readonly matchImageReferences: readonly MatchImageReference[]
  /** As written: who verifies reads keys, certificates and identities. */
  readonly attestors: readonly JsonObject[]
  readonly attestations: readonly { readonly name: string; readonly type: string; readonly document: JsonObject }[]
  readonly credentials?: JsonObject
  readonly mutateDigest: boolean
  readonly verifyDigest: boolean
  readonly required: boolean
}

export interface ParamKind {
  readonly apiVersion: string
  readonly kind: string
}

export interface ValidatingAdmissionPolicy extends CelPolicyBase {
  readonly kind: 'ValidatingAdmissionPolicy'
  readonly validations: readonly CelValidation[]
  readonly paramKind?: ParamKind
}

export interface MutatingAdmissionPolicy extends CelPolicyBase {
  readonly kind: 'MutatingAdmissionPolicy'
  readonly mutations: readonly CelMutation[]
  readonly paramKind?: ParamKind
}

/** Kyverno's policies in CEL. */
export type KyvernoCelPolicy = ValidatingPolicy | MutatingPolicy | GeneratingPolicy | DeletingPolicy | ImageValidatingPolicy
/** Kubernetes' own. */
export type AdmissionPolicy = ValidatingAdmissionPolicy | MutatingAdmissionPolicy
/** A policy of the CEL generation, told apart by `kind`. */
export type CelPolicy = KyvernoCelPolicy | AdmissionPolicy

/** Which parameters a binding gives to its policy. */
export interface ParamRef {
  readonly name?: string
  readonly namespace?: string
  readonly selector?: LabelSelector
  readonly parameterNotFoundAction?: 'Allow' | 'Deny'
}

/** Puts one of Kubernetes' admission policies into force. */
export interface AdmissionPolicyBinding {
  readonly kind: 'ValidatingAdmissionPolicyBinding' | 'MutatingAdmissionPolicyBinding'
  readonly name: string
  readonly policyName: string
  readonly paramRef?: ParamRef
  readonly matchResources?: MatchConstraints
  readonly validationActions: readonly ValidationAction[]
  readonly source?: SourceLocation
}

/** A PolicyException of `policies.kyverno.io`: exempts resources from policies of the CEL generation. */
export interface CelPolicyException {
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly policyRefs: readonly { readonly name: string; readonly kind: string }[]
  readonly matchConditions: readonly NamedExpression[]
  readonly images: readonly string[]
  readonly allowedValues: readonly string[]
  readonly reportResult: 'skip' | 'pass'
  readonly source?: SourceLocation
  locate(path: FieldPath): SourceLocation | undefined
}

// Fields of Kyverno's CEL kinds (api/policies.kyverno.io) and of Kubernetes' admission policies (admissionregistration.k8s.io).
import { document } from './document-schema.ts'
import { labelSelector } from './match-schemas.ts'
import { any, flag, integer, listOf, object, oneOf, text, textMap, texts, varied, type ObjectSchema, type Schema } from './schema.ts'

const namedExpressions = listOf(object({ 'name*': text, 'expression*': text }))
const auditAnnotations = listOf(object({ 'key*': text, 'valueExpression*': text }))
const validations = listOf(object({ 'expression*': text, message: text, messageExpression: text, reason: text }))
const validationActions = listOf(oneOf('Deny', 'Audit', 'Warn'))
const failurePolicy = oneOf('Ignore', 'Fail')

const resourceRules = listOf(object({
  apiGroups: texts, apiVersions: texts, operations: listOf(oneOf('CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*')), resources: texts, resourceNames: texts,
  scope: oneOf('*', 'Cluster', 'Namespaced'),
}))
const matchResources = object({
  namespaceSelector: labelSelector, objectSelector: labelSelector, resourceRules, excludeResourceRules: resourceRules,
  matchPolicy: oneOf('Exact', 'Equivalent'),
})

const enabled = object({ enabled: flag })
const podControllers = object({ controllers: texts })
const webhookConfiguration = object({ timeoutSeconds: integer, matchConditions: namedExpressions })
const mode = oneOf('Kubernetes', 'JSON', 'HTTP', 'Envoy')
const expression = object({ expression: text })
const valueOrExpression = object({ value: text, expression: text })

const common = { matchConstraints: matchResources, matchConditions: namedExpressions, variables: namedExpressions }
const mutations = listOf(object({ 'patchType*': oneOf('ApplyConfiguration', 'JSONPatch'), applyConfiguration: expression, jsonPatch: expression }))

export const validatingPolicySchema = document(object({
  ...common, validations, auditAnnotations, failurePolicy, validationActions, webhookConfiguration,
  evaluation: object({ mode, admission: enabled, background: enabled }),
  autogen: object({ podControllers, validatingAdmissionPolicy: enabled }),
}))

export const mutatingPolicySchema = document(object({
  ...common, auditAnnotations, failurePolicy, webhookConfiguration, mutations, reinvocationPolicy: oneOf('Never', 'IfNeeded'),
  targetMatchConstraints: varied(matchResources, [], { expression: text }), targetMatchConditions: namedExpressions,
  evaluation: object({ mode, admission: enabled, background: enabled, mutateExisting: enabled, skipBackgroundRequests: flag, useServerSideApply: flag }),
  autogen: object({ podControllers, mutatingAdmissionPolicy: enabled }),
}))

export const generatingPolicySchema = document(object({
  ...common, auditAnnotations, webhookConfiguration, useServerSideApply: flag,
  'generate*': listOf(object({ expression: text, template: object({ 'value*': text, interpolate: oneOf('none', 'cel') }) },
    { names: ['expression', 'template'], atLeastOne: true })),
  evaluation: object({
    admission: enabled, generateExisting: enabled, synchronize: enabled, orphanDownstreamOnPolicyDelete: enabled, skipBackgroundRequests: flag,
  }),
}))

export const deletingPolicySchema = document(object({
  matchConstraints: matchResources, conditions: namedExpressions, variables: namedExpressions, 'schedule*': text,
  deletionPropagationPolicy: oneOf('Foreground', 'Background', 'Orphan'),
}))

const cosign = object({
  annotations: textMap, certificate: object({ cert: valueOrExpression, certChain: valueOrExpression }), trustedRoot: valueOrExpression,
  ctlog: object({ url: text, rekorPubKey: text, ctLogPubKey: text, tsaCertChain: text, insecureIgnoreTlog: flag, insecureIgnoreSCT: flag }),
  key: object({ data: text, kms: text, hashAlgorithm: text, expression: text }),
  keyless: object({
    'identities*': listOf(object({ issuer: text, subject: text, issuerRegExp: text, subjectRegExp: text, subjectExpression: text })), roots: text,
    additionalExtensions: textMap,
  }),
  source: object({ repository: text, PullSecrets: listOf(object({ name: text })), tagPrefix: text }),
  tuf: object({ root: object({ data: text, path: text }), mirror: text }),
})

export const imageValidatingPolicySchema = document(object({
  ...common, 'validations*': validations, auditAnnotations, failurePolicy, validationActions, webhookConfiguration, images: namedExpressions,
  evaluation: object({ mode, admission: enabled, background: enabled }),
  autogen: object({ podControllers }),
  attestations: listOf(object({ 'name*': text, intoto: object({ 'type*': text }), referrer: object({ 'type*': text }) })),
  'attestors*': listOf(object({ 'name*': text, cosign, notary: object({ certs: valueOrExpression, tsaCerts: valueOrExpression }) })),
  credentials: object({ allowInsecureRegistry: flag, providers: listOf(oneOf('default', 'amazon', 'azure', 'google', 'github')), secrets: texts }),
  matchImageReferences: listOf(object({ glob: text, expression: text })),
  validationConfigurations: object({ mutateDigest: flag, required: flag, verifyDigest: flag }),
}))

export const celExceptionSchema = document(object({
  allowedValues: texts, evaluationMode: text, expiresAt: text, images: texts, matchConditions: namedExpressions,
  'policyRefs*': listOf(object({ 'kind*': text, 'name*': text })), properties: textMap, reportResult: oneOf('skip', 'pass'),
}))

const paramKind = object({ apiVersion: text, kind: text })

export const validatingAdmissionPolicySchema = document(object({
  ...common, validations, auditAnnotations, failurePolicy, paramKind,
}))

export const mutatingAdmissionPolicySchema = document(object({
  ...common, mutations, failurePolicy, paramKind, reinvocationPolicy: oneOf('Never', 'IfNeeded'),
}))

function bindingSchema(more: Readonly<Record<string, Schema>>): ObjectSchema {
  return document(object({
    policyName: text, matchResources, ...more,
    paramRef: object({ name: text, namespace: text, parameterNotFoundAction: oneOf('Allow', 'Deny'), selector: labelSelector }),
  }))
}

export const validatingAdmissionPolicyBindingSchema = bindingSchema({ validationActions })
export const mutatingAdmissionPolicyBindingSchema = bindingSchema({ status: any })

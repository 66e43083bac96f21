// Fields of Kyverno's rule bodies (api/kyverno/v1/rule_types.go, common_types.go, image_verification_types.go; api/kyverno/v2beta1).
import { anyAllConditions, currentConditions, looseConditions } from './condition-schemas.ts'
import { contextEntries, registryCredentials } from './context-schema.ts'
import { labelSelector } from './match-schemas.ts'
import { any, decodedLater, flag, lazy, listOf, mapOf, object, oneOf, text, textMap, texts, varied, type Schema } from './schema.ts'

const anyCaseAction = oneOf('audit', 'enforce', 'Audit', 'Enforce')
export const failureActionOverrides = listOf(object({ action: anyCaseAction, namespaces: texts, namespaceSelector: labelSelector }))
export { anyCaseAction }

const controlNames = ['HostProcess', 'Host Namespaces', 'Privileged Containers', 'Capabilities', 'HostPath Volumes', 'Host Ports', 'AppArmor',
  'SELinux', '/proc Mount Type', 'Seccomp', 'Sysctls', 'Volume Types', 'Privilege Escalation', 'Running as Non-root', 'Running as Non-root user']
export const podSecurityExclude = listOf(object({ 'controlName*': oneOf(...controlNames), images: texts, restrictedField: text, values: texts }))
const podSecurityVersions = [...Array.from({ length: 14 }, (_, index) => `v1.${19 + index}`), 'latest']

const ctlog = object({ ignoreSCT: flag, pubkey: text, tsaCertChain: text })
const rekor = object({ ignoreTlog: flag, pubkey: text, url: text })
const attestors: Schema = listOf(object({
  count: { type: 'integer', minimum: 1 },
  entries: listOf(object({
    annotations: textMap, repository: text, signatureAlgorithm: text, attestor: any,
    certificates: object({ cert: text, certChain: text, ctlog, rekor }),
    keyless: object({ additionalExtensions: textMap, ctlog, rekor, issuer: text, issuerRegExp: text, roots: text, subject: text, subjectRegExp: text }),
    keys: object({ ctlog, rekor, kms: text, publicKeys: text, signatureAlgorithm: text, secret: object({ 'name*': text, 'namespace*': text }) }),
  })),
}))

const manifests = object({
  annotationDomain: text, attestors, repository: text, dryRun: object({ enable: flag, namespace: text }),
  ignoreFields: listOf(object({ fields: texts, objects: listOf(object({ group: text, kind: text, name: text, namespace: text, version: text })) })),
})

export const cel = object({
  generate: flag,
  expressions: listOf(object({ 'expression*': text, message: text, messageExpression: text, reason: text })),
  paramKind: object({ apiVersion: text, kind: text }),
  paramRef: object({ name: text, namespace: text, parameterNotFoundAction: text, selector: labelSelector }),
  auditAnnotations: listOf(object({ 'key*': text, 'valueExpression*': text })),
  variables: listOf(object({ 'name*': text, 'expression*': text })),
})

function validateSchema(conditions: Schema) {
  const deny = object({ conditions })
  const foreach: Schema = listOf(object({
    list: text, elementScope: flag, context: contextEntries, preconditions: anyAllConditions, pattern: any, anyPattern: any, deny,
    foreach: lazy(() => decodedLater(foreach)),
  }))
  return object({
    failureAction: oneOf('Audit', 'Enforce'), failureActionOverrides, message: text, manifests, foreach, pattern: any, anyPattern: any, deny,
    podSecurity: object({ level: oneOf('privileged', 'baseline', 'restricted'), version: oneOf(...podSecurityVersions), exclude: podSecurityExclude }),
    cel, assert: any, allowExistingViolations: flag,
  })
}

export const validate = validateSchema(looseConditions)
export const validateV2 = varied(validateSchema(currentConditions), ['allowExistingViolations'])

function mutateForeach(): Schema {
  return listOf(object({
    list: text, order: oneOf('Ascending', 'Descending'), context: contextEntries, preconditions: anyAllConditions, patchStrategicMerge: any,
    patchesJson6902: text, foreach: lazy(() => decodedLater(mutateForeach())),
  }))
}

export const mutate = object({
  mutateExistingOnPolicyUpdate: flag, patchStrategicMerge: any, patchesJson6902: text, foreach: mutateForeach(),
  targets: listOf(object({
    apiVersion: text, kind: text, name: text, namespace: text, uid: text, selector: labelSelector, context: contextEntries, preconditions: looseConditions,
  })),
})

const generatePattern = object({
  apiVersion: text, kind: text, name: text, namespace: text, uid: text, data: any, clone: object({ name: text, namespace: text }),
  cloneList: object({ kinds: texts, namespace: text, selector: labelSelector }),
})
export const generate = varied(generatePattern, [], {
  generateExisting: flag, synchronize: flag, orphanDownstreamOnPolicyDelete: flag,
  foreach: listOf(varied(generatePattern, [], { list: text, context: contextEntries, preconditions: anyAllConditions })),
})

export const imageExtractors = mapOf(listOf(object({ 'path*': text, value: text, name: text, key: text, jmesPath: text })))

function verifyImagesSchema(conditions: Schema) {
  return object({
    failureAction: oneOf('Audit', 'Enforce'), type: oneOf('Cosign', 'SigstoreBundle', 'Notary'), imageReferences: texts, skipImageReferences: texts,
    attestors, repository: text, mutateDigest: flag, verifyDigest: flag, required: flag, useCache: flag, imageRegistryCredentials: registryCredentials,
    attestations: listOf(object({ name: text, predicateType: text, type: text, attestors, conditions: listOf(anyAllConditions) })),
    validate: object({ message: text, deny: object({ conditions }) }),
    additionalExtensions: textMap, annotations: textMap, cosignOCI11: flag, image: text, issuer: text, key: text, roots: text, subject: text,
  })
}

const deprecatedImageFields = ['additionalExtensions', 'annotations', 'cosignOCI11', 'image', 'issuer', 'key', 'roots', 'subject']
export const verifyImages = listOf(verifyImagesSchema(looseConditions))
export const verifyImagesV2 = listOf(varied(verifyImagesSchema(currentConditions), deprecatedImageFields))

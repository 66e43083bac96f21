// Kyverno: pkg/cel/compiler/env.go and the compilers of pkg/cel/policies; apiserver: pkg/cel/environment/base.go
import {
  admissionVariables, celType, createEnvironment, libraries, namespacedGenerator, namespacedResource, type CelEnvironment, type CelLibrary, type CelMessageType,
} from '../../expression/cel/index.ts'
import { EvaluationError } from '../../model/errors.ts'

/** The releases whose answers differ: what 1.19 changed can be had as before. */
export type KyvernoVersion = '1.18' | '1.19'

/** What an expression is part of: each has other libraries. */
export type Profile = 'validating' | 'mutating' | 'generating' | 'deleting' | 'imageValidating' | 'matchImage' | 'admission'

/** Finds the environment of a profile; that of a namespace sees the resources of the namespace only. */
export type FindEnvironment = (profile: Profile, namespace?: string) => CelEnvironment

const { list, object, string } = celType

/** What every environment of Kubernetes has. */
const base: readonly CelLibrary[] = [
  libraries.standard, libraries.optionals, libraries.lists, libraries.sets, libraries.strings, libraries.kubernetesLists, libraries.kubernetesRegex,
  libraries.quantity, libraries.semver, libraries.ip, libraries.cidr, libraries.url, libraries.format,
]

const exceptionsType: CelMessageType = {
  name: 'libs.Exception',
  field: (name) => (name === 'allowedImages' || name === 'allowedValues' ? list(string) : undefined),
}

/** Makes environments when they are asked for, each once. */
export function createEnvironments(version: KyvernoVersion): FindEnvironment {
  const known = new Map<string, CelEnvironment>()
  return (profile, namespace = '') => {
    const key = `${profile}\n${namespace}`
    let environment = known.get(key)
    if (environment === undefined) known.set(key, environment = makeEnvironment(profile, namespace, version))
    return environment
  }
}

function makeEnvironment(profile: Profile, namespace: string, version: KyvernoVersion): CelEnvironment {
  if (profile === 'admission') return makeAdmissionEnvironment(version)
  if (profile === 'matchImage') {
    return createEnvironment({ libraries: [...base, ...extensions(version), libraries.image], homogeneousLiterals: true, variables: { ref: string } })
  }
  // Kubernetes' own environment also checks literals and knows comprehensions with two variables; the others are plain ones of cel-go.
  const isPlain = version === '1.19' && (profile === 'generating' || profile === 'deleting')
  const orValue = version === '1.18' ? libraries.dynamicOrValue : libraries.lenientOrValue
  return createEnvironment({
    libraries: [
      libraries.kyvernoAdmission, ...(profile === 'imageValidating' && version === '1.19' ? [] : [orValue]), ...base,
      ...(isPlain ? [] : [libraries.comprehensions]), ...extensions(version), ...kyvernoLibraries(profile, namespace),
    ],
    homogeneousLiterals: profile !== 'generating' || version === '1.18',
    checkLiterals: !isPlain,
    quotedFields: version !== '1.18',
    variables: { ...admissionVariables, ...(profile === 'imageValidating' ? {} : { exceptions: object(exceptionsType.name) }) },
    findMessageType: (name) => (name === exceptionsType.name ? exceptionsType : undefined),
  })
}

/** What Kyverno adds of cel-go. Release 1.18 was built with an older one. */
function extensions(version: KyvernoVersion): readonly CelLibrary[] {
  const { encoders, math, regex, bindings } = libraries
  if (version !== '1.18') return [encoders, math, regex, bindings]
  return [{ ...encoders, functions: encoders.functions.filter(({ name }) => name !== 'json.encode') }, math, bindings]
}

function kyvernoLibraries(profile: Profile, namespace: string): readonly CelLibrary[] {
  const isNamespaced = namespace !== ''
  return [
    libraries.image, libraries.imageData, libraries.documents, libraries.hash, libraries.rounding, libraries.randomText, libraries.time, libraries.transform,
    libraries.globalContext, isNamespaced ? namespacedResource(namespace) : libraries.resource, isNamespaced ? refuseHttp() : libraries.http,
    ...(profile === 'generating' || profile === 'deleting' ? [] : [libraries.user]),
    ...(profile === 'imageValidating' ? [libraries.imageVerification] : [libraries.x509]),
    ...(profile === 'mutating' ? [libraries.mutation] : []),
    ...(profile === 'generating' ? [isNamespaced ? namespacedGenerator(namespace) : libraries.generator] : []),
  ]
}

/** Kyverno lets policies of a namespace call no services unless its operator is told to. */
function refuseHttp(): CelLibrary {
  const refuse = (): never => {
    throw new EvaluationError('EXPRESSION_FAILED', 'http calls are not allowed in namespaced policies: set --allowHTTPInNamespacedPolicies to enable')
  }
  return { ...libraries.http, functions: libraries.http.functions.map((row) => ({ ...row, evaluate: refuse })) }
}

/** ValidatingAdmissionPolicies and the like: those of the API server, which also evaluates `validate.cel` of rules. */
function makeAdmissionEnvironment(version: KyvernoVersion): CelEnvironment {
  return createEnvironment({
    libraries: [libraries.admission, libraries.dynamicOrValue, ...base, libraries.comprehensions, libraries.mutation, libraries.authorizer],
    homogeneousLiterals: true, checkLiterals: true, quotedFields: version !== '1.18', variables: { ...admissionVariables },
  })
}

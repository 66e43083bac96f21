// apiserver: pkg/admission/plugin/cel/compile.go (BuildRequestType, BuildNamespaceType)
import type { CelLibrary, CelMessageType } from '../library.ts'
import { celType } from '../types/cel-type.ts'
import type { CelType, CelTypeKind } from '../types/type.ts'

const { bool, dyn, int, list, map, object, string, timestamp } = celType
const strings = list(string)

const fieldsByType: Readonly<Record<string, Readonly<Record<string, CelType>>>> = {
  'kubernetes.GroupVersionKind': { group: string, version: string, kind: string },
  'kubernetes.GroupVersionResource': { group: string, version: string, resource: string },
  'kubernetes.UserInfo': { username: string, uid: string, groups: strings, extra: map(string, strings) },
  'kubernetes.AdmissionRequest': {
    kind: object('kubernetes.GroupVersionKind'),
    resource: object('kubernetes.GroupVersionResource'),
    subResource: string,
    requestKind: object('kubernetes.GroupVersionKind'),
    requestResource: object('kubernetes.GroupVersionResource'),
    requestSubResource: string,
    name: string,
    namespace: string,
    operation: string,
    userInfo: object('kubernetes.UserInfo'),
    dryRun: bool,
    options: dyn,
  },
  'kubernetes.NamespaceSpec': { finalizers: strings },
  'kubernetes.NamespaceCondition': { status: string, type: string, lastTransitionTime: timestamp, message: string, reason: string },
  'kubernetes.NamespaceStatus': { conditions: list(object('kubernetes.NamespaceCondition')), phase: string },
  'kubernetes.NamespaceMetadata': {
    name: string, generateName: string, namespace: string, labels: map(string, string), annotations: map(string, string), UID: string,
    creationTimestamp: timestamp, deletionGracePeriodSeconds: int, deletionTimestamp: timestamp, generation: int, resourceVersion: string, finalizers: strings,
  },
  'kubernetes.Namespace': {
    metadata: object('kubernetes.NamespaceMetadata'), spec: object('kubernetes.NamespaceSpec'), status: object('kubernetes.NamespaceStatus'),
  },
}

/** A message type with these fields; its values are plain documents. */
export function documentType(name: string, fields: Readonly<Record<string, CelType>>): CelMessageType {
  return { name, field: (field) => (Object.hasOwn(fields, field) ? fields[field] : undefined) }
}

const messageTypes = new Map(Object.entries(fieldsByType).map(([name, fields]) => [name, documentType(name, fields)]))

/** Kyverno's request holds the objects, too. */
const kyvernoRequest = documentType('kubernetes.AdmissionRequest', { ...fieldsByType['kubernetes.AdmissionRequest'], object: dyn, oldObject: dyn })

/** The types of the variables `request` and `namespaceObject` as the API server has them. */
export const admission: CelLibrary = {
  name: 'admission',
  summary: 'Types of the admission request and of the Namespace',
  functions: [],
  findMessageType: (name) => messageTypes.get(name),
}

/** The same as Kyverno's policies have them. */
export const kyvernoAdmission: CelLibrary = {
  ...admission,
  findMessageType: (name) => (name === kyvernoRequest.name ? kyvernoRequest : messageTypes.get(name)),
}

/** Types of the variables that an admission request provides. */
export const admissionVariables = {
  object: dyn,
  oldObject: dyn,
  request: object('kubernetes.AdmissionRequest'),
  namespaceObject: object('kubernetes.Namespace'),
} as const satisfies Record<string, CelType>

const scalarKinds: ReadonlySet<CelTypeKind> = new Set(['bool', 'bytes', 'double', 'duration', 'int', 'null', 'string', 'timestamp', 'uint'])

/** The type that the API server gives a composed variable: it knows scalars, lists and maps, and makes everything else dyn (composition.go). */
export function toDeclaredType(type: CelType): CelType {
  const [first = dyn, second = dyn] = type.parameters
  if (type.kind === 'list') return celType.list(toDeclaredType(first))
  if (type.kind === 'map') return celType.map(toDeclaredType(first), toDeclaredType(second))
  return scalarKinds.has(type.kind) ? type : dyn
}

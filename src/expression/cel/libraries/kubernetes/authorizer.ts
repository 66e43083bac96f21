// apiserver: pkg/cel/library/authz.go
import { isJsonObject, type JsonObject } from '../../../../model/json.ts'
import { method, type CallContext, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { CelOpaque, failure, type CelValue } from '../../values/value.ts'

const { bool, string } = celType

/** Whom the question is about. */
export interface Asker {
  readonly username: string
  readonly uid: string
  readonly groups: readonly string[]
  readonly extra: Readonly<Record<string, readonly string[]>>
}

abstract class AuthorizerPart extends CelOpaque {
  equals(other: CelValue): boolean {
    return this === other
  }

  toJson(): JsonObject {
    return {}
  }
}

/** A part of a question, and whom it is about. */
abstract class QuestionPart extends AuthorizerPart {
  readonly asker: Asker

  constructor(asker: Asker) {
    super()
    this.asker = asker
  }
}

const authorizerType: CelType<Authorizer> = celType.opaque<Authorizer>('kubernetes.authorization.Authorizer')
const pathCheckType: CelType<PathCheck> = celType.opaque<PathCheck>('kubernetes.authorization.PathCheck')
const groupCheckType: CelType<GroupCheck> = celType.opaque<GroupCheck>('kubernetes.authorization.GroupCheck')
const resourceCheckType: CelType<ResourceCheck> = celType.opaque<ResourceCheck>('kubernetes.authorization.ResourceCheck')
const decisionType: CelType<Decision> = celType.opaque<Decision>('kubernetes.authorization.Decision')

/** The variable `authorizer`: asks what a user may do. */
export class Authorizer extends QuestionPart {
  readonly type: CelType = authorizerType
}

class PathCheck extends QuestionPart {
  readonly type: CelType = pathCheckType
  readonly path: string

  constructor(asker: Asker, path: string) {
    super(asker)
    this.path = path
  }
}

class GroupCheck extends QuestionPart {
  readonly type: CelType = groupCheckType
  readonly group: string

  constructor(asker: Asker, group: string) {
    super(asker)
    this.group = group
  }
}

class ResourceCheck extends QuestionPart {
  readonly type: CelType = resourceCheckType
  /** Attributes as a SubjectAccessReview has them. */
  readonly attributes: JsonObject

  constructor(asker: Asker, attributes: JsonObject) {
    super(asker)
    this.attributes = attributes
  }

  with(attributes: JsonObject): ResourceCheck {
    return new ResourceCheck(this.asker, { ...this.attributes, ...attributes })
  }
}

class Decision extends AuthorizerPart {
  readonly type: CelType = decisionType
  readonly isAllowed: boolean
  readonly reason: string
  readonly error: string

  constructor(isAllowed: boolean, reason: string, error: string) {
    super()
    this.isAllowed = isAllowed
    this.reason = reason
    this.error = error
  }
}

/** The API server decides by itself; from outside a SubjectAccessReview asks the same. */
function ask({ username, uid, groups, extra }: Asker, question: JsonObject, { lookups }: CallContext): Decision {
  const spec: JsonObject = { ...question, user: username, groups, ...(uid === '' ? {} : { uid }), ...(Object.keys(extra).length === 0 ? {} : { extra }) }
  const answer = lookups.get({
    kind: 'apiCall', method: 'POST', urlPath: '/apis/authorization.k8s.io/v1/subjectaccessreviews',
    data: { apiVersion: 'authorization.k8s.io/v1', kind: 'SubjectAccessReview', spec },
  })
  const status = isJsonObject(answer) && isJsonObject(answer['status']) ? answer['status'] : {}
  const text = (name: string): string => (typeof status[name] === 'string' ? status[name] : '')
  return new Decision(status['allowed'] === true, text('reason'), text('evaluationError'))
}

/** `system:serviceaccount:NAMESPACE:NAME` and its groups. */
function serviceAccount(_: Authorizer, namespace: string, name: string): Authorizer {
  const label = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/
  if (!label.test(namespace)) throw failure(`invalid service account namespace ${namespace}`)
  if (name.length > 253 || !name.split('.').every((part) => label.test(part))) throw failure(`invalid service account name ${name}`)
  return new Authorizer({
    username: `system:serviceaccount:${namespace}:${name}`, uid: '', extra: {},
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
  })
}

function path(authorizer: Authorizer, text: string): PathCheck {
  if (text.trim() === '') throw failure('path must not be empty')
  return new PathCheck(authorizer.asker, text)
}

function resource({ asker, group }: GroupCheck, plural: string): ResourceCheck {
  if (plural.trim() === '') throw failure('resource must not be empty')
  return new ResourceCheck(asker, { group, version: '*', resource: plural })
}

/** Questions of authorization, as validating admission policies may ask them. */
export const authorizer: CelLibrary = {
  name: 'authorizer',
  summary: 'What a user may do; looked up',
  functions: [
    method('path', [authorizerType, string], pathCheckType, path),
    method('check', [pathCheckType, string], decisionType, (check, verb, context) => ask(check.asker, { nonResourceAttributes: { path: check.path, verb } }, context)),
    method('group', [authorizerType, string], groupCheckType, ({ asker }, group) => new GroupCheck(asker, group)),
    method('serviceAccount', [authorizerType, string, string], authorizerType, serviceAccount),
    method('resource', [groupCheckType, string], resourceCheckType, resource),
    method('subresource', [resourceCheckType, string], resourceCheckType, (check, subresource) => check.with({ subresource })),
    method('namespace', [resourceCheckType, string], resourceCheckType, (check, namespace) => check.with({ namespace })),
    method('name', [resourceCheckType, string], resourceCheckType, (check, name) => check.with({ name })),
    method('fieldSelector', [resourceCheckType, string], resourceCheckType, (check, rawSelector) => check.with({ fieldSelector: { rawSelector } })),
    method('labelSelector', [resourceCheckType, string], resourceCheckType, (check, rawSelector) => check.with({ labelSelector: { rawSelector } })),
    method('check', [resourceCheckType, string], decisionType, (check, verb, context) => ask(check.asker, { resourceAttributes: { ...check.attributes, verb } }, context)),
    method('errored', [decisionType], bool, ({ error }) => error !== ''),
    method('error', [decisionType], string, ({ error }) => error),
    method('allowed', [decisionType], bool, ({ isAllowed }) => isAllowed),
    method('reason', [decisionType], string, ({ reason }) => reason),
  ],
  typeNames: [authorizerType, pathCheckType, groupCheckType, resourceCheckType, decisionType],
}

/** The type of the variables `authorizer` and `authorizer.requestResource`. */
export const authorizerTypes = { authorizer: authorizerType, requestResource: resourceCheckType } as const

/** The variable `authorizer.requestResource`: the check of the request's own resource. */
export function requestResource(asker: Asker, attributes: JsonObject): CelValue {
  return new ResourceCheck(asker, attributes)
}
